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
}

/** `$a, $b := command | command`. */
export interface Pipeline {
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly commands: ReadonlyArray<readonly Operand[]>;
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
}

const TOKEN =
  /\s*(?:("(?:[^"\\\n]|\\.)*")|(`[^`]*`)|([-+]?\d[\d.]*(?:[eE][-+]?\d+)?)|(\$[\w]*)|(\.[A-Za-z_]\w*)|(\.)|([A-Za-z_]\w*)|(:=|=|[(),|]))/y;

type Token = readonly [kind: "text" | "number" | "variable" | "field" | "dot" | "word" | "sign", text: string];

interface Piece {
  readonly text?: string;
  readonly action?: string;
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
    const action = inside.slice(trimBefore ? 1 : 0, trimNext ? -1 : undefined).trim();
    if (!/^\/\*.*\*\/$/s.test(action)) pieces.push({ action });
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
  block(): { nodes: TemplateNode[]; end: string | undefined } {
    const nodes: TemplateNode[] = [];
    while (this.#at < this.#pieces.length) {
      const { text, action } = this.#pieces[this.#at++] ?? {};
      if (text !== undefined && text !== "") nodes.push({ kind: "text", text });
      if (action === undefined) continue;
      const word = /^[a-z]+/.exec(action)?.[0] ?? "";
      if (word === "end" || word === "else") return { nodes, end: action };
      nodes.push(this.#node(word, action));
    }
    return { nodes, end: undefined };
  }

  #node(word: string, action: string): TemplateNode {
    switch (word) {
      case "if":
      case "range":
      case "with":
        return this.#branch(word, action.slice(word.length));
      case "break":
      case "continue":
        return { kind: word };
      case "define":
      case "template":
      case "block":
        throw new TemplateError(`{{${word}}} is not simulated here`);
      default:
        return { kind: "action", pipeline: parsePipeline(action) };
    }
  }

  #branch(kind: "if" | "range" | "with", condition: string): TemplateNode {
    const pipeline = parsePipeline(condition);
    const { nodes: body, end } = this.block();
    if (end === undefined) throw new TemplateError("unexpected EOF");
    if (end === "end") return { kind, pipeline, body, otherwise: [] };
    const chained = /^else\s+(if|with)\b(.*)$/s.exec(end);
    if (chained !== null) {
      const next = this.#branch(chained[1] === "with" ? "with" : "if", chained[2] ?? "");
      return { kind, pipeline, body, otherwise: [next] };
    }
    const { nodes: otherwise, end: last } = this.block();
    if (last !== "end") throw new TemplateError(last === undefined ? "unexpected EOF" : `unexpected {{${last}}}`);
    return { kind, pipeline, body, otherwise };
  }
}

function tokensOf(text: string): Array<Token & { readonly spaced?: boolean }> {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd();
  let last = 0;
  while (last < end.length) {
    TOKEN.lastIndex = last;
    const match = TOKEN.exec(end);
    if (match === null) throw new TemplateError(`unexpected ${JSON.stringify(end.slice(last).trim()[0])} in command`);
    const [whole, quoted, raw, number, variable, field, dot, word, sign] = match;
    const spaced = /^\s/.test(whole);
    if (spaced && field !== undefined) tokens.push(["sign", " "]);
    if (quoted !== undefined) tokens.push(["text", unquote(quoted.slice(1, -1))]);
    else if (raw !== undefined) tokens.push(["text", raw.slice(1, -1)]);
    else if (number !== undefined) tokens.push(["number", number]);
    else if (variable !== undefined) tokens.push(["variable", variable]);
    else if (field !== undefined) tokens.push(["field", field.slice(1)]);
    else if (dot !== undefined) tokens.push(["dot", dot]);
    else if (word !== undefined) tokens.push(["word", word]);
    else tokens.push(["sign", sign ?? ""]);
    last = TOKEN.lastIndex;
  }
  return tokens;
}

function parsePipeline(text: string): Pipeline {
  const reader = new PipelineReader(tokensOf(text));
  const pipeline = reader.pipeline();
  if (!reader.done) throw new TemplateError("unexpected right paren");
  return pipeline;
}

class PipelineReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  pipeline(): Pipeline {
    const { variables, declares } = this.#declaration();
    const commands: Operand[][] = [];
    do {
      const command = this.#command();
      if (command.length === 0) throw new TemplateError("missing value for command");
      commands.push(command);
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
    if (kind === "sign") {
      if (text !== "(") return undefined;
      this.#at++;
      const pipeline = this.pipeline();
      if (!this.#take(")")) throw new TemplateError("unclosed left paren");
      return { start: { kind: "pipeline", pipeline }, fields: this.#fields() };
    }
    if (kind === "field") return { start: { kind: "dot" }, fields: this.#fields() };
    this.#at++;
    return { start: startOf(kind, text), fields: this.#fields() };
  }

  #fields(): string[] {
    const fields: string[] = [];
    while (this.#tokens[this.#at]?.[0] === "field") fields.push(this.#tokens[this.#at++]?.[1] ?? "");
    return fields;
  }
}

function startOf(kind: Token[0], text: string): Operand["start"] {
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
