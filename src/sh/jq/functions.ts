// jq's functions on values alone.
import { decode64, encode64 } from "../programs/compare.ts";
import { strftime } from "../programs/dates.ts";
import { bytesOf } from "../programs/utf8.ts";
import { deletePaths, setPath } from "./paths.ts";
import { TEXT_FUNCTIONS } from "./texts.ts";
import { compare, fromJson, JqError, kindOf, shown, toJson, type Value } from "./values.ts";

export type JqFunction = (input: Value, args: readonly Value[]) => Value;

/** `@name` of a value. @throws JqError */
export function formatted(name: string, value: Value): string {
  const text = typeof value === "string" ? value : toJson(value);
  const rows = () => {
    if (!Array.isArray(value))
      throw new JqError(
        `${kindOf(value)} (${shown(value)}) cannot be ${name === "@sh" ? "escaped for shell" : `${name.slice(1)}-formatted, only an array can be`}`,
      );
    return value;
  };
  switch (name) {
    case "@text":
      return text;
    case "@json":
      return toJson(value);
    case "@base64":
      return encode64(bytesOf(text));
    case "@base64d": {
      const decoded = decode64(text);
      if (!decoded.valid) throw new JqError(`${kindOf(value)} (${shown(value)}) is not valid base64 data`);
      return decoded.text;
    }
    case "@uri":
      return Array.from(bytesOf(text), (byte) =>
        /[\w.~-]/.test(String.fromCharCode(byte))
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      ).join("");
    case "@html":
      return text.replace(
        /[<>&'"]/g,
        (sign) =>
          `&${new Map([
            ["<", "lt"],
            [">", "gt"],
            ["&", "amp"],
            ["'", "#39"],
            ['"', "quot"],
          ]).get(sign)};`,
      );
    case "@csv":
      return rows()
        .map((cell) => (typeof cell === "string" ? `"${cell.replaceAll('"', '""')}"` : cellText(cell, "csv")))
        .join(",");
    case "@tsv":
      return rows()
        .map((cell) =>
          typeof cell === "string"
            ? cell.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
            : cellText(cell, "tsv"),
        )
        .join("\t");
    case "@sh": {
      const word = (each: Value) => {
        if (Array.isArray(each) || each instanceof Map)
          throw new JqError(`${kindOf(each)} (${shown(each)}) can not be escaped for shell`);
        return typeof each === "string" ? `'${each.replaceAll("'", "'\\''")}'` : toJson(each);
      };
      return Array.isArray(value) ? value.map(word).join(" ") : word(value);
    }
  }
  throw new JqError(`${name.slice(1)} is not a valid format`);
}

function cellText(cell: Value, format: string): string {
  if (cell === null) return "";
  if (Array.isArray(cell) || cell instanceof Map)
    throw new JqError(`${kindOf(cell)} (${shown(cell)}) is not valid in a ${format} row`);
  return toJson(cell);
}

function lengthOf(value: Value): number {
  if (value === null) return 0;
  if (typeof value === "number") return Math.abs(value);
  if (typeof value === "string") return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  throw new JqError(`${kindOf(value)} (${shown(value)}) has no length`);
}

function keysOf(value: Value, sorted: boolean): Value[] {
  if (Array.isArray(value)) return value.map((_, at) => at);
  if (value instanceof Map) return sorted ? [...value.keys()].sort() : [...value.keys()];
  throw new JqError(`${kindOf(value)} (${shown(value)}) has no keys`);
}

function has(value: Value, key: Value): boolean {
  if (value instanceof Map && typeof key === "string") return value.has(key);
  if (Array.isArray(value) && typeof key === "number") return key >= 0 && key < value.length;
  throw new JqError(
    `Cannot check whether ${kindOf(value)} has a ${typeof key === "string" ? "string" : kindOf(key)} key`,
  );
}

function contains(a: Value, b: Value): boolean {
  if (kindOf(a) !== kindOf(b))
    throw new JqError(
      `${kindOf(a)} (${shown(a)}) and ${kindOf(b)} (${shown(b)}) cannot have their containment checked`,
    );
  if (typeof a === "string" && typeof b === "string") return a.includes(b);
  const inner = (x: Value, y: Value) => kindOf(x) === kindOf(y) && contains(x, y);
  if (Array.isArray(a) && Array.isArray(b)) return b.every((each) => a.some((other) => inner(other, each)));
  if (a instanceof Map && b instanceof Map)
    return [...b].every(([key, each]) => a.has(key) && inner(a.get(key) ?? null, each));
  return compare(a, b) === 0;
}

function list(value: Value, done: string): Value[] {
  if (Array.isArray(value)) return value;
  throw new JqError(`${kindOf(value)} (${shown(value)}) cannot be ${done}, as it is not an array`);
}

function flatten(value: readonly Value[], depth: number): Value[] {
  return value.flatMap((each) => (Array.isArray(each) && depth > 0 ? flatten(each, depth - 1) : [each]));
}

/** Elements beside their keys, in the order of the keys. */
function ordered(value: Value, keys: Value | undefined, done: string): { value: Value; key: Value }[] {
  const given = Array.isArray(keys) ? keys : [];
  return list(value, done)
    .map((each, at) => ({ value: each, key: given[at] ?? null }))
    .sort((a, b) => compare(a.key, b.key));
}

function grouped(value: Value, keys: Value | undefined): Value {
  const groups: { key: Value; items: Value[] }[] = [];
  for (const { key, value: each } of ordered(value, keys, "grouped")) {
    const last = groups.at(-1);
    if (last !== undefined && compare(last.key, key) === 0) last.items.push(each);
    else groups.push({ key, items: [each] });
  }
  return groups.map(({ items }) => items);
}

function number(value: Value): number {
  if (typeof value === "number") return value;
  throw new JqError(`${kindOf(value)} (${shown(value)}) number required`);
}

const math =
  (work: (value: number) => number): JqFunction =>
  (value) =>
    work(number(value));

function toNumber(value: Value): Value {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^\s*-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(value.slice(0, 400)))
    return Number(value);
  if (typeof value === "string")
    throw new JqError(`Invalid numeric literal at EOF at line 1, column ${value.length} (while parsing '${value}')`);
  throw new JqError(`${kindOf(value)} (${shown(value)}) cannot be parsed as a number`);
}

