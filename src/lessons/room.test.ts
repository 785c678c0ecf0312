// The rules of the room on lessons made for the purpose.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { History } from "../history/index.ts";
import { createRun, type Run } from "../scenario/index.ts";
import { createShell } from "../shell/index.ts";
import { holds, missingOf } from "./checks.ts";
import { hintsFor } from "./hints.ts";
import type { Check, Doing } from "./lesson.ts";
import { LessonRun } from "./lesson-run.ts";
import { isLost, lostSince, seenOf } from "./lost.ts";
import { parseMarkdown, plainText } from "./markdown.ts";
import { watchedOf } from "./play.ts";
import { LessonError, readLesson } from "./read.ts";
import { does, running, WEB } from "./testing.ts";

const lessonOf = (steps: string, headings = "## One\n\nText.\n") =>
  `---
title: A lesson
question: Why?
minutes: 3
kubernetes: v1.36
start: { text: "# none" }
steps:
${steps}
---
Introduction.

${headings}`;

describe("[LESSON-1] a file that is no lesson", () => {
  const problemsOf = (source: string) => {
    try {
      readLesson("name", source);
    } catch (error) {
      if (error instanceof LessonError) return error.message;
      throw error;
    }
    return "";
  };

  test("names the line and what is expected", () => {
    expect(problemsOf(lessonOf("  - tasks: x"))).toMatch(
      /^name, line 8: steps\[0\]\.tasks: there is no field tasks here; known: point, predict, task/,
    );
    expect(problemsOf(lessonOf("  - checks:\n      - request: { from: moon }"))).toMatch(
      /^name, line 9: steps\[0\]\.checks\[0\]\.request\.from: must be laptop, phone, node, .* not "moon"$/,
    );
    expect(problemsOf(lessonOf("  - checks:\n      - wish: true"))).toMatch(
      /^name, line 9: steps\[0\]\.checks\[0\]: must be exists, gone, field, /,
    );
    expect(problemsOf(lessonOf("  - task: [").replace("minutes: 3", "minutes: 99"))).toBe(
      "name, line 9: did not find expected ',' or ']'",
    );
    expect(problemsOf(lessonOf("  - {}").replace("minutes: 3", "minutes: 99"))).toBe(
      "name, line 4: minutes: must be at most 10, not 99",
    );
    expect(problemsOf(lessonOf("  - {}").replace('{ text: "# none" }', "{ seed: x }"))).toBe(
      "name, line 6: start: must have one of text, example and lesson",
    );
  });

  test("holds actions and settings to what a scenario may hold", () => {
    expect(problemsOf(lessonOf("  - solution:\n      - act: { kind: explode }"))).toMatch(
      /^name, line 9: steps\[0\]\.solution\[0\]\.act: .*not an action: "explode"$/,
    );
    expect(
      problemsOf(lessonOf("  - {}").replace('{ text: "# none" }', '{ text: "# none", settings: { cloud: 3 } }')),
    ).toMatch(/^name, line 6: start\.settings: .*cloud/);
  });

  test("is refused in words, whatever it holds", () => {
    expect(problemsOf(lessonOf('  - "a]": 1'))).toMatch(/^name, line 8: steps\[0\]\.a\]: there is no field a\] here/);
    const pieces = fc.constantFrom(
      "---\n",
      "steps:\n",
      "  - checks:\n",
      "      - not: ",
      "{",
      "}",
      "## x\n",
      "a: &a [*a]\n",
      "title: ",
    );
    const any = fc.array(fc.oneof(pieces, fc.string())).map((all) => `---\n${all.join("")}`);
    fc.assert(
      fc.property(any, (source) => {
        expect(problemsOf(source)).toMatch(/^name, line \d+: /);
        parseMarkdown(source);
      }),
    );
  });

  test("needs one heading for each step, and front matter", () => {
    expect(problemsOf(lessonOf("  - {}\n  - {}"))).toBe(
      "name, line 11: has 2 steps and 1 headings (## …): each step needs one",
    );
    expect(problemsOf("# No front matter")).toBe(
      "name, line 1: must begin with its front matter between two lines of ---",
    );
  });
});

