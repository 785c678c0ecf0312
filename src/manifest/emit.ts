// An object as `kubectl -o yaml` prints it.
import { readsBackAsText } from "./resolve.ts";

/** Beyond this column the printer breaks a long text at a space. */
const WIDTH = 80;

/** YAML of a JSON value: keys sorted, two spaces, lists not indented, quotes only where they are needed. Ends with a newline. */
// Models sigs.k8s.io/yaml Marshal with goyaml.v2 emitter
export function toYaml(value: unknown): string {
  const lines: string[] = [];
  writeNode(value, { indent: 0, lead: "", lines });
  return `${lines.join("\n")}\n`;
}

interface Spot {
  /** Column at which the node's own lines begin. */
  readonly indent: number;
  /** What comes before the node on its first line, blanks included. */
  readonly lead: string;
  readonly lines: string[];
}

function writeNode(value: unknown, spot: Spot): void {
  if (Array.isArray(value)) writeList(value, spot);
  else if (value !== null && typeof value === "object") writeMap(value, spot);
  else spot.lines.push(spot.lead + scalar(value, spot));
}

function writeList(list: readonly unknown[], { indent, lead, lines }: Spot): void {
  if (list.length === 0) {
    lines.push(`${lead}[]`);
    return;
  }
  const dash = `${" ".repeat(indent)}- `;
  for (const [at, each] of list.entries())
    writeNode(each, { indent: indent + 2, lead: at === 0 && lead.trim() !== "" ? `${lead}- ` : dash, lines });
}

function writeMap(map: object, { indent, lead, lines }: Spot): void {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  if (entries.length === 0) {
    lines.push(`${lead}{}`);
    return;
  }
  entries.sort(([a], [b]) => compareKeys(a, b));
  for (const [at, [key, value]] of entries.entries()) {
    const start = at === 0 && lead !== "" ? lead : " ".repeat(indent);
    writeField(start + scalar(key, { indent, lead: start, lines }, true), value, { indent, lead: "", lines });
  }
}

function writeField(label: string, value: unknown, { indent, lines }: Spot): void {
  if (Array.isArray(value) && value.length > 0) {
    lines.push(`${label}:`);
    writeList(value, { indent, lead: "", lines });
  } else if (value !== null && typeof value === "object" && !Array.isArray(value) && hasFields(value)) {
    lines.push(`${label}:`);
    writeMap(value, { indent: indent + 2, lead: "", lines });
  } else {
    writeNode(value, { indent: indent + 2, lead: `${label}: `, lines });
  }
}

function hasFields(value: object): boolean {
  return Object.values(value).some((each) => each !== undefined);
}

/** Keys in go-yaml's order: numbers inside them count as numbers, letters come after other signs. */
// Models sigs.k8s.io/yaml/goyaml.v2 keyList.Less
export function compareKeys(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  let digits = false;
  for (let i = 0; i < a.length && i < b.length; i++) {
    const x = a[i] ?? "";
    const y = b[i] ?? "";
    if (x === y) {
      digits = isDigit(x);
      continue;
    }
    const xLetter = /\p{L}/u.test(x);
    const yLetter = /\p{L}/u.test(y);
    if (xLetter && yLetter) return x < y ? -1 : 1;
    if (xLetter || yLetter) return (digits ? xLetter : yLetter) ? -1 : 1;
    return compareNumbers(a, b, i) || (x < y ? -1 : 1);
  }
  return a.length - b.length;
}

function compareNumbers(a: readonly string[], b: readonly string[], at: number): number {
  const x = digitsFrom(a, at);
  const y = digitsFrom(b, at);
  const led = (a[at] === "0" || b[at] === "0") && /[1-9]\d*$/.test(a.slice(0, at).join("")) ? "1" : "";
  const difference = Number(led + x || "0") - Number(led + y || "0");
  return difference !== 0 ? difference : x.length - y.length;
}

function digitsFrom(letters: readonly string[], at: number): string {
  let text = "";
  for (let i = at; isDigit(letters[i] ?? ""); i++) text += letters[i];
  return text;
}

function isDigit(letter: string): boolean {
  return letter >= "0" && letter <= "9" && letter.length === 1;
}

function scalar(value: unknown, spot: Spot, isKey = false): string {
  if (value === null || value === undefined) return "null";
  if (typeof value !== "string") return typeof value === "number" ? numberText(value) : String(value);
  if (value.includes("\n") && !isKey && canBeLiteral(value)) return literal(value, spot.indent);
  const limit = isKey ? Number.POSITIVE_INFINITY : WIDTH;
  const wrap = { column: spot.lead.length, indent: spot.indent, limit };
  if (readsBackAsText(value) && canBePlain(value)) return fold(value, wrap);
  if (readsBackAsText(value) && canBeSingleQuoted(value)) return fold(`'${value.replaceAll("'", "''")}'`, wrap);
  return doubleQuoted(value);
}

function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}

function canBePlain(text: string): boolean {
  if (text === "" || /^\s|\s$/.test(text)) return false;
  if (/^(?:---|\.\.\.)/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text)) return false;
  if (/^[-?:](?:\s|$)/.test(text)) return false;
  return !/:(?:\s|$)|\s#/.test(text) && !hasSpecial(text) && !text.includes("\n");
}

function canBeSingleQuoted(text: string): boolean {
  return !hasSpecial(text) && !/^ | $/.test(text) && !text.includes("\n");
}

/** Signs that only double quotes can show. */
function hasSpecial(text: string): boolean {
  return /[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|\t/u.test(text);
}

function canBeLiteral(text: string): boolean {
  return (
    !/[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(text) &&
    !/ \n/.test(text) &&
    !text.endsWith(" ")
  );
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? "2" : "";
  const chomp = text.endsWith("\n") ? (/(?:^|\n)\n$/.test(text) ? "+" : "") : "-";
  const body = text.replace(/\n$/, "").split("\n");
  const pad = " ".repeat(indent);
  return [`|${hint}${chomp}`, ...body.map((line) => (line === "" ? "" : pad + line))].join("\n");
}

function doubleQuoted(text: string): string {
  const escaped = JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 256
      ? `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`
      : `\\u${code.toString(16).toUpperCase()}`;
  });
  return escaped.replace(/\\u00([0-9a-f]{2})/g, (_, hex: string) => `\\x${hex.toUpperCase()}`);
}

/** Breaks a long text at single spaces, as the emitter does once a line has passed its width. */
function fold(text: string, { column, indent, limit }: { column: number; indent: number; limit: number }): string {
  if (column + text.length <= limit) return text;
  let result = "";
  let at = column;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? "";
    const breakable = sign === " " && i > 0 && i < text.length - 1 && text[i + 1] !== " " && text[i - 1] !== " ";
    if (breakable && at > limit) {
      result += `\n${" ".repeat(indent)}`;
      at = indent;
      continue;
    }
    result += sign;
    at++;
  }
  return result;
}
