// Prints structs as TypeScript interfaces and as tables.

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

/** The data table: per struct a line of `name:type` words, `name!:type` where the API requires the field. */
export function printSchema(structs, kinds) {
  const lines = structs.map((struct) => {
    const words = struct.fields.map((field) => `${field.name}${field.required ? "!" : ""}:${field.type}`);
    return `  ${struct.name}: ${JSON.stringify(words.join(" "))},`;
  });
  const goTypes = structs
    .filter((struct) => struct.goType !== `v1.${struct.name}`)
    .map((struct) => `  ${struct.name}: ${JSON.stringify(struct.goType)},`);
  const kindLines = kinds.map((kind) => `  ${JSON.stringify(`${kind.groupVersion}/${kind.kind}`)}: "${kind.struct}",`);
  return [
    "/** Fields of every struct, in alphabetical order: `name:type`, with `!` behind a required name. Types: string, bool, int32,",
    " * int64, float64, intorstring, quantity, time, microtime, bytes, raw; `[]T` a list, `{}T` a map; else a struct's name. */",
    `export const STRUCTS: Readonly<Record<string, string>> = {\n${lines.join("\n")}\n};\n`,
    "/** Go's text for a struct's type where it is not `v1.` and the name. */",
    `export const GO_TYPES: Readonly<Record<string, string>> = {\n${goTypes.join("\n")}\n};\n`,
    "/** The struct of every top-level kind, by `version/Kind` or `group/version/Kind`. */",
    `export const KINDS: Readonly<Record<string, string>> = {\n${kindLines.join("\n")}\n};\n`,
  ].join("\n");
}