const ROWS: ReadonlyArray<readonly [check: Check, missing: string, first: Doing, second?: Doing]> = [
  [{ exists: "Service/api" }, "There is no Service api yet.", "kubectl create service clusterip api --tcp=80"],
  [{ gone: "Service/web" }, "Service web still exists.", { drop: "Service/web" }],
  [
    { field: "Service/web#spec.type", is: "ClusterIP" },
    "Service web: spec.type is NodePort, not ClusterIP yet.",
    'kubectl patch service web -p \'{"spec":{"type":"ClusterIP"}}\'',
  ],
  [
    { field: "Service/web#spec.ports[port=80].targetPort", is: 80 },
    "Service web: spec.ports[port=80].targetPort is 8080, not 80 yet.",
    { edit: "Service/web", set: { "spec.ports[0].targetPort": 80 } },
  ],
  [
    { endpoints: "Service/web", ready: 3 },
    "Service web has 2 ready endpoints, not 3.",
    { scale: "Deployment/web", replicas: 3 },
  ],
  [
    { pods: "app=web", ready: 1 },
    "2 pods with the label app=web are ready, not 1.",
    "kubectl scale deployment web --replicas=1",
    { wait: 40_000 },
  ],
  [{ replaced: "app=web" }, "No new pod with the label app=web is ready yet.", { kill: "app=web" }],
  [
    { request: { from: "laptop", to: "192.168.1.11:30080" } },
    "No request from the laptop to 192.168.1.11:30080 has been answered yet.",
    "curl http://192.168.1.11:30080/",
  ],
  [
    { request: { from: "laptop", to: "Service/web", via: "nodePort" }, source: "node" },
    "No request from the laptop to Service web by its nodePort has been answered yet.",
    { send: { from: "laptop", to: "192.168.1.12:30080" } },
  ],
  [
    { request: { to: "node:30080" }, times: 3, pods: 2 },
    "No request to port 30080 of a node has been answered yet.",
    { traffic: { from: "phone", to: "192.168.1.12:30080", rate: 4 } },
    { wait: 6_000 },
  ],
  [
    { request: { to: "node:30081" }, outcome: "refused" },
    "No request to port 30081 of a node has been refused yet.",
    "curl http://192.168.1.11:30081/",
  ],
  [{ typed: "kubectl get" }, "The command kubectl get has not been typed yet.", "kubectl  get pods"],
  [{ did: "scale" }, "Scaling has not been done yet.", { scale: "Deployment/web", replicas: 1 }],
];

describe("[LESSON-3] a check says what is missing", () => {
  for (const [check, missing, first, second] of ROWS)
    test(JSON.stringify(check), () => {
      const run = running();
      const seen = () => seenOf(run, 5_000, 0);
      expect(missingOf(check, seen())).toBe(missing);
      does(run, first, ...(second === undefined ? [] : [second]));
      expect(missingOf(check, seen())).toBeUndefined();
    });

  test("by its outcome so far, and in words of its own", () => {
    const run = running();
    does(run, "curl http://192.168.1.11:30081/");
    const seen = seenOf(run, 5_000, 0);
    expect(missingOf({ request: { from: "laptop" } }, seen)).toBe(
      "No request from the laptop has been answered yet; the last one was refused.",
    );
    expect(missingOf({ request: { from: "phone" }, say: "Use the phone." }, seen)).toBe("Use the phone.");
    expect(missingOf({ none: { from: "laptop" }, outcome: "failed" }, seen)).toBe(
      "1 request from the laptop failed since the step began.",
    );
    expect(holds({ avoided: ["scale"] }, seen)).toBe(true);
    expect(missingOf({ neverTyped: ["curl"] }, seen)).toBe(
      "This task is to be done without: curl http://192.168.1.11:30081/.",
    );
    does(run, "kubectl set selector service web app=wep");
    expect(missingOf({ unbroken: true }, seenOf(run, 5_000, 0))).toBe("Something in the cluster is still broken.");
  });

  test("requests of probes and of the time before the step do not count", () => {
    const run = running(
      WEB.replace("ports: [{ containerPort: 8080 }]", "$&, readinessProbe: { httpGet: { port: 8080 } }"),
    );
    does(run, { send: { from: "laptop", to: "192.168.1.11:30080" } }, { wait: 1_000 });
    expect(holds({ request: {} }, seenOf(run, 0, 0))).toBe(true);
    expect(holds({ request: {} }, seenOf(run, run.cluster.clock.now, 1))).toBe(false);
    does(run, { wait: 30_000 });
    expect(holds({ request: {} }, seenOf(run, run.cluster.clock.now - 30_000, 1))).toBe(false);
  });
});

