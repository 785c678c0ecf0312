// Whether the schema of a CustomResourceDefinition is structural, in the API server's words for what is not.
import { type FieldErrors, forbidden, invalid, required } from "../../cluster/apimachinery/field.ts";
import { fieldErrorText } from "../../cluster/apimachinery/field-error-text.ts";
import { isJsonObject, type Json } from "../../cluster/apimachinery/patch/shape.ts";
import { deepCopy, deepEqual } from "../../cluster/sim/values.ts";
import { itemsOf, prune, type Schema, setDefaults } from "./api-schema.ts";
import { compiledPattern, validateValue } from "./api-values.ts";

type Level = "root" | "field" | "item";

const TYPES = ["array", "boolean", "integer", "number", "object", "string"];
const EMPTY: Readonly<Record<Level, string>> = {
  root: "must not be empty at the root",
  item: "must not be empty for specified array items",
  field: "must not be empty for specified object fields",
};

/** What keeps a schema from being accepted, sorted by its text. Spec: [CRD-2]. */
// Models apiextensions-apiserver/pkg/apiserver/schema ValidateStructural, pkg/apis/apiextensions/validation ValidateCustomResourceDefinitionOpenAPISchema
export function validateStructural(schema: Schema, path: string): FieldErrors {
  const errors = schemaErrors(schema, "root", path);
  return errors
    .map((each) => ({ each, text: fieldErrorText(each) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ each }) => each);
}

function schemaErrors(schema: Schema, level: Level, path: string): FieldErrors {
  const isLoose =
    schema["x-kubernetes-int-or-string"] === true || schema["x-kubernetes-preserve-unknown-fields"] === true;
  const { type = "" } = schema;
  const errors = [...forbiddenFields(schema, path), ...typeErrors(schema, level, path)];
  if (type === "" && !isLoose) errors.push(required(`${path}.type`, EMPTY[level]));
  if (level === "root" && type !== "" && type !== "object")
    errors.push(invalid(`${path}.type`, type, "must be object at the root"));
  if (level === "root" && schema.nullable === true)
    errors.push(forbidden(`${path}.nullable`, "nullable cannot be true at the root"));
  if (type === "array" && schema.items === undefined) errors.push(required(`${path}.items`, "must be specified"));
  errors.push(...childErrors(schema, level, path), ...junctorErrors(schema, path), ...patternErrors(schema, path));
  errors.push(...listErrors(schema, path), ...defaultErrors(schema, level, path));
  return errors;
}

function typeErrors(schema: Schema, level: Level, path: string): FieldErrors {
  const { type = "" } = schema;
  const errors: FieldErrors = [];
  if (type !== "" && !TYPES.includes(type))
    errors.push({
      type: "Unsupported value",
      field: `${path}.type`,
      value: type,
      detail: `supported values: ${TYPES.map((each) => JSON.stringify(each)).join(", ")}`,
    });
  if (level !== "root" && schema["x-kubernetes-embedded-resource"] === true && type !== "object")
    errors.push(required(`${path}.type`, "must be object if x-kubernetes-embedded-resource is true"));
  if (schema["x-kubernetes-int-or-string"] === true && schema["x-kubernetes-preserve-unknown-fields"] === true)
    errors.push(
      invalid(
        `${path}.x-kubernetes-preserve-unknown-fields`,
        true,
        "must be false if x-kubernetes-int-or-string is true",
      ),
    );
  const metadata = schema.properties?.metadata;
  if (level === "root" && metadata !== undefined && !isPlainMetadata(metadata))
    errors.push(
      forbidden(
        `${path}.properties[metadata]`,
        "must not specify anything other than name and generateName, but metadata is implicitly specified",
      ),
    );
  return errors;
}

/** Metadata may be described as an object whose name and generateName are restricted, and in no other way. */
function isPlainMetadata({ type, properties = {}, ...rest }: Schema): boolean {
  const { description: _, ...restrictions } = rest;
  const named = Object.keys(properties).every((name) => name === "name" || name === "generateName");
  return type === "object" && named && Object.keys(restrictions).length === 0;
}

const NEVER: ReadonlyArray<readonly [field: keyof Schema, words: string]> = [
  ["$ref", "$ref is not supported"],
  ["definitions", "definitions is not supported"],
  ["dependencies", "dependencies is not supported"],
  ["patternProperties", "patternProperties is not supported"],
  ["additionalItems", "additionalItems is not supported"],
  ["id", "id is not supported"],
];

function forbiddenFields(schema: Schema, path: string): FieldErrors {
  const errors = NEVER.filter(([field]) => schema[field] !== undefined && schema[field] !== "").map(([field, words]) =>
    forbidden(`${path}.${field}`, words),
  );
  if (schema.uniqueItems === true)
    errors.push(
      forbidden(
        `${path}.uniqueItems`,
        "uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
      ),
    );
  if (Array.isArray(schema.items))
    errors.push(forbidden(`${path}.items`, "items must be a schema object and not an array"));
  if (schema.additionalProperties === false)
    errors.push(forbidden(`${path}.additionalProperties`, "additionalProperties cannot be set to false"));
  else if (schema.additionalProperties !== undefined && Object.keys(schema.properties ?? {}).length > 0)
    errors.push(forbidden(`${path}.additionalProperties`, "additionalProperties and properties are mutual exclusive"));
  return errors;
}

function childErrors(schema: Schema, level: Level, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const items = itemsOf(schema);
  if (items !== undefined) errors.push(...schemaErrors(items, "item", `${path}.items`));
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    if (level !== "root" || name !== "metadata")
      errors.push(...schemaErrors(property, "field", `${path}.properties[${name}]`));
  if (schema.additionalProperties !== undefined && level === "root")
    errors.push(forbidden(`${path}.additionalProperties`, "must not be used at the root"));
  if (isJsonObject(schema.additionalProperties))
    errors.push(...schemaErrors(schema.additionalProperties, "field", `${path}.additionalProperties`));
  return errors;
}

