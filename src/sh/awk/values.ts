// Values of awk: numbers, texts, and texts from input that look like numbers.
import { formatFloat, padded } from "../programs/format.ts";

/** A text that was read and looks like a number: it is compared as one. */
export interface Numeric {
  readonly text: string;
  readonly number: number;
}

/** A value; undefined is one that was never set. */
export type Value = number | string | Numeric | undefined;

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;
const LEADING = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/;

/** A value that was read: a number as well when it looks like one. */
export function inputValue(text: string): Value {
  return text.length < 400 && NUMBER.test(text) ? { text, number: Number(text) } : text;
}

export function toNumber(value: Value): number {
  if (value === undefined) return 0;
  if (typeof value === "number") return value;
  if (typeof value === "object") return value.number;
  const found = LEADING.exec(value.slice(0, 400));
  return found === null ? 0 : Number(found[0]);
}

export function toText(value: Value, format = "%.6g"): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "object") return value.text;
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value === 0 ? 0 : value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  return sprintf(format, [value]);
}

export function isTrue(value: Value): boolean {
  if (typeof value === "number") return value !== 0;
  if (typeof value === "object") return value.number !== 0;
  return value !== undefined && value !== "";
}

/** Below, at or above 0 as `a` comes before, with or after `b`. */
export function compare(a: Value, b: Value): number {
  const asText = typeof a === "string" || typeof b === "string";
  const [x, y] = asText ? [toText(a), toText(b)] : [toNumber(a), toNumber(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Signs that one value may be padded to. */
const MOST_WIDTH = 100_000;

/** A width of more characters than are written. */
export class TooWide extends Error {
  override name = "TooWide";
}

/** Values written as a format says. @throws TooWide */
export function sprintf(format: string, values: readonly Value[]): string {
  let used = 0;
  const next = () => values[used++];
  const directive = /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?(?:hh|h|ll|l|L|q|j|z|t)?([a-zA-Z]))/g;
  let result = "";
  let at = 0;
  for (const found of format.matchAll(directive)) {
    result += format.slice(at, found.index);
    at = found.index + found[0].length;
    const [whole, flags = "", width = "0", precision, letter = ""] = found;
    if (whole === "%%") {
      result += "%";
      continue;
    }
    const wide = width === "*" ? Math.trunc(toNumber(next())) : Number(width);
    const exact =
      precision === "*" ? Math.trunc(toNumber(next())) : precision === undefined ? undefined : Number(precision);
    if (Math.abs(wide) > MOST_WIDTH || (exact ?? 0) > MOST_WIDTH)
      throw new TooWide(`a width of more than ${MOST_WIDTH} signs is not simulated`);
    const all = wide < 0 ? `${flags}-` : flags;
    result += one({ flags: all, width: Math.abs(wide), precision: exact, letter, whole }, next());
  }
  return result + format.slice(at);
}

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
  readonly whole: string;
}

function one(directive: Directive, value: Value): string {
  const { flags, width, precision, letter, whole } = directive;
  const plain = flags.replaceAll("0", "");
  switch (letter) {
    case "s":
      return padded(toText(value).slice(0, precision), width, plain);
    case "c":
      return padded(
        typeof value === "number"
          ? String.fromCodePoint(Math.max(0, Math.min(0x10ffff, Math.trunc(value))))
          : toText(value).slice(0, 1),
        width,
        plain,
      );
    case "d":
    case "i":
    case "u":
    case "o":
    case "x":
    case "X":
      return integer(directive, toNumber(value));
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      return formatFloat(toNumber(value), { flags, width, precision, letter });
  }
  return whole;
}

function integer({ flags, width, precision, letter }: Directive, number: number): string {
  if (!Number.isFinite(number)) return padded(Number.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf", width, flags);
  const whole = BigInt(Math.trunc(number));
  const base = letter === "o" ? 8 : letter === "x" || letter === "X" ? 16 : 10;
  const shown = base === 10 ? whole : BigInt.asUintN(64, whole);
  let digits = (shown < 0n ? -shown : shown).toString(base);
  if (letter === "X") digits = digits.toUpperCase();
  if (precision !== undefined) digits = digits.padStart(precision, "0");
  let sign =
    shown < 0n ? "-" : flags.includes("+") && base === 10 ? "+" : flags.includes(" ") && base === 10 ? " " : "";
  if (flags.includes("#") && shown !== 0n)
    sign = letter === "o" ? "0" : letter === "x" ? "0x" : letter === "X" ? "0X" : sign;
  if (flags.includes("0") && !flags.includes("-") && precision === undefined)
    digits = digits.padStart(width - sign.length, "0");
  return padded(sign + digits, width, flags.replaceAll("0", ""));
}
