// Server-side apply: the applied configuration merged into the live object, field by field.
import type { Struct } from "../api/schema.ts";
import { isJsonObject, type Json, mergeRule, structAt } from "../apimachinery/patch/shape.ts";
import { own, setOwn } from "../sim/values.ts";
import { itemElement } from "./managedfields/compare.ts";
import { EMPTY, elementOf, type FieldSet, isEmpty } from "./managedfields/fieldset.ts";

/** Fields that the applier owned before and no longer applies, and that no one else owns: they are removed. */
export type Abandoned = FieldSet;

/** The live object with the configuration merged in and what was abandoned taken out. Neither argument is changed. */
// Models sigs.k8s.io/structured-merge-diff/merge Updater.Apply
export function mergeApplied(live: Json, applied: Json, struct: Struct | undefined, abandoned: Abandoned): Json {
  return mergeObject(prune(live, struct, abandoned), applied, struct);
}

function mergeObject(live: Json, applied: Json, struct: Struct | undefined): Json {
  const result: Record<string, unknown> = { ...live };
  for (const [key, value] of Object.entries(applied)) {
    const old = own(result, key);
    const { keys, atomic } = mergeRule(struct, key);
    const inner = structAt(struct, key);
    if (isJsonObject(value) && isJsonObject(old) && !atomic) setOwn(result, key, mergeObject(old, value, inner));
    else if (Array.isArray(value) && keys !== undefined)
      setOwn(result, key, mergeItems(Array.isArray(old) ? old : [], value, { keys, inner }));
    else if (value !== null) setOwn(result, key, value);
  }
  return result;
}

function mergeItems(
  live: readonly unknown[],
  applied: readonly unknown[],
  { keys, inner }: { keys: readonly string[]; inner: Struct | undefined },
): unknown[] {
  const idOf = (item: unknown) => itemElement(item, keys);
  const byId = new Map(live.map((item) => [idOf(item), item]));
  const merged = applied.map((item) => {
    const old = byId.get(idOf(item));
    byId.delete(idOf(item));
    return isJsonObject(old) && isJsonObject(item) ? mergeObject(old, item, inner) : item;
  });
  return [...merged, ...byId.values()];
}

function prune(live: Json, struct: Struct | undefined, abandoned: Abandoned): Json {
  if (isEmpty(abandoned)) return live;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(live)) {
    const gone = elementOf(abandoned, `f:${key}`) ?? EMPTY;
    const { keys, atomic } = mergeRule(struct, key);
    const inner = structAt(struct, key);
    if (isJsonObject(value) && !atomic && gone.elements.length > 0) {
      const left = prune(value, inner, gone);
      if (Object.keys(left).length > 0) setOwn(result, key, left);
    } else if (Array.isArray(value) && keys !== undefined && gone.elements.length > 0) {
      const left = pruneItems(value, keys, inner, gone);
      if (left.length > 0) setOwn(result, key, left);
    } else if (!gone.isMember) setOwn(result, key, value);
  }
  return result;
}

function pruneItems(
  items: readonly unknown[],
  keys: readonly string[],
  inner: Struct | undefined,
  abandoned: Abandoned,
): unknown[] {
  return items.flatMap((item) => {
    const gone = elementOf(abandoned, itemElement(item, keys)) ?? EMPTY;
    if (gone.isMember) return [];
    return [isJsonObject(item) ? prune(item, inner, gone) : item];
  });
}
