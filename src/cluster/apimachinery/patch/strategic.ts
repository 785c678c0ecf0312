// Strategic merge patch: lists of objects merge by a key that the schema gives; directives begin with `$`.
import type { Struct } from "../../api/schema.ts";
import { deepCopy, deepEqual } from "../../sim/values.ts";
import { goText } from "./gotext.ts";
import { PatchError } from "./json.ts";
import { isJsonObject, type Json, type MergeRule, mergeRule, structAt } from "./shape.ts";

export const DIRECTIVE = "$patch";
export const ORDER = "$setElementOrder/";
export const DELETE_FROM = "$deleteFromPrimitiveList/";
const RETAIN_KEYS = "$retainKeys";

/** The target with the patch merged in. Neither argument is changed. @throws PatchError */
// Models k8s.io/apimachinery/pkg/util/strategicpatch StrategicMergeMapPatch
export function applyStrategicPatch(target: Json, patch: Json, struct: Struct | undefined): Json {
  const directive = patch[DIRECTIVE];
  if (directive === "replace") return withoutDirectives(patch);
  if (directive === "delete") return {};
  if (directive !== undefined && directive !== "merge")
    throw new PatchError(`invalid value in map, unrecognized patch directive: ${goText(directive)}`);
  const result: Record<string, unknown> = retainKeys(target, patch);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_FROM)) removeValues(result, key.slice(DELETE_FROM.length), value);
    if (key.startsWith("$")) continue;
    if (value === null) delete result[key];
    else result[key] = mergeField(result[key], value, struct, key);
  }
  for (const [key, order] of Object.entries(patch))
    if (key.startsWith(ORDER)) reorder(result, key.slice(ORDER.length), order, struct);
  return result;
}

function retainKeys(target: Json, patch: Json): Record<string, unknown> {
  const kept = patch[RETAIN_KEYS];
  if (!Array.isArray(kept)) return { ...target };
  return Object.fromEntries(Object.entries(target).filter(([key]) => kept.includes(key)));
}

function mergeField(old: unknown, value: unknown, struct: Struct | undefined, key: string): unknown {
  const inner = structAt(struct, key);
  if (isJsonObject(value)) return applyStrategicPatch(isJsonObject(old) ? old : {}, value, inner);
  if (!Array.isArray(value)) return value;
  const { patchKey } = mergeRule(struct, key);
  const items: readonly unknown[] = Array.isArray(old) ? old : [];
  if (patchKey === undefined) return replaceList(value);
  if (patchKey === "") return [...items, ...value.filter((each) => !items.includes(each))];
  return mergeList(items, value, patchKey, inner);
}

function replaceList(items: readonly unknown[]): unknown[] {
  return items.filter((each) => !isJsonObject(each) || each[DIRECTIVE] === undefined).map(deepCopy);
}

/** Merges lists of objects by a key: items with the key of one that is there change it, others are appended. */
function mergeList(
  items: readonly unknown[],
  patch: readonly unknown[],
  key: string,
  struct: Struct | undefined,
): unknown[] {
  const entries = patch.map((each) => {
    if (!isJsonObject(each)) throw new PatchError("invalid JSON document");
    return each;
  });
  if (entries.some((each) => each[DIRECTIVE] === "replace"))
    return entries.filter((each) => each[DIRECTIVE] !== "replace").map(withoutDirectives);
  const result: unknown[] = [...items];
  for (const entry of entries) {
    const value = entry[key];
    if (value === undefined) throw new PatchError(`map: ${goText(entry)} does not contain declared merge key: ${key}`);
    const at = result.findIndex((each) => isJsonObject(each) && deepEqual(each[key], value));
    if (entry[DIRECTIVE] === "delete") {
      removeWhere(result, (each) => isJsonObject(each) && deepEqual(each[key], value));
    } else if (at < 0) result.push(withoutDirectives(entry));
    else result[at] = applyStrategicPatch(result[at] as Json, entry, struct); // an object: found by its key
  }
  return result;
}

function removeWhere(list: unknown[], goes: (each: unknown) => boolean): void {
  for (let i = list.length - 1; i >= 0; i--) if (goes(list[i])) list.splice(i, 1);
}

/** A copy without directives, at every depth. */
function withoutDirectives(value: Json): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    if (key.startsWith("$") || each === null) continue;
    if (isJsonObject(each)) result[key] = withoutDirectives(each);
    else
      result[key] = Array.isArray(each)
        ? each.map((item) => (isJsonObject(item) ? withoutDirectives(item) : item))
        : each;
  }
  return result;
}

function removeValues(result: Record<string, unknown>, field: string, values: unknown): void {
  const list = result[field];
  if (!Array.isArray(list) || !Array.isArray(values)) return;
  result[field] = list.filter((each) => !values.includes(each));
}

/** Puts the items that the order names into that order; the others stay behind their neighbours. */
function reorder(result: Record<string, unknown>, field: string, order: unknown, struct: Struct | undefined): void {
  const list: unknown = result[field];
  if (!Array.isArray(list) || !Array.isArray(order)) return;
  const rule = mergeRule(struct, field);
  const wanted = order.map((each) => keyText(each, rule));
  const rank = (item: unknown) => wanted.indexOf(keyText(item, rule));
  const ordered = list.filter((each) => rank(each) >= 0).sort((a, b) => rank(a) - rank(b));
  const others = list.map((item, at) => ({ item, at })).filter(({ item }) => rank(item) < 0);
  result[field] = interleave(ordered, others, list);
}

function keyText(item: unknown, { patchKey = "" }: MergeRule): string {
  return JSON.stringify(patchKey === "" || !isJsonObject(item) ? item : item[patchKey]);
}

/** Items that only the server has go before the first ordered item that stood behind them. */
function interleave(
  ordered: readonly unknown[],
  others: ReadonlyArray<{ item: unknown; at: number }>,
  list: readonly unknown[],
): unknown[] {
  const result: unknown[] = [];
  const waiting = [...others];
  for (const item of ordered) {
    const at = list.indexOf(item);
    while (waiting.length > 0 && (waiting[0]?.at ?? 0) < at) result.push(waiting.shift()?.item);
    result.push(item);
  }
  return [...result, ...waiting.map(({ item }) => item)];
}
