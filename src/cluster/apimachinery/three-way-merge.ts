// The patch that `kubectl apply` sends: from what was applied last, what is applied now, and what the cluster has.
import { type FieldType, type Struct, structNamed } from "../api/schema.ts";
import { deepEqual } from "../sim/values.ts";
import { patchStrategy } from "./patch-keys.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Which differences a comparison is to tell. */
interface Telling {
  readonly deletions: boolean;
  readonly changes: boolean;
}

/** Where a comparison is: the schema of the part, as far as it is known. */
interface Part {
  readonly struct: Struct | undefined;
  readonly telling: Telling;
}

const DELETE = { $patch: "delete" } as const;

/**
 * A strategic merge patch that takes `current` to what `modified` says and clears what stood in `original` and no longer does.
 * Empty when nothing is to be done.
 */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/strategicpatch CreateThreeWayMergePatch
export function threeWayMergePatch(
  original: unknown,
  modified: unknown,
  current: unknown,
  struct: Struct | undefined,
): Record<string, unknown> {
  const delta = diffFields(fieldsOf(current), fieldsOf(modified), {
    struct,
    telling: { deletions: false, changes: true },
  });
  const deletions = diffFields(fieldsOf(original), fieldsOf(modified), {
    struct,
    telling: { deletions: true, changes: false },
  });
  return mergePatches(deletions, delta, struct);
}

/** A strategic merge patch from one object to another; what kubectl sends for `set`, `scale` by patch and the like. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/strategicpatch CreateTwoWayMergePatch
export function twoWayMergePatch(
  original: unknown,
  modified: unknown,
  struct: Struct | undefined,
): Record<string, unknown> {
  return diffFields(fieldsOf(original), fieldsOf(modified), { struct, telling: { deletions: true, changes: true } });
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function diffFields(original: Fields, modified: Fields, part: Part): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  const { telling } = part;
  for (const key of keysOf(modified)) {
    if (key in original && original[key] !== undefined)
      diffField(patch, key, { from: original[key], to: modified[key] }, part);
    else if (telling.changes) patch[key] = modified[key];
  }
  if (telling.deletions) for (const key of keysOf(original)) if (modified[key] === undefined) patch[key] = null;
  return patch;
}

function keysOf(fields: Fields): string[] {
  return Object.keys(fields)
    .filter((key) => fields[key] !== undefined)
    .sort();
}

function diffField(
  patch: Record<string, unknown>,
  key: string,
  { from, to }: { from: unknown; to: unknown },
  part: Part,
): void {
  const strategy = patchStrategy(part.struct, key);
  const inner = { struct: structBelow(part.struct, key), telling: part.telling };
  if (isFields(from) && isFields(to)) {
    const difference = diffFields(from, to, inner);
    if (Object.keys(difference).length === 0) return;
    patch[key] = strategy?.retainKeys ? { $retainKeys: keysOf(to), ...difference } : difference;
  } else if (Array.isArray(from) && Array.isArray(to) && strategy !== undefined) {
    if (strategy.mergeKey === undefined) diffSets(patch, key, { from, to }, part.telling);
    else
      diffLists(
        patch,
        key,
        { from, to, mergeKey: strategy.mergeKey },
        { ...inner, retain: strategy.retainKeys === true },
      );
  } else if (part.telling.changes && !deepEqual(from, to)) {
    patch[key] = to;
  }
}

/** The struct of a field, or of the items of a list. */
function structBelow(struct: Struct | undefined, key: string): Struct | undefined {
  let type: FieldType | undefined = struct?.fields.get(key)?.type;
  while (type !== undefined && (type.of === "list" || type.of === "map")) type = type.element;
  return type?.of === "struct" ? structNamed(type.struct) : undefined;
}

