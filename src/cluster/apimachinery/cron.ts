// Cron schedules: their grammar, its errors, and the next time one is due. Times are milliseconds since 1970, in UTC.
import { civil } from "../sim/time.ts";

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
const MINUTE = 60_000;
const DAY = 86_400_000;
/** Days looked ahead: a 29th of February on a given day of the week comes within this. */
const FARTHEST = 366 * 28;

/** A schedule that was understood. */
export interface CronSchedule {
  /** Numbers each field allows. */
  readonly fields: readonly (readonly number[])[];
  /** Whether the days of the month, and of the week, are any. */
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
  /** Milliseconds between runs, for `@every`. */
  readonly every?: number;
}

/** Reads a schedule, or says why it is none. */
// Models github.com/robfig/cron/v3 ParseStandard
export function parseCron(text: string): CronSchedule | { readonly error: string } {
  const every = /^@every (?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (every !== null) {
    const [, hours = 0, minutes = 0, seconds = 0] = every;
    const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return { fields: [], anyDay: true, anyWeekday: true, every: Math.max(1000, ms) };
  }
  const plain = text.startsWith("@") ? NICKNAMES[text] : text;
  if (plain === undefined) return { error: `unrecognized descriptor: ${text}` };
  const parts = plain
    .trim()
    .split(/\s+/)
    .filter((each) => each !== "");
  if (parts.length !== 5) return { error: `expected exactly 5 fields, found ${parts.length}: [${parts.join(" ")}]` };
  try {
    const fields = parts.map((part, i) => fieldOf(part, BOUNDS[i] ?? { min: 0, max: 0 }));
    const isAny = (part = "") => part.split(",").some((each) => /^[*?](\/1)?$/.test(each));
    return { fields, anyDay: isAny(parts[2]), anyWeekday: isAny(parts[4]) };
  } catch (error) {
    if (!(error instanceof BadField)) throw error;
    return { error: error.message };
  }
}

class BadField extends Error {
  override name = "BadField";
}

function fieldOf(text: string, bounds: Bounds): number[] {
  const allowed = new Set(
    text
      .split(",")
      .filter((each) => each !== "")
      .flatMap((each) => rangeOf(each, bounds)),
  );
  return [...allowed].sort((a, b) => a - b);
}

// Models github.com/robfig/cron/v3 getRange
function rangeOf(text: string, bounds: Bounds): number[] {
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
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
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

/** The first time after `after` at which the schedule is due; undefined when it never is. */
// Models github.com/robfig/cron/v3 SpecSchedule.Next
export function nextRun(schedule: CronSchedule, after: number): number | undefined {
  if (schedule.every !== undefined) return Math.floor(after / 1000) * 1000 + schedule.every;
  const start = (Math.floor(after / MINUTE) + 1) * MINUTE;
  const [minutes = [], hours = []] = schedule.fields;
  for (let day = Math.floor(start / DAY), last = day + FARTHEST; day <= last; day++) {
    if (!isDue(schedule, day * DAY)) continue;
    for (const hour of hours)
      for (const minute of minutes) {
        const at = day * DAY + (hour * 60 + minute) * MINUTE;
        if (at >= start) return at;
      }
  }
  return undefined;
}

/** Whether the day that begins then is one of the schedule's; days of month and week add up where both are given. */
function isDue({ fields, anyDay, anyWeekday }: CronSchedule, at: number): boolean {
  const [, , days = [], months = [], weekdays = []] = fields;
  const number = at / DAY;
  const { month, date } = civil(number);
  if (!months.includes(month)) return false;
  // The first of January 1970 was a Thursday.
  const [isDay, isWeekday] = [days.includes(date), weekdays.includes((number + 4) % 7)];
  return anyDay || anyWeekday ? isDay && isWeekday : isDay || isWeekday;
}
