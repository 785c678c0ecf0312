// Validates values by an OpenAPI schema, with the API server's messages.
import type { FieldError } from "../../cluster/apimachinery/errors.ts";
import {
  type FieldErrors,
  invalid,
  notSupported,
  required,
  tooLong,
  tooMany,
} from "../../cluster/apimachinery/field.ts";
import { isJsonObject, type Json } from "../../cluster/apimachinery/patch/shape.ts";
import { parseMetaTime } from "../../cluster/apimachinery/time.ts";
import { deepEqual, own } from "../../cluster/sim/values.ts";
import { compileRegex, type Regex } from "../../sh/index.ts";
import { itemsOf, propertyOf, type Schema } from "./api-schema.ts";

const MOST_ERRORS = 100;

/** What is wrong with a value at a path; `""` is the object itself. Spec: [CRD-6]. */
// Models kube-openapi/pkg/validation/validate SchemaValidator
export function validateValue(value: unknown, schema: Schema, path = ""): FieldErrors {
  if (value === null || value === undefined) return nullErrors(schema, path);
  const errors = typeErrors(value, schema, path);
  errors.push(...junctorErrors(value, schema, path));
  if (typeof value === "string") errors.push(...stringErrors(value, schema, path));
  else if (typeof value === "number") errors.push(...numberErrors(value, schema, path));
  else if (Array.isArray(value)) errors.push(...listErrors(value, schema, path));
  errors.push(...enumErrors(value, schema, path));
  if (isJsonObject(value)) errors.push(...mapErrors(value, schema, path));
  return errors.slice(0, MOST_ERRORS);
}

function nullErrors(schema: Schema, path: string): FieldErrors {
  if (schema.nullable === true || typesOf(schema).length === 0) return [];
  return [wrongType(path, typesOf(schema), "null")];
}

function typesOf(schema: Schema): readonly string[] {
  if (schema["x-kubernetes-int-or-string"] === true) return ["integer", "string"];
  return schema.type === undefined || schema.type === "" ? [] : [schema.type];
}

function wrongType(path: string, types: readonly string[], found: string): FieldError {
  return says(path, found, `must be of type ${types.join(",")}: ${JSON.stringify(found)}`);
}

/** An error whose words begin with the path, as kube-openapi writes them. */
function says(path: string, value: unknown, words: string): FieldError {
  return invalid(path, value, `${path} in body ${words}`);
}

function typeErrors(value: unknown, schema: Schema, path: string): FieldErrors {
  const types = typesOf(schema);
  const found = typeOf(value);
  if (types.length === 0 || types.includes(found) || (found === "integer" && types.includes("number"))) return [];
  return [wrongType(path, types, found)];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "bigint") return "integer";
  return typeof value === "object" ? "object" : typeof value;
}

function stringErrors(value: string, schema: Schema, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const { maxLength, minLength, pattern, format } = schema;
  const length = [...value].length;
  if (maxLength !== undefined && length > maxLength) errors.push(tooLong(path, maxLength));
  if (minLength !== undefined && length < minLength)
    errors.push(says(path, value, `should be at least ${minLength} chars long`));
  if (pattern !== undefined && pattern !== "" && !fitsPattern(value, pattern))
    errors.push(says(path, value, `should match '${pattern}'`));
  if (format !== undefined && own(FORMATS, format)?.(value) === false)
    errors.push(says(path, value, `must be of type ${format}: ${JSON.stringify(value)}`));
  return errors;
}

const PATTERNS = new Map<string, Regex | string>();
const MOST_PATTERNS = 1000;

/** A pattern compiled for matching in linear time; a text that says why it cannot be. */
export function compiledPattern(pattern: string): Regex | string {
  const known = PATTERNS.get(pattern);
  if (known !== undefined) return known;
  const compiled = compileRegex(pattern, { syntax: "perl" });
  if (PATTERNS.size >= MOST_PATTERNS) PATTERNS.clear();
  PATTERNS.set(pattern, compiled);
  return compiled;
}

function fitsPattern(value: string, pattern: string): boolean {
  const compiled = compiledPattern(pattern);
  return typeof compiled === "string" || compiled.test(value);
}

const BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const IPV4 = `${BYTE}(?:\\.${BYTE}){3}`;
const PATTERN_FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  ipv4: new RegExp(`^${IPV4}$`),
  cidr: new RegExp(`^(?:${IPV4}/(?:3[0-2]|[12]?\\d)|[0-9a-fA-F:]*:[0-9a-fA-F:.]*/(?:12[0-8]|1[01]\\d|[1-9]?\\d))$`),
  ipv6: /^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/,
  uuid: /^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$/,
  byte: /^[A-Za-z0-9+/]*={0,2}$/,
  email: /^[^\s@]+@[^\s@]+$/,
};

/** The formats that are checked; others are accepted as they are. */
const FORMATS: Readonly<Record<string, (value: string) => boolean>> = {
  ...Object.fromEntries(
    Object.entries(PATTERN_FORMATS).map(([name, pattern]) => [name, (value: string) => pattern.test(value)]),
  ),
  "date-time": (value) => !("error" in parseMetaTime(value, false)),
};

