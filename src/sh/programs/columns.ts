// Programs that work on columns and characters: cut, tr, paste, column, rev, nl, fold, expand.
import type { Program, ProgramIO } from "../machine.ts";
import { inClass } from "../pattern.ts";
import type { Task } from "../task.ts";
import { readEscapes } from "./echo.ts";
import { badOptions, linesOf, printed, readOptions, textOf, textsOf } from "./options.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

function rangesOf(list: string): Range[] | string {
  const ranges: Range[] = [];
  for (const part of list.split(/[, ]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    const [, low = "", dash = "", high = ""] = match ?? [];
    if (match === null || (low === "" && high === ""))
      return part === "-" ? "invalid range with no endpoint: -" : `invalid field value '${part}'`;
    const from = low === "" ? 1 : Number(low);
    if (from === 0) return "fields are numbered from 1";
    const to = dash === "" ? from : high === "" ? Number.POSITIVE_INFINITY : Number(high);
    if (to < from) return "invalid decreasing range";
    ranges.push({ from, to });
  }
  return ranges;
}

function* cut(words: readonly string[], io: ProgramIO): Task<number> {
  const long = {
    fields: "f",
    delimiter: "d",
    characters: "c",
    bytes: "b",
    "only-delimited": "s",
    complement: "C",
    "output-delimiter": "O",
  };
  const options = readOptions(words, { flags: "snz", valued: "fdcbO", long });
  if (options.fault !== undefined) return badOptions("cut", options, io);
  const { values, flags } = options;
  const hint = "Try 'cut --help' for more information.\n";
  const list = values.get("f") ?? values.get("c") ?? values.get("b");
  if (list === undefined) {
    io.err(`cut: you must specify a list of bytes, characters, or fields\n${hint}`);
    return 1;
  }
  const delimiter = values.get("d") ?? "\t";
  if (values.has("d") && Array.from(delimiter).length > 1) {
    io.err(`cut: the delimiter must be a single character\n${hint}`);
    return 1;
  }
  const ranges = rangesOf(list);
  if (typeof ranges === "string") {
    io.err(`cut: ${ranges}\n${hint}`);
    return 1;
  }
  const { text, complete } = yield* textsOf("cut", options.rest, io);
  const wanted = (at: number) => ranges.some(({ from, to }) => at + 1 >= from && at + 1 <= to) !== flags.has("C");
  const lines = linesOf(text).flatMap((line) => {
    if (!values.has("f"))
      return [
        Array.from(line)
          .filter((_, at) => wanted(at))
          .join(values.get("O") ?? ""),
      ];
    if (!line.includes(delimiter)) return flags.has("s") ? [] : [line];
    return [
      line
        .split(delimiter)
        .filter((_, at) => wanted(at))
        .join(values.get("O") ?? delimiter),
    ];
  });
  io.out(printed(lines));
  return complete ? 0 : 1;
}

/** The characters of a set of `tr`: ranges, classes, `[x*n]`; a message when it cannot be read. */
function signsOf(set: string, fill: number): { signs: string[]; classes: boolean } | string {
  const plain = Array.from(
    readEscapes(
      set.replace(/\\([0-7]{1,3})/g, (_, octal: string) => `\\0${octal}`),
      "echo",
    ).text,
  );
  const signs: string[] = [];
  let classes = false;
  for (let at = 0; at < plain.length; at++) {
    const rest = plain.slice(at, at + 14).join("");
    const named = /^\[:([a-z]+):\]/.exec(rest);
    const repeated = /^\[(.)\*(\d*)\]/su.exec(rest);
    if (named !== null) {
      const all = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(
        (sign) => sign <= "\u007f" && inClass(named[1] ?? "", sign) === true,
      );
      if (inClass(named[1] ?? "", "a") === undefined) return `invalid character class '${named[1]}'`;
      classes = true;
      signs.push(...all);
      at += named[0].length - 1;
    } else if (repeated !== null) {
      const count = repeated[2] === "" ? Math.max(0, fill - signs.length) : Math.min(65_536, Number(repeated[2]));
      signs.push(...Array.from({ length: count }, () => repeated[1] ?? ""));
      at += Array.from(repeated[0]).length - 1;
    } else if (plain[at + 1] === "-" && plain[at + 2] !== undefined) {
      const [from, to] = [plain[at]?.codePointAt(0) ?? 0, plain[at + 2]?.codePointAt(0) ?? 0];
      if (to < from)
        return `range-endpoints of '${plain[at]}-${plain[at + 2]}' are in reverse collating sequence order`;
      for (let code = from; code <= Math.min(to, from + 65_536); code++) signs.push(String.fromCodePoint(code));
      at += 2;
    } else signs.push(plain[at] ?? "");
  }
  return { signs, classes };
}

function* tr(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "cCdst",
    long: { complement: "c", delete: "d", "squeeze-repeats": "s", "truncate-set1": "t" },
    strict: true,
  });
  if (options.fault !== undefined) return badOptions("tr", options, io);
  const { flags, rest } = options;
  const [first, second] = rest;
  const hint = "Try 'tr --help' for more information.\n";
  if (first === undefined) {
    io.err(`tr: missing operand\n${hint}`);
    return 1;
  }
  if (second === undefined && !flags.has("d") && !flags.has("s")) {
    io.err(`tr: missing operand after '${first}'\nTwo strings must be given when translating.\n${hint}`);
    return 1;
  }
  if (second !== undefined && flags.has("d") && !flags.has("s")) {
    io.err(
      `tr: extra operand '${second}'\nOnly one string may be given when deleting without squeezing repeats.\n${hint}`,
    );
    return 1;
  }
  const one = signsOf(first, 0);
  const two = second === undefined ? undefined : signsOf(second, typeof one === "string" ? 0 : one.signs.length);
  const fault = typeof one === "string" ? one : typeof two === "string" ? two : undefined;
  if (fault !== undefined || typeof one === "string" || typeof two === "string") {
    io.err(`tr: ${fault}\n`);
    return 1;
  }
  if (two !== undefined && two.signs.length === 0 && !flags.has("d")) {
    io.err("tr: when not truncating set1, string2 must be non-empty\n");
    return 1;
  }
  const change = new Translation({ from: one.signs, to: two?.signs, flags });
  for (let text = yield* io.stdin.chunk(); text !== undefined; text = yield* io.stdin.chunk()) io.out(change.of(text));
  return 0;
}