describe("[LESSON-4] hints", () => {
  const step = readLesson(
    "x",
    lessonOf(`  - checks: [{ endpoints: Service/web, ready: 2 }]
    hints:
      - when: { field: "Service/web#spec.selector.app", is: web }
        look: Scale it.
        wrong: Too few.
        do: Scale to 2.`),
  ).steps[0];

  test("are what the lesson wrote for the state, what diagnosis finds, or what is missing", () => {
    if (step === undefined) throw new Error("no step");
    const words = (run: Run, strength: "look" | "wrong" | "do") =>
      hintsFor(step, seenOf(run, 5_000, 0), strength).map(({ text }) => plainText(text));
    const run = running();
    expect(words(run, "look")).toEqual([]);
    does(run, "kubectl scale deployment web --replicas=1", { wait: 40_000 });
    expect(words(run, "do")).toEqual(["Scale to 2."]);
    does(run, "kubectl set selector service web app=wep");
    expect(words(run, "look")).toEqual(["Look at Service web, field spec.selector.app."]);
    expect(words(run, "wrong")[0]).toContain("wep");
    const [strongest] = hintsFor(step, seenOf(run, 5_000, 0), "do");
    expect(strongest?.commands[0]).toMatch(/^kubectl patch services web /);
    does(run, ...(strongest?.commands ?? []), "kubectl delete service web");
    expect(words(run, "look")).toEqual(["There is no Service web yet."]);
  });

  test("say why the last request failed", () => {
    if (step === undefined) throw new Error("no step");
    const run = running();
    does(run, { scale: "Deployment/web", replicas: 3 }, "curl http://192.168.1.11:80/");
    const of = (strength: "look" | "wrong" | "do") => hintsFor(step, seenOf(run, 5_000, 0), strength)[1];
    expect(plainText(of("wrong")?.text ?? [])).toMatch(/^No nodePort 80 is open at node-1\./);
    expect(of("look")?.from).toBe("diagnosis");
    expect(plainText(of("do")?.text ?? [])).toMatch(/30080/);
  });
});

describe("[LESSON-5] a task that can't be done any more", () => {
  const stepOf = (yaml: string) => {
    const [step] = readLesson("x", lessonOf(yaml)).steps;
    if (step === undefined) throw new Error("no step");
    return step;
  };
  const historyOf = (run: Run) => new History(run, { open: (scenario) => createRun(scenario, { createShell }) });

  test("names the moment before what was forbidden", () => {
    const run = running();
    const step = stepOf("  - checks: [{ avoided: [scale] }, { endpoints: Service/web, ready: 1 }]");
    expect(lostSince(step, seenOf(run, 5_000, 0), historyOf(run))).toBeUndefined();
    does(run, "kubectl get pods", { scale: "Deployment/web", replicas: 1 });
    const lost = lostSince(step, seenOf(run, 5_000, 0), historyOf(run));
    expect(lost?.sentence).toBe("This task is to be done without: scaling. Go back to 0:05.0.");
    expect(lost?.backTo).toEqual({ time: 5_000, actions: 1 });
    expect(lost?.action?.action.kind).toBe("scale");
    expect(isLost(step, seenOf(run, 5_000, 0))).toBe(true);
  });

  test("names the moment before a request was lost", () => {
    const run = running();
    const step = stepOf("  - checks: [{ none: { from: laptop }, outcome: failed, times: 3 }]");
    does(run, { traffic: { from: "laptop", to: "192.168.1.11:30080", rate: 1 } }, { wait: 4_000 });
    expect(lostSince(step, seenOf(run, 5_000, 0), historyOf(run))).toBeUndefined();
    does(run, "kubectl delete service web", { wait: 8_000 });
    const lost = lostSince(step, seenOf(run, 5_000, 0), historyOf(run));
    expect(lost?.backTo).toEqual({ time: 9_000, actions: 1 });
    expect(lost?.sentence).toMatch(/^\d+ requests from the laptop failed since the step began\. Go back to 0:09\.0\.$/);
  });

  test("finds when a condition of the lesson came to hold", () => {
    const run = running();
    const step = stepOf("  - lost: [{ gone: Deployment/web, say: The Deployment is gone. }]");
    does(run, "kubectl get pods", "kubectl delete deployment web", { wait: 5_000 });
    const lost = lostSince(step, seenOf(run, 5_000, 0), historyOf(run));
    expect(lost?.sentence).toBe("The Deployment is gone. Go back to 0:05.0.");
    expect([isLost(step, seenOf(run, 5_000, 0)), isLost(step, seenOf(running(), 5_000, 0))]).toEqual([true, false]);
    expect(lost?.backTo).toEqual({ time: 5_000, actions: 1 });
  });
});

