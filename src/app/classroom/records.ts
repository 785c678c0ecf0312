// How the learner came through the lessons they finished, and under which name: kept in the browser until someone clears it.
import type { CodedResult } from "../../lessons/index.ts";
import type { LessonShown } from "../store/state.ts";
import { readSetting, writeSetting } from "../ui/storage.ts";

const NAME = "learner";
const RECORDS = "lesson-records";

/** What of a result belongs to one lesson. */
export type LessonRecord = Omit<CodedResult, "name" | "what" | "when">;

export function learnerName(): string {
  return readSetting(NAME) ?? "";
}

export function keepName(name: string): void {
  writeSetting(NAME, name === "" ? undefined : name);
}

const MS_A_MINUTE = 60_000;

/** The lesson that is open, so far. */
export function recordOf(
  { course, met, answered, hints, solved, beganAt, doneAt }: LessonShown,
  now: number,
): LessonRecord {
  const right = [...answered.values()];
  return {
    steps: { count: met.size, of: course.lesson.steps.length },
    right: { count: right.filter(Boolean).length, of: right.length },
    hints,
    shown: solved.size,
    minutes: Math.round(((doneAt ?? now) - beganAt) / MS_A_MINUTE),
  };
}

/** Finished lessons by name; what cannot be read counts as none. */
export function records(): ReadonlyMap<string, LessonRecord> {
  try {
    const kept: unknown = JSON.parse(readSetting(RECORDS) ?? "{}");
    const all = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
    return new Map(
      all.flatMap(([id, raw]) => {
        const record = recordIn(raw);
        return record === undefined ? [] : [[id, record] as const];
      }),
    );
  } catch {
    return new Map();
  }
}

/** As it is kept: steps, of, right, of, hints, shown, minutes. */
function recordIn(raw: unknown): LessonRecord | undefined {
  if (!Array.isArray(raw) || !raw.every((each) => Number.isSafeInteger(each) && each >= 0 && each < 100_000))
    return undefined;
  const [steps, ofSteps, right, ofRight, hints, shown, minutes]: (number | undefined)[] = raw;
  if (steps === undefined || ofSteps === undefined || right === undefined || ofRight === undefined) return undefined;
  if (hints === undefined || shown === undefined || minutes === undefined) return undefined;
  return { steps: { count: steps, of: ofSteps }, right: { count: right, of: ofRight }, hints, shown, minutes };
}

/** Keeps how a lesson was finished; the last time counts. */
export function keepRecord(id: string, { steps, right, hints, shown, minutes }: LessonRecord): void {
  const kept = [...records()].map(([id, record]) => [id, numbersOf(record)] as const);
  const all = new Map([...kept, [id, numbersOf({ steps, right, hints, shown, minutes })] as const]);
  writeSetting(RECORDS, JSON.stringify(Object.fromEntries(all)));
}

function numbersOf({ steps, right, hints, shown, minutes }: LessonRecord): readonly number[] {
  return [steps.count, steps.of, right.count, right.of, hints, shown, minutes];
}

/** Forgets the record of one lesson, or of all. */
export function clearRecords(id?: string): void {
  const rest = id === undefined ? [] : [...records()].filter(([each]) => each !== id);
  const all = Object.fromEntries(rest.map(([id, record]) => [id, numbersOf(record)]));
  writeSetting(RECORDS, rest.length === 0 ? undefined : JSON.stringify(all));
}

/** A time of the wall's clock as codes have it. */
export function localTime(date: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