function parsed(value: Value): Value {
  if (typeof value !== "string") throw new JqError(`${kindOf(value)} (${shown(value)}) cannot be parsed as JSON`);
  try {
    return fromJson(JSON.parse(value));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new JqError(`Invalid numeric literal at EOF at line 1, column ${value.length} (while parsing '${value}')`);
  }
}

function transposed(value: Value): Value {
  const rows = list(value, "transposed").map((row) => list(row, "transposed"));
  const width = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, at) => rows.map((row) => row[at] ?? null));
}

/** A time taken apart, as `gmtime` gives it. */
function brokenDown(seconds: number): Value {
  const date = new Date(Math.floor(seconds) * 1000);
  const yearDay = Math.floor(
    (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - Date.UTC(date.getUTCFullYear(), 0, 1)) /
      86_400_000,
  );
  const fraction = seconds - Math.floor(seconds);
  return [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds() + fraction,
    date.getUTCDay(),
    yearDay,
  ];
}

function secondsOf(value: Value): number {
  if (typeof value === "number") return value;
  const [year, month, day, hour, minute, second] = list(value, "mktime").map(Number);
  return Date.UTC(year ?? 1970, month ?? 0, day ?? 1, hour ?? 0, minute ?? 0, Math.floor(second ?? 0)) / 1000;
}

function strptime(value: Value): Value {
  if (typeof value !== "string") throw new JqError(`strptime/1 requires string inputs and arguments`);
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?Z?)?$/.exec(value);
  if (match === null) throw new JqError(`date "${value}" does not match format "%Y-%m-%dT%H:%M:%SZ"`);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((each) => Number(each ?? 0));
  return brokenDown(Date.UTC(year, month - 1, day, hour, minute, second) / 1000);
}

const TABLE: Readonly<Record<string, JqFunction>> = {
  "length/0": lengthOf,
  "utf8bytelength/0": (value) => bytesOf(typeof value === "string" ? value : "").length,
  "keys/0": (value) => keysOf(value, true),
  "keys_unsorted/0": (value) => keysOf(value, false),
  "has/1": (value, [key = null]) => has(value, key),
  "contains/1": (value, [other = null]) => contains(value, other),
  "type/0": kindOf,
  "tojson/0": (value) => toJson(value),
  "fromjson/0": parsed,
  "tostring/0": (value) => (typeof value === "string" ? value : toJson(value)),
  "tonumber/0": toNumber,
  "reverse/0": (value) =>
    typeof value === "string"
      ? Array.from(value).reverse().join("")
      : value === null
        ? []
        : [...list(value, "reversed")].reverse(),
  "flatten/1": (value, [depth = 1]) => {
    if (number(depth) < 0) throw new JqError("flatten depth must not be negative");
    return flatten(list(value, "flattened"), Math.min(number(depth), 2_000));
  },
  "_sort/1": (value, [keys]) => ordered(value, keys, "sorted").map((each) => each.value),
  "_group/1": (value, [keys]) => grouped(value, keys),
  "_min/1": (value, [keys]) => ordered(value, keys, "compared")[0]?.value ?? null,
  "_max/1": (value, [keys]) => ordered(value, keys, "compared").at(-1)?.value ?? null,
  "transpose/0": transposed,
  "error/1": (_value, [error = null]) => {
    throw new JqError(error);
  },
  "setpath/2": (value, [path = null, by = null]) => setPath(value, list(path, "a path"), by),
  "delpaths/1": (value, [paths = null]) =>
    deletePaths(
      value,
      list(paths, "paths").map((path) => list(path, "a path")),
    ),
  "floor/0": math(Math.floor),
  "ceil/0": math(Math.ceil),
  "round/0": math((value) => Math.sign(value) * Math.round(Math.abs(value))),
  "sqrt/0": math(Math.sqrt),
  "fabs/0": math(Math.abs),
  "trunc/0": math(Math.trunc),
  "log/0": math(Math.log),
  "log2/0": math(Math.log2),
  "log10/0": math(Math.log10),
  "exp/0": math(Math.exp),
  "exp2/0": math((value) => 2 ** value),
  "exp10/0": math((value) => 10 ** value),
  "pow/2": (_value, [base = null, exponent = null]) => number(base) ** number(exponent),
  "infinite/0": () => Number.POSITIVE_INFINITY,
  "nan/0": () => Number.NaN,
  "isinfinite/0": (value) => typeof value === "number" && !Number.isFinite(value) && !Number.isNaN(value),
  "isnan/0": (value) => Number.isNaN(value),
  "isnormal/0": (value) => typeof value === "number" && Number.isFinite(value) && value !== 0,
  "gmtime/0": (value) => brokenDown(number(value)),
  "localtime/0": (value) => brokenDown(number(value)),
  "mktime/0": secondsOf,
  "strftime/1": (value, [format = null]) => strftime(String(format), secondsOf(value) * 1000),
  "strptime/1": strptime,
  "halt_error/1": (value) => {
    throw new JqError(value);
  },
  "builtins/0": () => [],
  "input_filename/0": () => null,
};

/** Functions by name and number of arguments. */
export const FUNCTIONS: ReadonlyMap<string, JqFunction> = new Map([...Object.entries(TABLE), ...TEXT_FUNCTIONS]);
