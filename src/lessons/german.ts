// The lessons in German; this part is loaded when that language is chosen, and each file when its lesson is.
import { own } from "../cluster/index.ts";
import { GERMAN_HEADS } from "./de/heads.ts";
import type { Lesson, LessonData } from "./lesson.ts";
import { translate } from "./translate.ts";

const TEXTS = {
  ...import.meta.glob<string>("./de/course/*.md", { query: "?raw", import: "default" }),
  ...import.meta.glob<string>("./de/broken/*.md", { query: "?raw", import: "default" }),
};

/** What the list of lessons says of one in German. */
export function germanHead(id: string): Pick<LessonData, "title" | "question"> {
  const head = own(GERMAN_HEADS, id);
  if (head === undefined) throw new Error(`The lesson "${id}" has no German title.`);
  return { title: head[0], question: head[1] };
}

/** A lesson in German, by the path of its English file. @throws Error when it has no German file. */
export async function inGerman(lesson: Lesson, file: string): Promise<Lesson> {
  const load = own(TEXTS, file.replace("./", "./de/"));
  if (load === undefined) throw new Error(`The lesson "${lesson.id}" has no German text.`);
  return translate(lesson, await load());
}

/** The paths of all German files, for the test of their list. */
export const GERMAN_FILES: readonly string[] = Object.keys(TEXTS);
