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
  /** Go's name for the type of its strings where that is another than `string`, such as `v1.ServiceType`. */
  readonly named?: string;
  /** Whether Go has a pointer here, so that `""`, `0` and `false` are values: by default for numbers and bools, not for strings. */
  readonly isPointer?: boolean;
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
  const [, name = "", required, mark, text = "", named] = WORD.exec(word) ?? [];
  const type = parseType(text);
  return {
    name,
    type,
    required: required === "!",
    ...(named === undefined ? {} : { named: named.includes(".") ? named : `v1.${named}` }),
    ...(mark === "" ? {} : { isPointer: mark === "?" }),
  };
}

/** A field: its name, its marks, its type, and Go's name for that. */
const WORD = /^([^!?~:]+)(!?)([?~]?)(?::([^=]*)(?:=(.+))?)?$/;

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

/** Structs as `npm run generate` writes them. */
export interface StructTables {
  /** One struct a line. */
  readonly STRUCTS: string;
  /** Go's text for types where it is not `v1.` and the struct's name. */
  readonly GO_TYPES: string;
}

function readTables({ STRUCTS, GO_TYPES }: StructTables): ReadonlyMap<string, Struct> {
  const goTypes = new Map(rowsOf(GO_TYPES).map(([version, name, go]) => [name, `${version}.${go}`]));
  return new Map(
    STRUCTS.split("\n").map((line) => {
      const [name = "", ...words] = line.split(" ");
      const fields = words.flatMap((word) => (word === "*" ? HEAD : [word])).map(parseField);
      fields.sort((a, b) => (a.name < b.name ? -1 : 1));
      const byName = new Map(fields.map((field) => [field.name, field]));
      return [name, { name, goType: goTypes.get(name) ?? `v1.${name}`, fields: byName }];
    }),
  );
}

/** Those of the kinds that every cluster has. */
const ALWAYS = readTables({ STRUCTS, GO_TYPES });
/** Those that were added, by their tables: the same for every cluster, so that it never matters who added them. */
const ADDED = new Map<string, ReadonlyMap<string, Struct>>();

/** Adds the structs of kinds that are loaded late. Tables that were added before are not read again. */
export function addStructs(tables: StructTables): void {
  if (!ADDED.has(tables.STRUCTS)) ADDED.set(tables.STRUCTS, readTables(tables));
}

/** Every struct that is there. */
export const knownStructs = (): readonly Struct[] =>
  [ALWAYS, ...ADDED.values()].flatMap((structs) => [...structs.values()]);

/** The struct of each kind, by `group/version/Kind`, of the core group by `version/Kind`. */
export const KIND_STRUCTS: ReadonlyMap<string, string> = new Map(
  rowsOf(KINDS).map(([version, kind, struct]) => [`${version}/${kind}`, struct]),
);

/** The names of kinds whose structs are loaded late, as in `kind: Ingress`. */
export const LATE_STRUCT_KINDS: ReadonlySet<string> = new Set(
  [...KIND_STRUCTS].flatMap(([key, struct]) => (ALWAYS.has(struct) ? [] : [key.slice(key.lastIndexOf("/") + 1)])),
);

/**
 * The struct of that name in the schema.
 *
 * @throws Error when it is not there. Names come from the schema itself, so it is one of those that are loaded late.
 */
export function structNamed(name: string): Struct {
  const struct = ALWAYS.get(name) ?? addedStruct(name);
  if (struct === undefined)
    throw new Error(`the schema has no struct ${name}: the kinds that a text names (lateKindsOf) are loaded first`);
  return struct;
}

function addedStruct(name: string): Struct | undefined {
  for (const structs of ADDED.values()) {
    const struct = structs.get(name);
    if (struct !== undefined) return struct;
  }
  return undefined;
}

/** The struct that a type names. */
export function structOfType(type: FieldType & { readonly of: "struct" }): Struct {
  return type.own ?? structNamed(type.struct);
}

/**
 * The struct of a top-level kind; undefined for a kind that is not built in. The core group is `""`.
 *
 * @throws Error for a built-in kind whose structs were not loaded: nothing is decoded as an object without fields.
 */
export function structOfKind(group: string, version: string, kind: string): Struct | undefined {
  const name = KIND_STRUCTS.get(group === "" ? `${version}/${kind}` : `${group}/${version}/${kind}`);
  return name === undefined ? undefined : structNamed(name);
}
