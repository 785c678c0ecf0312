// What lies between words and commands: blanks, redirections, here-documents, assignments.
import {
  type Assignment,
  type HereDocument,
  Incomplete,
  type List,
  literal,
  type Redirect,
  SyntaxFault,
  type Word,
} from "./ast.ts";
import { Lexer } from "./lex.ts";

const NAME_END = /[\s;|&<>()'"\\$`]/;
const REDIRECT = /(\d{1,3})?(&>>|&>|<<<|<<-|<<|>>|>\||>&|<&|<>|>|<)/y;

/** Reads what comes between and before commands. */
export abstract class TokenParser extends Lexer {
  protected readonly bash: boolean;
  #waiting: HereDocument[] = [];

  constructor(text: string, bash: boolean) {
    super(text);
    this.bash = bash;
  }

  protected abstract list(stops: ReadonlySet<string>): List;

  protected override enclosed(): List {
    try {
      const list = this.list(new Set([")"]));
      this.at++;
      return list;
    } catch (error) {
      throw error instanceof Incomplete && error.wanted === "" ? new Incomplete(")") : error;
    }
  }

  /** Blanks, comments and continued lines. */
  protected blanks(): void {
    for (;;) {
      const sign = this.peek();
      if (sign === " " || sign === "\t" || sign === "\r") this.at++;
      else if (sign === "\\" && this.peek(1) === "\n") {
        this.at += 2;
        this.line++;
      } else if (sign === "#") while (this.peek() !== "" && this.peek() !== "\n") this.at++;
      else return;
    }
  }

  protected newline(): void {
    this.at++;
    this.line++;
    this.#readHere();
  }

  protected skipNewlines(): void {
    for (this.blanks(); this.peek() === "\n"; this.blanks()) this.newline();
  }

  /** A text that ends has no room for a here-document's body. */
  protected finishHere(): void {
    if (this.#waiting.length > 0) throw new Incomplete();
  }

  #readHere(): void {
    for (const here of this.#waiting.splice(0)) {
      const lines: string[] = [];
      for (;;) {
        if (this.peek() === "") throw new Incomplete();
        const end = this.text.indexOf("\n", this.at);
        const raw = this.text.slice(this.at, end < 0 ? undefined : end);
        this.at = end < 0 ? this.text.length : end + 1;
        this.line++;
        const line = here.stripTabs ? raw.replace(/^\t+/, "") : raw;
        if (line.replace(/\r$/, "") === here.terminator) break;
        if (end < 0) throw new Incomplete();
        lines.push(`${line}\n`);
      }
      here.body = here.quoted ? [literal(lines.join(""))] : this.#bodyOf(lines.join(""));
    }
  }

  #bodyOf(text: string): Word {
    const [rest, at, line] = [this.text, this.at, this.line];
    this.text = text;
    this.at = 0;
    try {
      return this.body();
    } finally {
      this.text = rest;
      this.at = at;
      this.line = line;
    }
  }

  /** The unquoted text of the word here, empty when quotes or `$` are in it. */
  protected reserved(): string {
    let end = this.at;
    while (end < this.text.length && !NAME_END.test(this.text[end] ?? "")) end++;
    const next = this.text[end] ?? "";
    return /['"\\$`]/.test(next) ? "" : this.text.slice(this.at, end);
  }

  protected atStop(stops: ReadonlySet<string>): boolean {
    if (this.peek() === ")") return stops.has(")");
    if (this.peek() === ";") return stops.has(";;") && /^;(?:;&?|&)/.test(this.text.slice(this.at, this.at + 3));
    return stops.has(this.reserved());
  }

  protected unexpected(): SyntaxFault {
    const found =
      /^(?:&&|\|\||;;&|;;|;&|[;|&()<>\n])/.exec(this.text.slice(this.at, this.at + 3))?.[0] ?? this.reserved();
    return new SyntaxFault(
      `syntax error near unexpected token \`${found === "\n" || found === "" ? "newline" : found}'`,
      this.line,
    );
  }

  protected expect(word: string): void {
    this.skipNewlines();
    if (this.peek() === "") throw new Incomplete();
    if (this.reserved() !== word) throw this.unexpected();
    this.at += word.length;
  }

  protected redirect(): Redirect | undefined {
    REDIRECT.lastIndex = this.at;
    const found = REDIRECT.exec(this.text);
    if (found === null) return undefined;
    const operator = found[2] ?? "";
    if (/\(/.test(this.text[this.at + found[0].length] ?? "") && (operator === "<" || operator === ">"))
      throw new SyntaxFault(`${operator}(…) is not simulated: write into a file, or use a pipe`, this.line);
    this.at += found[0].length;
    const stream = found[1] === undefined ? {} : { stream: Number(found[1]) };
    this.blanks();
    const from = this.at;
    const target = this.word();
    if (this.at === from) {
      if (this.peek() === "") throw new SyntaxFault("syntax error near unexpected token `newline'", this.line);
      throw this.unexpected();
    }
    if (operator !== "<<" && operator !== "<<-") return { ...stream, operator, target };
    const here: HereDocument = {
      terminator: target.map((piece) => (piece.kind === "text" ? piece.text : "")).join(""),
      quoted: target.some((piece) => piece.quoted),
      stripTabs: operator === "<<-",
      body: [],
    };
    this.#waiting.push(here);
    return { ...stream, operator: "<<", target: [], here };
  }

  /** `name=value`, `name+=value`, `name=(…)`, `name[i]=value`. */
  protected assignment(): Assignment | undefined {
    const match = /([A-Za-z_]\w*)(\[)?/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (found === null) return undefined;
    const from = this.at;
    this.at += found[0].length;
    const index = found[2] === undefined ? undefined : this.#subscript();
    const sign = this.startsWith("+=") ? "+=" : this.peek() === "=" ? "=" : undefined;
    if (sign === undefined) {
      this.at = from;
      return undefined;
    }
    this.at += sign.length;
    const head = { name: found[1] ?? "", append: sign === "+=", ...(index === undefined ? {} : { index }) };
    if (this.peek() !== "(" || !this.bash) return { ...head, value: this.word() };
    this.at++;
    const elements: Word[] = [];
    for (this.skipNewlines(); this.peek() !== ")"; this.skipNewlines()) {
      const start = this.at;
      if (this.peek() === "") throw new Incomplete(")");
      elements.push(this.word());
      if (this.at === start) throw this.unexpected();
    }
    this.at++;
    return { ...head, value: [], elements };
  }

  #subscript(): Word | undefined {
    const end = this.text.indexOf("]", this.at);
    if (end < 0 || /\s/.test(this.text.slice(this.at, end))) return undefined;
    const index = this.expression("]", "]");
    this.at++;
    return index;
  }
}
