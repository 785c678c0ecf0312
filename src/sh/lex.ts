// Words of the sh language: quoting, `$…`, backquotes. A text is read character by character, for what a word is depends on where it is.
import { Incomplete, type List, type Parameter, type Piece, SyntaxFault, type Word } from "./ast.ts";

/** How pieces are read at a place: what ends them, and what quotes mean there. */
interface Mode {
  /** Whether what is here ends the word. */
  ends(sign: string, at: number): boolean;
  /** Whether the pieces count as quoted: inside `"…"`, a here-document, `$((…))`. */
  readonly quoted: boolean;
  /** Whether `'…'` and `"…"` quote. */
  readonly single: boolean;
  readonly double: boolean;
  /** What is being looked for when the text ends too early. */
  readonly wanted: string;
  /** Signs that a backslash takes the meaning of; all of them when undefined. */
  readonly escapes?: string;
}

const WORD_END = /[\s;|&<>()]/;
/** Nested `$(…)`, `${…}`, groups: more is refused before the host's own stack ends. */
const DEEPEST = 100;

/** Reads words; the grammar above it reads commands. */
export abstract class Lexer {
  protected text: string;
  protected at = 0;
  protected line = 1;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** A list of commands up to the bracket that closes it, which is taken too. */
  protected abstract enclosed(): List;
  /** Parses another text with the same rules. */
  protected abstract inner(text: string): List;

