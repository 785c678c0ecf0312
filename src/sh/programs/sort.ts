// `sort` and `uniq`.
import type { Program, ProgramIO } from "../machine.ts";
import type { Task } from "../task.ts";
import { badOptions, linesOf, type Options, readOptions, textsOf } from "./options.ts";

/** A place in a line: a field, and a character in it. */
interface Place {
  readonly field: number;
  readonly sign: number;
}

interface Key {
  readonly from: Place;
  readonly to: Place | undefined;
  readonly flags: string;
}

const LONG = {
  numeric: "n",
  "numeric-sort": "n",
  "general-numeric-sort": "g",
  "human-numeric-sort": "h",
  "version-sort": "V",
  "month-sort": "M",
  reverse: "r",
  unique: "u",
  key: "k",
  "field-separator": "t",
  "ignore-case": "f",
  "ignore-leading-blanks": "b",
  "dictionary-order": "d",
  stable: "s",
  output: "o",
  check: "c",
  "zero-terminated": "z",
};

/** Sorts by code units, as in the C locale. */
function* sort(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, { flags: "nghVMrufbdsciCmz", valued: "ktoST", long: LONG });
  if (options.fault !== undefined) return badOptions("sort", options, io, 2);
  const separator = options.values.get("t")?.replace("\\t", "\t").replace("\\0", "\0");
  if (separator !== undefined && separator.length !== 1) {
    io.err(separator === "" ? "sort: empty tab\n" : `sort: multi-character tab '${separator}'\n`);
    return 2;
  }
  const usual = [..."nghVMrfbdi"].filter((letter) => options.flags.has(letter)).join("");
  const keys: Key[] = [];
  for (const word of options.all("k")) {
    const key = keyOf(word, usual);
    if (typeof key === "string") {
      io.err(`sort: ${key}\n`);
      return 2;
    }
    keys.push(key);
  }
  const { text, complete } = yield* textsOf("sort", options.rest, io, (name, path, error, to) =>
    to.err(
      error.fault === "EISDIR"
        ? `${name}: read failed: ${path}: ${error.message}\n`
        : `${name}: cannot read: ${path}: ${error.message}\n`,
    ),
  );
  if (!complete) return 2;
  const lines = options.flags.has("z")
    ? text.split("\0").filter((line, at, all) => at < all.length - 1 || line !== "")
    : linesOf(text);
  const order = orderOf(
    keys.length > 0 ? keys : [{ from: { field: 0, sign: 0 }, to: undefined, flags: usual }],
    separator,
  );
  const last = options.flags.has("s") || options.flags.has("u") ? undefined : usual.includes("r") ? -1 : 1;
  const compare = (a: Line, b: Line) => order(a, b) || (last === undefined ? 0 : last * plain(a.text, b.text));
  const all = lines.map((line): Line => ({ text: line, fields: undefined }));
  if (options.flags.has("c") || options.flags.has("C")) return check(all, compare, options, io);
  all.sort(compare);
  const kept = options.flags.has("u")
    ? all.filter((line, at) => at === 0 || order(all[at - 1] ?? line, line) !== 0)
    : all;
  const end = options.flags.has("z") ? "\0" : "\n";
  const result = kept.map((line) => line.text + end).join("");
  const output = options.values.get("o");
  if (output === undefined) io.out(result);
  else io.files.write(output, result);
  return 0;
}

function check(lines: readonly Line[], compare: (a: Line, b: Line) => number, options: Options, io: ProgramIO): number {
  const at = lines.findIndex((line, index) => index > 0 && compare(lines[index - 1] ?? line, line) > 0);
  if (at < 0) return 0;
  if (options.flags.has("c")) io.err(`sort: ${options.rest[0] ?? "-"}:${at + 1}: disorder: ${lines[at]?.text}\n`);
  return 1;
}

interface Line {
  readonly text: string;
  fields: readonly { readonly from: number; readonly to: number }[] | undefined;
}

function keyOf(word: string, usual: string): Key | string {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(word);
  if (match === null) return `invalid number at field start: invalid count at start of '${word}'`;
  const [, field = "1", sign = "1", first = "", endField, endSign, second = ""] = match;
  if (Number(field) === 0) return `field number is zero: invalid field specification '${word}'`;
  const flags = first + second;
  return {
    from: { field: Number(field) - 1, sign: Number(sign) - 1 },
    to: endField === undefined ? undefined : { field: Number(endField) - 1, sign: Number(endSign ?? 0) },
    flags: /[nghVMrfdi]/.test(flags) ? flags : flags + usual,
  };
}

const plain = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function orderOf(keys: readonly Key[], separator: string | undefined): (a: Line, b: Line) => number {
  return (a, b) => {
    for (const key of keys) {
      const found = compareBy(key.flags, part(a, key, separator), part(b, key, separator));
      if (found !== 0) return key.flags.includes("r") ? -found : found;
    }
    return 0;
  };
}

