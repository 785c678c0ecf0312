// The commands of sed's scripts.
import { compileRegex, type Regex } from "../regex.ts";

/** A script that cannot be read; the message is GNU sed's behind `char N: `. */
export class SedFault extends Error {
  override name = "SedFault";
}

export type Address =
  | { readonly kind: "line"; readonly line: number }
  | { readonly kind: "last" }
  /** undefined: the expression that was used last. */
  | { readonly kind: "regex"; readonly regex: Regex | undefined }
  | { readonly kind: "step"; readonly first: number; readonly step: number }
  | { readonly kind: "plus"; readonly lines: number }
  | { readonly kind: "multiple"; readonly of: number };

/** What replaces a match: texts, groups by number, and changes of case. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "group"; readonly group: number }
  | { readonly kind: "case"; readonly letter: string };

export interface Substitution {
  readonly regex: Regex | undefined;
  readonly parts: readonly Part[];
  readonly all: boolean;
  /** The first match that is replaced. */
  readonly from: number;
  readonly print: boolean;
  readonly file?: string;
}

export interface SedCommand {
  readonly name: string;
  readonly addresses: readonly Address[];
  readonly negated: boolean;
  /** Text of `a`, `i`, `c`; label; file name; exit status. */
  readonly text: string;
  readonly substitution?: Substitution;
  readonly mapping?: ReadonlyMap<string, string>;
  /** Of `{` the place of its `}`. */
  partner?: number;
}

/** Reads a script. @throws SedFault */
export function parseSed(text: string, extended: boolean): SedCommand[] {
  return new Parser(text, extended).commands();
}

const TEXT = new Set(["a", "i", "c"]);
const PLAIN = new Set([..."=dDgGhHlnNpPxzF"]);
const WORDY = new Set([":", "b", "t", "T", "r", "w", "R", "W", "q", "Q", "L", "v"]);

class Parser {
  readonly #text: string;
  readonly #extended: boolean;
  readonly #commands: SedCommand[] = [];
  readonly #open: number[] = [];
  #at = 0;

  constructor(text: string, extended: boolean) {
    this.#text = text;
    this.#extended = extended;
  }

  commands(): SedCommand[] {
    for (;;) {
      this.#blanks(/[\s;]/);
      if (this.#at >= this.#text.length) break;
      this.#command();
    }
    if (this.#open.length > 0) throw new SedFault("char 0: unmatched `{'");
    const labels = new Set(this.#commands.filter(({ name }) => name === ":").map(({ text }) => text));
    const missing = this.#commands.find(({ name, text }) => /^[btT]$/.test(name) && text !== "" && !labels.has(text));
    if (missing !== undefined) throw new SedFault(`can't find label for jump to \`${missing.text}'`);
    return this.#commands;
  }

  #fault(message: string): SedFault {
    return new SedFault(`char ${this.#at}: ${message}`);
  }

  #peek(): string {
    return this.#text[this.#at] ?? "";
  }

  #blanks(sign = /[ \t]/): void {
    while (this.#at < this.#text.length && sign.test(this.#peek())) this.#at++;
  }

  #command(): void {
    if (this.#peek() === "#") {
      this.#line();
      return;
    }
    const addresses = this.#addresses();
    this.#blanks();
    let negated = false;
    while (this.#peek() === "!") {
      negated = true;
      this.#at++;
      this.#blanks();
    }
    const name = this.#peek();
    this.#at++;
    if (name === "") throw this.#fault("missing command");
    if (name === "}" || name === ":") {
      if (addresses.length > 0)
        throw this.#fault(name === "}" ? "} doesn't want any addresses" : ": doesn't want any addresses");
    }
    const head = { name, addresses, negated, text: "" };
    if (name === "}") this.#close(head);
    else if (name === "{") {
      this.#open.push(this.#commands.length);
      this.#commands.push(head);
    } else this.#rest(head);
  }

