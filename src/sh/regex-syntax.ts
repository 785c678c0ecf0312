// POSIX regular expressions, basic and extended with GNU's additions, written again in RE2's syntax.

/** Which characters of an expression are special. */
export interface RegexOptions {
  /** `basic` as grep and sed without -E, `extended` as with it, `awk`, `perl` as grep -P, `fixed` as grep -F. */
  readonly syntax: "basic" | "extended" | "awk" | "perl" | "fixed";
  readonly ignoreCase?: boolean;
  /** Whether `^` and `$` also mean the beginning and end of each line. */
  readonly multiline?: boolean;
  /** The match must be a whole word, or the whole line. */
  readonly whole?: "word" | "line" | undefined;
}

type Syntax = RegexOptions["syntax"];
type Translated = { readonly text: string } | { readonly fault: string };

/** Writes an expression in RE2's syntax; a message in GNU's words when it cannot be read. */
export function translate(source: string, syntax: Syntax): Translated {
  if (syntax === "perl")
    return /\(\?[=!]|\\[1-9]/.test(source)
      ? { fault: "lookahead and back-references of -P are not simulated" }
      : { text: source };
  if (syntax === "fixed") return { text: source.split("\n").map(literal).join("|") };
  return new Translator(source, syntax).result();
}

function literal(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}

const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    w: "\\w",
    W: "\\W",
    s: "\\s",
    S: "\\S",
    b: "\\b",
    B: "\\B",
    "<": "\\b(?<!\\w)",
    ">": "\\b(?<=\\w)",
    "`": "\\A",
    "'": "\\z",
    n: "\\n",
    t: "\\t",
    f: "\\f",
    v: "\\v",
    r: "\\r",
    a: "\\x07",
  }),
);

const DEEPEST = 100;

class Translator {
  readonly #source: string;
  readonly #basic: boolean;
  readonly #awk: boolean;
  #at = 0;
  #depth = 0;
  #text = "";
  /** Whether something comes before that can be repeated. */
  #repeatable = false;
  #fault: string | undefined;

  constructor(source: string, syntax: Syntax) {
    this.#source = source;
    this.#basic = syntax === "basic";
    this.#awk = syntax === "awk";
  }

