// Who owns one field of an object, read from its metadata.managedFields.

import type { ManagedFieldsEntry } from "../../api/types.gen.ts";
import type { FieldPath } from "../../apimachinery/field-path.ts";
import { isJsonObject, type Json } from "../../apimachinery/patch/shape.ts";
import { compareText } from "../../sim/text.ts";
import { own } from "../../sim/values.ts";
import { keyOfItem } from "./compare.ts";

/**
 * The entries that own a field, the one that took a field last first.
 *
 * @param object - the object that the entries are of: it tells which item an index means
 * @param path - field names and, in lists, indexes
 */
export function ownersOf(
  entries: readonly ManagedFieldsEntry[],
  object: object,
  path: FieldPath,
): ManagedFieldsEntry[] {
  const asked = entries.map((entry) => {
    const { fieldsV1 } = entry;
    return { entry, as: isJsonObject(fieldsV1) ? owns(fieldsV1, object as Json, path) : undefined }; // an API object is JSON
  });
  // A map without entries in a set is owned whole, or just as the map that it is: the owner of the entry itself comes first.
  const wanted = asked.some(({ as }) => as === "itself") ? "itself" : "around";
  return asked
    .filter(({ as }) => as === wanted)
    .map(({ entry }) => entry)
    .toSorted((a, b) => compareText(b.time ?? "", a.time ?? ""));
}

/** Whether a set holds a field itself, or a map or list around it. */
function owns(fields: Json, object: Json, path: FieldPath): "itself" | "around" | undefined {
  let [set, value]: [Json, unknown] = [fields, object];
  for (const [at, step] of path.entries()) {
    if (at > 0 && Object.keys(set).length === 0) return "around";
    const next = typeof step === "number" ? itemOf(set, value, step) : own(set, `f:${step}`);
    if (!isJsonObject(next)) return undefined;
    set = next;
    value = Array.isArray(value) ? value[Number(step)] : isJsonObject(value) ? own(value, String(step)) : undefined;
  }
  return Object.keys(set).length === 0 || own(set, ".") !== undefined ? "itself" : undefined;
}

/** What a set holds of the item at an index. */
function itemOf(set: Json, list: unknown, index: number): unknown {
  const item: unknown = Array.isArray(list) ? list[index] : undefined;
  if (!isJsonObject(item)) return own(set, `v:${JSON.stringify(item)}`);
  const element = Object.keys(set).find((each) => each.startsWith("k:") && isItem(item, JSON.parse(each.slice(2))));
  return element === undefined ? undefined : own(set, element);
}

function isItem(item: Json, keys: unknown): boolean {
  return isJsonObject(keys) && Object.entries(keys).every(([key, value]) => keyOfItem(item, key) === value);
}