class Translation {
  readonly #complement: boolean;
  readonly #delete: boolean;
  readonly #from: ReadonlySet<string>;
  readonly #map = new Map<string, string>();
  readonly #last: string;
  readonly #squeezed: ((sign: string) => boolean) | undefined;
  #before = "";

  constructor({
    from,
    to,
    flags,
  }: { from: readonly string[]; to: readonly string[] | undefined; flags: ReadonlySet<string> }) {
    this.#complement = flags.has("c") || flags.has("C");
    this.#delete = flags.has("d");
    this.#from = new Set(from);
    this.#last = to?.at(-1) ?? "";
    const translates = to !== undefined && !this.#delete;
    if (translates && !this.#complement)
      for (const [at, sign] of from.entries())
        if (at < to.length || !flags.has("t")) this.#map.set(sign, to[at] ?? this.#last);
    if (!translates) this.#last = "";
    const set = new Set(to ?? from);
    if (flags.has("s"))
      this.#squeezed = to === undefined && this.#complement ? (sign) => !this.#from.has(sign) : (sign) => set.has(sign);
  }

  of(text: string): string {
    const result: string[] = [];
    for (const sign of text) {
      const chosen = this.#from.has(sign) !== this.#complement;
      if (chosen && this.#delete) continue;
      const by = !chosen ? sign : this.#complement && this.#last !== "" ? this.#last : (this.#map.get(sign) ?? sign);
      if (this.#squeezed?.(by) === true && by === this.#before) continue;
      this.#before = by;
      result.push(by);
    }
    return result.join("");
  }
}

function* paste(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, { flags: "sz", valued: "d", long: { delimiters: "d", serial: "s" } });
  if (options.fault !== undefined) return badOptions("paste", options, io);
  const delimiters = Array.from(readEscapes(options.values.get("d") ?? "\t", "echo").text);
  const columns: string[][] = [];
  const paths = options.rest.length === 0 ? ["-"] : options.rest;
  const inputs = paths.filter((path) => path === "-").length;
  const stdin = inputs > 0 ? linesOf(yield* io.stdin.rest()) : [];
  let seen = 0;
  for (const path of paths) {
    if (path === "-") {
      const offset = seen++;
      columns.push(
        options.flags.has("s") ? (offset === 0 ? stdin : []) : stdin.filter((_, at) => at % inputs === offset),
      );
      continue;
    }
    const text = yield* textOf("paste", path, io);
    if (text === undefined) return 1;
    columns.push(linesOf(text));
  }
  const join = (cells: readonly string[]) =>
    cells
      .map((cell, at) =>
        at === 0 ? cell : (delimiters.length === 0 ? "" : (delimiters[(at - 1) % delimiters.length] ?? "")) + cell,
      )
      .join("");
  if (options.flags.has("s")) io.out(printed(columns.map(join)));
  else {
    const rows = Math.max(...columns.map((column) => column.length));
    io.out(printed(Array.from({ length: rows }, (_, row) => join(columns.map((column) => column[row] ?? "")))));
  }
  return 0;
}

/** `column -t`: a table; without -t the lines as they are. */
function* column(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "tnexL",
    valued: "socNRH",
    long: { table: "t", separator: "s", "output-separator": "o", "table-columns": "N", "table-right": "R" },
  });
  if (options.fault !== undefined) return badOptions("column", options, io);
  const { text, complete } = yield* textsOf("column", options.rest, io);
  if (!options.flags.has("t")) {
    io.out(printed(linesOf(text).filter((line) => line.trim() !== "")));
    return complete ? 0 : 1;
  }
  const separators = options.values.get("s");
  const between = options.values.get("o") ?? "  ";
  const rows = linesOf(text)
    .filter((line) => line.trim() !== "")
    .map((line) => (separators === undefined ? line.trim().split(/[ \t]+/) : split(line, separators)));
  const names = options.values.get("N");
  if (names !== undefined) rows.unshift(names.split(","));
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, Array.from(cell).length);
  const right = new Set((options.values.get("R") ?? "").split(",").map(Number));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => {
        const missing = " ".repeat((widths[at] ?? 0) - Array.from(cell).length);
        if (right.has(at + 1)) return missing + cell;
        return at === row.length - 1 && at === widths.length - 1 ? cell : cell + missing;
      })
      .join(between),
  );
  io.out(printed(lines));
  return complete ? 0 : 1;
}

