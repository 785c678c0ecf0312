// What a class takes along: codes that are not too dense, and links that hold what was done and no more.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LessonRun, loadLesson } from "../../lessons/index.ts";
import { decode, encode, newScenario } from "../../scenario/index.ts";
import { openAt } from "../store/open.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { tellStep } from "../ui/lessonShown.ts";
import { takeaways } from "./addresses.ts";
import { QR_LIMIT, qrOf } from "./qr.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../examples/nodeport.yaml"), "utf8");
const NO_FRAMES = { request: () => 0, cancel: () => undefined };

test("[CODE-1] a code has squares for its text, a margin around them, and says when it is dense or impossible", () => {
  const short = qrOf("https://example.org/?lesson=four-ports");
  expect(short).toMatchObject({ size: 25 + 4 + 8, isFar: true });
  expect(short?.path).toMatch(/^M4 4h7v1H4z/); // the corner by which a camera finds it
  expect(qrOf("é".repeat(QR_LIMIT / 2 - 1))).toMatchObject({ size: 177 + 8, isFar: false });
  expect(qrOf("x".repeat(QR_LIMIT))).toBeDefined();
  expect(qrOf("é".repeat(QR_LIMIT / 2 + 1))).toBeUndefined();
});

test("[CODE-2] students open the moment that the teacher shows, with all that was done by then, and go on alone", async () => {
  const run = createRun(newScenario(TEXT));
  run.advance(5_000);
  const teacher = new Playground(run, NO_FRAMES);
  const { store } = teacher;
  teacher.run({ kind: "scale", namespace: "default", name: "web", replicas: 5 });
  run.advance(10_000);
  teacher.flush();
  await teacher.travel();
  const shown = store.getState().run;
  const [moment] = takeaways(store.getState(), () => undefined);
  if (moment?.scenario === undefined) throw new Error("there is no moment");
  const { digest } = shown;
  teacher.run({ kind: "scale", namespace: "default", name: "web", replicas: 1 });
  run.advance(10_000);
  const decoded = await decode(await encode(moment.scenario));
  if (decoded.kind !== "scenario") throw new Error("the link is broken");
  expect(decoded.scenario.log.map(({ action }) => action)).toEqual([expect.objectContaining({ replicas: 5 })]);
  const waiting = { signal: new AbortController().signal, now: () => 0, onProgress: () => undefined };
  const opened = await openAt(decoded.scenario, { at: Number(moment.query.get("at")) }, waiting);
  if (opened === undefined) throw new Error("it was given up");
  expect(opened.world.clock.now).toBe(15_000);
  expect(opened.digest).toBe(digest);
  const student = new Playground(opened, NO_FRAMES);
  student.run({ kind: "kill-pod", namespace: "default", name: "web-none" });
  expect(student.store.getState().branches).toHaveLength(1);
  expect(opened.log.map(({ action: { kind } }) => kind)).toEqual(["scale", "kill-pod"]);
});

test("[CODE-2] of a run that is shown in its past, later actions are left out", async () => {
  const run = createRun({
    ...newScenario(TEXT),
    log: [
      { at: 1_000, action: { kind: "scale", namespace: "default", name: "web", replicas: 5 } },
      { at: 9_000, action: { kind: "scale", namespace: "default", name: "web", replicas: 1 } },
    ],
  });
  run.advance(5_000);
  const [moment] = takeaways(new Playground(run, NO_FRAMES).store.getState(), () => undefined);
  expect(moment?.scenario?.log).toHaveLength(1);
  expect(moment?.query.get("at")).toBe("5000");
});

test("[CODE-1] a lesson and an example have short addresses", async () => {
  const run = createRun(newScenario(TEXT));
  const playground = new Playground(run, NO_FRAMES, { source: { kind: "example", name: "NodePort" } });
  const course = new LessonRun(await loadLesson("four-ports"), run);
  course.goTo(1, run);
  tellStep(playground, course, { met: false, answer: undefined, now: 0 });
  const all = takeaways(playground.store.getState(), (title) => (title === "NodePort" ? "nodeport" : undefined));
  expect(all.map(({ kind, query }) => [kind, query.toString()])).toEqual([
    ["moment", "at=0"],
    ["lesson", "lesson=four-ports&step=2"],
    ["example", "scenario=nodeport"],
    ["yaml", ""],
  ]);
});
