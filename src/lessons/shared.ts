// A lesson that came with a link: read as any other, and held to limits, as nobody has looked at it.

import type { Doing, Lesson } from "./lesson.ts";
import { LessonError, readLesson } from "./read.ts";
import { CHECK_NAMES } from "./schema.ts";
import { isRecord } from "./validate.ts";

/** How messages call it. */
const NAME = "shared";
/** Longest file of one, in characters. */
const LONGEST = 200_000;
const MOST_STEPS = 12;
const MOST_CHECKS = 60;
const MOST_HINTS = 40;
const MOST_DOINGS = 200;
const LONGEST_WAIT_S = 600;
const HIGHEST_RATE = 100;
const LONGEST_TITLE = 200;

/** Reads a lesson that came with a link. @throws LessonError Spec: [AUTHOR-2]. */
export function readShared(source: string): Lesson {
  if (source.length > LONGEST) throw refused(`is too long: ${source.length} characters, at most ${LONGEST}`);
  const lesson = readLesson(NAME, source);
  const { start, steps } = lesson;
  const doings = [start.before ?? [], ...steps.flatMap(waysOf)].flat();
  const waits = doings.map((doing) => (typeof doing !== "string" && "wait" in doing ? doing.wait : 0));
  const rates = doings.map((doing) => (typeof doing !== "string" && "traffic" in doing ? doing.traffic.rate : 0));
  const wait = waits.reduce((sum, each) => sum + each, 0) / 1_000;
  if (start.text === undefined) throw refused("start: must have a manifest of its own");
  most("characters of its title and question", Math.max(lesson.title.length, lesson.question.length), LONGEST_TITLE);
  most("steps", steps.length, MOST_STEPS);
  most("checks", countKeyed(steps, CHECK_NAMES), MOST_CHECKS);
  most(
    "hints",
    steps.reduce((sum, { hints = [] }) => sum + hints.length, 0),
    MOST_HINTS,
  );
  most("things to do", doings.length, MOST_DOINGS);
  most("seconds of waiting", wait, LONGEST_WAIT_S);
  most("requests a second", Math.max(0, ...rates), HIGHEST_RATE);
  return lesson;
}

function waysOf({
  solution = [],
  alsoRight = [],
  tempting = [],
}: Lesson["steps"][number]): readonly (readonly Doing[])[] {
  return [solution, ...alsoRight, ...tempting.map((each) => each.do)];
}

/** How often fields of these names are anywhere in a value. */
function countKeyed(value: unknown, names: ReadonlySet<string>): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + countKeyed(each, names), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, each]) => sum + (names.has(name) ? 1 : 0) + countKeyed(each, names),
    0,
  );
}

function most(what: string, count: number, limit: number): void {
  if (count > limit) throw refused(`has ${count} ${what}, at most ${limit} are opened from a link`);
}

function refused(message: string): LessonError {
  return new LessonError(NAME, [{ line: 1, message }]);
}
