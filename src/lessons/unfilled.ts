// What its author has still to write of a lesson that can be read.
import type { LessonHead } from "./catalogue.ts";
import type { Lesson } from "./lesson.ts";

const IN_BOTH = ["title", "question", "minutes", "grade"] as const;

/** What is missing in a lesson's file, and in what it differs from its row of the list. */
export function unfilledIn(lesson: Lesson, head: LessonHead): readonly string[] {
  const texts = lesson.steps.flatMap(({ title, body }, at) =>
    body.length === 0 ? [`step ${at + 1}, ${title}: has no text below its heading`] : [],
  );
  const rows = IN_BOTH.filter((name) => lesson[name] !== head[name]).map(
    (name) => `catalogue.ts has the ${name} ${JSON.stringify(head[name])}, the file ${JSON.stringify(lesson[name])}`,
  );
  const intro =
    lesson.intro.length === 0 ? ["there is no introduction between the front matter and the first heading"] : [];
  return [...intro, ...texts, ...rows];
}