  #close(head: SedCommand): void {
    const open = this.#open.pop();
    if (open === undefined) throw this.#fault("unexpected `}'");
    const opening = this.#commands[open];
    if (opening !== undefined) opening.partner = this.#commands.length;
    this.#commands.push(head);
    this.#end();
  }

  #rest(head: SedCommand): void {
    const { name } = head;
    if (name === "s") this.#commands.push({ ...head, substitution: this.#substitution() });
    else if (name === "y") this.#commands.push({ ...head, mapping: this.#mapping() });
    else if (TEXT.has(name)) {
      this.#commands.push({ ...head, text: this.#added() });
      return;
    } else if (WORDY.has(name)) {
      this.#blanks();
      const toLine = /[rwRW:]/.test(name);
      const from = this.#at;
      while (this.#at < this.#text.length && !(toLine ? /\n/ : /[\n;}]/).test(this.#peek())) {
        if (name === ":" && /[;\s]/.test(this.#peek())) break;
        this.#at++;
      }
      const text = this.#text.slice(from, this.#at).trim();
      if (name === ":" && text === "") throw this.#fault('":" lacks a label');
      if (/[rwRW]/.test(name) && text === "") throw this.#fault("missing filename in r/R/w/W commands");
      this.#commands.push({ ...head, text });
      return;
    } else if (PLAIN.has(name)) this.#commands.push(head);
    else throw this.#fault(`unknown command: \`${name}'`);
    this.#end();
  }

  /** Nothing but the end of a command may come here. */
  #end(): void {
    this.#blanks();
    const sign = this.#peek();
    if (sign === "" || sign === "\n" || sign === ";" || sign === "}" || sign === "#") return;
    this.#at++;
    throw this.#fault("extra characters after command");
  }

  #line(): string {
    const end = this.#text.indexOf("\n", this.#at);
    const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return line;
  }

  /** The text of `a`, `i` and `c`: on the same line, or on those behind a backslash. */
  #added(): string {
    this.#blanks();
    if (this.#peek() === "\\") {
      this.#at++;
      this.#blanks();
      if (this.#peek() === "\n") this.#at++;
    }
    if (this.#at >= this.#text.length) throw this.#fault("expected \\ after `a', `c' or `i'");
    let text = "";
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#peek();
      if (sign === "\\" && this.#at + 1 < this.#text.length) {
        this.#at++;
        text += this.#peek() === "t" && text !== "" ? "\t" : this.#peek();
      } else if (sign === "\n") {
        this.#at++;
        break;
      } else text += sign;
    }
    return `${text}\n`;
  }

  #addresses(): Address[] {
    const first = this.#address(false);
    if (first === undefined) return [];
    this.#blanks();
    if (this.#peek() !== ",") return [first];
    this.#at++;
    this.#blanks();
    const second = this.#address(true);
    if (second === undefined) throw this.#fault("unexpected `,'");
    return [first, second];
  }

  #number(): number | undefined {
    const found = /^\d{1,15}/.exec(this.#text.slice(this.#at, this.#at + 16))?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return Number(found);
  }

  #address(second: boolean): Address | undefined {
    const sign = this.#peek();
    if (sign === "$") {
      this.#at++;
      return { kind: "last" };
    }
    if (second && (sign === "+" || sign === "~")) {
      this.#at++;
      const lines = this.#number();
      if (lines === undefined) throw this.#fault("expected number");
      return sign === "+" ? { kind: "plus", lines } : { kind: "multiple", of: lines };
    }
    if (sign === "/" || sign === "\\") {
      if (sign === "\\") this.#at++;
      const delimiter = this.#peek();
      this.#at++;
      const source = this.#until(delimiter, "regex");
      if (source === undefined) throw this.#fault("unterminated address regex");
      let ignoreCase = false;
      let multiline = false;
      for (; /[IM]/.test(this.#peek()); this.#at++) {
        if (this.#peek() === "I") ignoreCase = true;
        else multiline = true;
      }
      return { kind: "regex", regex: this.#regex(source, ignoreCase, multiline) };
    }
    const first = this.#number();
    if (first === undefined) return undefined;
    if (this.#peek() !== "~") {
      if (first === 0 && !second && this.#peek() !== ",") {
        this.#at++;
        throw this.#fault("invalid usage of line address 0");
      }
      return { kind: "line", line: first };
    }
    this.#at++;
    return { kind: "step", first, step: this.#number() ?? 0 };
  }

  #regex(source: string, ignoreCase: boolean, multiline: boolean): Regex | undefined {
    if (source === "") return undefined;
    const regex = compileRegex(source, { syntax: this.#extended ? "extended" : "basic", ignoreCase, multiline });
    if (typeof regex === "string") throw this.#fault(regex);
    return regex;
  }

  /** The text up to a delimiter, which is taken; an escaped delimiter stands for itself. Undefined when it never comes. */
  #until(delimiter: string, of: "regex" | "text"): string | undefined {
    let text = "";
    let inSet = false;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#peek();
      if (sign === "\\") {
        const next = this.#text[this.#at + 1] ?? "";
        this.#at++;
        if (next === delimiter && of === "regex")
          text += /[.*[\]^$+?(){}|]/.test(delimiter) && delimiter !== "|" ? `\\${delimiter}` : delimiter;
        else text += next === delimiter && next !== "&" ? next : `\\${next}`;
      } else if (of === "regex" && inSet) {
        text += sign;
        if (sign === "]") inSet = false;
      } else if (sign === delimiter) {
        this.#at++;
        return text;
      } else if (of === "regex" && sign === "\n") return undefined;
      else {
        text += sign;
        if (of === "regex" && sign === "[") {
          inSet = true;
          for (const lead of ["^", "]"])
            if (this.#text[this.#at + 1] === lead) {
              text += lead;
              this.#at++;
            }
        }
      }
    }
    return undefined;
  }

  #substitution(): Substitution {
    const delimiter = this.#peek();
    if (delimiter === "" || delimiter === "\n" || delimiter === "\\") throw this.#fault("unterminated `s' command");
    this.#at++;
    const source = this.#until(delimiter, "regex");
    const by = source === undefined ? undefined : this.#until(delimiter, "text");
    if (source === undefined || by === undefined) throw this.#fault("unterminated `s' command");
    const flags = this.#flags();
    const regex = this.#regex(source, flags.ignoreCase, flags.multiline);
    const parts = partsOf(by);
    const highest = Math.max(0, ...parts.map((part) => (part.kind === "group" ? part.group : 0)));
    if (regex !== undefined && highest > regex.groups)
      throw this.#fault(`invalid reference \\${highest} on \`s' command's RHS`);
    const { all, from, print, file } = flags;
    return { regex, parts, all, from, print, ...(file === undefined ? {} : { file }) };
  }

  #flags() {
    const flags: {
      all: boolean;
      from: number;
      print: boolean;
      ignoreCase: boolean;
      multiline: boolean;
      file: string | undefined;
    } = {
      all: false,
      from: 0,
      print: false,
      ignoreCase: false,
      multiline: false,
      file: undefined,
    };
    for (;;) {
      const sign = this.#peek();
      if (/\d/.test(sign)) {
        if (flags.from > 0) throw this.#fault("multiple number options to `s' command");
        flags.from = this.#number() ?? 0;
        if (flags.from === 0) throw this.#fault("number option to `s' command may not be zero");
        continue;
      }
      if (sign === "" || /[\s;}#]/.test(sign)) break;
      this.#at++;
      if (sign === "g") {
        if (flags.all) throw this.#fault("multiple `g' options to `s' command");
        flags.all = true;
      } else if (sign === "p") {
        if (flags.print) throw this.#fault("multiple `p' options to `s' command");
        flags.print = true;
      } else if (sign === "i" || sign === "I") flags.ignoreCase = true;
      else if (sign === "m" || sign === "M") flags.multiline = true;
      else if (sign === "w") {
        flags.file = this.#line().trim();
        if (flags.file === "") throw this.#fault("missing filename in r/R/w/W commands");
        break;
      } else throw this.#fault(sign === "e" ? "e of `s' is not simulated" : "unknown option to `s'");
    }
    return { ...flags, from: Math.max(1, flags.from) };
  }

  #mapping(): ReadonlyMap<string, string> {
    const delimiter = this.#peek();
    this.#at++;
    const from = this.#until(delimiter, "text");
    const to = from === undefined ? undefined : this.#until(delimiter, "text");
    if (from === undefined || to === undefined) throw this.#fault("unterminated `y' command");
    const [a, b] = [Array.from(plain(from)), Array.from(plain(to))];
    if (a.length !== b.length) throw this.#fault("strings for `y' command are different lengths");
    return new Map(a.map((sign, at) => [sign, b[at] ?? ""]));
  }
}

function plain(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, sign: string) =>
    sign === "n" ? "\n" : sign === "t" ? "\t" : sign === "\\" ? "\\" : whole,
  );
}

/** What follows the second delimiter of `s`. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let open = "";
  const flush = () => {
    if (open !== "") parts.push({ kind: "text", text: open });
    open = "";
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === "&") {
      flush();
      parts.push({ kind: "group", group: 0 });
    } else if (sign !== "\\") open += sign;
    else {
      const next = text[++at] ?? "";
      if (/\d/.test(next)) {
        flush();
        parts.push({ kind: "group", group: Number(next) });
      } else if (/[ULEul]/.test(next)) {
        flush();
        parts.push({ kind: "case", letter: next });
      } else open += next === "n" ? "\n" : next === "t" ? "\t" : next === "r" ? "\r" : next;
    }
  }
  flush();
  return parts;
}