  protected deeper<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new SyntaxFault("maximum nesting level exceeded", this.line);
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }

  protected peek(offset = 0): string {
    return this.text[this.at + offset] ?? "";
  }

  protected startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** A word; empty when there is none here. */
  protected word(): Word {
    return this.pieces({ ends: (sign) => WORD_END.test(sign), quoted: false, single: true, double: true, wanted: "" });
  }

  /** The body of a here-document whose terminator was not quoted. */
  protected body(): Word {
    return this.pieces({
      ends: () => false,
      quoted: true,
      single: false,
      double: false,
      wanted: "",
      escapes: "\\$`\n",
    });
  }

  /** What follows `=~`: brackets and bars belong to it. */
  protected expressionWord(): Word {
    let depth = 0;
    const ends = (sign: string) => {
      if (sign === "(") depth++;
      if (sign === ")" && depth-- === 0) return true;
      return depth <= 0 ? /\s/.test(sign) : sign === "\n";
    };
    return this.pieces({ ends, quoted: false, single: true, double: true, wanted: "" });
  }

  /** An expression up to a character outside of its brackets, which is left where it is. */
  protected expression(end: string, wanted: string): Word {
    let depth = 0;
    const ends = (sign: string) => {
      if (depth === 0 && this.startsWith(end)) return true;
      if (sign === "(") depth++;
      else if (sign === ")") depth--;
      return false;
    };
    return this.pieces({ ends, quoted: true, single: false, double: true, wanted, escapes: "\\$`\n" });
  }

  protected pieces(mode: Mode): Word {
    const pieces: Piece[] = [];
    let plain = "";
    const flush = () => {
      if (plain !== "") pieces.push({ kind: "text", text: plain, quoted: mode.quoted });
      plain = "";
    };
    for (;;) {
      const sign = this.peek();
      if (sign === "") {
        if (mode.wanted !== "") throw new Incomplete(mode.wanted);
        break;
      }
      if (mode.ends(sign, this.at)) break;
      if (!this.#special(sign, mode)) {
        plain += sign;
        if (sign === "\n") this.line++;
        this.at++;
        continue;
      }
      flush();
      if (sign === "\\") this.#escaped(mode, pieces);
      else if (sign === "'") this.#single(pieces);
      else if (sign === '"') this.#double(mode, pieces);
      else if (!this.#dollar(mode, pieces)) {
        plain += sign;
        this.at++;
      }
    }
    flush();
    return pieces;
  }

  #special(sign: string, mode: Mode): boolean {
    if (sign === "'") return mode.single;
    if (sign === '"') return mode.double;
    return sign === "\\" || sign === "$" || sign === "`";
  }

  #escaped(mode: Mode, pieces: Piece[]): void {
    const next = this.peek(1);
    if (mode.escapes !== undefined && !(next !== "" && mode.escapes.includes(next))) {
      pieces.push({ kind: "text", text: "\\", quoted: true });
      this.at++;
      return;
    }
    this.at += 2;
    if (next === "\n") this.line++;
    else if (next === "") pieces.push({ kind: "text", text: "\\", quoted: true });
    else pieces.push({ kind: "text", text: next, quoted: true });
  }

  #single(pieces: Piece[]): void {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) throw new Incomplete("'");
    const text = this.text.slice(this.at + 1, end);
    this.#count(text);
    pieces.push({ kind: "text", text, quoted: true });
    this.at = end + 1;
  }

  #count(text: string): void {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.line++;
  }

  #double(mode: Mode, pieces: Piece[]): void {
    this.at++;
    const inner = this.deeper(() =>
      this.pieces({
        ends: (sign) => sign === '"',
        quoted: true,
        single: false,
        double: true,
        wanted: '"',
        escapes: '"\\$`\n',
      }),
    );
    this.at++;
    if (inner.length === 0 && !mode.quoted) pieces.push({ kind: "text", text: "", quoted: true });
    pieces.push(...inner);
  }

  /** What begins with `$` or is a backquote; false when the character stands for itself. */
  #dollar(mode: Mode, pieces: Piece[]): boolean {
    const { quoted } = mode;
    if (this.peek() === "`") return this.#backquoted(mode, pieces);
    const next = this.peek(1);
    if (next === "'" && !quoted && mode.single) return this.#cQuoted(pieces);
    if (next === '"' && !quoted) {
      this.at++;
      this.#double(mode, pieces);
      return true;
    }
    if (this.startsWith("$((") && this.#arithmetic(quoted, pieces)) return true;
    if (next === "(") {
      this.at += 2;
      const body = this.deeper(() => this.enclosed());
      pieces.push({ kind: "command", body, quoted });
      return true;
    }
    if (next === "{") {
      pieces.push(this.deeper(() => this.#braced(mode)));
      return true;
    }
    const match = /\$([A-Za-z_]\w*|[?#@*$!0-9-])/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (found === null) return false;
    this.at += found[0].length;
    pieces.push({ kind: "parameter", name: found[1] ?? "", quoted, source: found[0] });
    return true;
  }

  /** `$((…))`; false when it is a command in brackets after all. */
  #arithmetic(quoted: boolean, pieces: Piece[]): boolean {
    const [from, line] = [this.at, this.line];
    this.at += 3;
    const expression = this.deeper(() => this.expression(")", ")"));
    if (this.startsWith("))")) {
      this.at += 2;
      pieces.push({ kind: "arithmetic", expression, quoted });
      return true;
    }
    [this.at, this.line] = [from, line];
    return false;
  }

  #backquoted(mode: Mode, pieces: Piece[]): boolean {
    let source = "";
    let at = this.at + 1;
    for (; this.text[at] !== "`"; at++) {
      if (at >= this.text.length) throw new Incomplete("`");
      const next = this.text[at + 1] ?? "";
      if (this.text[at] === "\\" && ("\\$`".includes(next) || (mode.quoted && mode.double && next === '"'))) at++;
      source += this.text[at] ?? "";
    }
    this.at = at + 1;
    pieces.push({ kind: "command", body: this.deeper(() => this.inner(source)), quoted: mode.quoted });
    return true;
  }

  #cQuoted(pieces: Piece[]): boolean {
    let end = this.at + 2;
    while (this.text[end] !== "'") {
      if (end >= this.text.length) throw new Incomplete("'");
      end += this.text[end] === "\\" ? 2 : 1;
    }
    pieces.push({ kind: "text", text: unescapeC(this.text.slice(this.at + 2, end)), quoted: true });
    this.at = end + 1;
    return true;
  }

  #braced(mode: Mode): Parameter {
    const from = this.at;
    this.at += 2;
    const { quoted } = mode;
    const bad = (): never => {
      const end = this.text.indexOf("}", from);
      throw new SyntaxFault(`${this.text.slice(from, end < 0 ? undefined : end + 1)}: bad substitution`, this.line);
    };
    const lead =
      /^(?:#(?=[A-Za-z_0-9@*?$!#-])(?!#?})|!(?=[A-Za-z_]))/.exec(this.text.slice(this.at, this.at + 3))?.[0] ?? "";
    this.at += lead.length;
    const found = /^(?:[A-Za-z_]\w*|\d+|[?#@*$!-])/.exec(this.text.slice(this.at, this.at + 256));
    if (found === null) {
      if (this.peek() === "") throw new Incomplete("}");
      return bad();
    }
    const [name] = found;
    this.at += name.length;
    const index = this.peek() === "[" ? this.#index() : undefined;
    const rest = this.#operation(quoted, lead);
    if (this.peek() === "") throw new Incomplete("}");
    if (this.peek() !== "}") return bad();
    this.at++;
    const source = this.text.slice(from, this.at);
    return { kind: "parameter", name, quoted, source, ...rest, ...(index === undefined ? {} : { index }) };
  }

  #index(): Word {
    this.at++;
    const index = this.pieces({
      ends: (sign) => sign === "]",
      quoted: true,
      single: true,
      double: true,
      wanted: "]",
    });
    this.at++;
    return index;
  }

  #operation(quoted: boolean, lead: string): Pick<Parameter, "operator" | "word" | "second"> {
    if (lead === "#") return { operator: "length" };
    const found = /^(?::?[-=+?]|##?|%%?|\/[/#%]?|:|\^\^?|,,?)/.exec(this.text.slice(this.at, this.at + 2))?.[0];
    if (found === undefined) return lead === "!" ? { operator: "!" } : {};
    this.at += found.length;
    if (found === ":") {
      const word = this.#argument(quoted, ":}");
      if (this.peek() !== ":") return { operator: found, word };
      this.at++;
      return { operator: found, word, second: this.#argument(quoted, "}") };
    }
    if (!found.startsWith("/")) return { operator: found, word: this.#argument(quoted && !/[#%^,]/.test(found), "}") };
    const word = this.#argument(false, "/}");
    if (this.peek() !== "/") return { operator: found, word };
    this.at++;
    return { operator: found, word, second: this.#argument(quoted, "}") };
  }

  /** A word inside of `${…}`, up to one of the characters. */
  #argument(quoted: boolean, signs: string): Word {
    return this.pieces({
      ends: (sign) => signs.includes(sign),
      quoted,
      single: !quoted,
      double: true,
      wanted: "}",
      ...(quoted ? { escapes: '"\\$`}\n' } : {}),
    });
  }
}

const C_ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "\u0007",
    b: "\b",
    e: "\u001b",
    E: "\u001b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
    v: "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "?": "?",
  }),
);

/** The text between `$'` and `'`. */
function unescapeC(text: string): string {
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, ...groups: unknown[]) => {
      const [hex, short, long, octal, sign] = groups.map((each) => (typeof each === "string" ? each : undefined));
      const code = hex ?? short ?? long;
      if (code !== undefined) return codePoint(Number.parseInt(code, 16));
      if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
      return C_ESCAPES.get(sign ?? "") ?? whole;
    },
  );
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
