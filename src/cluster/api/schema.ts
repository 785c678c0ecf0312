// The field schema as data: which fields a struct has, of which type, and which struct a kind is.
import { GO_TYPES, KINDS, STRUCTS } from "./schema.gen.ts";

/** Types that have no parts. `raw` is anything; `quantity`, `time`, `microtime` and `bytes` are strings in JSON. */
export type ScalarName =
  | "string"
  | "bool"
  | "int32"
  | "int64"
  | "float64"
  | "intorstring"
  | "quantity"
  | "time"
  | "microtime"
  | "bytes"
  | "raw";

export type FieldType =
  | { readonly of: "scalar"; readonly scalar: ScalarName }
  | { readonly of: "list"; readonly element: FieldType }
  | { readonly of: "map"; readonly element: FieldType }
  | { readonly of: "struct"; readonly struct: string };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** True when the API requires it: then Go writes it even when it is empty. */
  readonly required: boolean;
}

export interface Struct {
  /** The name in `types.gen.ts`, unique in the schema. */
  readonly name: string;
  /** Go's text for the type, such as `v1.ServicePort`. */
  readonly goType: string;
  /** In alphabetical order. */
  readonly fields: ReadonlyMap<string, Field>;
}

const SCALARS: ReadonlySet<string> = new Set<ScalarName>([
  "string",
  "bool",
  "int32",
  "int64",
  "float64",
  "intorstring",
  "quantity",
  "time",
  "microtime",
  "bytes",
  "raw",
]);

const isScalar = (word: string): word is ScalarName => SCALARS.has(word);

function parseType(word: string): FieldType {
  if (word.startsWith("[]")) return { of: "list", element: parseType(word.slice(2)) };
  if (word.startsWith("{}")) return { of: "map", element: parseType(word.slice(2)) };
  return isScalar(word) ? { of: "scalar", scalar: word } : { of: "struct", struct: word };
}

function parseField(word: string): Field {
  const colon = word.indexOf(":");
  const required = word[colon - 1] === "!";
  return { name: word.slice(0, required ? colon - 1 : colon), type: parseType(word.slice(colon + 1)), required };
}

function parseStruct(name: string, words: string): Struct {
  const fields = words === "" ? [] : words.split(" ").map(parseField);
  return { name, goType: GO_TYPES[name] ?? `v1.${name}`, fields: new Map(fields.map((field) => [field.name, field])) };
}

const ALL: ReadonlyMap<string, Struct> = new Map(
  Object.entries(STRUCTS).map(([name, words]) => [name, parseStruct(name, words)]),
);

const BY_KIND: ReadonlyMap<string, string> = new Map(Object.entries(KINDS));

/**
 * The struct of that name in the schema.
 *
 * @throws Error when there is none: names come from the schema itself.
 */
export function structNamed(name: string): Struct {
  const struct = ALL.get(name);
  if (struct === undefined) throw new Error(`the schema has no struct ${name}`);
  return struct;
}

/** The struct of a top-level kind; undefined for a kind that is not built in. The core group is `""`. */
export function structOfKind(group: string, version: string, kind: string): Struct | undefined {
  const name = BY_KIND.get(group === "" ? `${version}/${kind}` : `${group}/${version}/${kind}`);
  return name === undefined ? undefined : ALL.get(name);
}
