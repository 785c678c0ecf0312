// What is kept of the lessons, and how it comes back.
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { askedBy, continued } from "./asked.ts";
import { KeptProgress, leaveLesson, leftLesson } from "./kept.ts";
import { importedText, type LessonProgress, mergeProgress, predicted, progressFile, readProgress } from "./progress.ts";

const at = (step: number, more: Partial<LessonProgress> = {}): LessonProgress => ({
  done: false,
  step,
  of: 5,
  chosen: [null, 1, null, null, null],
  right: [null, 0, null, null, null],
  ...more,
});

function storage(): Storage {
  const map = new Map<string, string>();
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    clear: () => map.clear(),
    key: () => null,
    length: 0,
  };
}

afterEach(() => vi.unstubAllGlobals());

const known = (id: string) => id === "pods" || id === "ports";
const written = (lessons: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ podpath: "lesson progress", version: 1, lessons });

describe("[LESSONS-4] a file of progress", () => {
  test("comes back as it was written", () => {
    const all = new Map([
      ["pods", at(2)],
      ["ports", at(4, { done: true })],
    ]);
    const read = readProgress(JSON.stringify(progressFile(all)), known);
    expect(read).toEqual({ kind: "progress", lessons: all, leftOut: 0 });
  });

  test("is refused with the reason when it is none", () => {
    const reasonOf = (text: string) => {
      const read = readProgress(text, known);
      return read.kind === "broken" ? read.reason : read;
    };
    expect(reasonOf("{")).toBe("it isn't complete JSON");
    expect(reasonOf("3")).toMatch(/^it doesn't say "podpath"/);
    expect(reasonOf('{"podpath":"lesson progress","version":2}')).toMatch(/its version$/);
    expect(reasonOf(" ".repeat(400_001))).toBe("it is too large");
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, each) => [`x${each}`, at(0)]));
    expect(reasonOf(written(many))).toBe("it holds more than 500 lessons");
  });

  test("loses only the entries that are unknown or damaged, and holds nothing but its own fields", () => {
    const text = `{"podpath":"lesson progress","version":1,"lessons":{"pods":${JSON.stringify(at(1))},
      "moon":${JSON.stringify(at(1))},"ports":{"step":7,"of":5,"chosen":[],"right":[]},"__proto__":{"step":1}}}`;
    const read = readProgress(text, known);
    expect(read.kind === "progress" && [[...read.lessons.keys()], read.leftOut]).toEqual([["pods"], 3]);
    for (const bad of [{ step: -1 }, { step: 1.5 }, { of: 1e9 }, { chosen: ["1"] }, { right: {} }, { chosen: [1e9] }])
      expect(readProgress(written({ pods: { ...at(1), ...bad } }), known)).toMatchObject({ leftOut: 1 });
    expect({}).not.toHaveProperty("step");
  });

  test("is read in words whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((text) => written({ pods: JSON.parse(text) })),
        ),
        (text) => {
          const read = readProgress(text, known);
          if (read.kind === "broken") expect(read.reason).toMatch(/^(it |this version)/);
          else for (const each of read.lessons.values()) expect(each.step).toBeLessThan(each.of);
        },
      ),
    );
  });

  test("is added to what is there: done stays done, the further step counts, and the sentence says what changed", () => {
    const mine = new Map([
      ["pods", at(3, { done: true })],
      ["ports", at(1)],
    ]);
    const both = mergeProgress(
      mine,
      new Map([
        ["pods", at(1, { chosen: [0, 1, null, null, null] })],
        ["ports", at(2)],
      ]),
    );
    expect(both.get("pods")).toMatchObject({ done: true, step: 3, chosen: [0, 1, null, null, null] });
    expect(both.get("ports")).toMatchObject({ done: false, step: 2 });
    expect(importedText(mine, both, 0)).toBe("2 lessons updated: 1 done, 1 begun.");
    expect(importedText(both, both, 2)).toBe(
      "Nothing in it is new. 2 entries left out: they are about no lesson of this version, or damaged.",
    );
  });
});

