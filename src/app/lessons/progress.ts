// How far someone is in the lessons, as data: what is kept of each, and how it is read back. Nothing that was stored is trusted.
import { HELP, isMade, type Progress } from "../../lessons/index.ts";
import { W } from "../../words/en/lessons.ts";

/** How far someone has come in one lesson. */
export interface LessonProgress {
  readonly done: boolean;
  /** The furthest step that was reached, from 0, and how many there are. */
  readonly step: number;
  readonly of: number;
  /** Per step: what was predicted, and what turned out right, from 0. */
  readonly chosen: readonly (number | null)[];
  readonly right: readonly (number | null)[];
}

/** By the name of the lesson. */
export type AllProgress = ReadonlyMap<string, LessonProgress>;

/** What was read of a text, or why nothing could be. */
export type ReadProgress =
  | { readonly kind: "progress"; readonly lessons: AllProgress; readonly leftOut: number }
  | { readonly kind: "broken"; readonly reason: string };

const FORMAT = "lesson progress";
const VERSION = 1;
/** No course has more; what is longer is not read. */
const MOST_LESSONS = 500;
const MOST_STEPS = 60;
const MOST_CHOICES = 100;
/** Characters of a file that holds as much as that. */
export const PROGRESS_LIMIT = 400_000;

/** All progress as a file holds it. */
export function progressFile(lessons: AllProgress): object {
  return { podpath: FORMAT, version: VERSION, lessons: Object.fromEntries(lessons) };
}

/** Reads what `progressFile` wrote, or the list of names that was kept before there were steps. */
export function readProgress(text: string, isKnown: (id: string) => boolean): ReadProgress {
  if (text.length > PROGRESS_LIMIT) return broken(W.tooLarge);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return broken(W.notJson);
  }
  if (Array.isArray(raw))
    return among(
      raw.map((id) => [String(id), DONE] as const),
      isKnown,
    );
  const fields = fieldsOf(raw);
  if (fields.get("podpath") !== FORMAT) return broken(W.format(FORMAT));
  if (fields.get("version") !== VERSION) return broken(W.version);
  return among([...fieldsOf(fields.get("lessons"))], isKnown);
}

const DONE: unknown = { done: true, step: 0, of: 1, chosen: [], right: [] };

function broken(reason: string): ReadProgress {
  return { kind: "broken", reason };
}

function among(all: readonly (readonly [id: string, raw: unknown])[], isKnown: (id: string) => boolean): ReadProgress {
  if (all.length > MOST_LESSONS) return broken(W.tooMany(MOST_LESSONS));
  const lessons = new Map<string, LessonProgress>();
  for (const [id, raw] of all) {
    const progress = isKnown(id) ? parse(raw) : undefined;
    if (progress !== undefined) lessons.set(id, progress);
  }
  return { kind: "progress", lessons, leftOut: all.length - lessons.size };
}

function parse(raw: unknown): LessonProgress | undefined {
  const fields = fieldsOf(raw);
  const [step, of] = [fields.get("step"), fields.get("of")];
  const [chosen, right] = [choices(fields.get("chosen")), choices(fields.get("right"))];
  if (!isCount(step, MOST_STEPS) || !isCount(of, MOST_STEPS) || step >= of) return undefined;
  if (chosen === undefined || right === undefined) return undefined;
  return { done: fields.get("done") === true, step, of, chosen, right };
}

function choices(raw: unknown): readonly (number | null)[] | undefined {
  if (!Array.isArray(raw) || raw.length > MOST_STEPS) return undefined;
  return raw.every((each) => each === null || isCount(each, MOST_CHOICES)) ? raw : undefined;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;
}

/** Its own fields alone. */
function fieldsOf(raw: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(typeof raw === "object" && raw !== null ? Object.entries(raw) : []);
}

/** Both together: of a lesson that is in both, what is done stays done, and the further step counts. */
export function mergeProgress(mine: AllProgress, theirs: AllProgress): AllProgress {
  const all = new Map(mine);
  for (const [id, their] of theirs) {
    const own = all.get(id);
    all.set(id, own === undefined ? their : further(own, their));
  }
  return all;
}

function further(mine: LessonProgress, theirs: LessonProgress): LessonProgress {
  const [most, other] = theirs.step > mine.step ? [theirs, mine] : [mine, theirs];
  const both = (a: LessonProgress["chosen"], b: LessonProgress["chosen"]) =>
    Array.from({ length: Math.max(a.length, b.length) }, (_, at) => a[at] ?? b[at] ?? null);
  return {
    done: most.done || other.done,
    step: most.step,
    of: Math.max(most.of, other.of),
    chosen: both(most.chosen, other.chosen),
    right: both(most.right, other.right),
  };
}

/** Of lessons that are made for a day or a press there is no end; the last of them are kept. */
const MOST_MADE = 200;

/** The same without the oldest of the made lessons, where there are too many to be read back. */
export function bounded(all: AllProgress): AllProgress {
  const made = [...all.keys()].filter(isMade);
  const dropped = new Set(made.slice(0, Math.max(0, made.length - MOST_MADE)));
  return dropped.size === 0 ? all : new Map([...all].filter(([id]) => !dropped.has(id)));
}

/** What an import changed, in one sentence. */
export function importedText(before: AllProgress, after: AllProgress, leftOut: number): string {
  const changed = [...after].filter(([id, now]) => JSON.stringify(now) !== JSON.stringify(before.get(id)));
  const done = changed.filter(([, now]) => now.done).length;
  const begun = changed.length - done;
  const parts = [done > 0 ? W.nDone(done) : "", begun > 0 ? W.nBegun(begun) : ""].filter((each) => each !== "");
  const taken = changed.length === 0 ? W.nothingNew : W.updated(changed.length, parts.join(", "));
  if (leftOut === 0) return taken;
  return `${taken} ${W.leftOut(leftOut)}`;
}

/** How many predictions turned out right, of those that were made and decided; undefined when there is none. */
export function predicted({ chosen, right }: Pick<LessonProgress, "chosen" | "right">): string | undefined {
  const decided = chosen.flatMap((each, at) =>
    each === null || (right[at] ?? null) === null ? [] : [each === right[at]],
  );
  if (decided.length === 0) return undefined;
  return W.predicted(decided.filter((each) => each).length, decided.length);
}

/** The course of a lesson in its run, as a tab keeps it over a reload; undefined when it is none. */
export function parseCourse(raw: unknown): Progress | undefined {
  const fields = fieldsOf(raw);
  const [lesson, since, sinceActions, step] = ["lesson", "since", "sinceActions", "step"].map((name) =>
    fields.get(name),
  );
  const [chosen, right] = [choices(fields.get("chosen")), choices(fields.get("right"))];
  if (typeof lesson !== "string" || lesson.length > 100 || chosen === undefined || right === undefined)
    return undefined;
  if (typeof since !== "number" || !(since >= 0) || !isCount(sinceActions, 1e6) || !isCount(step, MOST_STEPS))
    return undefined;
  const help = HELP.find((each) => each === fields.get("help")) ?? "none";
  return { lesson, step, since, sinceActions, chosen, right, help };
}
