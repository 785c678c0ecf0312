// `printf`: formats, used again while there are arguments.
import type { Program, ProgramIO } from "../machine.ts";
import { escapedWord } from "../quote.ts";
import { readEscapes } from "./echo.ts";
import { formatFloat, padded } from "./format.ts";

/** Signs that one value may be padded to. */
const MOST_WIDTH = 100_000;

/** `printf FORMAT [ARGUMENT]…` */
export const printf: Program = (words, io) => {
  const [, first, ...rest] = words[1] === "--" ? ["printf", ...words.slice(2)] : words;
  if (first === undefined) {
    io.err("printf: usage: printf [-v var] format [arguments]\n");
    return 2;
  }
  return new Printer(first, rest, io).run();
};

class Printer {
  readonly #format: string;
  readonly #given: readonly string[];
  readonly #io: ProgramIO;
  #used = 0;
  #status = 0;
  #stopped = false;

  constructor(format: string, given: readonly string[], io: ProgramIO) {
    this.#format = format;
    this.#given = given;
    this.#io = io;
  }

  run(): number {
    let text = "";
    do {
      const before = this.#used;
      text += this.#round();
      if (this.#used === before) break;
      if (text.length > 65_536) {
        this.#io.out(text);
        text = "";
      }
    } while (this.#used < this.#given.length && !this.#stopped);
    this.#io.out(text);
    return this.#status;
  }

  #next(): string | undefined {
    return this.#used < this.#given.length ? this.#given[this.#used++] : undefined;
  }

  #round(): string {
    let result = "";
    let at = 0;
    const pattern = /%(?:%|([-+ 0#']*)(\*|\d+)?(?:\.(\*|-?\d*))?(?:hh|h|ll|l|L|j|z|t)?([a-zA-Z])?(?:\(([^)]*)\)T)?)/g;
    for (const found of this.#format.matchAll(pattern)) {
      const plain = readEscapes(this.#format.slice(at, found.index), "format");
      result += plain.text;
      at = found.index + found[0].length;
      result += this.#directive(found);
      if (this.#stopped) return result;
    }
    return result + readEscapes(this.#format.slice(at), "format").text;
  }

  #directive(found: RegExpMatchArray): string {
    const [whole, flags = "", width, precision, letter] = found;
    if (whole === "%%") return "%";
    let wide = width === "*" ? this.#number(this.#next() ?? "0") : Number(width ?? 0);
    const exact =
      precision === undefined ? undefined : precision === "*" ? this.#number(this.#next() ?? "0") : Number(precision);
    const left = flags.includes("-") || wide < 0;
    wide = Math.abs(wide);
    if (wide > MOST_WIDTH || (exact ?? 0) > MOST_WIDTH) {
      this.#io.err(`printf: ${whole}: a width of more than ${MOST_WIDTH} signs is not simulated\n`);
      this.#status = 1;
      this.#stopped = true;
      return "";
    }
    return this.#value({ flags: left ? `${flags}-` : flags, wide, exact, letter: letter ?? "", whole });
  }

  #value(spec: { flags: string; wide: number; exact: number | undefined; letter: string; whole: string }): string {
    const { flags, wide, exact, letter, whole } = spec;
    const arg = () => this.#next();
    switch (letter) {
      case "s":
        return padded((arg() ?? "").slice(0, exact), wide, flags.replaceAll("0", ""));
      case "c":
        return padded((arg() ?? "").slice(0, 1), wide, flags.replaceAll("0", ""));
      case "b": {
        const { text, stopped } = readEscapes(arg() ?? "", "%b");
        this.#stopped = stopped;
        return padded(text.slice(0, exact), wide, flags.replaceAll("0", ""));
      }
      case "q":
        return padded(escapedWord(arg() ?? ""), wide, flags.replaceAll("0", ""));
      case "d":
      case "i":
      case "u":
      case "o":
      case "x":
      case "X":
        return this.#integer(this.#integerOf(arg() ?? "0"), spec);
      case "f":
      case "F":
      case "e":
      case "E":
      case "g":
      case "G": {
        const value = this.#float(arg() ?? "0");
        return formatFloat(value, { flags, width: wide, precision: exact, letter });
      }
    }
    this.#io.err(
      letter === "" && whole.length <= 1
        ? "printf: `%': missing format character\n"
        : `printf: \`${letter === "" ? whole : letter}': invalid format character\n`,
    );
    this.#status = 1;
    this.#stopped = true;
    return "";
  }

  #integer(
    value: bigint,
    { flags, wide, exact, letter }: { flags: string; wide: number; exact: number | undefined; letter: string },
  ): string {
    const unsigned = letter !== "d" && letter !== "i";
    const shown = unsigned ? BigInt.asUintN(64, value) : value;
    const base = letter === "o" ? 8 : letter === "x" || letter === "X" ? 16 : 10;
    let digits = (shown < 0n ? -shown : shown).toString(base);
    if (letter === "X") digits = digits.toUpperCase();
    if (exact !== undefined) digits = digits.padStart(exact, "0");
    let sign = shown < 0n ? "-" : !unsigned && flags.includes("+") ? "+" : !unsigned && flags.includes(" ") ? " " : "";
    if (flags.includes("#") && shown !== 0n)
      sign = letter === "o" ? "0" : letter === "x" ? "0x" : letter === "X" ? "0X" : sign;
    if (flags.includes("0") && !flags.includes("-") && exact === undefined)
      digits = digits.padStart(wide - sign.length, "0");
    return padded(sign + digits, wide, flags.replaceAll("0", ""));
  }

  #number(text: string): number {
    return Number(this.#integerOf(text));
  }

  #integerOf(text: string): bigint {
    const trimmed = text.trim();
    if (/^['"]/.test(trimmed)) return BigInt(trimmed.codePointAt(1) ?? 0);
    const match = /^([+-]?)(0[xX][0-9A-Fa-f]+|0[0-7]*|\d+)/.exec(trimmed);
    if (match === null || match[0].length !== trimmed.length) {
      if (text !== "" || match !== null) {
        this.#io.err(`printf: ${text}: invalid number\n`);
        this.#status = 1;
      }
      if (match === null) return 0n;
    }
    const digits = match[2] ?? "0";
    const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
    const signed = match[1] === "-" ? -value : value;
    const kept = BigInt.asIntN(64, signed);
    if (kept !== signed && signed > 0xffffffffffffffffn) {
      this.#io.err(`printf: warning: ${text}: Numerical result out of range\n`);
      this.#status = 1;
      return 0x7fffffffffffffffn;
    }
    return kept;
  }

  #float(text: string): number {
    const trimmed = text.trim();
    if (/^['"]/.test(trimmed)) return trimmed.codePointAt(1) ?? 0;
    const match = /^[+-]?(?:0[xX][0-9A-Fa-f]+|inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/i.exec(trimmed);
    if (match === null || match[0].length !== trimmed.length) {
      this.#io.err(`printf: ${text}: invalid number\n`);
      this.#status = 1;
    }
    const found = match?.[0] ?? "0";
    if (/inf/i.test(found)) return found.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    if (/nan/i.test(found)) return Number.NaN;
    return Number(found);
  }
}
