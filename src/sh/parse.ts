// The sh language's grammar: lists, pipelines, redirections and compound commands.
import {
  type AndOr,
  type Assignment,
  type Command,
  Incomplete,
  type List,
  type Pipeline,
  plainText,
  type Redirect,
  type SimpleCommand,
  SyntaxFault,
  type Word,
} from "./ast.ts";
import { expandBraces } from "./braces.ts";
import { CompoundParser } from "./compound.ts";

/** What the reading of a text depends on. */
export interface ParseOptions {
  /** Words that stand for other texts. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Whether bash's own words are known: `{1..3}`, `&>`, `[[`, `function`. On by default. */
  readonly bash?: boolean;
}

const STOPS = new Set(["do", "done", "then", "elif", "else", "fi", "}", "esac"]);
const COMPOUND = new Set(["if", "while", "until", "for", "case", "{", "function", "[[", "select"]);

/** Reads a text, one complete command after the other: aliases that one makes are known to the next. */
export class Parser extends CompoundParser {
  readonly #aliases: ReadonlyMap<string, string>;
  /** Aliases that stand for what is read now, and where their text ends, counted from the text's end. */
  #standing: Array<{ readonly name: string; readonly left: number }> = [];
  readonly #options: ParseOptions;

  constructor(text: string, options: ParseOptions = {}) {
    super(text.replaceAll("\r\n", "\n"), options.bash ?? true);
    this.#options = options;
    this.#aliases = options.aliases ?? new Map();
  }

