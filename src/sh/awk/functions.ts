// awk's own functions on texts and numbers.
import { strftime } from "../programs/dates.ts";
import { allMatches, type Regex } from "../regex.ts";
import { toNumber, toText, type Value } from "./values.ts";

/** What the plain functions need besides their values. */
export interface FunctionWorld {
  /** Milliseconds since 1970. */
  date(): number;
  /** CONVFMT. */
  readonly format: string;
  /** A number from 0 to below 1. */
  random(): number;
  seed(value: number): number;
}

/** A function of values alone; undefined when the name is another kind's. */
export function plainFunction(name: string, values: readonly Value[], world: FunctionWorld): Value | undefined {
  const text = (at: number) => toText(values[at], world.format);
  const number = (at: number) => toNumber(values[at]);
  switch (name) {
    case "substr":
      return substr(text(0), number(1), values.length > 2 ? number(2) : Number.POSITIVE_INFINITY);
    case "index":
      return text(0).indexOf(text(1)) + 1;
    case "tolower":
      return text(0).toLowerCase();
    case "toupper":
      return text(0).toUpperCase();
    case "sin":
      return Math.sin(number(0));
    case "cos":
      return Math.cos(number(0));
    case "atan2":
      return Math.atan2(number(0), number(1));
    case "exp":
      return Math.exp(number(0));
    case "log":
      return Math.log(number(0));
    case "sqrt":
      return Math.sqrt(number(0));
    case "int":
      return Math.trunc(number(0));
    case "rand":
      return world.random();
    case "srand":
      return world.seed(values.length > 0 ? number(0) : world.date() / 1000);
    case "systime":
      return Math.floor(world.date() / 1000);
    case "strftime":
      return strftime(
        values.length > 0 ? text(0) : "%a %b %e %H:%M:%S %Z %Y",
        values.length > 1 ? number(1) * 1000 : world.date(),
      );
    case "fflush":
    case "close":
      return 0;
  }
  return undefined;
}

/** POSIX's substr: places count from 1, and what lies outside is dropped. */
function substr(text: string, from: number, length: number): string {
  if (Number.isNaN(from) || Number.isNaN(length)) return "";
  const begin = roundHalfEven(from);
  const end = length === Number.POSITIVE_INFINITY ? text.length + 1 : begin + roundHalfEven(length);
  return text.slice(Math.max(0, begin - 1), Math.max(0, Math.max(begin, end) - 1));
}

function roundHalfEven(value: number): number {
  const whole = Math.floor(value);
  const rest = value - whole;
  if (rest !== 0.5) return Math.round(value);
  return whole % 2 === 0 ? whole : whole + 1;
}

/** What a replacement's text makes of a match: `&` is the match, with backslashes as awk reads them. */
function replacementOf(text: string): (match: string) => string {
  const parts: string[] = [""];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === "\\" && (text[at + 1] === "&" || text[at + 1] === "\\")) parts.push((parts.pop() ?? "") + text[++at]);
    else if (sign === "&") parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return (match) => parts.join(match);
}

/** `sub` and `gsub`: the new text, and how many were replaced. */
export function substituted(text: string, regex: Regex, by: string, all: boolean): { text: string; count: number } {
  const replace = replacementOf(by);
  let result = "";
  let from = 0;
  let count = 0;
  for (const { index, end } of allMatches(regex, text)) {
    result += text.slice(from, index) + replace(text.slice(index, end));
    from = end;
    count++;
    if (!all) break;
  }
  return { text: result + text.slice(from), count };
}

/** `gensub`: all matches, or the one of a number; `\1` is a group. */
export function generallySubstituted(text: string, regex: Regex, by: string, which: Value): string {
  const all = /^[gG]/.test(toText(which));
  const wanted = Math.max(1, Math.trunc(toNumber(which)));
  let result = "";
  let from = 0;
  let count = 0;
  for (const { index, end, groups } of allMatches(regex, text)) {
    count++;
    if (!all && count !== wanted) continue;
    const filled = by.replace(/\\([\s\S])|&/g, (whole, sign?: string) => {
      if (whole === "&") return groups[0] ?? "";
      if (/\d/.test(sign ?? "")) return groups[Number(sign)] ?? "";
      return sign ?? "";
    });
    result += text.slice(from, index) + filled;
    from = end;
    if (!all) break;
  }
  return result + text.slice(from);
}
