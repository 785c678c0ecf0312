// Lessons made on the page: from a run to a file, from a file to a lesson, and what of a stranger's is refused.
import { describe, expect, test } from "vitest";
import { createRun, newScenario, parseScenario } from "../scenario/index.ts";
import { createShell } from "../shell/index.ts";
import { doingsIn, type LessonDraft, lessonFile, lessonFileName, offeredChecks } from "./authoring.ts";
import { HEADLESS } from "./headless.ts";
import { plainText } from "./markdown.ts";
import { LessonError } from "./read.ts";
import { replayLesson } from "./replay.ts";
import { parOf } from "./result.ts";
import { readShared } from "./shared.ts";
import { WEB } from "./testing.ts";

/** A run in which the label of the pods was changed by hand, and mended. */
function mended() {
  const run = createRun(newScenario(WEB), { createShell });
  const type = (line: string, ms: number) => {
    run.perform({ kind: "shell", line });
    run.advance(ms);
  };
  run.advance(8_000);
  type('kubectl patch service web -p \'{"spec":{"selector":{"app":"wep"}}}\'', 9_000);
  type("kubectl set selector service web app=web", 3_000);
  type("curl -sS -m 5 http://192.168.1.11:30080", 2_000);
  return run;
}

const DRAFT: Omit<LessonDraft, "checks"> = {
  title: 'Who is "wep"?',
  question: "Why is it refused: since noon?",
  report: '"It worked till noon."\n\n## Not a step\n\nSays *one* of us.',
  text: "Compare `labels` and selector, [here](object:Service/web#spec.selector).",
  task: "Mend it.",
  grade: 1,
  from: 1,
};

describe("[AUTHOR-1] a lesson made of a run", () => {
  test("offers what holds: answered requests, ready endpoints, and that nothing is broken", () => {
    const run = mended();
    const words = offeredChecks({ world: run.cluster, log: run.log }, 1).map((each) => each.words);
    expect(words).toEqual([
      "A request from the laptop to 192.168.1.11:30080 is answered",
      "Service web has 2 ready endpoints",
      "Nothing in the cluster is broken",
    ]);
  });

  test("has the log before the learner's beginning as its start, and the rest as its solution", () => {
    const { log } = mended();
    expect(doingsIn(log, 0, 1)).toEqual([expect.stringContaining("kubectl patch"), { wait: 9_000 }]);
    expect(doingsIn(log, 1)).toEqual([
      "kubectl set selector service web app=web",
      "curl -sS -m 5 http://192.168.1.11:30080",
    ]);
  });

  test("is a file that reads back, and keeps what every lesson promises", async () => {
    const run = mended();
    const checks = offeredChecks({ world: run.cluster, log: run.log }, 1).map(({ check }) => check);
    const source = lessonFile({ ...DRAFT, checks }, run.scenario("run"));
    const lesson = readShared(source);
    expect(lesson).toMatchObject({ title: DRAFT.title, question: DRAFT.question, grade: 1, steps: [{ checks }] });
    expect(lesson.intro.map((block) => ("children" in block ? plainText(block.children) : ""))).toEqual([
      '"It worked till noon."',
      "Not a step",
      "Says one of us.",
    ]);
    expect(parOf(lesson)).toBe(1);
    expect((await replayLesson(lesson, HEADLESS)).complaints).toEqual([]);
    const { log: _, ...start } = run.scenario("run");
    expect(parseScenario({ ...start, log: [], lesson: source }).lesson).toBe(source);
  });

  test("is tried before it is passed on: checks that hold at the beginning are named", async () => {
    const run = mended();
    const draft = { ...DRAFT, checks: [{ endpoints: "Service/web", atLeast: 0 }] };
    const lesson = readShared(lessonFile(draft, run.scenario("run")));
    expect((await replayLesson(lesson, HEADLESS)).complaints).toEqual([
      "step 1, The report: its checks are met before anything is done",
    ]);
  });

  test("has the name of its title", () => {
    expect(lessonFileName('Who is "wep"?')).toBe("who-is-wep.md");
    expect(lessonFileName("???")).toBe("lesson.md");
  });
});

describe("[AUTHOR-2] a lesson that came with a link", () => {
  const shared = (front: string, text = "") => `---
title: ${text === "" ? "A lesson" : text}
question: Why?
minutes: 3
kubernetes: v1.36
${front}
---
Text with <img src=x onerror=alert(1)> and [a link](https://example.com).

## One

Text.
`;
  const refusal = (source: string) => {
    try {
      readShared(source);
      return "read";
    } catch (error) {
      if (error instanceof LessonError) return error.message;
      throw error;
    }
  };
  const many = (count: number, item: string) => Array.from({ length: count }, () => item).join(", ");

  test("shows HTML and links to the outside as text", () => {
    const { intro } = readShared(shared('start: { text: "# none" }\nsteps: [{ task: Do it. }]'));
    expect(intro).toEqual([
      {
        kind: "paragraph",
        children: [{ kind: "text", text: "Text with <img src=x onerror=alert(1)> and [a link](https://example.com)." }],
      },
    ]);
  });

  test.each([
    ["start: { example: nodeport }\nsteps: [{ task: A }]", "start: must have a manifest of its own"],
    [
      `start: { text: "#", before: [${many(201, "ls")}] }\nsteps: [{ task: A }]`,
      "has 201 things to do, at most 200 are opened from a link",
    ],
    [
      `start: { text: "#", before: [{ wait: 600001 }] }\nsteps: [{ task: A }]`,
      "has 600.001 seconds of waiting, at most 600 are opened from a link",
    ],
    [
      `start: { text: "#", before: [{ traffic: { from: laptop, to: "web:80", rate: 1e9 } }] }\nsteps: [{ task: A }]`,
      "has 1000000000 requests a second, at most 100 are opened from a link",
    ],
    [
      `start: { text: "#" }\nsteps: [{ checks: [{ allOf: [${many(60, "{ unbroken: true }")}] }] }]`,
      "has 61 checks, at most 60 are opened from a link",
    ],
    ["start: { text: '#' }\nsteps: [{ task: A, script: x }]", "steps[0].script: there is no field script here"],
  ])("is held to limits: %#", (front, message) => {
    expect(refusal(shared(front))).toContain(message);
  });

  test("is not read when it is too long, or no lesson at all", () => {
    expect(refusal(`${shared("start: 1")}${" ".repeat(200_000)}`)).toMatch(/is too long/);
    expect(refusal("")).toMatch(/must begin with its front matter/);
    expect(refusal("---\n__proto__: {}\n---\n")).toMatch(/must have the field title/);
  });
});
