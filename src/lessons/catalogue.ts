// All lessons by their heads; their texts are loaded when one is opened. A test holds each head to its file.
import { own } from "../cluster/index.ts";
import type { Lesson } from "./lesson.ts";
import { readLesson } from "./read.ts";

/** A lesson as a list shows it. */
export interface LessonHead {
  /** Stable name: the file's without its number. */
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly minutes: number;
  readonly course: "course" | "broken";
}

type Row = readonly [file: string, title: string, question: string, minutes: number];

const COURSE: readonly Row[] = [
  ["01-pods-come-and-go", "Pods come and go", "Why not simply call a pod by its address?", 4],
  ["02-a-service-in-front", "A Service in front", "What stays the same when pods change?", 4],
  ["03-labels-and-selector", "Labels and selector", "How does a Service know its pods?", 5],
];

const BROKEN: readonly Row[] = [];

const TEXTS = {
  ...import.meta.glob<string>("./course/*.md", { query: "?raw", import: "default" }),
  ...import.meta.glob<string>("./broken/*.md", { query: "?raw", import: "default" }),
};

const headsOf = (rows: readonly Row[], course: LessonHead["course"]): readonly LessonHead[] =>
  rows.map(([file, title, question, minutes]) => ({ id: idOf(file), title, question, minutes, course }));

/** In the order in which they are learnt. */
export const LESSONS: readonly LessonHead[] = [...headsOf(COURSE, "course"), ...headsOf(BROKEN, "broken")];

const FILES = new Map(
  [...COURSE.map(([file]) => ["course", file] as const), ...BROKEN.map(([file]) => ["broken", file] as const)].map(
    ([folder, file]) => [idOf(file), `./${folder}/${file}.md`],
  ),
);

function idOf(file: string): string {
  return file.replace(/^\d+-/, "");
}

/** Loads a lesson with its texts. @throws Error when there is no such lesson, or its file can't be loaded. */
export async function loadLesson(id: string): Promise<Lesson> {
  const load = own(TEXTS, FILES.get(id) ?? "");
  if (load === undefined) throw new Error(`There is no lesson "${id}".`);
  return readLesson(id, await load());
}

/** The paths of all lessons' files, for the test of this list. */
export const LESSON_FILES: readonly string[] = Object.keys(TEXTS);