function diffSets(
  patch: Record<string, unknown>,
  key: string,
  { from, to }: { from: unknown[]; to: unknown[] },
  telling: Telling,
): void {
  const added = telling.changes ? to.filter((each) => !from.includes(each)) : [];
  const gone = telling.deletions ? from.filter((each) => !to.includes(each)) : [];
  if (added.length > 0) patch[key] = added;
  if (gone.length > 0) patch[`$deleteFromPrimitiveList/${key}`] = gone;
  if (added.length > 0 || gone.length > 0 || (telling.changes && !deepEqual(from, to)))
    patch[`$setElementOrder/${key}`] = to;
}

interface ListPair {
  readonly from: unknown[];
  readonly to: unknown[];
  readonly mergeKey: string;
}

/** Items are paired by their key, in the order of the keys; items of equal keys are paired one by one. */
function diffLists(
  patch: Record<string, unknown>,
  key: string,
  { from, to, mergeKey }: ListPair,
  part: Part & { retain: boolean },
): void {
  const items: Fields[] = [];
  const gone: Fields[] = [];
  const left = groups(from, mergeKey);
  const right = groups(to, mergeKey);
  for (const value of to.map((each) => fieldsOf(each)[mergeKey]).filter((each, at, all) => all.indexOf(each) === at)) {
    const old = left.get(value) ?? [];
    for (const [at, item] of (right.get(value) ?? []).entries()) {
      const before = old[at];
      if (before === undefined) {
        if (part.telling.changes) items.push(item);
        continue;
      }
      const difference = diffFields(before, item, part);
      if (Object.keys(difference).length > 0)
        items.push({ ...(part.retain ? { $retainKeys: keysOf(item) } : {}), ...difference, [mergeKey]: value });
    }
  }
  if (part.telling.deletions)
    for (const [value, old] of left)
      if (old.length > (right.get(value)?.length ?? 0) && !right.has(value))
        gone.push({ ...DELETE, [mergeKey]: value });
  const sameOrder = deepEqual(order(from, mergeKey, right), order(to, mergeKey, left));
  if (items.length + gone.length > 0) patch[key] = [...items, ...gone];
  if (items.length + gone.length > 0 || (part.telling.changes && !sameOrder))
    patch[`$setElementOrder/${key}`] = to.map((each) => ({ [mergeKey]: fieldsOf(each)[mergeKey] }));
}

function groups(list: readonly unknown[], mergeKey: string): Map<unknown, Fields[]> {
  const result = new Map<unknown, Fields[]>();
  for (const each of list) {
    const item = fieldsOf(each);
    result.set(item[mergeKey], [...(result.get(item[mergeKey]) ?? []), item]);
  }
  return result;
}

/** The keys of the items that stand in the other list too. */
function order(list: readonly unknown[], mergeKey: string, other: ReadonlyMap<unknown, unknown>): unknown[] {
  return list.map((each) => fieldsOf(each)[mergeKey]).filter((value) => other.has(value));
}

/** Both patches in one. */
function mergePatches(first: Fields, second: Fields, struct: Struct | undefined): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const there = merged[key];
    const below = structBelow(struct, key);
    if (isFields(there) && isFields(value)) merged[key] = mergePatches(there, value, below);
    else if (Array.isArray(there) && Array.isArray(value) && !key.startsWith("$"))
      merged[key] = mergeLists(there, value, { mergeKey: patchStrategy(struct, key)?.mergeKey, below });
    else merged[key] = value;
  }
  return merged;
}

function mergeLists(
  first: readonly unknown[],
  second: readonly unknown[],
  { mergeKey, below }: { mergeKey: string | undefined; below: Struct | undefined },
): unknown[] {
  if (mergeKey === undefined) return [...new Set([...first, ...second])];
  const rest = [...first];
  const merged = second.map((each) => {
    const item = fieldsOf(each);
    const at = rest.findIndex((other) => fieldsOf(other)[mergeKey] === item[mergeKey]);
    if (at < 0) return item;
    const [other] = rest.splice(at, 1);
    return mergePatches(fieldsOf(other), item, below);
  });
  return [...merged, ...rest];
}
