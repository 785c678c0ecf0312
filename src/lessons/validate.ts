// Holds data to a schema; every complaint names the field, and says what is expected there.
import { own } from "../cluster/index.ts";
import type { Schema } from "./schema.ts";

/** Something that is not as the schema wants it. */
export interface Problem {
  /** `steps[0].checks[1]`; "" for the whole. */
  readonly path: string;
  readonly message: string;
}

/** What is wrong with a value; of several allowed forms, what is wrong with the one that it is most like. */
export function problemsOf(value: unknown, schema: Schema, root: Schema = schema, path = ""): readonly Problem[] {
  if (schema.$ref !== undefined) {
    const named = own(root.$defs ?? {}, schema.$ref.replace("#/$defs/", ""));
    if (named === undefined) throw new Error(`lessons: the schema has no ${schema.$ref}`);
    return problemsOf(value, named, root, path);
  }
  if (schema.anyOf !== undefined) return nearest(value, schema.anyOf, root, path);
  const wrong = (message: string): readonly Problem[] => [{ path, message }];
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return wrong(`must be ${listed(schema.enum.map((each) => JSON.stringify(each)))}, not ${shown(value)}`);
  if (schema.type !== undefined && !isOf(schema.type, value))
    return wrong(`must be ${WORDS[schema.type]}, not ${shown(value)}`);
  if (typeof value === "string") return textProblems(value, schema, path);
  if (typeof value === "number") {
    if (value < (schema.minimum ?? value)) return wrong(`must be at least ${schema.minimum}, not ${value}`);
    if (value > (schema.maximum ?? value)) return wrong(`must be at most ${schema.maximum}, not ${value}`);
  }
  if (Array.isArray(value)) {
    const { items, minItems = 0 } = schema;
    if (value.length < minItems) return wrong(`must have at least ${minItems} entries, not ${value.length}`);
    return items === undefined ? [] : value.flatMap((each, at) => problemsOf(each, items, root, `${path}[${at}]`));
  }
  return isRecord(value) ? fieldProblems(value, schema, root, path) : [];
}

function textProblems(
  value: string,
  { minLength = 0, pattern, description }: Schema,
  path: string,
): readonly Problem[] {
  if (value.length < minLength) return [{ path, message: "must not be empty" }];
  if (pattern === undefined || new RegExp(pattern).test(value)) return [];
  return [{ path, message: `must be ${description ?? `like ${pattern}`}, not ${shown(value)}` }];
}

function fieldProblems(
  value: Readonly<Record<string, unknown>>,
  { properties, required = [], additionalProperties }: Schema,
  root: Schema,
  path: string,
): readonly Problem[] {
  const missing = required
    .filter((name) => own(value, name) === undefined)
    .map((name) => ({ path, message: `must have the field ${name}` }));
  if (properties === undefined) return missing;
  const fields = Object.entries(value).flatMap(([name, each]) => {
    const place = path === "" ? name : `${path}.${name}`;
    const schema = own(properties, name);
    if (schema !== undefined) return problemsOf(each, schema, root, place);
    if (additionalProperties !== false) return [];
    return [{ path: place, message: `there is no field ${name} here; known: ${Object.keys(properties).join(", ")}` }];
  });
  return [...missing, ...fields];
}

/** The form whose required fields the value has; else the forms are named. */
function nearest(value: unknown, forms: readonly Schema[], root: Schema, path: string): readonly Problem[] {
  const all = forms.map((form) => ({ form, problems: problemsOf(value, form, root, path) }));
  if (all.some(({ problems }) => problems.length === 0)) return [];
  if (isRecord(value)) {
    const like = all.find(({ form }) => own(value, form.required?.[0] ?? "") !== undefined);
    if (like !== undefined) return like.problems;
  }
  const same = all.find(({ form }) => form.type !== "object" && form.type !== undefined && isOf(form.type, value));
  if (same !== undefined) return same.problems;
  const names = forms.map(({ type, required }) => required?.[0] ?? type ?? "something");
  return [{ path, message: `must be ${listed(names)}, not ${shown(value)}` }];
}

const WORDS = {
  object: "an object",
  array: "a list",
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
} as const;

function isOf(type: NonNullable<Schema["type"]>, value: unknown): boolean {
  if (type === "object") return isRecord(value);
  if (type === "array") return Array.isArray(value);
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `a`, `a or b`, `a, b or c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
