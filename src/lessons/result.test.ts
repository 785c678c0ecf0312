// What a broken Service took: changes against par, and what help costs.
import { describe, expect, test } from "vitest";
import { createRun, newScenario } from "../scenario/index.ts";
import { createShell } from "../shell/index.ts";
import { LESSONS, loadLesson } from "./catalogue.ts";
import { HEADLESS } from "./headless.ts";
import type { Doing } from "./lesson.ts";
import { LessonRun } from "./lesson-run.ts";
import { atOnce, begin, play, waitFor, watchedOf } from "./play.ts";
import { changesIn, isChange, parOf, resultOf, resultText } from "./result.ts";

const shell = (line: string) => ({ kind: "shell", line }) as const;

describe("[LESSON-10] changes", () => {
  test.each([
    "kubectl get pods -A",
    "kubectl describe service web",
    "kubectl exec client -- curl -sS http://web",
    "kubectl rollout status deployment web",
    "kubectl apply -f web.yaml --dry-run=server",
    "curl http://192.168.1.11:30080",
    "sim status",
    "sim restore",
    "for i in 1 2 3; do curl http://192.168.1.1$i:30080; done",
  ])("looking is free: %s", (line) => {
    expect(isChange(shell(line))).toBe(false);
  });

  test.each([
    "kubectl -n shop apply -f -",
    "kubectl delete pods -l app=web",
    "kubectl rollout restart deployment web",
    "for s in web cart; do kubectl label service $s a=b; done",
    "kubectl get service web -o yaml | sed s/a/b/ | kubectl replace --force -f -",
    "sim restore all",
    "sim cloud on",
  ])("this is one: %s", (line) => {
    expect(changesIn([shell(line)])).toBe(1);
  });

  test("versions of the text, and sizes of one workload, count once until something else is done", () => {
    const [apply, send] = [{ kind: "apply" }, { kind: "send" }] as const;
    const scale = (name: string) => ({ kind: "scale", name }) as const;
    expect(changesIn([apply, apply, apply])).toBe(1);
    expect(changesIn([apply, send, apply])).toBe(2);
    expect(changesIn([scale("web"), scale("web"), scale("api")])).toBe(2);
    expect(changesIn([{ kind: "crash-container" }, { kind: "crash-container" }])).toBe(2);
  });
});

test("[LESSON-10] help and needless changes cost points, the solution all of them", async () => {
  const lesson = await loadLesson("refused-at-once");
  const log = (...kinds: readonly ("apply" | "send" | "shell")[]) =>
    kinds.map((kind) => {
      const action =
        kind === "apply"
          ? { kind, text: "" }
          : kind === "shell"
            ? shell("kubectl delete pods --all")
            : ({ kind, from: { kind: "client", name: "laptop" }, host: "web", port: 80 } as const);
      return { at: 0, action };
    });
  expect(parOf(lesson)).toBe(1);
  expect(resultOf(lesson, log("send", "apply", "apply", "send"), "none")).toEqual({
    changes: 1,
    par: 1,
    help: "none",
    points: 100,
  });
  expect(resultOf(lesson, log("shell", "apply"), "look").points).toBe(80);
  expect(resultOf(lesson, log(...Array.from({ length: 20 }, () => "shell" as const)), "do").points).toBe(10);
  expect(resultOf(lesson, log("apply"), "solution").points).toBe(0);
});

test("[LESSON-10] a course keeps the strongest help, and has a result once it is mended", async () => {
  const lesson = await loadLesson("refused-at-once");
  const run = await begin(lesson, HEADLESS);
  const course = new LessonRun(lesson, watchedOf(run));
  course.takeHelp("wrong");
  course.takeHelp("look");
  expect(course.result(watchedOf(run))).toBeUndefined();
  const solution: readonly Doing[] = lesson.steps[0]?.solution ?? [];
  atOnce(play(run, ["kubectl get pods", ...solution]));
  atOnce(waitFor(run, () => course.checks(watchedOf(run)).met));
  const result = { changes: 1, par: 1, help: "wrong", points: 70 } as const;
  expect(course.result(watchedOf(run))).toEqual(result);
  expect(resultText(result)).toBe("1 change, par 1, two hints: 70 of 100 points.");
  expect(new LessonRun(lesson, watchedOf(run), course.progress).result(watchedOf(run))).toEqual(result);
  course.next(watchedOf(run));
  atOnce(play(run, ["kubectl label service web a=b"]));
  expect(course.result(watchedOf(run)), "what is done after the end does not count").toEqual(result);
});

test("[LESSON-10] lessons of the course are not graded", async () => {
  const lesson = await loadLesson("pods-come-and-go");
  const run = createRun(newScenario(""), { createShell });
  expect(new LessonRun(lesson, watchedOf(run)).result(watchedOf(run))).toBeUndefined();
});

test("[LESSON-10] there are broken Services of every grade, and each has a par", async () => {
  const broken = LESSONS.filter(({ course }) => course === "broken");
  expect(broken).toHaveLength(33);
  for (const grade of [1, 2, 3]) expect(broken.filter((each) => each.grade === grade).length).toBeGreaterThan(5);
  for (const { id } of broken) expect(parOf(await loadLesson(id)), id).toBeGreaterThan(0);
});
