// `expr`: arithmetic and comparisons of words.
import type { Program } from "../machine.ts";
import { compileRegex } from "../regex.ts";

class ExprFault extends Error {
  override name = "ExprFault";
}

const LEVELS = [["|"], ["&"], ["<", "<=", "=", "==", "!=", ">=", ">"], ["+", "-"], ["*", "/", "%"], [":"]];
const INTEGER = /^-?\d{1,18}$/;

/** `expr EXPRESSION`. */
export const expr: Program = (words, io) => {
  try {
    const evaluator = new Evaluator(words[1] === "--" ? words.slice(2) : words.slice(1));
    const value = evaluator.whole();
    io.out(`${value}\n`);
    return value === "" || value === "0" ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ExprFault)) throw error;
    io.err(`expr: ${error.message}\n`);
    return 2;
  }
};

class Evaluator {
  readonly #words: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  whole(): string {
    if (this.#words.length === 0) throw new ExprFault("missing operand\nTry 'expr --help' for more information.");
    const value = this.#level(0);
    const extra = this.#words[this.#at];
    if (extra !== undefined) throw new ExprFault(`syntax error: unexpected argument '${extra}'`);
    return value;
  }

  #level(level: number): string {
    const signs = LEVELS[level];
    if (signs === undefined) return this.#operand();
    let left = this.#level(level + 1);
    for (let sign = this.#words[this.#at]; sign !== undefined && signs.includes(sign); sign = this.#words[this.#at]) {
      this.#at++;
      left = apply(sign, left, this.#level(level + 1));
    }
    return left;
  }

  #next(): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new ExprFault(`syntax error: missing argument after '${this.#words.at(-1)}'`);
    return word;
  }

  #operand(): string {
    const word = this.#next();
    if (word === "(") {
      if (++this.#depth > 100) throw new ExprFault("nested too deeply");
      const value = this.#level(0);
      if (this.#words[this.#at++] !== ")")
        throw new ExprFault(`syntax error: expecting ')' after '${this.#words[this.#at - 2]}'`);
      this.#depth--;
      return value;
    }
    if (this.#words[this.#at] === undefined) return word;
    switch (word) {
      case "length":
        return String(Array.from(this.#operand()).length);
      case "match":
        return apply(":", this.#operand(), this.#operand());
      case "index": {
        const [text, signs] = [this.#operand(), this.#operand()];
        return String(Array.from(text).findIndex((sign) => signs.includes(sign)) + 1);
      }
      case "substr": {
        const [text, from, length] = [this.#operand(), Number(this.#operand()), Number(this.#operand())];
        return from < 1 || length < 1 ? "" : text.slice(from - 1, from - 1 + length);
      }
    }
    return word;
  }
}

function apply(sign: string, a: string, b: string): string {
  switch (sign) {
    case "|":
      return a !== "" && a !== "0" ? a : b === "" ? "0" : b;
    case "&":
      return a !== "" && a !== "0" && b !== "" && b !== "0" ? a : "0";
    case ":": {
      const regex = compileRegex(`^${b.replace(/^\^/, "")}`, { syntax: "basic" });
      if (typeof regex === "string") throw new ExprFault(regex);
      const found = regex.exec(a, 0);
      if (regex.groups > 0) return found?.groups[1] ?? "";
      return String(found === undefined ? 0 : found.end);
    }
  }
  const numbers = INTEGER.test(a) && INTEGER.test(b);
  if (/^(?:[<>]=?|==?|!=)$/.test(sign)) {
    const [x, y] = numbers ? [BigInt(a), BigInt(b)] : [a, b];
    const held =
      sign === "<"
        ? x < y
        : sign === "<="
          ? x <= y
          : sign === ">"
            ? x > y
            : sign === ">="
              ? x >= y
              : sign === "!="
                ? x !== y
                : x === y;
    return held ? "1" : "0";
  }
  if (!numbers) throw new ExprFault("non-integer argument");
  const [x, y] = [BigInt(a), BigInt(b)];
  if (y === 0n && (sign === "/" || sign === "%")) throw new ExprFault("division by zero");
  return String(sign === "+" ? x + y : sign === "-" ? x - y : sign === "*" ? x * y : sign === "/" ? x / y : x % y);
}
