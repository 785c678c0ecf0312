// Go's durations, such as `1m30s`.
import { own } from "../sim/values.ts";

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
/** 2^63 nanoseconds. */
const LONGEST_MS = 2 ** 63 / 1e6;

/** Milliseconds of a Go duration such as `1m30s`; undefined when it is not one. */
// Models go time.ParseDuration
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.exec(text);
  if (text === "0" || text === "+0" || text === "-0") return 0;
  if (match === null) return undefined;
  let total = 0;
  for (const part of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g))
    total += Number(part[1]) * (own(UNIT_MS, part[2] ?? "") ?? 0);
  if (total >= LONGEST_MS) return undefined;
  return match[1] === "-" ? -total : total;
}

/** Go's words for why a text is no duration; undefined when it is one. */
export function durationError(text: string): string | undefined {
  if (parseDuration(text) !== undefined) return undefined;
  const quoted = JSON.stringify(text);
  for (const [, unit = ""] of text.replace(/^[+-]/, "").matchAll(/(?:\d+\.?\d*|\.\d+)([^\d.]*)/gy)) {
    if (unit === "") return `time: missing unit in duration ${quoted}`;
    if (own(UNIT_MS, unit) === undefined) return `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
  }
  return `time: invalid duration ${quoted}`;
}
