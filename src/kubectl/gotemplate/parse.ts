// From the text of a Go template to its nodes: the subset that kubectl's examples use.
import { unquote } from "../jsonpath/parse.ts";

/** A value in a command: what it starts from, and the fields taken from it. */
export interface Operand {
  readonly start:
    | { readonly kind: "dot" }
    | { readonly kind: "nil" }
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "constant"; readonly value: string | number | bigint | boolean }
    | { readonly kind: "function"; readonly name: string }
    | { readonly kind: "pipeline"; readonly pipeline: Pipeline };
  readonly fields: readonly string[];
  readonly place: Place;
}

/** Where a part of a template is written, counted from its beginning, and what. */
export interface Place {
  readonly at: number;
  readonly text: string;
}

/** A function and its arguments, or one value. */
export interface Call {
  readonly operands: readonly Operand[];
  readonly place: Place;
}

/** `$a, $b := command | command`. */
export interface Pipeline {
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly commands: readonly Call[];
}

export type TemplateNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly pipeline: Pipeline }
  | {
      readonly kind: "if" | "range" | "with";
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | { readonly kind: "break" | "continue" };

/** What is wrong with a template, in Go's words; the caller says in which. */
export class TemplateError extends Error {
  override name = "TemplateError";
  /** What was being evaluated; set where that is known. */
  place: Place | undefined;
}

const TOKEN =
  /\s*(?:("(?:[^"\\\n]|\\.)*")|(`[^`]*`)|([-+]?\d[\d.]*(?:[eE][-+]?\d+)?)|(\$[\w]*)|(\.[A-Za-z_]\w*)|(\.)|([A-Za-z_]\w*)|(:=|=|[(),|]))/y;

type TokenKind = "text" | "number" | "variable" | "field" | "dot" | "word" | "sign";
type Token = readonly [kind: TokenKind, text: string, from: number, to: number];

interface Piece {
  readonly text?: string;
  readonly action?: string;
  /** Where the action is written. */
  readonly at?: number;
}

/** Parses a template. @throws TemplateError */
// Models Go's text/template/parse
export function parseTemplate(text: string): TemplateNode[] {
  const parser = new Parser(piecesOf(text));
  const { nodes, end } = parser.block();
  if (end !== undefined) throw new TemplateError(`unexpected {{${end}}}`);
  return nodes;
}

/** Splits text and actions, white space beside `{{-` and `-}}` taken away. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trimNext = false;
  for (;;) {
    const open = text.indexOf("{{", at);
    let before = text.slice(at, open < 0 ? undefined : open);
    if (trimNext) before = before.trimStart();
    if (open < 0) {
      pieces.push({ text: before });
      return pieces;
    }
    const trimBefore = /^-\s/.test(text.slice(open + 2));
    pieces.push({ text: trimBefore ? before.trimEnd() : before });
    const close = closing(text, open + 2);
    if (close < 0) throw new TemplateError("unclosed action");
    const inside = text.slice(open + 2, close);
    trimNext = /\s-$/.test(inside);
    const bare = inside.slice(trimBefore ? 1 : 0, trimNext ? -1 : undefined);
    const action = bare.trim();
    const begin = open + 2 + (trimBefore ? 1 : 0) + bare.length - bare.trimStart().length;
    if (!/^\/\*.*\*\/$/s.test(action)) pieces.push({ action, at: begin });
    at = close + 2;
  }
}

/** Where the action ends: the first `}}` outside of quotes. */
function closing(text: string, from: number): number {
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (quote !== "") {
      if (sign === "\\" && quote === '"') at++;
      else if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "`") quote = sign;
    else if (text.startsWith("}}", at)) return at;
  }
  return -1;
}

class Parser {
  readonly #pieces: readonly Piece[];
  #at = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** Nodes up to the end of the text, `{{end}}` or `{{else …}}`, which is given back. */
  block(): { nodes: TemplateNode[]; end: string | undefined; at: number } {
    const nodes: TemplateNode[] = [];
    while (this.#at < this.#pieces.length) {
      const { text, action, at = 0 } = this.#pieces[this.#at++] ?? {};
      if (text !== undefined && text !== "") nodes.push({ kind: "text", text });
      if (action === undefined) continue;
      const word = /^[a-z]+/.exec(action)?.[0] ?? "";
      if (word === "end" || word === "else") return { nodes, end: action, at };
      nodes.push(this.#node(word, action, at));
    }
    return { nodes, end: undefined, at: 0 };
  }

  #node(word: string, action: string, at: number): TemplateNode {
    switch (word) {
      case "if":
      case "range":
      case "with":
        return this.#branch(word, action.slice(word.length), at + word.length);
      case "break":
      case "continue":
        return { kind: word };
      case "define":
      case "template":
      case "block":
        throw new TemplateError(`{{${word}}} is not simulated here`);
      default:
        return { kind: "action", pipeline: parsePipeline(action, at) };
    }
  }

  #branch(kind: "if" | "range" | "with", condition: string, at: number): TemplateNode {
    const pipeline = parsePipeline(condition, at);
    const { nodes: body, end, at: endAt } = this.block();
    if (end === undefined) throw new TemplateError("unexpected EOF");
    if (end === "end") return { kind, pipeline, body, otherwise: [] };
    const chained = /^else\s+(if|with)\b(.*)$/s.exec(end);
    if (chained !== null) {
      const rest = chained[2] ?? "";
      const next = this.#branch(chained[1] === "with" ? "with" : "if", rest, endAt + end.length - rest.length);
      return { kind, pipeline, body, otherwise: [next] };
    }
    const { nodes: otherwise, end: last } = this.block();
    if (last !== "end") throw new TemplateError(last === undefined ? "unexpected EOF" : `unexpected {{${last}}}`);
    return { kind, pipeline, body, otherwise };
  }
}

