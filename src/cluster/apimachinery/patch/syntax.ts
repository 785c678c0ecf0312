// Why a text isn't JSON, in the words of Go's parser.

/** The answer to a patch that isn't JSON; undefined when it is JSON. */
// Models encoding/json checkValid
export function jsonSyntaxError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return new Scanner(text).complaint();
  }
}

/** Thrown where the text stops being JSON. */
class Odd {
  constructor(readonly words: string) {}
}

const CUT_OFF = "unexpected end of JSON input";
const ESCAPES = '"\\/bfnrt';

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  complaint(): string {
    try {
      this.#value();
      this.#space();
      return this.#at < this.#text.length ? this.#odd("after top-level value").words : CUT_OFF;
    } catch (odd) {
      if (!(odd instanceof Odd)) throw odd;
      return odd.words;
    }
  }

  #odd(where: string): Odd {
    const character = this.#text[this.#at];
    return new Odd(character === undefined ? CUT_OFF : `invalid character ${goQuoteChar(character)} ${where}`);
  }

  #space(): string {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at++;
    return this.#text[this.#at] ?? "";
  }

  #value(): void {
    const first = this.#space();
    if (first === "{") this.#list("}", "after object key:value pair", () => this.#member());
    else if (first === "[") this.#list("]", "after array element", () => this.#value());
    else if (first === '"') this.#string();
    else if (/[-0-9]/.test(first)) this.#number();
    else {
      const word = ["true", "false", "null"].find((each) => first !== "" && each.startsWith(first));
      if (word === undefined) throw this.#odd("looking for beginning of value");
      this.#literal(word);
    }
  }

  #list(end: string, after: string, item: () => void): void {
    this.#at++;
    if (this.#space() === end) {
      this.#at++;
      return;
    }
    for (;;) {
      item();
      const next = this.#space();
      if (next !== "," && next !== end) throw this.#odd(after);
      this.#at++;
      if (next === end) return;
    }
  }

  #member(): void {
    if (this.#space() !== '"') throw this.#odd("looking for beginning of object key string");
    this.#string();
    if (this.#space() !== ":") throw this.#odd("after object key");
    this.#at++;
    this.#value();
  }

  #string(): void {
    for (this.#at++; this.#text[this.#at] !== '"'; this.#at++) {
      if ((this.#text[this.#at] ?? "") < " ") throw this.#odd("in string literal");
      if (this.#text[this.#at] === "\\") this.#escape();
    }
    this.#at++;
  }

  #escape(): void {
    const code = this.#text[++this.#at] ?? "";
    if (code === "u") {
      for (let digits = 0; digits < 4; digits++)
        if (!/[0-9a-fA-F]/.test(this.#text[++this.#at] ?? "")) throw this.#odd("in \\u hexadecimal character escape");
    } else if (code === "" || !ESCAPES.includes(code)) throw this.#odd("in string escape code");
  }

  #number(): void {
    if (this.#text[this.#at] === "-") this.#at++;
    if (this.#text[this.#at] === "0") this.#at++;
    else this.#digits("in numeric literal");
    if (this.#text[this.#at] === ".") {
      this.#at++;
      this.#digits("after decimal point in numeric literal");
    }
    if (/[eE]/.test(this.#text[this.#at] ?? "")) {
      this.#at++;
      if (/[+-]/.test(this.#text[this.#at] ?? "")) this.#at++;
      this.#digits("in exponent of numeric literal");
    }
  }

  #digits(where: string): void {
    if (!/[0-9]/.test(this.#text[this.#at] ?? "")) throw this.#odd(where);
    while (/[0-9]/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  #literal(word: string): void {
    for (const expected of word) {
      if (this.#text[this.#at] !== expected) throw this.#odd(`in literal ${word} (expecting '${expected}')`);
      this.#at++;
    }
  }
}

const goQuoteChar = (character: string) =>
  character === "'" ? "'\\''" : character === '"' ? "'\"'" : `'${JSON.stringify(character).slice(1, -1)}'`;
