// Reads the models of the client package into structs: names, fields, types, whether required.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KINDS, MODELS, QUANTITIES, RENAMED } from "./kinds.mjs";

const goName = (model) => model.replace(/^([A-Z][a-z]+)?V\d+/, "");
const structName = (model) => RENAMED[model] ?? goName(model);
const modelOf = (groupVersion, kind) =>
  MODELS[`${groupVersion}/${kind}`] ?? (groupVersion.endsWith("v2") ? "V2" : "V1") + kind;

/** Every kind as `{groupVersion, kind, model, struct}`, in the order of the table. */
export function listKinds() {
  return Object.entries(KINDS).flatMap(([groupVersion, names]) =>
    names.split(" ").map((kind) => {
      const model = modelOf(groupVersion, kind);
      return { groupVersion, kind, model, struct: structName(model) };
    }),
  );
}

/** All structs reachable from the kinds, sorted by name. */
export function readStructs(folder) {
  const structs = new Map();
  const waiting = listKinds().map((kind) => kind.model);
  for (let model = waiting.pop(); model !== undefined; model = waiting.pop()) {
    const name = structName(model);
    if (structs.has(name)) {
      if (structs.get(name).model !== model) throw new Error(`two models named ${name}: ${model}`);
      continue;
    }
    const struct = readStruct(folder, model);
    structs.set(name, struct);
    waiting.push(...struct.uses);
  }
  return [...structs.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The structs that these kinds reach, and the others, in the order given. */
export function splitStructs(structs, kinds) {
  const byName = new Map(structs.map((struct) => [struct.name, struct]));
  const reached = new Set();
  const waiting = kinds.map((kind) => kind.struct);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const types = byName.get(name).fields.map(({ type }) => type.replace(/^(?:\[\]|\{\})+/, ""));
    waiting.push(...types.filter((type) => byName.has(type)));
  }
  return [structs.filter(({ name }) => reached.has(name)), structs.filter(({ name }) => !reached.has(name))];
}

function readStruct(folder, model) {
  const script = readFileSync(join(folder, `${model}.js`), "utf8");
  const declaration = readFileSync(join(folder, `${model}.d.ts`), "utf8");
  const start = script.indexOf(`${model}.attributeTypeMap = [`);
  const attributes = JSON.parse(script.slice(script.indexOf("[", start), script.indexOf("];", start) + 1));
  const members = readMembers(declaration);
  const uses = [];
  const name = structName(model);
  const fields = attributes.map((attribute) => {
    const member = members.get(attribute.name);
    if (member === undefined) throw new Error(`no declaration of ${model}.${attribute.name}`);
    const type = fieldType(`${goName(model)}.${attribute.baseName}`, attribute, uses);
    return {
      name: attribute.baseName,
      type,
      required: member.required,
    };
  });
  return {
    model,
    name,
    goName: goName(model),
    goType: `${/^([A-Z][a-z]+)?(V\d+)/.exec(model)[2].toLowerCase()}.${goName(model)}`,
    fields,
    uses,
  };
}

function readMembers(declaration) {
  const members = new Map();
  for (const [, name, optional] of declaration.matchAll(/^ {4}'([^']+)'(\?)?:/gm))
    members.set(name, { required: optional === undefined });
  return members;
}

const PRIMITIVES = { boolean: "bool", IntOrString: "intorstring", any: "raw" };

// The type in the table's own words: bool, int32, quantity …, []T for lists, {}T for maps, a struct's name otherwise.
function fieldType(path, { type, format }, uses) {
  const list = /^Array<(.*)>$/.exec(type);
  if (list) return `[]${fieldType(path, { type: list[1], format }, uses)}`;
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type);
  if (map) return `{}${fieldType(path, { type: map[1], format }, uses)}`;
  if (type === "number") return { int32: "int32", int64: "int64", double: "float64" }[format];
  if (type === "Date" || type === "V1MicroTime")
    return format === "date-time-micro" || type === "V1MicroTime" ? "microtime" : "time";
  if (type === "string") return format === "byte" ? "bytes" : QUANTITIES.has(path) ? "quantity" : "string";
  if (PRIMITIVES[type] !== undefined) return PRIMITIVES[type];
  if (!/^([A-Z][a-z]+)?V\d+[A-Z]/.test(type)) throw new Error(`unknown type ${type} of ${path}`);
  uses.push(type);
  return structName(type);
}
