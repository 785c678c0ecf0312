// Which lesson follows, and at which step it opens.
import { expect, test } from "vitest";
import { LESSONS } from "../../lessons/index.ts";
import { lessonAfter } from "./after.ts";

import type { AllProgress } from "./progress.ts";

const course = LESSONS.filter((each) => each.course === "course").map(({ id }) => id);
const [first = "", second = ""] = course;
const after = (id: string, progress: AllProgress = new Map()) => lessonAfter(id, { all: () => progress });

test("[LESSONS-2] a lesson of the course leads to the next, where that was left", () => {
  expect(after(first)).toEqual({ id: second });
  const begun = { done: false, step: 1, of: 3, chosen: [], right: [] };
  expect(after(first, new Map([[second, begun]]))).toEqual({ id: second, step: 2 });
  expect(after(first, new Map([[second, { ...begun, done: true }]]))).toEqual({ id: second });
});

test("[LESSONS-2] nothing follows the last of the course, a broken Service, and one that came with a link", () => {
  const broken = LESSONS.find((each) => each.course === "broken");
  for (const id of [course.at(-1), broken?.id, "shared", "daily-20300101"]) expect(after(id ?? "")).toBeUndefined();
});
