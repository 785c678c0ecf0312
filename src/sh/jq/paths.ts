// Values at places of other values: reading, setting, deleting.
import { compare, JqError, kindOf, type Path, shown, type Value } from "./values.ts";

/** Elements that an array may be grown to. */
const LONGEST = 1_000_000;

/** `.[key]` */
export function getIndex(value: Value, key: Value): Value {
  if (key instanceof Map) return getSlice(value, key.get("start") ?? null, key.get("end") ?? null);
  if (value === null && (typeof key === "string" || typeof key === "number" || key === null)) return null;
  if (value instanceof Map && typeof key === "string") return value.get(key) ?? null;
  if (Array.isArray(value) && typeof key === "number") {
    const at = Math.floor(key);
    return value[at < 0 ? value.length + at : at] ?? null;
  }
  if (Array.isArray(value) && Array.isArray(key))
    return value.flatMap((_, at) =>
      key.every((each, offset) => compare(value[at + offset] ?? null, each) === 0) && key.length > 0 ? [at] : [],
    );
  if (typeof key === "string") throw new JqError(`Cannot index ${kindOf(value)} with "${key}"`);
  throw new JqError(`Cannot index ${kindOf(value)} with ${kindOf(key)}`);
}

function bounds(length: number, from: Value, to: Value): [number, number] {
  if ((from !== null && typeof from !== "number") || (to !== null && typeof to !== "number"))
    throw new JqError("Start and end indices of an array slice must be numbers");
  const place = (at: number) => Math.max(0, Math.min(length, at < 0 ? length + at : at));
  return [from === null ? 0 : place(Math.floor(from)), to === null ? length : place(Math.ceil(to))];
}

/** `.[from:to]` */
export function getSlice(value: Value, from: Value, to: Value): Value {
  if (value === null) return null;
  if (typeof value !== "string" && !Array.isArray(value))
    throw new JqError(`Cannot index ${kindOf(value)} with object`);
  if (typeof value === "string") {
    const signs = Array.from(value);
    const [begin, end] = bounds(signs.length, from, to);
    return signs.slice(begin, end).join("");
  }
  const [begin, end] = bounds(value.length, from, to);
  return value.slice(begin, end);
}

/** The value at a path. */
export function getPath(value: Value, path: Path, lenient = false): Value {
  let at = value;
  for (const key of path) {
    if (at === null && lenient) return null;
    at = getIndex(at, key);
  }
  return at;
}

/** A copy with another value at a path. */
export function setPath(value: Value, path: Path, by: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (key instanceof Map) {
    if (value !== null && !Array.isArray(value)) throw new JqError("Cannot update field at object index of array");
    const list = value ?? [];
    const [begin, end] = bounds(list.length, key.get("start") ?? null, key.get("end") ?? null);
    const inner = setPath(list.slice(begin, end), rest, by);
    if (!Array.isArray(inner)) throw new JqError("A slice of an array can only be assigned another array");
    return [...list.slice(0, begin), ...inner, ...list.slice(end)];
  }
  const inner = setPath(value === null ? null : getIndex(value, key), rest, by);
  if (typeof key === "string") {
    if (value !== null && !(value instanceof Map)) throw new JqError(`Cannot index ${kindOf(value)} with "${key}"`);
    return new Map(value ?? []).set(key, inner);
  }
  if (typeof key !== "number") throw new JqError(`Invalid path component ${shown(key)}`);
  if (value !== null && !Array.isArray(value)) throw new JqError(`Cannot index ${kindOf(value)} with number`);
  const list = [...(value ?? [])];
  const at = key < 0 ? list.length + key : key;
  if (at < 0) throw new JqError("Out of bounds negative array index");
  if (at > LONGEST) throw new JqError("Array index too large");
  while (list.length < at) list.push(null);
  list[at] = inner;
  return list;
}

/** A copy without what is at the paths. */
export function deletePaths(value: Value, paths: readonly Path[]): Value {
  const ordered = [...paths].sort((a, b) => compare([...b], [...a]));
  return ordered.reduce((result: Value, path) => deletePath(result, path), value);
}

function deletePath(value: Value, path: Path): Value {
  const [key, ...rest] = path;
  if (key === undefined) return null;
  if (value === null) return null;
  if (rest.length > 0) {
    const inner = getIndex(value, key);
    return inner === null ? value : setPath(value, [key], deletePath(inner, rest));
  }
  if (value instanceof Map && typeof key === "string") {
    const copy = new Map(value);
    copy.delete(key);
    return copy;
  }
  if (Array.isArray(value) && typeof key === "number") {
    const at = key < 0 ? value.length + key : key;
    return value.filter((_, index) => index !== at);
  }
  if (Array.isArray(value) && key instanceof Map) {
    const [begin, end] = bounds(value.length, key.get("start") ?? null, key.get("end") ?? null);
    return [...value.slice(0, begin), ...value.slice(end)];
  }
  throw new JqError(`Cannot delete field at ${typeof key === "string" ? "object" : "array"} index of ${kindOf(value)}`);
}
