// The grammar of cron schedules and its errors; no schedule is acted on here.
import { own } from "../sim/values.ts";

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

/** Why a text is no schedule; undefined when it is one. */
// Models github.com/robfig/cron/v3 ParseStandard
export function cronError(text: string): string | undefined {
  if (/^@every (?:\d+h)?(?:\d+m)?(?:\d+s)?$/.test(text)) return undefined;
  const plain = text.startsWith("@") ? own(NICKNAMES, text) : text;
  if (plain === undefined) return `unrecognized descriptor: ${text}`;
  const parts = plain
    .trim()
    .split(/\s+/)
    .filter((each) => each !== "");
  if (parts.length !== 5) return `expected exactly 5 fields, found ${parts.length}: [${parts.join(" ")}]`;
  try {
    for (const [i, part] of parts.entries()) checkField(part, BOUNDS[i] ?? { min: 0, max: 0 });
    return undefined;
  } catch (error) {
    if (!(error instanceof BadField)) throw error;
    return error.message;
  }
}

class BadField extends Error {
  override name = "BadField";
}

function checkField(text: string, bounds: Bounds): void {
  for (const each of text.split(",")) if (each !== "") checkRange(each, bounds);
}

// Models github.com/robfig/cron/v3 getRange
function checkRange(text: string, bounds: Bounds): void {
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