  /** The next complete command; undefined at the end. @throws Incomplete, SyntaxFault */
  next(): List | undefined {
    this.skipNewlines();
    if (this.peek() === "") return undefined;
    const items: AndOr[] = [];
    for (;;) {
      this.blanks();
      if (this.peek() === "" || this.peek() === "\n") break;
      items.push(this.#andOr());
      if (!this.#separated()) break;
    }
    if (this.peek() === "\n") this.newline();
    else if (this.peek() === "") this.finishHere();
    else throw this.unexpected();
    return items;
  }

  protected override inner(text: string): List {
    return parseScript(text, this.#options);
  }

  protected override list(stops: ReadonlySet<string>): List {
    return this.deeper(() => this.#list(stops));
  }

  #list(stops: ReadonlySet<string>): List {
    const items: AndOr[] = [];
    for (;;) {
      this.skipNewlines();
      if (this.peek() === "") throw new Incomplete();
      if (this.atStop(stops)) break;
      items.push(this.#andOr());
      if (!this.#separated() && this.peek() !== "\n") {
        if (this.peek() === "") throw new Incomplete();
        if (this.atStop(stops)) break;
        throw this.unexpected();
      }
    }
    return items;
  }

  /** Takes `;` or `&` behind a command; false when there is none. */
  #separated(): boolean {
    this.blanks();
    const sign = this.peek();
    if (sign !== "&" && !(sign === ";" && this.peek(1) !== ";" && this.peek(1) !== "&")) return false;
    this.at++;
    return true;
  }

  #andOr(): AndOr {
    const from = this.at;
    const items: AndOr["items"][number][] = [];
    let after: "" | "&&" | "||" = "";
    for (;;) {
      items.push({ after, pipeline: this.#pipeline() });
      this.blanks();
      if (!this.startsWith("&&") && !this.startsWith("||")) break;
      after = this.startsWith("&&") ? "&&" : "||";
      this.at += 2;
      this.skipNewlines();
      if (this.peek() === "") throw new Incomplete();
    }
    const background = this.peek() === "&" && !this.startsWith("&>");
    return { items, background, source: this.text.slice(from, this.at).trim() };
  }

  #pipeline(): Pipeline {
    let negated = false;
    let timed = false;
    for (;;) {
      this.blanks();
      const word = this.reserved();
      if (word === "!") negated = !negated;
      else if (word === "time" && this.bash) timed = true;
      else break;
      this.at += word.length;
    }
    const stages = [this.command()];
    for (;;) {
      this.blanks();
      if (this.peek() !== "|" || this.startsWith("||")) break;
      this.at++;
      if (this.peek() === "&") {
        this.at++;
        const last = stages.pop();
        if (last !== undefined)
          stages.push({
            ...last,
            redirects: [
              ...last.redirects,
              { stream: 2, operator: ">&", target: [{ kind: "text", text: "1", quoted: true }] },
            ],
          });
      }
      this.skipNewlines();
      if (this.peek() === "") throw new Incomplete();
      stages.push(this.command());
    }
    return { negated, timed, stages };
  }

  protected override command(): Command {
    this.blanks();
    this.#expandAlias();
    const word = this.reserved();
    if (this.peek() === "(" || COMPOUND.has(word)) {
      const node = this.deeper(() => this.compound(word));
      return { node, redirects: node.kind === "function" ? [] : this.#redirects() };
    }
    if (STOPS.has(word)) throw new SyntaxFault(`syntax error near unexpected token \`${word}'`, this.line);
    const name = this.functionName();
    if (name !== undefined) return { node: this.functionBody(name), redirects: [] };
    return this.#simple();
  }

  protected override braces(word: Word): readonly Word[] {
    return this.bash ? expandBraces(word) : [word];
  }

  #redirects(): Redirect[] {
    const redirects: Redirect[] = [];
    for (;;) {
      this.blanks();
      const redirect = this.redirect();
      if (redirect === undefined) return redirects;
      redirects.push(redirect);
    }
  }

  #simple(): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    const { line } = this;
    for (;;) {
      this.blanks();
      const redirect = this.redirect();
      if (redirect !== undefined) {
        redirects.push(redirect);
        continue;
      }
      const assignment = words.length === 0 ? this.assignment() : undefined;
      if (assignment !== undefined) {
        assignments.push(assignment);
        continue;
      }
      const word = this.#argument(words);
      if (word === undefined) break;
      words.push(...this.braces(word));
    }
    if (words.length === 0 && assignments.length === 0 && redirects.length === 0) {
      if (this.peek() === "") throw new Incomplete();
      throw this.unexpected();
    }
    if (this.peek() === "(") {
      this.at++;
      this.blanks();
      throw this.unexpected();
    }
    const node: SimpleCommand = { kind: "simple", assignments, words, line };
    return { node, redirects };
  }

  /** The next word; after `export` and similar `name=(…)` is distinguished. */
  #argument(words: readonly Word[]): Word | undefined {
    const { at } = this;
    const word = this.word();
    if (this.at === at) return undefined;
    if (
      this.peek() === "(" &&
      words.length > 0 &&
      /^(?:declare|local|readonly|typeset|export)$/.test(plainText(words[0]) ?? "")
    )
      throw new SyntaxFault("arrays are made by NAME=(…) here, without a word before it", this.line);
    return word;
  }

  #expandAlias(): void {
    this.#standing = this.#standing.filter(({ left }) => this.text.length - this.at > left);
    if (this.#aliases.size === 0) return;
    const word = this.reserved();
    const value = this.#aliases.get(word);
    if (value === undefined || this.#standing.some(({ name }) => name === word)) return;
    const rest = this.text.slice(this.at + word.length);
    this.#standing.push({ name: word, left: rest.length });
    this.text = `${this.text.slice(0, this.at)}${value}${rest}`;
    this.blanks();
    this.#expandAlias();
  }
}

/** Parses a whole text. @throws Incomplete when it ends too early, SyntaxFault */
export function parseScript(text: string, options?: ParseOptions): List {
  const parser = new Parser(text, options);
  const items: AndOr[] = [];
  for (let list = parser.next(); list !== undefined; list = parser.next()) items.push(...list);
  return items;
}

/** Whether the text ends in the middle of something. */
export function isIncomplete(text: string, options?: ParseOptions): boolean {
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(-64))) return true;
  try {
    parseScript(text, options);
    return false;
  } catch (error) {
    if (error instanceof Incomplete) return true;
    if (error instanceof SyntaxFault) return false;
    throw error;
  }
}
