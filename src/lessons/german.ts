// The lessons in German; this part is loaded when that language is chosen, and each file when its lesson is.
import { own } from "../cluster/index.ts";
import type { Lesson } from "./lesson.ts";
import { translate } from "./translate.ts";

const TEXTS = {
  ...import.meta.glob<string>("./de/course/*.md", { query: "?raw", import: "default" }),
  ...import.meta.glob<string>("./de/broken/*.md", { query: "?raw", import: "default" }),
};

/** A lesson in German, by the path of its English file. @throws Error when it has no German file. */
export async function inGerman(lesson: Lesson, file: string): Promise<Lesson> {
  const load = own(TEXTS, file.replace("./", "./de/"));
  if (load === undefined) throw new Error(`The lesson "${lesson.id}" has no German text.`);
  return translate(lesson, await load());
}

/** The paths of all German files, for the test of their list. */
export const GERMAN_FILES: readonly string[] = Object.keys(TEXTS);
