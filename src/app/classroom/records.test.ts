// How a learner came through a lesson: counted from what its panel tells, and kept.
import { afterEach, beforeEach, expect, test } from "vitest";
import { codeOf, LessonRun, loadLesson, readCode } from "../../lessons/index.ts";
import { newScenario } from "../../scenario/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { tellHelp, tellStep } from "../ui/lessonShown.ts";
import { deskAsked } from "./asked.ts";
import { clearRecords, keepName, keepRecord, learnerName, localTime, recordOf, records } from "./records.ts";

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  const value = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  };
  Object.defineProperty(globalThis, "localStorage", { value, configurable: true });
});
afterEach(() => void Reflect.deleteProperty(globalThis, "localStorage"));

async function begin() {
  const run = createRun(newScenario(""));
  const playground = new Playground(run, { request: () => 0, cancel: () => undefined });
  return { run, playground, course: new LessonRun(await loadLesson("four-ports"), run) };
}

test("[CLASS-1] steps count once when met, predictions once when decided, help each time it is asked for", async () => {
  const { run, playground, course } = await begin();
  const tell = (met: boolean, answer?: boolean, now = 1_000) => tellStep(playground, course, { met, answer, now });
  tell(false);
  const first = playground.store.getState().lesson;
  tell(false);
  expect(playground.store.getState().lesson).toBe(first);
  tellHelp(playground, course, "hint");
  tellHelp(playground, course, "hint");
  tellHelp(playground, course, "solution");
  tellHelp(playground, course, "solution");
  tell(true);
  course.goTo(1, run);
  tell(false, false);
  tell(false, true);
  course.goTo(2, run);
  tell(true, true, 1_000 + 7 * 60_000);
  tell(true, true, 1_000 + 20 * 60_000);
  const lesson = playground.store.getState().lesson;
  if (lesson === undefined) throw new Error("no lesson");
  expect(lesson.doneAt).toBe(1_000 + 7 * 60_000);
  const record = recordOf(lesson, 1_000 + 30 * 60_000);
  expect(record).toEqual({ steps: { count: 2, of: 3 }, right: { count: 1, of: 2 }, hints: 2, shown: 1, minutes: 7 });
  const result = { ...record, name: "Ada", what: "four-ports", when: localTime(new Date(2026, 10, 30, 9, 5)) };
  expect(readCode(codeOf(result))).toEqual({ result: { ...result, when: "2026-11-30 09:05" } });
});

test("[CLASS-1] another lesson begins from nothing", async () => {
  const { playground, run, course } = await begin();
  tellStep(playground, course, { met: true, answer: undefined, now: 0 });
  const other = new LessonRun(course.lesson, run);
  tellHelp(playground, other, "hint");
  tellStep(playground, other, { met: false, answer: undefined, now: 5 });
  expect(playground.store.getState().lesson).toMatchObject({ course: other, met: new Set(), hints: 0, beganAt: 5 });
});

test("[CLASS-1] what was finished and the name are kept, and what cannot be read counts as nothing", () => {
  const record = { steps: { count: 3, of: 3 }, right: { count: 1, of: 2 }, hints: 0, shown: 0, minutes: 4 };
  keepRecord("four-ports", { ...record, hints: 9 });
  keepRecord("four-ports", record);
  keepRecord("headless", record);
  expect([...records()]).toEqual([
    ["four-ports", record],
    ["headless", record],
  ]);
  clearRecords("headless");
  expect([...records().keys()]).toEqual(["four-ports"]);
  clearRecords();
  expect(records().size).toBe(0);
  keepName("Ada");
  expect(learnerName()).toBe("Ada");
  for (const text of ["", "{", "7", "null", '{"four-ports":[1]}', '{"four-ports":[1,2,3,4,5,6,-7]}', '{"a":"b"}']) {
    kept.set("podpath.lesson-records", text);
    expect(records().size, text).toBe(0);
  }
});

test("[CLASS-2] [CLASS-3] the address opens a page for teachers", () => {
  expect(deskAsked("?results")).toEqual({ kind: "results" });
  expect(deskAsked("?teacher=four-ports")).toEqual({ kind: "teacher", lesson: "four-ports" });
  expect(deskAsked("?teacher")).toEqual({ kind: "teacher", lesson: "" });
  expect(deskAsked("?lesson=four-ports")).toBeUndefined();
});

test("[CLASS-1] a lesson that is taken up behind its first step goes on from what was kept of it", async () => {
  const { run, playground, course } = await begin();
  tellStep(playground, course, { met: true, answer: undefined, now: 0 });
  tellHelp(playground, course, "solution", 90_000);
  const again = await begin();
  again.course.goTo(1, again.run);
  tellStep(again.playground, again.course, { met: false, answer: true, now: 500_000 });
  const goesOn = { met: new Set([0]), solved: new Set([0]), answered: new Map([[1, true]]), beganAt: 410_000 };
  expect(again.playground.store.getState().lesson).toMatchObject(goesOn);
  const fresh = new LessonRun(course.lesson, run);
  tellStep(playground, fresh, { met: false, answer: undefined, now: 0 });
  expect(playground.store.getState().lesson).toMatchObject({ met: new Set(), solved: new Set() });
  for (const text of [
    "{",
    "7",
    '{"lesson":"headless"}',
    '{"lesson":"four-ports","met":["x",1e9,-1],"hints":"many","answered":[1]}',
  ]) {
    kept.set("podpath.lesson-tally", text);
    const broken = await begin();
    broken.course.goTo(1, broken.run);
    tellStep(broken.playground, broken.course, { met: false, answer: undefined, now: 5 });
    expect(broken.playground.store.getState().lesson, text).toMatchObject({ met: new Set(), hints: 0, beganAt: 5 });
  }
});