/** The part of a line that a key means. */
function part(line: Line, { from, to, flags }: Key, separator: string | undefined): string {
  if (from.field === 0 && from.sign === 0 && to === undefined) return line.text;
  line.fields ??= fieldsOf(line.text, separator);
  const first = line.fields[from.field];
  if (first === undefined) return "";
  let begin = first.from;
  if (flags.includes("b")) while (/[ \t]/.test(line.text[begin] ?? "")) begin++;
  begin = Math.min(begin + from.sign, line.text.length);
  if (to === undefined) return line.text.slice(begin);
  const last = line.fields[to.field];
  if (last === undefined) return line.text.slice(begin);
  return line.text.slice(begin, to.sign === 0 ? last.to : Math.min(last.from + to.sign, line.text.length));
}

/** Where fields are: without a separator, blanks before a field belong to it. */
function fieldsOf(text: string, separator: string | undefined): { from: number; to: number }[] {
  const fields: { from: number; to: number }[] = [];
  if (separator !== undefined) {
    let from = 0;
    for (const each of text.split(separator)) {
      fields.push({ from, to: from + each.length });
      from += each.length + 1;
    }
    return fields;
  }
  for (const match of text.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g))
    fields.push({ from: match.index, to: match.index + match[0].length });
  return fields;
}

function compareBy(flags: string, a: string, b: string): number {
  if (flags.includes("n")) return number(a) - number(b);
  if (flags.includes("g")) return general(a) - general(b) || 0;
  if (flags.includes("h")) return human(a) - human(b);
  if (flags.includes("V")) return versions(a, b);
  if (flags.includes("M")) return month(a) - month(b);
  let [x, y] = [a, b];
  if (flags.includes("d")) [x, y] = [x.replace(/[^A-Za-z0-9 \t]/g, ""), y.replace(/[^A-Za-z0-9 \t]/g, "")];
  if (flags.includes("f")) [x, y] = [x.toUpperCase(), y.toUpperCase()];
  return plain(x, y);
}

function number(text: string): number {
  const found = /^[ \t]*(-?(?:\d+\.?\d*|\.\d+))/.exec(text.slice(0, 400));
  return found === null ? 0 : Number(found[1]);
}

function general(text: string): number {
  const found = /^[ \t]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(text.slice(0, 400));
  return found === null ? Number.MIN_SAFE_INTEGER : Number(found[1]);
}

/** Numbers as `du -h` writes them: the unit counts first. */
function human(text: string): number {
  const found = /^[ \t]*(-?)(\d+\.?\d*|\.\d+)([KkMGTPEZY]?)/.exec(text.slice(0, 400));
  if (found === null) return 0;
  const unit = found[3] === "" ? 0 : "KMGTPEZY".indexOf((found[3] ?? "").toUpperCase()) + 1;
  const size = Number(found[2]) === 0 ? 0 : unit * 1e15 + Number(found[2]);
  return found[1] === "-" ? -size : size;
}

function month(text: string): number {
  return "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC".indexOf(text.trim().slice(0, 3).toUpperCase().padEnd(3, "?")) + 1;
}

/** Versions: runs of digits count as numbers. */
function versions(a: string, b: string): number {
  const [x, y] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const [one, two] = [x[at], y[at]];
    if (one === undefined || two === undefined) return one === undefined ? -1 : 1;
    const digits = /^\d/.test(one) && /^\d/.test(two);
    const found = digits ? Number(one) - Number(two) : plain(one, two);
    if (found !== 0) return found;
  }
  return 0;
}

function* uniq(words: readonly string[], io: ProgramIO): Task<number> {
  const long = {
    count: "c",
    repeated: "d",
    unique: "u",
    "ignore-case": "i",
    "skip-fields": "f",
    "skip-chars": "s",
    "check-chars": "w",
  };
  const options = readOptions(words, { flags: "cdui", valued: "fsw", long });
  if (options.fault !== undefined) return badOptions("uniq", options, io);
  const { flags, values } = options;
  const skipped = (line: string) => {
    let text = line;
    for (let left = Number(values.get("f") ?? 0); left > 0; left--) text = text.replace(/^[ \t]*[^ \t]*/, "");
    text = text.slice(Number(values.get("s") ?? 0));
    if (values.has("w")) text = text.slice(0, Number(values.get("w")));
    return flags.has("i") ? text.toLowerCase() : text;
  };
  const shown: string[] = [];
  const show = (run: { line: string; count: number; key: string }) => {
    if ((flags.has("d") && run.count < 2) || (flags.has("u") && run.count > 1)) return;
    shown.push(`${flags.has("c") ? `${String(run.count).padStart(7)} ` : ""}${run.line}\n`);
  };
  const [path, output] = options.rest;
  const { text, complete } = yield* textsOf("uniq", path === undefined ? [] : [path], io);
  if (!complete) return 1;
  let open: { line: string; count: number; key: string } | undefined;
  for (const line of linesOf(text)) {
    const key = skipped(line);
    if (open !== undefined && open.key === key) {
      open.count++;
      continue;
    }
    if (open !== undefined) show(open);
    open = { line, count: 1, key };
  }
  if (open !== undefined) show(open);
  if (output === undefined) io.out(shown.join(""));
  else io.files.write(output, shown.join(""));
  return 0;
}

export const SORT_PROGRAMS: Readonly<Record<string, Program>> = { sort, uniq };
