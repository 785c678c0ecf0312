// Strategic merge patch: lists of objects merge by a key that the schema gives; directives begin with `$`.
import type { Struct } from "../../api/schema.ts";
import { deepCopy, deepEqual, own, setOwn } from "../../sim/values.ts";
import { goText } from "./gotext.ts";
import { PatchError } from "./json.ts";
import { isJsonObject, type Json, type MergeRule, mergeRule, structAt } from "./shape.ts";

export const DIRECTIVE = "$patch";
export const ORDER = "$setElementOrder/";
export const DELETE_FROM = "$deleteFromPrimitiveList/";
export const RETAIN_KEYS = "$retainKeys";

/** The target with the patch merged in. Neither argument is changed. @throws PatchError */
// Models k8s.io/apimachinery/pkg/util/strategicpatch StrategicMergeMapPatch
export function applyStrategicPatch(target: Json, patch: Json, struct: Struct | undefined): Json {
  const directive = patch[DIRECTIVE];
  if (directive === "replace") return withoutDirectives(patch);
  if (directive === "delete") return {};
  if (directive !== undefined && directive !== "merge")
    throw new PatchError(`invalid value in map, unrecognized patch directive: ${goText(directive)}`);
  const result: Record<string, unknown> = retainKeys(target, patch);
  const ordered = new Set(
    Object.keys(patch).flatMap((key) => (key.startsWith(ORDER) ? [key.slice(ORDER.length)] : [])),
  );
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_FROM)) removeValues(result, key.slice(DELETE_FROM.length), value);
    if (key.startsWith("$")) continue;
    if (value === null) delete result[key];
    else setOwn(result, key, mergeField(own(result, key), value, struct, key));
    const merged = own(result, key);
    const before = own(target, key);
    if (Array.isArray(merged) && Array.isArray(value) && Array.isArray(before) && !ordered.has(key))
      setOwn(result, key, inOrder(merged, { order: value, before, rule: mergeRule(struct, key) }));
  }
  for (const [key, order] of Object.entries(patch)) {
    const field = key.slice(ORDER.length);
    const merged = own(result, field);
    if (!key.startsWith(ORDER) || !Array.isArray(order) || !Array.isArray(merged)) continue;
    const before = own(target, field);
    setOwn(
      result,
      field,
      inOrder(merged, { order, before: Array.isArray(before) ? before : [], rule: mergeRule(struct, field) }),
    );
  }
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
    const value = own(entry, key);
    if (value === undefined) throw new PatchError(`map: ${goText(entry)} does not contain declared merge key: ${key}`);
    const at = result.findIndex((each) => isJsonObject(each) && deepEqual(own(each, key), value));
    if (entry[DIRECTIVE] === "delete") {
      removeWhere(result, (each) => isJsonObject(each) && deepEqual(own(each, key), value));
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
    if (isJsonObject(each)) setOwn(result, key, withoutDirectives(each));
    else
      setOwn(
        result,
        key,
        Array.isArray(each) ? each.map((item) => (isJsonObject(item) ? withoutDirectives(item) : item)) : each,
      );
  }
  return result;
}

function removeValues(result: Record<string, unknown>, field: string, values: unknown): void {
  const list = own(result, field);
  if (!Array.isArray(list) || !Array.isArray(values)) return;
  setOwn(
    result,
    field,
    list.filter((each) => !values.includes(each)),
  );
}

interface Order {
  /** The items whose order the patch says: the patch's own list, or the order it was given. */
  readonly order: readonly unknown[];
  /** The list before the patch. */
  readonly before: readonly unknown[];
  readonly rule: MergeRule;
}

/**
 * A merged list in its order. Items that the patch names come in the patch's order, the others in the server's; each of the others
 * goes before the next of the patch's only if both were there before and in that order. So what is new comes first.
 */
// Models k8s.io/apimachinery/pkg/util/strategicpatch normalizeElementOrder, mergeSortedSlice
function inOrder(merged: readonly unknown[], { order, before, rule }: Order): unknown[] {
  if (rule.patchKey === undefined) return [...merged];
  const rankIn = (list: readonly unknown[]) => {
    const texts = list.map((each) => keyText(each, rule));
    return (item: unknown) => texts.indexOf(keyText(item, rule));
  };
  const [wanted, was] = [rankIn(order), rankIn(before)];
  const named = merged.filter((each) => wanted(each) >= 0).sort((a, b) => wanted(a) - wanted(b));
  const others = merged.filter((each) => wanted(each) < 0).sort((a, b) => was(a) - was(b));
  const result: unknown[] = [];
  while (named.length > 0 && others.length > 0) {
    const [left, right] = [was(others[0]), was(named[0])];
    result.push(left >= 0 && right >= 0 && left < right ? others.shift() : named.shift());
  }
  return [...result, ...named, ...others];
}

function keyText(item: unknown, { patchKey = "" }: MergeRule): string {
  return JSON.stringify(patchKey === "" || !isJsonObject(item) ? item : own(item, patchKey));
}