function split(line: string, separators: string): string[] {
  const cells = [""];
  for (const sign of line) {
    if (separators.includes(sign)) cells.push("");
    else cells.push((cells.pop() ?? "") + sign);
  }
  return cells;
}

/** A program that changes each line by itself. */
const each = (name: string, change: (line: string) => string): Program =>
  function* (words, io) {
    const { text, complete } = yield* textsOf(
      name,
      words.slice(1).filter((word) => word === "-" || !word.startsWith("-")),
      io,
    );
    io.out(printed(linesOf(text).map(change)));
    return complete ? 0 : 1;
  };

function* nl(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "p",
    valued: "bnsvwifhdl",
    long: { "body-numbering": "b", "number-width": "w", "number-separator": "s" },
  });
  if (options.fault !== undefined) return badOptions("nl", options, io);
  const { text, complete } = yield* textsOf("nl", options.rest, io);
  const width = Math.min(Number(options.values.get("w") ?? 6), 1_000);
  const all = options.values.get("b") === "a";
  const separator = options.values.get("s") ?? "\t";
  const format = options.values.get("n") ?? "rn";
  let number = Number(options.values.get("v") ?? 1);
  const lines = linesOf(text).map((line) => {
    if (line === "" && !all) return " ".repeat(width + separator.length);
    const shown = String(number);
    number += Number(options.values.get("i") ?? 1);
    return (
      (format === "ln" ? shown.padEnd(width) : shown.padStart(width, format === "rz" ? "0" : " ")) + separator + line
    );
  });
  io.out(printed(lines));
  return complete ? 0 : 1;
}

function* fold(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, { flags: "sb", valued: "w", long: { width: "w", spaces: "s" } });
  if (options.fault !== undefined) return badOptions("fold", options, io);
  const width = Number(options.values.get("w") ?? 80);
  if (!Number.isInteger(width) || width < 1) {
    io.err(`fold: invalid number of columns: '${options.values.get("w")}'\n`);
    return 1;
  }
  const { text, complete } = yield* textsOf("fold", options.rest, io);
  const lines = linesOf(text).flatMap((line) => {
    const parts: string[] = [];
    let rest = line;
    while (rest.length > width) {
      const blank = options.flags.has("s") ? rest.slice(0, width).lastIndexOf(" ") + 1 : 0;
      const end = blank > 0 ? blank : width;
      parts.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return [...parts, rest];
  });
  io.out(printed(lines));
  return complete ? 0 : 1;
}

export const COLUMN_PROGRAMS: Readonly<Record<string, Program>> = {
  cut,
  tr,
  paste,
  column,
  nl,
  fold,
  rev: each("rev", (line) => Array.from(line).reverse().join("")),
  expand: each("expand", (line) => {
    let result = "";
    for (const sign of line) result += sign === "\t" ? " ".repeat(8 - (result.length % 8)) : sign;
    return result;
  }),
};
