// How the learner came through the lesson that was open last, kept over a reload and until it is taken up again.
import type { LessonShown } from "../store/state.ts";
import { isInFrame } from "./link.ts";
import { readSetting, writeSetting } from "./storage.ts";

const NAME = "lesson-tally";
const MOST_STEPS = 100;
const MOST = 1_000_000_000;

/** What is kept: places of steps from 0, hints, and real milliseconds. */
interface Tally {
  readonly met: readonly number[];
  readonly answered: ReadonlyArray<readonly [step: number, right: boolean]>;
  readonly solved: readonly number[];
  readonly hints: number;
  readonly spent: number;
}

export function keepTally({ course, met, answered, solved, hints, beganAt, doneAt }: LessonShown, now: number): void {
  if (isInFrame()) return; // the page around it keeps what it wants to
  const spent = (doneAt ?? now) - beganAt;
  const tally: Tally = { met: [...met], answered: [...answered], solved: [...solved], hints, spent };
  writeSetting(NAME, JSON.stringify({ lesson: course.lesson.id, ...tally }));
}

/** What is kept of a lesson; undefined when it is another one that was open last, or cannot be read. */
export function keptTally(id: string): Tally | undefined {
  if (isInFrame()) return undefined;
  try {
    const raw: unknown = JSON.parse(readSetting(NAME) ?? "null");
    const fields = new Map<string, unknown>(typeof raw === "object" && raw !== null ? Object.entries(raw) : []);
    if (fields.get("lesson") !== id) return undefined;
    const [hints, spent] = [fields.get("hints"), fields.get("spent")];
    const answered = listOf(fields.get("answered")).flatMap((each) => {
      const [step, right]: unknown[] = Array.isArray(each) ? each : [];
      return isPlace(step) ? [[step, right === true] as const] : [];
    });
    return {
      met: listOf(fields.get("met")).filter(isPlace),
      answered,
      solved: listOf(fields.get("solved")).filter(isPlace),
      hints: isCount(hints) ? hints : 0,
      spent: isCount(spent) ? spent : 0,
    };
  } catch {
    return undefined;
  }
}

export function clearTally(): void {
  writeSetting(NAME, undefined);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, MOST_STEPS) : []);
const isCount = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= MOST;
const isPlace = (value: unknown): value is number => isCount(value) && Number.isInteger(value) && value < MOST_STEPS;
