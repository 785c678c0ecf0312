// Cron schedules: their grammar, its errors, and when they are due, in UTC.
import { civil } from "../sim/time.ts";
import { own } from "../sim/values.ts";
import { durationError, parseDuration } from "./duration.ts";

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Minute, hour, day of the month, month, day of the week. */
const BOUNDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
];
const NICKNAMES: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};
const EVERY = "@every ";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const YEARS_SEARCHED = 5;
const THURSDAY = 4;

/** When something is due. Instants are milliseconds since 1970; all are whole seconds. */
export interface CronSchedule {
  /** The first time after an instant; undefined when there is none within five years. */
  next(after: number): number | undefined;
  /** The last time up to an instant that is not before `first`, a time of the schedule. */
  last(upTo: number, first: number): number;
}

/** Why a text is no schedule; undefined when it is one. */
export function cronError(text: string): string | undefined {
  const schedule = parseCron(text);
  return typeof schedule === "string" ? schedule : undefined;
}

/** A text's schedule, or in words why it is none. Spec: [CRON-1] [CRON-2]. */
// Models github.com/robfig/cron/v3 ParseStandard
export function parseCron(text: string): CronSchedule | string {
  if (text.startsWith(EVERY)) {
    const duration = text.slice(EVERY.length);
    const error = durationError(duration);
    if (error !== undefined) return `failed to parse duration ${text}: ${error}`;
    return new Delay(Math.max(1, Math.trunc((parseDuration(duration) ?? 0) / 1000)) * 1000);
  }
  const plain = text.startsWith("@") ? own(NICKNAMES, text) : text;
  if (plain === undefined) return `unrecognized descriptor: ${text}`;
  const parts = plain
    .trim()
    .split(/\s+/)
    .filter((each) => each !== "");
  if (parts.length !== 5) return `expected exactly 5 fields, found ${parts.length}: [${parts.join(" ")}]`;
  try {
    return new Calendar(parts.map((part, i) => readField(part, BOUNDS[i] ?? { min: 0, max: 0 })));
  } catch (error) {
    if (!(error instanceof BadField)) throw error;
    return error.message;
  }
}

class BadField extends Error {
  override name = "BadField";
}

/** The values of one field, and whether it says any (`*`). */
interface Field {
  readonly values: ReadonlySet<number>;
  readonly isAny: boolean;
}

function readField(text: string, bounds: Bounds): Field {
  const values = new Set<number>();
  let isAny = false;
  for (const each of text.split(",")) if (each !== "" && addRange(values, each, bounds)) isAny = true;
  return { values, isAny };
}

/** Adds what one range names; returns whether it is any value. */
// Models github.com/robfig/cron/v3 getRange
function addRange(values: Set<number>, text: string, bounds: Bounds): boolean {
  const [range = "", stepText, ...more] = text.split("/");
  const [lowText = "", highText, ...rest] = range.split("-");
  const isAny = lowText === "*" || lowText === "?";
  const low = isAny ? bounds.min : numberOf(lowText, bounds);
  let high = isAny ? bounds.max : low;
  if (!isAny && highText !== undefined) high = numberOf(highText, bounds);
  if (rest.length > 0) throw new BadField(`too many hyphens: ${text}`);
  if (more.length > 0) throw new BadField(`too many slashes: ${text}`);
  const step = stepText === undefined ? 1 : numberOf(stepText, { min: 0, max: 0 });
  if (stepText !== undefined && highText === undefined) high = bounds.max;
  if (low < bounds.min) throw new BadField(`beginning of range (${low}) below minimum (${bounds.min}): ${text}`);
  if (high > bounds.max) throw new BadField(`end of range (${high}) above maximum (${bounds.max}): ${text}`);
  if (low > high) throw new BadField(`beginning of range (${low}) beyond end of range (${high}): ${text}`);
  if (step === 0) throw new BadField(`step of range should be a positive number: ${text}`);
  for (let value = low; value <= high; value += step) values.add(value);
  return isAny && step === 1;
}

function numberOf(text: string, { names, min }: Bounds): number {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + min;
  if (!/^[-+]?\d+$/.test(text))
    throw new BadField(`failed to parse int from ${text}: strconv.Atoi: parsing "${text}": invalid syntax`);
  const value = Number(text);
  if (value < 0) throw new BadField(`negative number (${value}) not allowed: ${text}`);
  return value;
}

/** `@every`: a fixed time after the last one. */
// Models github.com/robfig/cron/v3 ConstantDelaySchedule
class Delay implements CronSchedule {
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  next(after: number): number {
    return Math.floor(after / 1000) * 1000 + this.#ms;
  }

  last(upTo: number, first: number): number {
    return first + Math.max(0, Math.floor((upTo - first) / this.#ms)) * this.#ms;
  }
}

/** Five fields. It looks day by day, so that a search is bounded by the days in it. */
// Models github.com/robfig/cron/v3 SpecSchedule
class Calendar implements CronSchedule {
  readonly #date: Field;
  readonly #month: Field;
  readonly #weekday: Field;
  /** The minutes of a day, in order. */
  readonly #minutes: readonly number[];

  constructor([minute = NONE, hour = NONE, date = NONE, month = NONE, weekday = NONE]: readonly Field[]) {
    this.#date = date;
    this.#month = month;
    this.#weekday = weekday;
    const hours = [...hour.values].sort((a, b) => a - b);
    const minutes = [...minute.values].sort((a, b) => a - b);
    this.#minutes = hours.flatMap((each) => minutes.map((one) => each * 60 + one));
  }

  next(after: number): number | undefined {
    const start = Math.ceil((Math.floor(after / 1000) + 1) / 60) * MINUTE_MS;
    const today = Math.floor(start / DAY_MS);
    const lastYear = civil(today).year + YEARS_SEARCHED;
    for (let day = today; civil(day).year <= lastYear; day++) {
      if (!this.#isDue(day)) continue;
      const earliest = day === today ? (start - day * DAY_MS) / MINUTE_MS : 0;
      const minute = this.#minutes.find((each) => each >= earliest);
      if (minute !== undefined) return day * DAY_MS + minute * MINUTE_MS;
    }
    return undefined;
  }

  last(upTo: number, first: number): number {
    const today = Math.floor(upTo / DAY_MS);
    for (let day = today; day >= Math.floor(first / DAY_MS); day--) {
      if (!this.#isDue(day)) continue;
      const latest = day === today ? Math.floor((upTo - day * DAY_MS) / MINUTE_MS) : Number.POSITIVE_INFINITY;
      const minute = this.#minutes.findLast((each) => each <= latest);
      if (minute !== undefined) return Math.max(first, day * DAY_MS + minute * MINUTE_MS);
    }
    return first;
  }

  /** A date and a weekday that are both restricted each suffice. */
  #isDue(day: number): boolean {
    const { month, date } = civil(day);
    if (!this.#month.values.has(month)) return false;
    const fitsDate = this.#date.values.has(date);
    const fitsWeekday = this.#weekday.values.has((((day + THURSDAY) % 7) + 7) % 7);
    return this.#date.isAny || this.#weekday.isAny ? fitsDate && fitsWeekday : fitsDate || fitsWeekday;
  }
}

const NONE: Field = { values: new Set(), isAny: false };
