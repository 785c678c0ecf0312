// The words of jq's filters.
import { JqSyntax } from "./ast.ts";

export interface Token {
  readonly kind: "sign" | "name" | "field" | "variable" | "number" | "text" | "format" | "end";
  readonly text: string;
  /** Of a text: its parts, filters as their tokens. */
  readonly parts?: readonly (string | readonly Token[])[];
}

const SIGN = /\?\/\/=?|\|=|\+=|-=|\*=|\/\/=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[|,:;()[\]{}.=<>+\-*/%?]/y;
const FIELD = /\.[A-Za-z_]\w*/y;
const NAME = /(?:[A-Za-z_]\w*::)*[A-Za-z_]\w*/y;
const VARIABLE = /\$(?:__loc__|(?:[A-Za-z_]\w*::)*[A-Za-z_]\w*)/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const FORMAT = /@[A-Za-z]\w*/y;
const ESCAPES = new Map(
  Object.entries({ n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "/": "/", "\\": "\\", '"': '"' }),
);
const DEEPEST = 60;

/** Takes a filter apart. @throws JqSyntax */
export function tokensOf(text: string): Token[] {
  return new Lexer(text).tokens(false);
}

class Lexer {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** Tokens up to the end, or up to the bracket that closes an interpolation. */
  tokens(inner: boolean): Token[] {
    if (++this.#depth > DEEPEST) throw new JqSyntax("the filter is nested too deeply");
    const tokens: Token[] = [];
    let brackets = 0;
    for (;;) {
      while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
      const sign = this.#text[this.#at];
      if (sign === undefined) {
        if (inner) throw new JqSyntax("syntax error, unexpected end of file");
        break;
      }
      if (sign === "#") {
        while (this.#at < this.#text.length && this.#text[this.#at] !== "\n") this.#at++;
        continue;
      }
      if (inner && sign === ")" && brackets === 0) {
        this.#at++;
        break;
      }
      if (sign === "(") brackets++;
      if (sign === ")") brackets--;
      tokens.push(this.#next(sign));
    }
    this.#depth--;
    tokens.push({ kind: "end", text: "" });
    return tokens;
  }

  #next(sign: string): Token {
    if (sign === '"') return this.#string();
    const kinds = [
      ["field", FIELD],
      ["number", NUMBER],
      ["variable", VARIABLE],
      ["format", FORMAT],
      ["name", NAME],
      ["sign", SIGN],
    ] as const;
    for (const [kind, pattern] of kinds) {
      const text = this.#take(pattern);
      if (text !== undefined) return { kind, text: kind === "field" || kind === "variable" ? text.slice(1) : text };
    }
    throw new JqSyntax("syntax error, unexpected INVALID_CHARACTER");
  }

  #string(): Token {
    const parts: (string | readonly Token[])[] = [];
    let plain = "";
    for (this.#at++; this.#text[this.#at] !== '"'; ) {
      const sign = this.#text[this.#at];
      if (sign === undefined) throw new JqSyntax("syntax error, unexpected end of file, unfinished string");
      this.#at++;
      if (sign !== "\\") {
        plain += sign;
        continue;
      }
      const next = this.#text[this.#at++] ?? "";
      if (next === "(") {
        parts.push(plain, this.tokens(true));
        plain = "";
      } else if (next === "u") {
        const code = this.#text.slice(this.#at, this.#at + 4);
        if (!/^[0-9A-Fa-f]{4}$/.test(code)) throw new JqSyntax("invalid escape in a string");
        plain += String.fromCharCode(Number.parseInt(code, 16));
        this.#at += 4;
      } else {
        const found = ESCAPES.get(next);
        if (found === undefined) throw new JqSyntax("invalid escape in a string");
        plain += found;
      }
    }
    this.#at++;
    return { kind: "text", text: "", parts: [...parts, plain] };
  }
}
