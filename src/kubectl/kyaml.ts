// `-o kyaml`: YAML in flow style, quoted so that nothing can be misread.
import { own } from "../cluster/index.ts";
import { isMap } from "./maps.ts";
import { sortedKeys } from "./text.ts";

/** A document of KYAML, with its `---`. */
// Models sigs.k8s.io/yaml/kyaml Encoder
export function toKyaml(value: unknown): string {
  return `---\n${written(value, 0)}\n`;
}

function pad(level: number): string {
  return "  ".repeat(level);
}

function written(value: unknown, level: number): string {
  if (Array.isArray(value)) return writtenList(value, level);
  if (isMap(value)) return writtenMap(value, level);
  return typeof value === "string" ? writtenText(value, level + 1) : String(value);
}

function writtenMap(map: Readonly<Record<string, unknown>>, level: number): string {
  const keys = sortedKeys(map).filter((key) => own(map, key) !== undefined);
  if (keys.length === 0) return "{}";
  const fields = keys.map((key) => `${pad(level + 1)}${writtenKey(key)}: ${written(own(map, key), level + 1)},\n`);
  return `{\n${fields.join("")}${pad(level)}}`;
}

/** A list of nothing but maps and lists is cuddled: `[{` … `}, {` … `}]`. */
function writtenList(list: readonly unknown[], level: number): string {
  if (list.length === 0) return "[]";
  if (list.every((each) => typeof each === "object" && each !== null))
    return `[${list.map((each) => written(each, level)).join(", ")}]`;
  const items = list.map((each) => `${pad(level + 1)}${written(each, level + 1)},\n`);
  return `[\n${items.join("")}${pad(level)}]`;
}

/** Words that YAML takes for something else than text. */
const NOT_TEXT = [
  /^(?:|~|null|true|false|t|f|y|n|yes|no|on|off|[-+]?\.inf|\.nan)$/i,
  /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[\d_]+)$/i,
  /^[-+]?(?:[\d_]+\.?[\d_]*|\.[\d_]+)(?:e[-+]?\d+)?$/i,
  /^[-+]?(?:inf|infinity|nan)$/i,
  /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$/,
];

function writtenKey(key: string): string {
  const plain = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_\-./]*[\p{L}\p{N}_])?$/u.test(key);
  return plain && !NOT_TEXT.some((each) => each.test(key)) ? key : `"${[...key].map(escaped).join("")}"`;
}

/** Text in double quotes. A text of several lines is folded at its line breaks, so that it can be read. */
// Models sigs.k8s.io/yaml/kyaml Encoder.renderString
function writtenText(text: string, level: number): string {
  if (!text.includes("\n")) return `"${[...text].map(escaped).join("")}"`;
  let out = '"\\\n';
  for (const sign of text) {
    if (out.endsWith("\n")) out += pad(level) + (/\s/.test(sign) && sign !== "\n" ? "\\" : " ");
    out += sign === "\n" ? "\\n\\\n" : escaped(sign);
  }
  return `${out.endsWith("\n") ? out : `${out}\\\n`}${pad(level)}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
  "\v": "\\v",
  "\u0000": "\\0",
  "\u0007": "\\a",
  "\u001b": "\\e",
};

function escaped(sign: string): string {
  const known = own(ESCAPES, sign);
  if (known !== undefined) return known;
  if (!/\p{C}/u.test(sign)) return sign;
  const code = sign.codePointAt(0) ?? 0;
  return code < 0x80
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(code < 0x10000 ? 4 : 8, "0")}`;
}
