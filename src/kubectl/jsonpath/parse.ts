// From a JSONPath template to its nodes.
import { own } from "../../cluster/index.ts";

/** One step of a path, or a piece of text between paths. */
export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly nodes: readonly Node[] }
  | { readonly kind: "field"; readonly name: string }
  | {
      readonly kind: "slice";
      readonly start?: number;
      readonly end?: number;
      readonly step?: number;
      readonly single: boolean;
    }
  | {
      readonly kind: "filter";
      readonly left: readonly Node[];
      readonly operator: string;
      readonly right: readonly Node[];
    }
  | { readonly kind: "union"; readonly parts: ReadonlyArray<readonly Node[]> }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "wildcard" }
  | { readonly kind: "recursive" }
  | { readonly kind: "word"; readonly word: "range" | "end" };

/** What is wrong with a template; the caller says in which. */
export class JsonPathError extends Error {
  override name = "JsonPathError";
}

/** Parses a template: text, with paths in braces. @throws JsonPathError */
// Models kubernetes/staging/src/k8s.io/client-go/util/jsonpath Parser
export function parseJsonPath(template: string): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf("{", at);
    const end = open < 0 ? template.length : open;
    if (end > at) nodes.push({ kind: "text", text: template.slice(at, end) });
    if (open < 0) break;
    const action = new Action(template, open + 1);
    nodes.push({ kind: "list", nodes: action.read() });
    at = action.at;
  }
  return nodes;
}

const TERMINATORS = new Set([".", ",", "[", "]", "$", "@", "{", "}", " ", "\t", "\r", "\n", undefined]);
const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/;
const COMPARISON = /^([^!<>=]+)([!<>=]+)(.+?)$/;

class Action {
  at: number;
  readonly #text: string;
  readonly #nodes: Node[] = [];

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  /** Reads up to the closing brace. */
  read(): Node[] {
    while (!this.#text.startsWith("}", this.at)) this.#step();
    this.at++;
    return this.#nodes;
  }

  #step(): void {
    if (this.#text.startsWith("[?(", this.at)) {
      this.#filter();
      return;
    }
    if (this.#text.startsWith("..", this.at)) {
      this.#recursive();
      return;
    }
    const sign = this.#text[this.at];
    if (sign === undefined || sign === "\n" || sign === "\r") throw new JsonPathError("unclosed action");
    if (sign === " " || sign === "@" || sign === "$") this.at++;
    else if (sign === "[") this.#array();
    else if (sign === '"' || sign === "'") this.#nodes.push({ kind: "text", text: this.#quoted(sign) });
    else if (sign === ".") {
      this.at++;
      this.#nodes.push(this.#field());
    } else if (/[+\-\d]/.test(sign)) this.#nodes.push(this.#number());
    else if (/[\p{L}_]/u.test(sign)) this.#nodes.push(this.#identifier());
    else throw new JsonPathError(`unrecognized character in action: ${codePoint(sign)}`);
  }

  #recursive(): void {
    this.at += 2;
    this.#nodes.push({ kind: "recursive" });
    const next = this.#text[this.at];
    if (next !== undefined && /[\p{L}\p{N}_]/u.test(next)) this.#nodes.push(this.#field());
  }

  /** The word up to a terminator; a backslash takes the next sign as it is. */
  #word(): string {
    const from = this.at;
    while (!TERMINATORS.has(this.#text[this.at])) this.at += this.#text[this.at] === "\\" ? 2 : 1;
    return this.#text.slice(from, this.at);
  }

  #field(): Node {
    const name = this.#word();
    return name === "*" ? { kind: "wildcard" } : { kind: "field", name: name.replaceAll("\\", "") };
  }

  #number(): Node {
    const text = /^[+-]?[\d.]*/.exec(this.#text.slice(this.at))?.[0] ?? "";
    this.at += text.length;
    const value = Number(text);
    if (text === "" || Number.isNaN(value)) throw new JsonPathError(`cannot parse number ${text}`);
    return { kind: "number", value };
  }

  #identifier(): Node {
    const word = this.#word();
    if (word === "range" || word === "end") return { kind: "word", word };
    if (word === "true" || word === "false") return { kind: "bool", value: word === "true" };
    throw new JsonPathError(`unrecognized identifier ${word}`);
  }

  #quoted(quote: string): string {
    const from = this.at++;
    while (this.#text[this.at] !== quote) {
      const sign = this.#text[this.at];
      if (sign === undefined || sign === "\n" || sign === "\r") throw new JsonPathError("unterminated quoted string");
      this.at += sign === "\\" && this.#text[this.at + 1] !== undefined ? 2 : 1;
    }
    this.at++;
    return unquote(this.#text.slice(from + 1, this.at - 1));
  }

  #array(): void {
    const from = this.at;
    const close = this.#text.indexOf("]", from);
    const line = this.#text.indexOf("\n", from);
    if (close < 0 || (line >= 0 && line < close)) throw new JsonPathError("unterminated array");
    this.at = close + 1;
    const inside = this.#text.slice(from + 1, close);
    const text = inside === "*" ? ":" : inside;
    const parts = text.split(",");
    if (parts.length > 1) {
      this.#nodes.push({ kind: "union", parts: parts.map((part) => new Action(`[${part.trim()}]}`, 0).read()) });
      return;
    }
    const key = /^'([^']*)'$/.exec(text)?.[1];
    this.#nodes.push(...(key === undefined ? [sliceOf(text)] : new Action(`.${key}}`, 0).read()));
  }

  #filter(): void {
    this.at += 3;
    const from = this.at;
    let depth = 1;
    let quote = "";
    for (; depth > 0; this.at++) {
      const sign = this.#text[this.at];
      if (sign === undefined || sign === "\n" || sign === "\r") throw new JsonPathError("unterminated filter");
      if (quote !== "") {
        if (sign === quote && this.#text[this.at - 1] !== "\\") quote = "";
      } else if (sign === '"' || sign === "'") quote = sign;
      else if (sign === "(") depth++;
      else if (sign === ")") depth--;
    }
    const text = this.#text.slice(from, this.at - 1);
    if (this.#text[this.at] !== "]") throw new JsonPathError("unclosed array expect ]");
    this.at++;
    const match = COMPARISON.exec(text);
    const side = (part: string) => new Action(`${part.trim()}}`, 0).read();
    if (match === null) this.#nodes.push({ kind: "filter", left: side(text), operator: "exists", right: [] });
    else {
      const [, left = "", operator = "", right = ""] = match;
      this.#nodes.push({ kind: "filter", left: side(left), operator, right: side(right) });
    }
  }
}

function sliceOf(text: string): Node {
  const match = SLICE.exec(text);
  if (match === null) throw new JsonPathError(`invalid array index ${text}`);
  const [, first = "", second, third] = match;
  const number = (part: string | undefined) => {
    const digits = (part ?? "").replace(":", "");
    return digits === "" ? undefined : Number(digits);
  };
  const start = number(first);
  const end = number(second);
  const step = number(third);
  return {
    kind: "slice",
    single: second === undefined && start !== undefined,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(step === undefined ? {} : { step }),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The text of a quoted string of Go. */
export function unquote(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/gs, (_, sign: string) =>
    sign.length > 1 ? String.fromCharCode(Number.parseInt(sign.slice(1), 16)) : (own(ESCAPES, sign) ?? sign),
  );
}

/** `U+0023 '#'`, as Go's %#U. */
function codePoint(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")} '${sign}'`;
}
