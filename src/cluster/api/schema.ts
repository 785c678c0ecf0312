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
  /** `own` is set for a struct that is not in the schema of the built-in kinds, as one of a custom resource. */
  | { readonly of: "struct"; readonly struct: string; readonly own?: Struct };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** True when the API requires it: then Go writes it even when it is empty. */
  readonly required: boolean;
  /** What the schema of a custom resource says about the field. */
  readonly about?: FieldFacts;
}

/** What a custom resource's own schema says about one of its fields. */
export interface FieldFacts {
  readonly description?: string;
  /** The values that the field may take, as text. */
  readonly values?: readonly string[];
  /** What is filled in where the field is left out, as JSON. */
  readonly default?: string;
}

export interface Struct {
  /** The name in `types.gen.ts`, unique in the schema. */
  readonly name: string;
  /** Go's text for the type, such as `v1.ServicePort`. */
  readonly goType: string;
  /** In alphabetical order. */
  readonly fields: ReadonlyMap<string, Field>;
  /** What the schema of a custom resource says about the whole. */
  readonly description?: string;
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

const SHORT: ReadonlyMap<string, ScalarName> = new Map([
  ["", "string"],
  ["b", "bool"],
  ["i", "int32"],
  ["l", "int64"],
]);

function parseType(text: string): FieldType {
  const word = SHORT.get(text) ?? text;
  if (word.startsWith("[]")) return { of: "list", element: parseType(word.slice(2)) };
  if (word.startsWith("{}")) return { of: "map", element: parseType(word.slice(2)) };
  return isScalar(word) ? { of: "scalar", scalar: word } : { of: "struct", struct: word };
}

/** What every top-level kind begins with, in the order of the names. */
const HEAD = ["apiVersion", "kind", "metadata:ObjectMeta"];

function parseField(word: string): Field {
  const colon = word.includes(":") ? word.indexOf(":") : word.length;
  const required = word[colon - 1] === "!";
  return { name: word.slice(0, required ? colon - 1 : colon), type: parseType(word.slice(colon + 1)), required };
}

function parseStruct(line: string): Struct {
  const [name = "", ...words] = line.split(" ");
  const fields = words.flatMap((word) => (word === "*" ? HEAD : [word])).map(parseField);
  fields.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    name,
    goType: TYPE_NAMES.get(name) ?? `v1.${name}`,
    fields: new Map(fields.map((field) => [field.name, field])),
  };
}

/** Rows of a table in which a line names what its words have in common. */
function rowsOf(table: string): ReadonlyArray<readonly [key: string, name: string, other: string]> {
  return table.split("\n").flatMap((line) => {
    const [key = "", ...words] = line.split(" ");
    return words.map((word) => {
      const [name = "", other = name] = word.split("=");
      return [key, name, other] as const;
    });
  });
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map(
  rowsOf(GO_TYPES).map(([version, name, go]) => [name, `${version}.${go}`]),
);

const ALL: ReadonlyMap<string, Struct> = new Map(
  STRUCTS.split("\n")
    .map(parseStruct)
    .map((struct) => [struct.name, struct]),
);

/** Every struct of the schema. */
export const ALL_STRUCTS: readonly Struct[] = [...ALL.values()];

/** The struct of each kind, by `group/version/Kind`, of the core group by `version/Kind`. */
export const KIND_STRUCTS: ReadonlyMap<string, string> = new Map(
  rowsOf(KINDS).map(([version, kind, struct]) => [`${version}/${kind}`, struct]),
);

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

/** The struct that a type names. */
export function structOfType(type: FieldType & { readonly of: "struct" }): Struct {
  return type.own ?? structNamed(type.struct);
}

/** The struct of a top-level kind; undefined for a kind that is not built in. The core group is `""`. */
export function structOfKind(group: string, version: string, kind: string): Struct | undefined {
  const name = KIND_STRUCTS.get(group === "" ? `${version}/${kind}` : `${group}/${version}/${kind}`);
  return name === undefined ? undefined : ALL.get(name);
}
