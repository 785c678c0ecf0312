// Server-side apply: the applied configuration merged into the live object, field by field.
import type { Struct } from "../api/schema.ts";
import { isJsonObject, type Json, mergeRule, structAt } from "../apimachinery/patch/shape.ts";
import { itemPath } from "./managers.ts";

/** Paths that the applier owned before and no longer applies, and that nobody else owns: they are removed. */
export type Abandoned = ReadonlySet<string>;

/** The live object with the configuration merged in and what was abandoned taken out. Neither argument is changed. */
// Models sigs.k8s.io/structured-merge-diff/merge Updater.Apply
export function mergeApplied(live: Json, applied: Json, struct: Struct | undefined, abandoned: Abandoned): Json {
  return mergeObject(prune(live, struct, "", abandoned), applied, struct);
}

function mergeObject(live: Json, applied: Json, struct: Struct | undefined): Json {
  const result: Record<string, unknown> = { ...live };
  for (const [key, value] of Object.entries(applied)) {
    const old = result[key];
    const { keys, atomic } = mergeRule(struct, key);
    const inner = structAt(struct, key);
    if (isJsonObject(value) && isJsonObject(old) && !atomic) result[key] = mergeObject(old, value, inner);
    else if (Array.isArray(value) && keys !== undefined)
      result[key] = mergeItems(Array.isArray(old) ? old : [], value, { keys, inner });
    else if (value !== null) result[key] = value;
  }
  return result;
}

function mergeItems(
  live: readonly unknown[],
  applied: readonly unknown[],
  { keys, inner }: { keys: readonly string[]; inner: Struct | undefined },
): unknown[] {
  const idOf = (item: unknown) => (isJsonObject(item) ? itemPath(item, keys) : JSON.stringify(item));
  const byId = new Map(live.map((item) => [idOf(item), item]));
  const merged = applied.map((item) => {
    const old = byId.get(idOf(item));
    byId.delete(idOf(item));
    return isJsonObject(old) && isJsonObject(item) ? mergeObject(old, item, inner) : item;
  });
  return [...merged, ...byId.values()];
}

function prune(live: Json, struct: Struct | undefined, path: string, abandoned: Abandoned): Json {
  if (abandoned.size === 0) return live;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(live)) {
    const at = `${path}.${key}`;
    if (abandoned.has(at)) continue;
    const { keys, atomic } = mergeRule(struct, key);
    const inner = structAt(struct, key);
    if (isJsonObject(value) && !atomic) {
      const left = prune(value, inner, at, abandoned);
      if (Object.keys(left).length > 0 || Object.keys(value).length === 0) result[key] = left;
    } else if (Array.isArray(value) && keys !== undefined)
      result[key] = pruneItems(value, keys, { inner, at }, abandoned);
    else result[key] = value;
  }
  return result;
}

function pruneItems(
  items: readonly unknown[],
  keys: readonly string[],
  { inner, at }: { inner: Struct | undefined; at: string },
  abandoned: Abandoned,
): unknown[] {
  return items.flatMap((item) => {
    if (!isJsonObject(item)) return abandoned.has(`${at}[=${JSON.stringify(item)}]`) ? [] : [item];
    const path = `${at}${itemPath(item, keys)}`;
    // An item goes when its own keys were abandoned with it.
    const isGone = keys.some((key) => abandoned.has(`${path}.${key}`));
    return isGone ? [] : [prune(item, inner, path, abandoned)];
  });
}
