// A structural schema at work on a value: unknown fields are dropped, defaults filled in.
import type { JSONSchemaProps } from "../../cluster/api/types.gen.ts";
import { isJsonObject, type Json } from "../../cluster/apimachinery/patch/shape.ts";
import { deepCopy, own, setOwn } from "../../cluster/sim/values.ts";

/** The schema of a value; every part of it is optional. */
export type Schema = JSONSchemaProps;

/** Fields that every object has, whatever its schema says. */
const META_FIELDS: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"]);
const MOST_UNKNOWN = 100;

/** The schema of the items of a list. */
export function itemsOf({ items }: Schema): Schema | undefined {
  return isJsonObject(items) ? items : undefined;
}

/** What `additionalProperties` allows: a schema, anything, or nothing. */
export function additionalOf({ additionalProperties }: Schema): Schema | undefined {
  if (additionalProperties === true) return ANYTHING;
  return isJsonObject(additionalProperties) ? additionalProperties : undefined;
}

const ANYTHING: Schema = {};

/** The schema of one field of a map: named, or of all that are not named. */
export function propertyOf(schema: Schema, name: string): Schema | undefined {
  return own(schema.properties, name) ?? additionalOf(schema);
}

const preserves = (schema: Schema): boolean => schema["x-kubernetes-preserve-unknown-fields"] === true;

/**
 * An object without the fields that its schema does not know, and the paths of those.
 *
 * `apiVersion`, `kind` and `metadata` of the object, and of embedded resources, are always known.
 */
// Models apiextensions-apiserver/pkg/apiserver/schema/pruning PruneWithOptions
export function prune(object: Json, schema: Schema): { object: Json; unknown: readonly string[] } {
  const unknown: string[] = [];
  const pruned = pruneMap(object, { ...schema, "x-kubernetes-embedded-resource": true }, { path: "", unknown });
  return { object: pruned, unknown };
}

interface Place {
  readonly path: string;
  readonly unknown: string[];
}

function pruneValue(value: unknown, schema: Schema | undefined, place: Place): unknown {
  if (Array.isArray(value))
    return value.map((each, index) =>
      pruneValue(each, itemSchema(schema), { ...place, path: `${place.path}[${index}]` }),
    );
  return isJsonObject(value) ? pruneMap(value, schema, place) : value;
}

/** The items of a list below a place that keeps everything keep everything too. */
function itemSchema(schema: Schema | undefined): Schema | undefined {
  if (schema === undefined) return undefined;
  return itemsOf(schema) ?? (preserves(schema) ? KEPT : undefined);
}

const KEPT: Schema = { "x-kubernetes-preserve-unknown-fields": true };

function pruneMap(value: Json, schema: Schema | undefined, { path, unknown }: Place): Json {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const at = path === "" ? key : `${path}.${key}`;
    const child = own(value, key);
    const inner = schema === undefined ? undefined : propertyOf(schema, key);
    if (schema?.["x-kubernetes-embedded-resource"] === true && META_FIELDS.has(key)) setOwn(kept, key, child);
    else if (inner !== undefined)
      setOwn(kept, key, inner === ANYTHING ? child : pruneValue(child, inner, { path: at, unknown }));
    else if (schema !== undefined && preserves(schema)) setOwn(kept, key, child);
    else if (unknown.length < MOST_UNKNOWN) unknown.push(at);
  }
  return kept;
}

/** Fills in what was left out, and drops nulls where there is a default and null is not allowed. The value is changed. */
// Models apiextensions-apiserver/pkg/apiserver/schema/defaulting Default and PruneNonNullableNullsWithoutDefaults
export function setDefaults(value: unknown, schema: Schema | undefined): void {
  if (schema === undefined) return;
  if (Array.isArray(value)) {
    for (const each of value) setDefaults(each, itemsOf(schema));
    return;
  }
  if (!isJsonObject(value)) return;
  const fields = value as Record<string, unknown>; // the caller's own copy
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const isLeftOut = own(fields, name) === undefined || (own(fields, name) === null && property.nullable !== true);
    if (isLeftOut && property.default !== undefined) setOwn(fields, name, deepCopy(property.default));
  }
  for (const key of Object.keys(fields)) setDefaults(own(fields, key), propertyOf(schema, key));
}