function numberErrors(value: number, schema: Schema, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const { maximum, minimum, multipleOf } = schema;
  if (multipleOf !== undefined && multipleOf > 0 && !Number.isInteger(value / multipleOf))
    errors.push(says(path, value, `should be a multiple of ${multipleOf}`));
  if (maximum !== undefined && (schema.exclusiveMaximum === true ? value >= maximum : value > maximum))
    errors.push(says(path, value, `should be less than ${schema.exclusiveMaximum ? "" : "or equal to "}${maximum}`));
  if (minimum !== undefined && (schema.exclusiveMinimum === true ? value <= minimum : value < minimum))
    errors.push(says(path, value, `should be greater than ${schema.exclusiveMinimum ? "" : "or equal to "}${minimum}`));
  return errors;
}

function listErrors(value: readonly unknown[], schema: Schema, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const { minItems, maxItems } = schema;
  const items = itemsOf(schema);
  if (items !== undefined)
    for (const [index, each] of value.entries()) {
      if (errors.length >= MOST_ERRORS) break;
      errors.push(...validateValue(each, items, `${path}[${index}]`));
    }
  if (minItems !== undefined && value.length < minItems)
    errors.push(says(path, value.length, `should have at least ${minItems} items`));
  if (maxItems !== undefined && value.length > maxItems) errors.push(tooMany(path, value.length, maxItems));
  errors.push(...duplicateErrors(value, schema, path));
  return errors;
}

/** Items that appear twice in a list that is a set, or a map by its keys. */
// Models apiextensions-apiserver/pkg/apiserver/schema/listtype ValidateListSetsAndMaps
function duplicateErrors(value: readonly unknown[], schema: Schema, path: string): FieldErrors {
  const type = schema["x-kubernetes-list-type"];
  if (type !== "set" && type !== "map") return [];
  const names = schema["x-kubernetes-list-map-keys"] ?? [];
  const seen = new Set<string>();
  return value.flatMap((each, index): FieldErrors => {
    const what =
      type === "map" && isJsonObject(each) ? Object.fromEntries(names.map((key) => [key, own(each, key)])) : each;
    const text = JSON.stringify(what);
    if (seen.has(text)) return [{ type: "Duplicate value", field: `${path}[${index}]`, value: what, detail: "" }];
    seen.add(text);
    return [];
  });
}

function enumErrors(value: unknown, schema: Schema, path: string): FieldErrors {
  const { enum: values } = schema;
  if (values === undefined || values.length === 0 || values.some((each) => deepEqual(each, value))) return [];
  return [
    notSupported(
      path,
      value,
      values.map((each) => (typeof each === "string" ? each : JSON.stringify(each))),
    ),
  ];
}

function mapErrors(value: Json, schema: Schema, path: string): FieldErrors {
  const errors: FieldErrors = [];
  const names = Object.keys(value)
    .filter((key) => own(value, key) !== undefined)
    .sort();
  const { minProperties, maxProperties } = schema;
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (minProperties !== undefined && names.length < minProperties)
    errors.push(says(path, names.length, `should have at least ${minProperties} properties`));
  if (maxProperties !== undefined && names.length > maxProperties)
    errors.push(tooMany(path, names.length, maxProperties));
  for (const name of schema.required ?? []) if (own(value, name) === undefined) errors.push(required(below(name)));
  for (const name of names) {
    const inner = propertyOf(schema, name);
    if (inner === undefined) continue;
    if (errors.length >= MOST_ERRORS) break;
    errors.push(...validateValue(own(value, name), inner, below(name)));
  }
  return errors;
}

/** `allOf`, `anyOf`, `oneOf` and `not`. */
// Models kube-openapi/pkg/validation/validate schemaPropsValidator
function junctorErrors(value: unknown, schema: Schema, path: string): FieldErrors {
  const { allOf = [], anyOf = [], oneOf = [], not } = schema;
  const whole = (words: string) => invalid("<nil>", "", `${JSON.stringify(path)} must ${words}`);
  const errors: FieldErrors = [];
  const tried = (schemas: readonly Schema[]) => schemas.map((each) => validateValue(value, each, path));
  const any = tried(anyOf);
  if (any.length > 0 && any.every((each) => each.length > 0))
    errors.push(whole("validate at least one schema (anyOf)"), ...fewest(any));
  const one = tried(oneOf);
  const valid = one.filter((each) => each.length === 0).length;
  if (one.length > 0 && valid !== 1) {
    const found = valid === 0 ? "Found none valid" : `Found ${valid} valid alternatives`;
    errors.push(whole(`validate one and only one schema (oneOf). ${found}`), ...(valid === 0 ? fewest(one) : []));
  }
  const all = tried(allOf);
  const failed = all.filter((each) => each.length > 0);
  errors.push(...failed.flat());
  if (failed.length > 0)
    errors.push(whole(`validate all the schemas (allOf)${failed.length === all.length ? ". None validated" : ""}`));
  if (not !== undefined && validateValue(value, not, path).length === 0)
    errors.push(whole("not validate the schema (not)"));
  return errors;
}

/** The failures of the alternative that fails least. */
function fewest(alternatives: readonly FieldErrors[]): FieldErrors {
  return alternatives.reduce((least, each) => (each.length < least.length ? each : least));
}
