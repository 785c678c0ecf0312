// Differences between two values, field by field.
import type { FieldPath } from "../cluster/index.ts";

/** A field that two values hold differently. */
export interface FieldDifference {
  /** Names of fields and positions in lists from the value on; empty where the values themselves differ. */
  readonly path: FieldPath;
  /** Undefined where the first has no such field. */
  readonly before: unknown;
  readonly after: unknown;
}

/** All fields that differ, in the order of their names; those named in `except` are not looked at. */
export function fieldDifferences(
  before: unknown,
  after: unknown,
  path: FieldPath,
  except: ReadonlySet<string> = new Set(),
): FieldDifference[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, at) => fieldDifferences(before[at], after[at], [...path, at], except)).flat();
  }
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  if (left === undefined || right === undefined) return [{ path, before, after }];
  const names = [...new Set([...left.keys(), ...right.keys()])].filter((name) => !except.has(name)).sort();
  return names.flatMap((name) => fieldDifferences(left.get(name), right.get(name), [...path, name], except));
}

function fieldsOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}
