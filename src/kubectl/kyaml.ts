// `-o kyaml`: YAML in flow style, quoted so that nothing can be misread.
import { isMap } from "./govalue.ts";
import { sortedKeys } from "./text.ts";

/** A document of KYAML, with its `---`. */
// Models sigs.k8s.io/yaml/kyaml Encoder
export function toKyaml(value: unknown): string {
  return `---\n${written(value, "")}\n`;
}

function written(value: unknown, indent: string): string {
  if (Array.isArray(value)) return writtenList(value, indent);
  if (isMap(value)) return writtenMap(value, indent);
  return typeof value === "string" ? writtenText(value, indent) : String(value);
}

function writtenMap(map: Readonly<Record<string, unknown>>, indent: string): string {
  const keys = sortedKeys(map).filter((key) => map[key] !== undefined);
  if (keys.length === 0) return "{}";
  const inside = `${indent}  `;
  const fields = keys.map((key) => `${inside}${writtenKey(key)}: ${written(map[key], inside)},\n`);
  return `{\n${fields.join("")}${indent}}`;
}

/** Lists of maps are cuddled: `[{` … `}, {` … `}]`. */
function writtenList(list: readonly unknown[], indent: string): string {
  if (list.length === 0) return "[]";
  const cuddled = list.every(
    (each) => (isMap(each) && sortedKeys(each).length > 0) || (Array.isArray(each) && each.length > 0),
  );
  if (cuddled) return `[${list.map((each) => written(each, indent)).join(", ")}]`;
  const inside = `${indent}  `;
  return `[\n${list.map((each) => `${inside}${written(each, inside)},\n`).join("")}${indent}]`;
}

/** Words that YAML might take for something else, and so are quoted as keys. */
const AMBIGUOUS = /^(?:true|false|null|yes|no|on|off|y|n|~|inf|nan)$/i;

function writtenKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(key) && !AMBIGUOUS.test(key) ? key : JSON.stringify(key);
}

/** Texts of several lines are broken at their line ends, each behind an escaped line break. */
function writtenText(text: string, indent: string): string {
  if (!text.includes("\n") || text.indexOf("\n") === text.length - 1) return JSON.stringify(text);
  const inside = `${indent}  `;
  const lines = text.split("\n").map((line) => JSON.stringify(line).slice(1, -1));
  const last = lines.pop() ?? "";
  const body = lines.map((line) => `${inside} ${line}\\n\\\n`.replace(/^(\s*) {2}/, "$1 \\")).join("");
  return `"\\\n${body}${inside}${last === "" ? "" : ` ${last}\\\n${inside}`}"`;
}
