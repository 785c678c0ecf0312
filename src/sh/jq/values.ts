// jq's values: JSON, with objects as maps so that no name is special.

export type Value = null | boolean | number | string | Value[] | JqObject;
export type JqObject = Map<string, Value>;
export type Path = readonly Value[];

/** An error that a filter can catch. */
export class JqError extends Error {
  override name = "JqError";
  readonly value: Value;

  constructor(value: Value) {
    super(typeof value === "string" ? value : `${toJson(value)} (not a string)`);
    this.value = value;
  }
}

/** A parsed JSON document as a value. */
export function fromJson(parsed: unknown): Value {
  if (parsed === null || typeof parsed === "boolean" || typeof parsed === "number" || typeof parsed === "string")
    return parsed;
  if (Array.isArray(parsed)) return parsed.map(fromJson);
  if (typeof parsed === "object") return new Map(Object.entries(parsed).map(([key, value]) => [key, fromJson(value)]));
  return null;
}

export type Kind = "null" | "boolean" | "number" | "string" | "array" | "object";

export function kindOf(value: Value): Kind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Map) return "object";
  return typeof value === "boolean" ? "boolean" : typeof value === "number" ? "number" : "string";
}

export const isTrue = (value: Value) => value !== null && value !== false;

const ORDER: readonly Kind[] = ["null", "boolean", "number", "string", "array", "object"];

/** Below, at or above 0 as `a` comes before, with or after `b` in jq's order. */
export function compare(a: Value, b: Value): number {
  const [x, y] = [kindOf(a), kindOf(b)];
  if (x !== y) return ORDER.indexOf(x) - ORDER.indexOf(y);
  if (typeof a === "boolean") return Number(a) - Number(b === true);
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < Math.min(a.length, b.length); at++) {
      const found = compare(a[at] ?? null, b[at] ?? null);
      if (found !== 0) return found;
    }
    return a.length - b.length;
  }
  if (a instanceof Map && b instanceof Map) {
    const [keys, others] = [[...a.keys()].sort(), [...b.keys()].sort()];
    const found = compare(keys, others);
    if (found !== 0) return found;
    for (const key of keys) {
      const inner = compare(a.get(key) ?? null, b.get(key) ?? null);
      if (inner !== 0) return inner;
    }
  }
  return 0;
}

/** How JSON is written. */
export interface JsonStyle {
  /** Signs of one step; nothing for one line. */
  readonly indent?: string;
  readonly sorted?: boolean;
  readonly ascii?: boolean;
}

const DEEPEST = 2_000;

/** A value as JSON. */
export function toJson(value: Value, style: JsonStyle = {}, depth = 0): string {
  if (depth > DEEPEST) throw new JqError("Exceeds depth limit for printing");
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return quoted(value, style.ascii ?? false);
  if (!Array.isArray(value) && !(value instanceof Map)) return String(value);
  const { indent = "", sorted = false } = style;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const entries = Array.isArray(value)
    ? value.map((each) => toJson(each, style, depth + 1))
    : sortedEntries(value, sorted).map(
        ([key, each]) =>
          `${quoted(key, style.ascii ?? false)}:${indent === "" ? "" : " "}${toJson(each, style, depth + 1)}`,
      );
  if (entries.length === 0) return open + close;
  if (indent === "") return open + entries.join(",") + close;
  const lead = `\n${indent.repeat(depth + 1)}`;
  return `${open}${lead}${entries.join(`,${lead}`)}\n${indent.repeat(depth)}${close}`;
}

function sortedEntries(value: JqObject, sorted: boolean): [string, Value][] {
  const entries = [...value];
  return sorted ? entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) : entries;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "null";
  if (!Number.isFinite(value)) return value > 0 ? "1.7976931348623157e+308" : "-1.7976931348623157e+308";
  if (Number.isInteger(value) && Math.abs(value) < 1e17) return String(value);
  return String(value).replace(/e([-+])(\d)$/, "e$10$2");
}

function quoted(text: string, ascii: boolean): string {
  const plain = JSON.stringify(text).replaceAll("\u007f", "\\u007f");
  if (!ascii) return plain;
  return plain.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A value as messages show it: shortened to eleven bytes. */
export function shown(value: Value): string {
  const text = toJson(value);
  return text.length > 11 ? `${text.slice(0, 8)}...` : text;
}