describe("[LESSON-6] texts", () => {
  test("are paragraphs, lists, code, emphasis and links to the page's own things", () => {
    expect(parseMarkdown("One *two* **three**\n`four`.\n\n- a\n- b\n  c\n\n```sh\nx\n```\n")).toEqual([
      {
        kind: "paragraph",
        children: [
          { kind: "text", text: "One " },
          { kind: "em", children: [{ kind: "text", text: "two" }] },
          { kind: "text", text: " " },
          { kind: "strong", children: [{ kind: "text", text: "three" }] },
          { kind: "text", text: " " },
          { kind: "code", text: "four" },
          { kind: "text", text: "." },
        ],
      },
      {
        kind: "list",
        ordered: false,
        items: [[{ kind: "text", text: "a" }], [{ kind: "text", text: "b c" }]],
      },
      { kind: "code", language: "sh", text: "x" },
    ]);
    expect(parseMarkdown("[it](object:Service/web#spec.selector)")).toMatchObject([
      { children: [{ kind: "link", to: { kind: "object", at: { object: { kind: "Service", name: "web" } } } }] },
    ]);
  });

  test.each([
    "<b>x</b>",
    "[x](https://example.com)",
    "[x](javascript:alert)",
    "![x](y)",
    "a * b",
    "**",
    "`",
    "[a](",
    "[[",
  ])("%s is text", (text) => {
    expect(parseMarkdown(text)).toEqual([{ kind: "paragraph", children: [{ kind: "text", text }] }]);
  });

  test.each(["[", "*", "**", "`", "**a", "*a ", "[a]", "[a](", "```\n", "- \n"])("take linear time: %s", (piece) => {
    const began = performance.now();
    parseMarkdown(piece.repeat(20_000));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe("[LESSON-7] a course", () => {
  const lesson = readLesson(
    "x",
    lessonOf(
      `  - predict:
      question: Who?
      choices:
        - { text: nobody, when: { request: { from: laptop }, outcome: failed } }
        - { text: a pod, when: { request: { from: laptop } } }
      decidedBy: { anyOf: [{ request: { from: laptop } }, { request: { from: laptop }, outcome: failed }] }
      because: It *works*.
    checks: [{ request: { from: laptop } }]
  - checks: [{ exists: Service/api }]`,
      "## One\n\nText.\n\n## Two\n\nText.\n",
    ),
  );

  test("asks first, decides by what is seen, and keeps the choice", () => {
    const run = running();
    const course = new LessonRun(lesson, watchedOf(run));
    expect(course.checks(watchedOf(run))).toEqual({
      met: false,
      missing: ["Choose what you expect first.", "No request from the laptop has been answered yet."],
    });
    course.predict(0, watchedOf(run));
    course.predict(7, watchedOf(run));
    expect(course.prediction(watchedOf(run))).toMatchObject({ chosen: 0, isDecided: false, right: undefined });
    expect(course.next(watchedOf(run))).toBe(false);
    does(run, { send: { from: "laptop", to: "192.168.1.11:30080" } });
    expect(course.prediction(watchedOf(run))).toMatchObject({ chosen: 0, isDecided: true, right: 1 });
    course.predict(1, watchedOf(run));
    expect(course.prediction(watchedOf(run))?.chosen).toBe(0);
    expect(course.next(watchedOf(run))).toBe(true);
    expect([course.at, course.isLast]).toEqual([1, true]);
    expect(course.progress).toMatchObject({ step: 1, chosen: [0, null], right: [1, null] });
    const kept = new LessonRun(lesson, watchedOf(run), JSON.parse(JSON.stringify(course.progress)));
    expect(kept.progress).toEqual(course.progress);
    does(run, "kubectl create service clusterip api --tcp=80");
    expect([course.isDone(watchedOf(run)), kept.isDone(watchedOf(run))]).toEqual([true, true]);
  });

  test("offers the pods of a Service as choices", () => {
    const run = running();
    const asking = lessonOf(`  - predict:
      question: Which?
      choices: { podsOf: Service/web, answering: { from: laptop } }
      decidedBy: { request: { from: laptop } }
      because: Chance.`);
    const course = new LessonRun(readLesson("x", asking), watchedOf(run));
    const pods = run.cluster.api.list("pods", { namespace: "default" }).map(({ metadata }) => metadata.name ?? "");
    const state = () => course.prediction(watchedOf(run));
    expect(state()?.choices.map((each) => each.split(" ")[0])).toEqual(pods);
    does(run, { send: { from: "laptop", to: "192.168.1.11:30080" } });
    const outcome = [...run.cluster.trace.exchanges()].at(-1)?.outcome;
    expect(outcome?.kind === "answered" && outcome.servedBy.name).toBe(pods[state()?.right ?? -1]);
  });

  test("begins its step where the page went back to", () => {
    const run = running();
    does(run, { wait: 10_000 });
    const course = new LessonRun(lesson, watchedOf(run));
    const past = running();
    expect(course.seen(watchedOf(past))).toMatchObject({ since: 5_000, sinceActions: 0 });
    course.wentBack(watchedOf(past));
    does(past, { send: { from: "laptop", to: "192.168.1.11:30080" } }, { wait: 20_000 });
    expect(course.states(watchedOf(past))).toMatchObject([{ isMet: true }]);
  });
});
