// Which lesson comes after another.
import { LESSONS } from "../../lessons/index.ts";
import { type AskedLesson, askedAt } from "./asked.ts";
import type { KeptProgress } from "./kept.ts";

/** The lesson of the course that follows one; undefined after the last, and of those that are in no course. */
export function lessonAfter(id: string, kept: Pick<KeptProgress, "all">): AskedLesson | undefined {
  const course = LESSONS.filter((each) => each.course === "course");
  const at = course.findIndex((each) => each.id === id);
  const next = at < 0 ? undefined : course[at + 1];
  return next && askedAt(next.id, kept.all().get(next.id));
}
