// kubectl explain, from the field schema.
import {
  type Field,
  type FieldType,
  groupVersion,
  own,
  type ResourceInfo,
  type Struct,
  structOfResource,
  structOfType,
} from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { FIELD_WORDS } from "../field-words.ts";
import type { Flag } from "../flags.ts";
import { requireResource } from "../resources.ts";

const FLAGS: readonly Flag[] = [
  { name: "recursive", short: "R", type: "bool", help: "Print the fields of fields as well." },
  { name: "api-version", type: "string" },
  { name: "output", short: "o", type: "string", default: "plaintext" },
];

const NO_WORDS = "(Nothing is said about it here; name, type and place are the real ones.)";
const WIDTH = 80;

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/explain ExplainOptions
export const explain: Command = {
  limits:
    "descriptions of most fields, and those of Services, pods and Deployments are our own words; types and required fields are the real ones.",
  name: "explain",
  usage: "explain TYPE[.FIELD...]",
  summary: "Tell the fields of a kind, and their types",
  flags: FLAGS,
  run(args, io) {
    const [path, ...more] = args.positional;
    if (path === undefined)
      throw new CommandError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    if (more.length > 0) throw new CommandError("We accept only this format: explain RESOURCE\n");
    const [type = "", ...fields] = path.replace(/\.$/, "").split(".");
    const form = args.string("output");
    if (form === "plaintext-openapiv2") throw new CommandError(`not simulated here: --output=${form}; plaintext is`);
    if (form !== "plaintext") throw new CommandError(`unrecognized format: ${form}`);
    const info = requireResource(io.cluster.api.kinds, type);
    const version = args.string("api-version");
    if (version !== "" && version !== groupVersion(info))
      throw new CommandError(`couldn't find resource for "${version}, Resource=${info.resource}"`);
    const struct = structOfResource(info);
    if (struct === undefined)
      throw new CommandError(`couldn't find resource for "${groupVersion(info)}, Kind=${info.kind}"`);
    io.out(explanation(info, struct, fields, args.bool("recursive")));
    io.exit(0);
  },
};

function explanation(info: ResourceInfo, root: Struct, fields: readonly string[], recursive: boolean): string {
  const group = info.group === "" ? "" : `GROUP:      ${info.group}\n`;
  let text = `${group}KIND:       ${info.kind}\nVERSION:    ${info.version}\n\n`;
  const { struct, last, words } = walk(root, fields);
  if (last !== undefined) text += `FIELD: ${last.name} <${typeText(last.type)}>\n${enumBlock(last)}\n\n`;
  text += `DESCRIPTION:\n${paragraph(words ?? NO_WORDS)}    \n`;
  if (struct === undefined) return `${text}\n`;
  return `${text}FIELDS:\n${recursive ? fieldTree(struct, 1, [struct.name]) : fieldList(struct)}\n`;
}

interface Found {
  readonly name: string;
  readonly type: FieldType;
  readonly values: readonly string[];
}

function enumBlock({ values }: Found): string {
  return values.length === 0 ? "" : `ENUM:\n${values.map((each) => `    ${each}\n`).join("")}`;
}

interface Walked {
  readonly struct: Struct | undefined;
  readonly last: Found | undefined;
  /** What is said about the field, else about what is in it. */
  readonly words: string | undefined;
}

function walk(root: Struct, fields: readonly string[]): Walked {
  let struct: Struct | undefined = root;
  let last: Found | undefined;
  let words = wordsOf(root);
  for (const name of fields) {
    const field = struct?.fields.get(name);
    if (field === undefined) throw new CommandError(`field ${JSON.stringify(name)} does not exist`);
    const said = struct === undefined ? undefined : fieldWords(struct, field);
    last = { name, type: field.type, values: field.about?.values ?? [] };
    struct = structIn(field.type);
    words = said ?? (struct === undefined ? undefined : wordsOf(struct));
  }
  return { struct, last, words };
}

function wordsOf(struct: Struct): string | undefined {
  return struct.description ?? own(FIELD_WORDS, struct.name)?.[""];
}

function fieldWords(struct: Struct, { name, about }: Field): string | undefined {
  return about?.description ?? own(own(FIELD_WORDS, struct.name), name);
}

/** Lines of at most 80 signs, four blanks in. */
function paragraph(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > WIDTH) lines.push(`    ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return `${lines.join("\n")}\n`;
}

/** The struct that a type is or holds. */
function structIn(type: FieldType): Struct | undefined {
  if (type.of === "list" || type.of === "map") return structIn(type.element);
  return type.of === "struct" ? structOfType(type) : undefined;
}

const SCALARS: Readonly<Record<string, string>> = {
  bool: "boolean",
  int32: "integer",
  int64: "integer",
  float64: "number",
  intorstring: "IntOrString",
  quantity: "Quantity",
  time: "Time",
  microtime: "MicroTime",
  bytes: "string",
  raw: "Object",
};

function typeText(type: FieldType): string {
  if (type.of === "list") return `[]${typeText(type.element)}`;
  if (type.of === "map") return `map[string]${typeText(type.element)}`;
  if (type.of === "scalar") return SCALARS[type.scalar] ?? type.scalar;
  const { goType } = structOfType(type);
  return goType.slice(goType.lastIndexOf(".") + 1);
}

function fieldList(struct: Struct): string {
  return [...struct.fields.values()]
    .map((field) => {
      const { name, type, required } = field;
      const words = fieldWords(struct, field);
      const said = words === undefined ? "" : paragraph(words);
      return `  ${name}\t<${typeText(type)}>${required ? " -required-" : ""}\n${enumLine(field)}${said}\n`;
    })
    .join("");
}

function enumLine({ about }: Field): string {
  return about?.values === undefined ? "" : `  enum: ${about.values.join(", ")}\n`;
}

/** Fields below fields; a struct inside itself is not opened again. */
function fieldTree(struct: Struct, level: number, above: readonly string[]): string {
  return [...struct.fields.values()]
    .map(({ name, type, required }) => {
      const line = `${"  ".repeat(level)}${name}\t<${typeText(type)}>${required ? " -required-" : ""}\n`;
      const inner = structIn(type);
      if (inner === undefined || above.includes(inner.name)) return line;
      return line + fieldTree(inner, level + 1, [...above, inner.name]);
    })
    .join("");
}
