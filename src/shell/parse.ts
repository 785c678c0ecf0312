// The console language's grammar: lists, pipelines, redirections, `for`, `while`, `if`, `( )`.
import { type HereDocument, Incomplete, SyntaxFault, type Token, tokensOf, type Word } from "./lex.ts";

export interface Redirect {
  /** `>`, `>>`, `<`, `2>`, `2>>`, `&>`, `2>&1`, `>&2`. */
  readonly operator: string;
  readonly target: Word;
}

export interface SimpleCommand {
  readonly kind: "simple";
  readonly assignments: ReadonlyArray<{ readonly name: string; readonly value: Word }>;
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly here?: HereDocument;
}

export type CommandNode =
  | SimpleCommand
  | { readonly kind: "for"; readonly name: string; readonly words: readonly Word[]; readonly body: List }
  | { readonly kind: "while"; readonly until: boolean; readonly condition: List; readonly body: List }
  | {
      readonly kind: "if";
      readonly arms: ReadonlyArray<{ readonly condition: List; readonly body: List }>;
      readonly otherwise?: List;
    }
  | { readonly kind: "group"; readonly body: List };

export interface Pipeline {
  readonly negated: boolean;
  readonly stages: readonly CommandNode[];
}

/** Pipelines with what stands before each: `;` (or a new line), `&&`, `||`. */
export type List = ReadonlyArray<{
  readonly after: ";" | "&&" | "||";
  readonly pipeline: Pipeline;
  /** Set when `&` stands behind it: its text, as `jobs` tells it. */
  readonly background?: string;
}>;

/** Parses a whole text. @throws Incomplete when it ends too early, SyntaxFault. */
export function parseScript(text: string): List {
  const parser = new Parser(tokensOf(text));
  const list = parser.list([]);
  parser.end();
  return list;
}

/** Whether the text ends in the middle of something. */
export function isIncomplete(text: string): boolean {
  try {
    parseScript(text);
    return false;
  } catch (error) {
    if (error instanceof Incomplete) return true;
    if (error instanceof SyntaxFault) return false;
    throw error;
  }
}

