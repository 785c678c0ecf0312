// Prints structs as TypeScript interfaces and as tables.
import { goFacts } from "./gotypes.mjs";

const PRIMITIVES = {
  string: "string",
  quantity: "string",
  time: "string",
  microtime: "string",
  bytes: "string",
  bool: "boolean",
  int32: "number",
  int64: "number",
  float64: "number",
  intorstring: "IntOrString",
  raw: "unknown",
};

function typeScript(type) {
  if (type.startsWith("[]")) return `${typeScript(type.slice(2))}[]`;
  if (type.startsWith("{}")) return `{ [key: string]: ${typeScript(type.slice(2))} }`;
  return PRIMITIVES[type] ?? type;
}

/** The interfaces. A top-level kind has apiVersion, kind and metadata always, with its kind as a literal type. */
export function printTypes(structs, kinds) {
  const topLevel = new Set(kinds.map((kind) => kind.struct));
  const interfaces = structs.map((struct) => {
    const lines = struct.fields.map((field) => printField(field, topLevel.has(struct.name)));
    return `export interface ${struct.name} {\n${lines.join("\n")}\n}`;
  });
  return `/** A number, or a name such as a port's. */\nexport type IntOrString = number | string;\n\n${interfaces.join("\n\n")}\n`;
}

function printField(field, isTopLevel) {
  const required = field.required || (isTopLevel && ["apiVersion", "kind", "metadata"].includes(field.name));
  const name = /^[A-Za-z_$][\w$]*$/.test(field.name) ? field.name : `'${field.name}'`;
  const type = typeScript(field.type);
  return `\t${name}${required ? "" : "?"}: ${type}${required || type === "unknown" ? "" : " | undefined"};`;
}

/** The fields that every top-level kind begins with. */
const HEAD = "apiVersion:string kind:string metadata:ObjectMeta";
/** Short forms of the commonest types. */
const SHORT = { bool: "b", int32: "i", int64: "l" };

/** `name:type`, with marks behind the name and the named type of a string behind the type. */
function fieldWord(struct, { name, required, type }) {
  const { named, isPointer, isPlain } = goFacts(struct, name);
  const marks = `${required ? "!" : ""}${isPointer ? "?" : ""}${isPlain ? "~" : ""}`;
  const [, wrap, inner] = /^((?:\[\]|\{\})*)(.*)$/.exec(type);
  const short = inner === "string" ? "" : (SHORT[inner] ?? inner);
  const text = `${wrap}${short}${named === undefined ? "" : `=${named}`}`;
  return `${name}${marks}${text === "" ? "" : `:${text}`}`;
}

function structLine({ name, fields }) {
  const full = fields.map((field) => `${field.name}${field.required ? "!" : ""}:${field.type}`);
  const words = fields.map((field) => fieldWord(name, field));
  if (!HEAD.split(" ").every((word) => full.includes(word))) return [name, ...words].join(" ");
  const rest = words.filter((_, at) => !HEAD.split(" ").includes(full[at]));
  return [name, "*", ...rest].join(" ");
}

/** Values by their common key: `KEY name=other name …`. */
function grouped(rows) {
  const lines = new Map();
  for (const [key, name, other] of rows) {
    const words = lines.get(key) ?? [];
    words.push(name === other ? name : `${name}=${other}`);
    lines.set(key, words);
  }
  return [...lines].map(([key, words]) => [key, ...words].join(" "));
}

/** Fields, and Go's names of the types, of these structs. */
function structTables(structs) {
  const goTypes = structs
    .filter((struct) => struct.goType !== `v1.${struct.name}`)
    .map(({ name, goType }) => [
      goType.slice(0, goType.lastIndexOf(".")),
      name,
      goType.slice(goType.lastIndexOf(".") + 1),
    ]);
  return [
    "/**",
    " * Fields of structs, one struct a line: its name, then `name:type` words; `*` stands for apiVersion, kind and metadata.",
    " * Behind a name: `!` it is required, `?` a string that is a pointer in Go, `~` a number or bool that is none.",
    " * Types: none for string, b for bool, i for int32, l for int64, float64, intorstring, quantity, time, microtime, bytes, raw;",
    " * `[]T` a list, `{}T` a map; else a struct's name. Behind a string's type: `=` and what Go calls it, without `v1.`.",
    " */",
    `export const STRUCTS = \`${structs.map(structLine).join("\n")}\`;\n`,
    "/** Go's text for a struct's type where it is not `v1.` and the name: package, then names, as `name=Go's name` where they differ. */",
    `export const GO_TYPES = \`${grouped(goTypes).join("\n")}\`;\n`,
  ].join("\n");
}

/** The tables of the first load of every embed, as text that packs well: these structs, and the names of all kinds. */
export function printSchema(structs, kinds) {
  const kindRows = kinds.map(({ groupVersion, kind, struct }) => [groupVersion, kind, struct]);
  return [
    structTables(structs),
    "/** The struct of every top-level kind: group and version, then kinds, as `Kind=struct` where they differ. */",
    `export const KINDS = \`${grouped(kindRows).join("\n")}\`;\n`,
  ].join("\n");
}

/** The tables of structs that are loaded late. */
export const printLateStructs = structTables;
