// The patch of client-side apply: what was removed since the last apply, and what differs from the live object.
import { type Struct, structOfKind } from "../../api/schema.ts";
import { deepEqual, own, setOwn } from "../../sim/values.ts";
import { isJsonObject, type Json, mergeRule, structAt } from "./shape.ts";
import { DELETE_FROM, DIRECTIVE, ORDER, RETAIN_KEYS } from "./strategic.ts";

/** Which half of a difference is wanted. */
interface Wanted {
  readonly deletions: boolean;
  readonly changes: boolean;
}

/**
 * The strategic merge patch that makes `current` what `modified` says, and deletes what `original` had and `modified` has not.
 * An empty object when nothing is to be done.
 *
 * @param original - the last applied configuration; undefined when there was none.
 */
// Models k8s.io/apimachinery/pkg/util/strategicpatch CreateThreeWayMergePatch
export function createThreeWayMergePatch(
  original: Json | undefined,
  modified: Json,
  current: Json,
  kind: GroupKind,
): Json {
  const struct = structOfKind(kind.group, kind.version, kind.kind);
  const delta = diff(current, modified, struct, { deletions: false, changes: true });
  const deletions = diff(original ?? {}, modified, struct, { deletions: true, changes: false });
  return mergePatches(deletions, delta, struct);
}

/** The kind whose schema decides how lists merge. */
export interface GroupKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

// Models k8s.io/apimachinery/pkg/util/strategicpatch diffMaps
function diff(original: Json, modified: Json, struct: Struct | undefined, wanted: Wanted): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [key, old] of Object.entries(original)) {
    const value = own(modified, key);
    if (value === undefined || value === null) {
      if (wanted.deletions && old !== null) setOwn(patch, key, null);
    } else diffField(patch, key, { old, value }, { struct, wanted });
  }
  if (wanted.changes)
    for (const [key, value] of Object.entries(modified))
      if ((own(original, key) === undefined || own(original, key) === null) && value !== undefined && value !== null)
        setOwn(patch, key, value);
  return patch;
}

/** The difference with the names of the keys that stay, so that the others go whoever set them. */
function retaining(nested: Record<string, unknown>, old: Json, value: Json): Record<string, unknown> {
  const stays = Object.keys(value).filter((key) => own(value, key) !== null && own(value, key) !== undefined);
  const isLess = Object.keys(old).some((key) => own(value, key) === undefined);
  if (stays.length === 0 || (Object.keys(nested).length === 0 && !isLess)) return nested;
  return { ...nested, [RETAIN_KEYS]: stays.sort() };
}

function diffField(
  patch: Record<string, unknown>,
  key: string,
  { old, value }: { old: unknown; value: unknown },
  { struct, wanted }: { struct: Struct | undefined; wanted: Wanted },
): void {
  const inner = structAt(struct, key);
  if (isJsonObject(old) && isJsonObject(value)) {
    const plain = diff(old, value, inner, wanted);
    const nested = mergeRule(struct, key).retainsKeys ? retaining(plain, old, value) : plain;
    if (Object.keys(nested).length > 0) setOwn(patch, key, nested);
    return;
  }
  const { patchKey, retainsKeys = false } = mergeRule(struct, key);
  if (Array.isArray(old) && Array.isArray(value) && patchKey !== undefined) {
    if (patchKey === "") diffValues(patch, key, { old, value }, wanted);
    else diffItems(patch, key, { old, value }, { patchKey, inner, wanted, retainsKeys });
    return;
  }
  if (wanted.changes && !deepEqual(old, value)) setOwn(patch, key, value);
}

function diffValues(
  patch: Record<string, unknown>,
  key: string,
  { old, value }: { old: unknown[]; value: unknown[] },
  wanted: Wanted,
): void {
  const added = wanted.changes ? value.filter((each) => !old.includes(each)) : [];
  const removed = wanted.deletions ? old.filter((each) => !value.includes(each)) : [];
  if (added.length > 0) setOwn(patch, key, added);
  if (removed.length > 0) setOwn(patch, DELETE_FROM + key, removed);
  if (added.length > 0 || removed.length > 0) setOwn(patch, ORDER + key, value);
}

function diffItems(
  patch: Record<string, unknown>,
  key: string,
  { old, value }: { old: unknown[]; value: unknown[] },
  {
    patchKey,
    inner,
    wanted,
    retainsKeys,
  }: { patchKey: string; inner: Struct | undefined; wanted: Wanted; retainsKeys: boolean },
): void {
  const keyed = (list: readonly unknown[]) =>
    new Map(list.filter(isJsonObject).map((each) => [JSON.stringify(own(each, patchKey)), each]));
  const before = keyed(old);
  const after = keyed(value);
  const items: Json[] = [];
  for (const [id, item] of after) {
    const was = before.get(id);
    if (was === undefined) {
      if (wanted.changes) items.push(item);
      continue;
    }
    const plain = diff(was, item, inner, wanted);
    const nested = retainsKeys ? retaining(plain, was, item) : plain;
    if (Object.keys(nested).length > 0) items.push({ ...nested, [patchKey]: own(item, patchKey) });
  }
  if (wanted.deletions)
    for (const [id, item] of before)
      if (!after.has(id)) items.push({ [DIRECTIVE]: "delete", [patchKey]: own(item, patchKey) });
  const isReordered = wanted.changes && !sameOrder(before, after);
  if (items.length === 0 && !isReordered) return;
  if (items.length > 0) setOwn(patch, key, items);
  setOwn(
    patch,
    ORDER + key,
    [...after.values()].map((each) => ({ [patchKey]: own(each, patchKey) })),
  );
}

/** Whether the items both have are in the same order. */
function sameOrder(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): boolean {
  const left = [...before.keys()].filter((id) => after.has(id));
  const right = [...after.keys()].filter((id) => before.has(id));
  return left.every((id, i) => id === right[i]);
}

/** Two patches as one; where both say something of a field, the second wins. */
function mergePatches(first: Json, second: Json, struct: Struct | undefined): Json {
  const result: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const was = own(result, key);
    const { patchKey } = mergeRule(struct, key);
    if (isJsonObject(was) && isJsonObject(value)) setOwn(result, key, mergePatches(was, value, structAt(struct, key)));
    else if (
      Array.isArray(was) &&
      Array.isArray(value) &&
      patchKey !== undefined &&
      patchKey !== "" &&
      !key.startsWith("$")
    )
      setOwn(result, key, mergeItems(was, value, patchKey, structAt(struct, key)));
    else setOwn(result, key, value);
  }
  return result;
}

function mergeItems(
  first: readonly unknown[],
  second: readonly unknown[],
  patchKey: string,
  struct: Struct | undefined,
): unknown[] {
  const result = [...first];
  for (const item of second) {
    const at = result.findIndex(
      (each) => isJsonObject(each) && isJsonObject(item) && deepEqual(own(each, patchKey), own(item, patchKey)),
    );
    if (at < 0) result.push(item);
    else result[at] = mergePatches(result[at] as Json, item as Json, struct); // objects: found by their key
  }
  return result;
}
