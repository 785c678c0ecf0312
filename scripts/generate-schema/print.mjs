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