describe("[LESSONS-4] progress is kept", () => {
  test("in the browser, where what was reached stays reached", () => {
    vi.stubGlobal("localStorage", storage());
    new KeptProgress().keep("pods", at(2));
    new KeptProgress().keep("pods", at(0, { chosen: [null] }));
    new KeptProgress().keep("ports", at(0, { chosen: [null, null] }));
    expect([...new KeptProgress().all()]).toEqual([["pods", at(2)]]);
    new KeptProgress().replace(new Map());
    expect(new KeptProgress().all().size).toBe(0);
  });

  test("of the last of the lessons that are made without end, and of all others", () => {
    vi.stubGlobal("localStorage", storage());
    const kept = new KeptProgress();
    const made = Array.from({ length: 700 }, (_, each) => [`another-${each}`, at(1, { done: true })] as const);
    kept.replace(new Map([["pods", at(2)], ...made]));
    kept.keep("ports", at(1));
    const all = [...new KeptProgress().all().keys()];
    expect([all.length, all[0], all[1], all.at(-1)]).toEqual([202, "pods", "another-500", "ports"]);
  });

  test("as the names of lessons that an earlier version kept, until it is cleared", () => {
    vi.stubGlobal("localStorage", storage());
    localStorage.setItem("podpath.lessons-done", '["pods"]');
    const kept = new KeptProgress();
    expect(kept.all().get("pods")?.done).toBe(true);
    kept.keep("ports", at(1));
    expect([...new KeptProgress().all().keys()]).toEqual(["pods", "ports"]);
    kept.replace(new Map());
    expect(kept.all().size).toBe(0);
  });

  test("in memory where there is no storage", () => {
    const kept = new KeptProgress();
    kept.keep("pods", at(2));
    expect(kept.all().get("pods")).toEqual(at(2));
    leaveLesson(undefined);
    expect(leftLesson()).toBeUndefined();
  });
});

describe("[LESSONS-4] a tab that is loaded again", () => {
  const course = {
    lesson: "pods",
    step: 1,
    since: 5_000,
    sinceActions: 0,
    chosen: [0, null],
    right: [0, null],
    help: "look",
  } as const;
  const left = { course, scenario: newScenario("# text"), at: 7_000 };

  test("continues with the lesson that it had open", () => {
    vi.stubGlobal("sessionStorage", storage());
    leaveLesson(left);
    expect(continued("", false, true)).toEqual(left);
    expect(continued("?lesson=ports", false, true)).toEqual(left);
    expect(continued("?lesson=ports", false, false)).toBeUndefined();
    expect(continued("", false, true)).toBeUndefined();
  });

  test("goes to what a link holds", () => {
    vi.stubGlobal("sessionStorage", storage());
    leaveLesson(left);
    expect(continued("", true, true)).toBeUndefined();
    expect(leftLesson()).toBeUndefined();
  });

  test("trusts nothing that it finds", () => {
    vi.stubGlobal("sessionStorage", storage());
    const broken = [
      "{",
      "3",
      "{}",
      JSON.stringify({ ...left, course: { ...course, step: "1" } }),
      JSON.stringify({ ...left, scenario: { version: 9 } }),
      JSON.stringify({ ...left, at: null }),
    ];
    for (const text of broken) {
      sessionStorage.setItem("podpath.lesson", text);
      expect(leftLesson()).toBeUndefined();
    }
  });
});

test("[LESSONS-4] of predictions, only those that were decided count", () => {
  expect(predicted({ chosen: [0, 1, 2], right: [0, 0, null] })).toBe("1 of 2 predictions right");
  expect(predicted({ chosen: [null, 1], right: [0, null] })).toBeUndefined();
});

test("[LESSONS-3] a step of an address that is no number is reported", () => {
  expect(askedBy("?lesson=x&step=2")).toEqual({ id: "x", step: 2 });
  expect(askedBy("?lesson=x")).toEqual({ id: "x", step: 1 });
  expect(askedBy("?lesson=x&step=two")?.problem).toBe("step=two is not a whole number; the lesson begins at step 1.");
  expect(askedBy(`?lesson=x&step=${"9".repeat(99)}`)?.problem?.length).toBeLessThan(120);
  expect(askedBy("")).toBeUndefined();
});