function tokensOf(text: string, base: number): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd();
  let last = 0;
  while (last < end.length) {
    TOKEN.lastIndex = last;
    const match = TOKEN.exec(end);
    if (match === null) throw new TemplateError(`unexpected ${JSON.stringify(end.slice(last).trim()[0])} in command`);
    const [whole, quoted, raw, number, variable, field, dot, word, sign] = match;
    const to = base + TOKEN.lastIndex;
    const from = to - whole.trimStart().length;
    const add = (kind: TokenKind, value: string) => tokens.push([kind, value, from, to]);
    if (/^\s/.test(whole) && field !== undefined) tokens.push(["sign", " ", from, from]);
    if (quoted !== undefined) add("text", unquote(quoted.slice(1, -1)));
    else if (raw !== undefined) add("text", raw.slice(1, -1));
    else if (number !== undefined) add("number", number);
    else if (variable !== undefined) add("variable", variable);
    else if (field !== undefined) add("field", field.slice(1));
    else if (dot !== undefined) add("dot", dot);
    else if (word !== undefined) add("word", word);
    else add("sign", sign ?? "");
    last = TOKEN.lastIndex;
  }
  return tokens;
}

function parsePipeline(text: string, at: number): Pipeline {
  const written = (from: number, to: number) => text.slice(from - at, to - at).replace(/\s+/g, " ");
  const reader = new PipelineReader(tokensOf(text, at), written);
  const pipeline = reader.pipeline();
  if (!reader.done) throw new TemplateError("unexpected right paren");
  return pipeline;
}

class PipelineReader {
  readonly #tokens: readonly Token[];
  readonly #written: (from: number, to: number) => string;
  #at = 0;

  constructor(tokens: readonly Token[], written: (from: number, to: number) => string) {
    this.#tokens = tokens;
    this.#written = written;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  pipeline(): Pipeline {
    const { variables, declares } = this.#declaration();
    const commands: Call[] = [];
    do {
      const from = this.#at;
      const operands = this.#command();
      if (operands.length === 0) throw new TemplateError("missing value for command");
      commands.push({ operands, place: this.#place(from) });
    } while (this.#take("|"));
    return { variables, declares, commands };
  }

  #declaration(): { variables: string[]; declares: boolean } {
    const from = this.#at;
    const variables: string[] = [];
    while (this.#tokens[this.#at]?.[0] === "variable") {
      variables.push(this.#tokens[this.#at++]?.[1] ?? "");
      if (!this.#take(",")) break;
    }
    if (variables.length > 0 && this.#take(":=")) return { variables, declares: true };
    if (variables.length > 0 && this.#take("=")) return { variables, declares: false };
    this.#at = from;
    return { variables: [], declares: false };
  }

  /** The tokens from here to the last that was read. */
  #place(first: number): Place {
    const [, , from = 0] = this.#tokens[first] ?? [];
    const [, , , to = from] = this.#tokens[this.#at - 1] ?? [];
    return { at: from, text: this.#written(from, to).trim() };
  }

  #take(sign: string): boolean {
    const [kind, text] = this.#tokens[this.#at] ?? [];
    if (kind !== "sign" || text !== sign) return false;
    this.#at++;
    return true;
  }

  #command(): Operand[] {
    const operands: Operand[] = [];
    for (;;) {
      this.#take(" ");
      const operand = this.#operand();
      if (operand === undefined) return operands;
      operands.push(operand);
    }
  }

  #operand(): Operand | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined) return undefined;
    const [kind, text] = token;
    const first = this.#at;
    if (kind === "sign") {
      if (text !== "(") return undefined;
      this.#at++;
      const pipeline = this.pipeline();
      if (!this.#take(")")) throw new TemplateError("unclosed left paren");
      return this.#chained({ kind: "pipeline", pipeline }, first);
    }
    if (kind === "field") return this.#chained({ kind: "dot" }, first);
    this.#at++;
    return this.#chained(startOf(kind, text), first);
  }

  /** A value and the fields behind it. Go counts a chain of fields from its second. */
  #chained(start: Operand["start"], first: number): Operand {
    const fields = this.#fields();
    const place = this.#place(first);
    const second = start.kind === "dot" && fields.length > 1 ? this.#tokens[first + 1] : undefined;
    return { start, fields, place: second === undefined ? place : { ...place, at: second[2] } };
  }

  #fields(): string[] {
    const fields: string[] = [];
    while (this.#tokens[this.#at]?.[0] === "field") fields.push(this.#tokens[this.#at++]?.[1] ?? "");
    return fields;
  }
}

function startOf(kind: TokenKind, text: string): Operand["start"] {
  switch (kind) {
    case "variable":
      return { kind: "variable", name: text };
    case "text":
      return { kind: "constant", value: text };
    case "number":
      return { kind: "constant", value: /^[-+]?\d+$/.test(text) ? BigInt(text) : Number(text) };
    case "word":
      if (text === "true" || text === "false") return { kind: "constant", value: text === "true" };
      return text === "nil" ? { kind: "nil" } : { kind: "function", name: text };
    default:
      return { kind: "dot" };
  }
}
