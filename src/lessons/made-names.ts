// The names of broken Services that are made, not written: today's, a day's, and any other by its seed.
import { W } from "../words/en/lesson-made.ts";

/** A broken Service that is made from a seed. */
export interface MadeName {
  /** The lesson's name, in addresses and in what is kept. */
  readonly id: string;
  readonly title: string;
  readonly seed: string;
}

/** The first day that has one. */
const FIRST_DAY = "2026-11-01";

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
  if (word !== undefined) return { id, title: W.another(word), seed: `another ${word}` };
  if (!id.startsWith("daily")) return W.noName(id.slice(0, 40));
  const day = id === "daily" ? today : id.slice("daily-".length);
  if (!isDay(day)) return W.noDay(id.slice(0, 40));
  if (day < FIRST_DAY) return W.tooEarly(FIRST_DAY);
  if (day > today) return W.tooLate(day, today);
  return { id: `daily-${day}`, title: W.ofDay(day), seed: `daily ${day}` };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(new Date(time)) === text;
}