const INT_OR_STRING = [{ type: "integer" }, { type: "string" }];

/** Inside anyOf and similar values are only checked: nothing may describe them. */
function junctorErrors(schema: Schema, path: string): FieldErrors {
  const isLoose = (each: Schema) =>
    schema["x-kubernetes-int-or-string"] === true && deepEqual(each.anyOf, INT_OR_STRING);
  const errors: FieldErrors = [];
  if (!isLoose(schema)) errors.push(...nestedErrors(schema.anyOf, `${path}.anyOf`));
  const [first, ...rest] = schema.allOf ?? [];
  const all = first !== undefined && isLoose(first) ? [{ ...first, anyOf: undefined }, ...rest] : schema.allOf;
  errors.push(...nestedErrors(all, `${path}.allOf`), ...nestedErrors(schema.oneOf, `${path}.oneOf`));
  if (schema.not !== undefined) errors.push(...nestedSchemaErrors(schema.not, `${path}.not`));
  return errors;
}

function nestedErrors(schemas: readonly Schema[] | undefined, path: string): FieldErrors {
  return (schemas ?? []).flatMap((each, index) => nestedSchemaErrors(each, `${path}[${index}]`));
}

const NESTED: ReadonlyArray<readonly [field: keyof Schema, words: string]> = [
  ["type", "must be empty to be structural"],
  ["additionalProperties", "must be undefined to be structural"],
  ["default", "must be undefined to be structural"],
  ["title", "must be empty to be structural"],
  ["description", "must be empty to be structural"],
  ["nullable", "must be false to be structural"],
  ["x-kubernetes-preserve-unknown-fields", "must be false to be structural"],
  ["x-kubernetes-embedded-resource", "must be false to be structural"],
  ["x-kubernetes-int-or-string", "must be false to be structural"],
  ["x-kubernetes-list-map-keys", "must be empty to be structural"],
  ["x-kubernetes-list-type", "must be undefined to be structural"],
  ["x-kubernetes-map-type", "must be undefined to be structural"],
  ["x-kubernetes-validations", "must be empty to be structural"],
];

function nestedSchemaErrors(schema: Schema, path: string): FieldErrors {
  const errors = NESTED.filter(([field]) => isSet(schema[field])).map(([field, words]) =>
    forbidden(`${path}.${field}`, words),
  );
  const items = itemsOf(schema);
  if (items !== undefined) errors.push(...nestedSchemaErrors(items, `${path}.items`));
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    errors.push(...nestedSchemaErrors(property, `${path}.properties[${name}]`));
    if (name === "metadata")
      errors.push(forbidden(`${path}.properties[metadata]`, "must not be specified in a nested context"));
  }
  for (const field of ["allOf", "anyOf", "oneOf"] as const)
    errors.push(...nestedErrors(schema[field], `${path}.${field}`));
  if (schema.not !== undefined) errors.push(...nestedSchemaErrors(schema.not, `${path}.not`));
  errors.push(...patternErrors(schema, path));
  return errors;
}

const isSet = (value: unknown): boolean => value !== undefined && value !== false && value !== "";

function patternErrors({ pattern }: Schema, path: string): FieldErrors {
  if (pattern === undefined || pattern === "") return [];
  const compiled = compiledPattern(pattern);
  if (typeof compiled !== "string") return [];
  return [invalid(`${path}.pattern`, pattern, `must be a valid regular expression, but isn't: ${compiled}`)];
}

const LIST_TYPES = ["atomic", "set", "map"];

function listErrors(schema: Schema, path: string): FieldErrors {
  const type = schema["x-kubernetes-list-type"];
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  if (type === undefined) {
    if (keys.length === 0) return [];
    return [required(`${path}.x-kubernetes-list-type`, "must be map if x-kubernetes-list-map-keys is non-empty")];
  }
  const errors: FieldErrors = [];
  if (!LIST_TYPES.includes(type))
    errors.push({
      type: "Unsupported value",
      field: `${path}.x-kubernetes-list-type`,
      value: type,
      detail: 'supported values: "atomic", "set", "map"',
    });
  if (type === "map" && keys.length === 0)
    errors.push(required(`${path}.x-kubernetes-list-map-keys`, "must not be empty if x-kubernetes-list-type is map"));
  if (schema.type !== "array")
    errors.push(required(`${path}.type`, "must be array if x-kubernetes-list-type is specified"));
  const known = itemsOf(schema)?.properties ?? {};
  for (const [index, key] of keys.entries())
    if (!Object.hasOwn(known, key))
      errors.push(
        invalid(`${path}.x-kubernetes-list-map-keys[${index}]`, key, "entries must all be names of item properties"),
      );
  return errors;
}

/** A default must fit the schema that it is in. */
// Models apiextensions-apiserver/pkg/apiserver/schema/defaulting ValidateDefaults
function defaultErrors(schema: Schema, level: Level, path: string): FieldErrors {
  const { default: value } = schema;
  if (value === undefined) return [];
  if (level === "root") return [forbidden(`${path}.default`, "must not be set at the root")];
  const filled = { value: deepCopy(value) };
  setDefaults(filled.value, schema);
  if (isJsonObject(value) && !deepEqual(withoutMeta(value), withoutMeta(prune(value, schema).object)))
    return [invalid(`${path}.default`, value, "must not have unknown fields")];
  return validateValue(filled.value, schema, `${path}.default`);
}

function withoutMeta({ apiVersion: _, kind: __, metadata: ___, ...rest }: Json): Json {
  return rest;
}
