// The names of broken Services that are made, not written: today's, a day's, and any other by its seed.

/** A broken Service that is made from a seed. */
export interface MadeName {
  /** The lesson's name, in addresses and in what is kept. */
  readonly id: string;
  readonly title: string;
  readonly seed: string;
}

/** The first day that has one. */
const FIRST_DAY = "2026-11-01";
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** The day of a moment, by UTC, as `2026-11-30`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Whether a lesson of this name is made, and not one of the list. */
export function isMade(id: string): boolean {
  return /^(?:daily|another)(?:-|$)/.test(id);
}

/**
 * What is to be made: `daily` is today's, `daily-2026-11-30` that of a day, `another-WORD` any other.
 *
 * @returns A sentence for the visitor when there is no such one. Spec: [MADE-1].
 */
export function madeName(id: string, today: string): MadeName | string {
  const word = /^another-([a-z0-9]{1,20})$/.exec(id)?.[1];
  if (word !== undefined) return { id, title: `Another broken Service: ${word}`, seed: `another ${word}` };
  if (!id.startsWith("daily"))
    return `“${id.slice(0, 40)}” is no name of a broken Service: it is another- and up to 20 small letters and digits.`;
  const day = id === "daily" ? today : id.slice("daily-".length);
  if (!isDay(day)) return `“${id.slice(0, 40)}” names no day: write daily-2026-11-30, or daily for today's.`;
  if (day < FIRST_DAY) return `The first daily broken Service is that of ${dayText(FIRST_DAY)}.`;
  if (day > today)
    return `The broken Service of ${dayText(day)} comes on that day; today is ${dayText(today)}, by UTC.`;
  return { id: `daily-${day}`, title: `The broken Service of ${dayText(day)}`, seed: `daily ${day}` };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(new Date(time)) === text;
}

/** `30 November 2026`. */
function dayText(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}