const RESERVED = new Set(["do", "done", "then", "elif", "else", "fi", "}"]);

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token !== undefined) throw unexpected(token);
  }

  /** Pipelines until one of the words in `stops`, which is left where it is. */
  list(stops: readonly string[]): List {
    const items: Array<{ after: ";" | "&&" | "||"; pipeline: Pipeline; background?: string }> = [];
    let after: ";" | "&&" | "||" = ";";
    for (;;) {
      this.#skipNewlines();
      const token = this.#tokens[this.#at];
      if (token === undefined) {
        if (stops.length > 0 || after !== ";") throw new Incomplete();
        return items;
      }
      const word = plainWord(token);
      if (word !== undefined && stops.includes(word)) return items;
      if (isOperator(token, ")") && stops.includes(")")) return items;
      const from = this.#at;
      const item: (typeof items)[number] = { after, pipeline: this.#pipeline() };
      items.push(item);
      const separator = this.#tokens[this.#at];
      if (separator === undefined) {
        if (stops.length > 0) throw new Incomplete();
        return items;
      }
      if (separator.kind !== "operator") throw unexpected(separator);
      if (separator.text === ")" && stops.includes(")")) return items;
      this.#at++;
      if (separator.text === "&") item.background = sourceOf(this.#tokens.slice(from, this.#at - 1));
      else if (separator.text !== ";" && separator.text !== "\n" && separator.text !== "&&" && separator.text !== "||")
        throw unexpected(separator);
      after = separator.text === "&&" || separator.text === "||" ? separator.text : ";";
    }
  }

  #skipNewlines(): void {
    while (isOperator(this.#tokens[this.#at], "\n")) this.#at++;
  }

  #pipeline(): Pipeline {
    const negated = plainWord(this.#tokens[this.#at]) === "!";
    if (negated) this.#at++;
    const stages = [this.#command()];
    while (isOperator(this.#tokens[this.#at], "|")) {
      this.#at++;
      this.#skipNewlines();
      if (this.#tokens[this.#at] === undefined) throw new Incomplete();
      stages.push(this.#command());
    }
    return { negated, stages };
  }

  #command(): CommandNode {
    const token = this.#tokens[this.#at];
    if (isOperator(token, "(")) return this.#group(")");
    switch (plainWord(token)) {
      case "{":
        return this.#group("}");
      case "for":
        return this.#for();
      case "while":
      case "until":
        return this.#while();
      case "if":
        return this.#if();
      default:
        return this.#simple();
    }
  }

  #group(end: ")" | "}"): CommandNode {
    this.#at++;
    const body = this.list([end]);
    this.#at++;
    return { kind: "group", body };
  }

  #for(): CommandNode {
    this.#at++;
    const name = this.#takeWord();
    this.#skipNewlines();
    this.#expect("in");
    const words: Word[] = [];
    for (let token = this.#tokens[this.#at]; token?.kind === "word"; token = this.#tokens[this.#at]) {
      words.push(token.pieces);
      this.#at++;
    }
    this.#separator();
    this.#expect("do");
    const body = this.list(["done"]);
    this.#at++;
    return { kind: "for", name, words, body };
  }

  #while(): CommandNode {
    const until = this.#takeWord() === "until";
    const condition = this.list(["do"]);
    this.#at++;
    const body = this.list(["done"]);
    this.#at++;
    return { kind: "while", until, condition, body };
  }

  #if(): CommandNode {
    const arms: Array<{ condition: List; body: List }> = [];
    do {
      this.#at++;
      const condition = this.list(["then"]);
      this.#at++;
      arms.push({ condition, body: this.list(["elif", "else", "fi"]) });
    } while (plainWord(this.#tokens[this.#at]) === "elif");
    const hasElse = plainWord(this.#tokens[this.#at]) === "else";
    this.#at++;
    if (!hasElse) return { kind: "if", arms };
    const otherwise = this.list(["fi"]);
    this.#at++;
    return { kind: "if", arms, otherwise };
  }

  #separator(): void {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Incomplete();
    if (!isOperator(token, ";") && !isOperator(token, "\n")) throw unexpected(token);
    this.#at++;
    this.#skipNewlines();
  }

  #takeWord(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Incomplete();
    const word = plainWord(token);
    if (word === undefined) throw unexpected(token);
    return word;
  }

  #expect(word: string): void {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Incomplete();
    if (this.#takeWord() !== word) throw unexpected(token);
  }

  #simple(): SimpleCommand {
    const assignments: Array<{ name: string; value: Word }> = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    let here: HereDocument | undefined;
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      if (token.kind === "operator") break;
      this.#at++;
      if (token.kind === "here") here = token.here;
      else if (token.kind === "redirect") redirects.push(this.#redirect(token.text));
      else {
        const assignment = words.length === 0 ? assignmentOf(token.pieces) : undefined;
        if (assignment !== undefined) assignments.push(assignment);
        else words.push(token.pieces);
      }
    }
    const first = this.#tokens[this.#at];
    if (words.length === 0 && assignments.length === 0 && redirects.length === 0 && here === undefined) {
      if (first === undefined) throw new Incomplete();
      throw unexpected(first);
    }
    const reserved = words[0] === undefined ? undefined : plainWord({ kind: "word", pieces: words[0] });
    if (reserved !== undefined && RESERVED.has(reserved))
      throw new SyntaxFault(`syntax error near unexpected token \`${reserved}'`);
    return { kind: "simple", assignments, words, redirects, ...(here === undefined ? {} : { here }) };
  }

  #redirect(operator: string): Redirect {
    if (/>&[012]$/.test(operator)) return { operator, target: [] };
    const target = this.#tokens[this.#at++];
    if (target === undefined) throw new SyntaxFault("syntax error near unexpected token `newline'");
    if (target.kind !== "word") throw unexpected(target);
    return { operator, target: target.pieces };
  }
}

/** A command as it is told again, near to how it was typed. */
function sourceOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => (token.kind === "word" ? wordText(token.pieces) : token.kind === "here" ? "<<" : token.text))
    .join(" ");
}

function wordText(pieces: Word): string {
  const text = pieces.map((piece) =>
    piece.kind === "text" ? piece.text : piece.kind === "variable" ? `$${piece.name}` : `$(${piece.source})`,
  );
  const joined = text.join("");
  return pieces.some(({ quoted }) => quoted) ? JSON.stringify(joined) : joined;
}

function assignmentOf(pieces: Word): { name: string; value: Word } | undefined {
  const [first, ...rest] = pieces;
  if (first?.kind !== "text" || first.quoted) return undefined;
  const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(first.text);
  if (match === null) return undefined;
  const value = match[2] ?? "";
  return { name: match[1] ?? "", value: value === "" ? rest : [{ ...first, text: value }, ...rest] };
}

function plainWord(token: Token | undefined): string | undefined {
  if (token?.kind !== "word") return undefined;
  const [piece, ...rest] = token.pieces;
  return piece?.kind === "text" && !piece.quoted && rest.length === 0 ? piece.text : undefined;
}

function isOperator(token: Token | undefined, text: string): boolean {
  return token?.kind === "operator" && token.text === text;
}

function unexpected(token: Token): SyntaxFault {
  const text =
    token.kind === "operator" ? (token.text === "\n" ? "newline" : token.text) : (plainWord(token) ?? "word");
  return new SyntaxFault(`syntax error near unexpected token \`${text}'`);
}
