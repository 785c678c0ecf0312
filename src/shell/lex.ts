// The console language's words: quoting, operators, here-documents.

/** A piece of a word. Quoted pieces are not split at blanks when they are filled in. */
export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly quoted: boolean; readonly fallback?: string }
  | { readonly kind: "command"; readonly source: string; readonly quoted: boolean };

export type Word = readonly Piece[];

export type Token =
  | { readonly kind: "word"; readonly pieces: Word }
  | { readonly kind: "operator"; readonly text: string }
  | { readonly kind: "redirect"; readonly text: string }
  /** A here-document's place; `body` is filled when its text has been read. */
  | { readonly kind: "here"; readonly here: HereDocument };

export interface HereDocument {
  readonly terminator: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
  body: string;
}

/** The text ends in the middle of something: more lines are needed. */
export class Incomplete extends Error {
  override name = "Incomplete";
}

/** The text cannot be read. */
export class SyntaxFault extends Error {
  override name = "SyntaxFault";
}

const OPERATORS = ["&&", "||", ";;", ";", "|", "&", "(", ")", "\n"];

/** Takes a text apart. @throws Incomplete, SyntaxFault */
export function tokensOf(text: string): Token[] {
  return new Lexer(text).tokens();
}

class Lexer {
  readonly #text: string;
  #at = 0;
  readonly #tokens: Token[] = [];
  #waiting: HereDocument[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  tokens(): Token[] {
    while (this.#at < this.#text.length) this.#next();
    if (this.#waiting.length > 0) throw new Incomplete();
    return this.#tokens;
  }

  #next(): void {
    const text = this.#text;
    const sign = text[this.#at] ?? "";
    if (sign === " " || sign === "\t" || sign === "\r") {
      this.#at++;
    } else if (sign === "\\" && text[this.#at + 1] === "\n") {
      this.#at += 2;
      if (this.#at >= text.length) throw new Incomplete();
    } else if (sign === "#") {
      while (this.#at < text.length && text[this.#at] !== "\n") this.#at++;
    } else if (!this.#redirect() && !this.#operator()) {
      this.#tokens.push({ kind: "word", pieces: this.#word() });
    }
  }

  #redirect(): boolean {
    const match = /(?:[012]?(?:>>|>&[012]|>)|&>|<<-?|<)/y;
    match.lastIndex = this.#at;
    const found = match.exec(this.#text)?.[0];
    if (found === undefined) return false;
    this.#at += found.length;
    if (found.startsWith("<<")) this.#here(found === "<<-");
    else this.#tokens.push({ kind: "redirect", text: found });
    return true;
  }

  #here(stripTabs: boolean): void {
    while (this.#text[this.#at] === " ") this.#at++;
    const pieces = this.#word();
    const quoted = pieces.some((piece) => piece.quoted);
    const terminator = pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");
    const here: HereDocument = { terminator, quoted, stripTabs, body: "" };
    this.#waiting.push(here);
    this.#tokens.push({ kind: "here", here });
  }

  #operator(): boolean {
    const found = OPERATORS.find((each) => this.#text.startsWith(each, this.#at));
    if (found === undefined) return false;
    this.#at += found.length;
    this.#tokens.push({ kind: "operator", text: found });
    if (found === "\n") for (const here of this.#waiting.splice(0)) this.#readBody(here);
    return true;
  }

  #readBody(here: HereDocument): void {
    const lines: string[] = [];
    for (;;) {
      if (this.#at >= this.#text.length) throw new Incomplete();
      const end = this.#text.indexOf("\n", this.#at);
      const raw = this.#text.slice(this.#at, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#text.length : end + 1;
      const line = here.stripTabs ? raw.replace(/^\t+/, "") : raw;
      if (line.replace(/\r$/, "") === here.terminator) break;
      if (end < 0) throw new Incomplete();
      lines.push(`${line}\n`);
    }
    here.body = lines.join("");
  }

  #word(): Word {
    const pieces: Piece[] = [];
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at] ?? "";
      if (/[\s;|&<>()]/.test(sign)) break;
      this.#piece(sign, pieces);
    }
    return pieces;
  }

  #piece(sign: string, pieces: Piece[]): void {
    if (sign === "'") this.#single(pieces);
    else if (sign === '"') this.#double(pieces);
    else if (sign === "\\") {
      const next = this.#text[this.#at + 1];
      if (next === undefined) throw new Incomplete();
      if (next !== "\n") pieces.push({ kind: "text", text: next, quoted: true });
      this.#at += 2;
    } else if ((sign === "$" || sign === "`") && this.#expansion(pieces, false)) return;
    else {
      const match = /[^\s;|&<>()'"\\$`]+|./y;
      match.lastIndex = this.#at;
      const text = match.exec(this.#text)?.[0] ?? sign;
      pieces.push({ kind: "text", text, quoted: false });
      this.#at += text.length;
    }
  }

  #single(pieces: Piece[]): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw new Incomplete();
    pieces.push({ kind: "text", text: this.#text.slice(this.#at + 1, end), quoted: true });
    this.#at = end + 1;
  }

  #double(pieces: Piece[]): void {
    this.#at++;
    let plain = "";
    const flush = () => {
      pieces.push({ kind: "text", text: plain, quoted: true });
      plain = "";
    };
    for (;;) {
      const sign = this.#text[this.#at];
      if (sign === undefined) throw new Incomplete();
      if (sign === '"') break;
      if (sign === "\\" && /["\\$`\n]/.test(this.#text[this.#at + 1] ?? "")) {
        const next = this.#text[this.#at + 1] ?? "";
        plain += next === "\n" ? "" : next;
        this.#at += 2;
      } else if (sign === "$" || sign === "`") {
        flush();
        if (!this.#expansion(pieces, true)) {
          plain += sign;
          this.#at++;
        }
      } else {
        plain += sign;
        this.#at++;
      }
    }
    this.#at++;
    flush();
  }

  /** `$NAME`, `${NAME}`, `${NAME:-text}`, `$(command)`, `` `command` ``; false when the sign stands for itself. */
  #expansion(pieces: Piece[], quoted: boolean): boolean {
    const match = /\$(?:\{([A-Za-z_]\w*|[?#@*0-9])(?::?-([^}]*))?\}|([A-Za-z_]\w*|[?#@*$!0-9]))/y;
    match.lastIndex = this.#at;
    const found = match.exec(this.#text);
    if (found !== null) {
      const fallback = found[2];
      const name = found[1] ?? found[3] ?? "";
      pieces.push({ kind: "variable", name, quoted, ...(fallback === undefined ? {} : { fallback }) });
      this.#at += found[0].length;
      return true;
    }
    if (this.#text.startsWith("$(", this.#at)) {
      pieces.push({ kind: "command", source: this.#enclosed(), quoted });
      return true;
    }
    if (this.#text[this.#at] !== "`") return false;
    const end = this.#text.indexOf("`", this.#at + 1);
    if (end < 0) throw new Incomplete();
    pieces.push({ kind: "command", source: this.#text.slice(this.#at + 1, end), quoted });
    this.#at = end + 1;
    return true;
  }

  /** The source between `$(` and its bracket. */
  #enclosed(): string {
    const from = this.#at + 2;
    let depth = 1;
    for (let at = from; at < this.#text.length; at++) {
      const sign = this.#text[at] ?? "";
      if (sign === "'" || sign === '"') {
        at = this.#text.indexOf(sign, at + 1);
        if (at < 0) throw new Incomplete();
      } else if (sign === "(") depth++;
      else if (sign === ")" && --depth === 0) {
        this.#at = at + 1;
        return this.#text.slice(from, at);
      }
    }
    throw new Incomplete();
  }
}

/** The pieces of a here-document whose terminator was not quoted: variables and commands are filled in, quotes stand for themselves. */
export function piecesOfBody(body: string): Word {
  const escaped = body.replace(/"/g, '\\"');
  const [token] = new Lexer(`"${escaped}"`).tokens();
  return token?.kind === "word" ? token.pieces : [];
}