  result(): Translated {
    while (this.#at < this.#source.length && this.#fault === undefined) this.#next();
    if (this.#fault === undefined && this.#depth > 0) this.#fault = "Unmatched ( or \\(";
    return this.#fault === undefined ? { text: this.#text } : { fault: this.#fault };
  }

  #put(text: string, repeatable = true): void {
    this.#text += text;
    this.#repeatable = repeatable;
  }

  #next(): void {
    const sign = this.#source[this.#at] ?? "";
    if (sign === "\\") this.#escape();
    else if (sign === "[") this.#set();
    else if (sign === "\n") {
      this.#at++;
      this.#put("\\n");
    } else if (sign === ".") {
      this.#at++;
      this.#put(".");
    } else if (sign === "*") this.#repeat("*", 1);
    else if (sign === "^") this.#begin();
    else if (sign === "$") this.#end();
    else if (!this.#basic && "(){|+?".includes(sign)) this.#operator(sign, 1);
    else {
      const whole = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
      this.#at += whole.length;
      this.#put(literal(whole));
    }
  }

  #escape(): void {
    const next = this.#source[this.#at + 1];
    if (next === undefined) {
      this.#fault = "Trailing backslash";
      return;
    }
    if (this.#basic && "(){}|+?".includes(next)) {
      this.#operator(next, 2);
      return;
    }
    this.#at += 2;
    if (/[1-9]/.test(next) && !this.#awk) {
      this.#fault = "back-references are not simulated";
      return;
    }
    if (this.#awk && (next === '"' || next === "/")) this.#put(literal(next));
    else if (ESCAPES.has(next) && !(this.#awk && next === "b"))
      this.#put(ESCAPES.get(next) ?? "", !"bB<>`'".includes(next));
    else this.#put(literal(next));
  }

  #operator(sign: string, length: number): void {
    switch (sign) {
      case "(":
        this.#at += length;
        if (++this.#depth > DEEPEST) this.#fault = "Regular expression too big";
        this.#put("(", false);
        return;
      case ")":
        if (this.#depth === 0) {
          // A bracket without a partner stands for itself in extended syntax.
          if (this.#basic) this.#fault = "Unmatched ) or \\)";
          else this.#put("\\)");
          this.#at += length;
          return;
        }
        this.#at += length;
        this.#depth--;
        this.#put(")");
        return;
      case "|":
        this.#at += length;
        this.#put("|", false);
        return;
      case "{":
        this.#interval(length);
        return;
      case "}":
        this.#at += length;
        this.#put("\\}");
        return;
      default:
        this.#repeat(sign, length);
    }
  }

  /** `*`, `+`, `?`: with nothing before them they stand for themselves. */
  #repeat(sign: string, length: number): void {
    this.#at += length;
    if (!this.#repeatable) {
      if (this.#basic || this.#text.endsWith("(") || this.#text === "" || this.#text.endsWith("|")) {
        if (this.#basic && sign === "*") this.#put("\\*");
        else if (this.#basic) this.#put(`\\${sign}`);
        return;
      }
      this.#put(`\\${sign}`);
      return;
    }
    this.#stack(sign);
  }

  /** Puts a repetition behind what may already be repeated: `a**` means `(a*)*`. */
  #stack(repetition: string): void {
    if (/[*+?}]$/.test(this.#text) && !/(?:^|[^\\])(?:\\\\)*\\[*+?}]$/.test(this.#text.slice(-40))) {
      const from = this.#lastAtom();
      this.#text = `${this.#text.slice(0, from)}(?:${this.#text.slice(from)})${repetition}`;
      return;
    }
    this.#text += repetition;
  }

  /** Where the repeated piece at the end of the text begins. */
  #lastAtom(): number {
    let at = this.#text.length;
    while (at > 0 && /[*+?]/.test(this.#text[at - 1] ?? "")) at--;
    if (this.#text[at - 1] === "}") at = this.#text.lastIndexOf("{", at);
    if (this.#text[at - 1] === ")") {
      let depth = 0;
      for (at--; at >= 0; at--) {
        if (this.#text[at] === ")" && this.#text[at - 1] !== "\\") depth++;
        if (this.#text[at] === "(" && this.#text[at - 1] !== "\\" && --depth === 0) return at;
      }
      return 0;
    }
    if (this.#text[at - 1] === "]") return Math.max(0, this.#text.lastIndexOf("[", at));
    return Math.max(0, at - (this.#text[at - 2] === "\\" ? 2 : 1));
  }

  #interval(length: number): void {
    const match = /^(\d*)(?:(,)(\d*))?(\\?\})/.exec(this.#source.slice(this.#at + length, this.#at + length + 24));
    const closes = match !== null && match[4] === (this.#basic ? "\\}" : "}");
    if (match === null || !closes || !this.#repeatable || (match[1] === "" && match[2] === undefined)) {
      if (!this.#basic) {
        // Not an interval: the brace stands for itself.
        this.#at += length;
        this.#put("\\{");
        return;
      }
      this.#fault = this.#repeatable
        ? this.#source.includes("\\}", this.#at)
          ? "Invalid content of \\{\\}"
          : "Unmatched \\{"
        : "Invalid preceding regular expression";
      return;
    }
    const [whole, low = "", comma = "", high = ""] = match;
    if (Number(low) > 32_767 || Number(high) > 32_767) this.#fault = "Regular expression too big";
    else if (high !== "" && Number(high) < Number(low)) this.#fault = "Invalid content of \\{\\}";
    this.#at += length + whole.length;
    if (this.#fault === undefined) this.#stack(`{${low === "" ? "0" : low}${comma}${high}}`);
  }

  #begin(): void {
    this.#at++;
    const first = this.#text === "" || /(?:^|[^\\])(?:\\\\)*[(|]$/.test(this.#text.slice(-40));
    if (this.#basic && !first) this.#put("\\^");
    else this.#put("^", false);
  }

  #end(): void {
    this.#at++;
    const rest = this.#source.slice(this.#at, this.#at + 2);
    if (this.#basic && rest !== "" && rest !== "\\)" && rest !== "\\|") this.#put("\\$");
    else this.#put("$", false);
  }

  /** `[…]`: a bracket that comes first is one of its characters, and backslashes stand for themselves, but not in awk. */
  #set(): void {
    const source = this.#source;
    let at = this.#at + 1;
    let text = "[";
    if (source[at] === "^") {
      text += "^";
      at++;
    }
    for (let begun = false; ; begun = true) {
      const sign = source[at];
      if (sign === undefined) {
        this.#fault = this.#basic || !this.#awk ? "Unmatched [, [^, [:, [., or [=" : "unterminated [";
        return;
      }
      if (sign === "]" && begun) break;
      const special = /^\[([:.=])/.exec(source.slice(at, at + 2))?.[1];
      if (special !== undefined) {
        const end = source.indexOf(`${special}]`, at + 2);
        if (end < 0) {
          this.#fault = "Unmatched [, [^, [:, [., or [=";
          return;
        }
        const name = source.slice(at + 2, end);
        if (special === ":" && !CLASSES.has(name)) {
          this.#fault = "Invalid character class name";
          return;
        }
        text += special === ":" ? `[:${name}:]` : setSign(name);
        at = end + 2;
        continue;
      }
      const [from, next] = this.#setSign(at);
      const isRange = source[next] === "-" && source[next + 1] !== undefined && source[next + 1] !== "]";
      if (!isRange) {
        text += from;
        at = next;
        continue;
      }
      const [to, after] = this.#setSign(next + 1);
      text += `${from}-${to}`;
      at = after;
    }
    this.#at = at + 1;
    this.#put(`${text}]`);
  }

  /** One character of a set as RE2 writes it, and where the next begins. */
  #setSign(at: number): [string, number] {
    const source = this.#source;
    const sign = String.fromCodePoint(source.codePointAt(at) ?? 0);
    const next = source[at + 1] ?? "";
    if (sign !== "\\") return [setSign(sign), at + sign.length];
    if ("ntfvr".includes(next) && next !== "") return [`\\${next}`, at + 2];
    if (this.#awk && next !== "") return [setSign(next), at + 2];
    return ["\\\\", at + 1];
  }
}

const CLASSES = new Set("alnum alpha blank cntrl digit graph lower print punct space upper xdigit".split(" "));

function setSign(sign: string): string {
  return /^[\\\]^[-]$/.test(sign) ? `\\${sign}` : sign;
}
