// `test`, `[` and the tests of `[[`: conditions on texts, numbers and files.
import type { Paths, ProgramIO } from "./machine.ts";

/** `-f FILE`, `-z TEXT`; a message when there is no such test. */
export function testUnary(operator: string, text: string, paths: Paths): boolean | string {
  switch (operator) {
    case "-z":
      return text === "";
    case "-n":
      return text !== "";
    case "-t":
      return false;
    case "-h":
    case "-L":
    case "-p":
    case "-S":
    case "-b":
    case "-g":
    case "-u":
    case "-k":
      return false;
  }
  const found = paths.stat(text);
  switch (operator) {
    case "-e":
    case "-a":
      return found !== undefined;
    case "-f":
      return found?.kind === "file";
    case "-d":
      return found?.kind === "directory";
    case "-c":
      return found?.kind === "device";
    case "-s":
      return found !== undefined && found.size > 0;
    case "-r":
    case "-w":
    case "-O":
    case "-G":
    case "-N":
      return found !== undefined;
    case "-x":
      return found !== undefined && (found.mode & 0o111) !== 0;
  }
  return `${operator}: unary operator expected`;
}

const NUMBERS: ReadonlyMap<string, (a: bigint, b: bigint) => boolean> = new Map(
  Object.entries({
    "-eq": (a, b) => a === b,
    "-ne": (a, b) => a !== b,
    "-lt": (a, b) => a < b,
    "-le": (a, b) => a <= b,
    "-gt": (a, b) => a > b,
    "-ge": (a, b) => a >= b,
  }),
);

/** `A = B`, `N -lt M`, `FILE -nt FILE`; a message when it is undecidable. */
export function testBinary(a: string, operator: string, b: string, paths: Paths): boolean | string {
  switch (operator) {
    case "=":
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case ">":
      return a > b;
    case "-nt":
      return (paths.stat(a)?.changedAt ?? -1) > (paths.stat(b)?.changedAt ?? -1);
    case "-ot":
      return (paths.stat(a)?.changedAt ?? -1) < (paths.stat(b)?.changedAt ?? -1);
    case "-ef":
      return paths.stat(a) !== undefined && paths.full(a) === paths.full(b);
  }
  const compare = NUMBERS.get(operator);
  if (compare === undefined) return `${operator}: binary operator expected`;
  const wrong = [a, b].find((each) => !/^\s*[+-]?\d+\s*$/.test(each));
  if (wrong !== undefined) return `${wrong}: integer expression expected`;
  return compare(BigInt(a.trim().replace("+", "")), BigInt(b.trim().replace("+", "")));
}

const BINARY = new Set(["=", "==", "!=", "<", ">", "-nt", "-ot", "-ef", ...NUMBERS.keys()]);

/** Whether the words of `test` hold; a message when that is undecidable. */
export function testWords(words: readonly string[], io: Pick<ProgramIO, "files">): boolean | string {
  return new Test(words, io.files).result();
}

class Test {
  readonly #words: readonly string[];
  readonly #paths: Paths;
  #at = 0;

  constructor(words: readonly string[], paths: Paths) {
    this.#words = words;
    this.#paths = paths;
  }

  result(): boolean | string {
    const known = this.#byCount(this.#words);
    if (known !== undefined) return known;
    const held = this.#or();
    if (typeof held === "string" || this.#at === this.#words.length) return held;
    return "too many arguments";
  }

  /** POSIX's rules for up to four words, which let operators count as texts. */
  #byCount(words: readonly string[]): boolean | string | undefined {
    const [a = "", b = "", c = "", d = ""] = words;
    switch (words.length) {
      case 0:
        return false;
      case 1:
        return a !== "";
      case 2:
        return a === "!" ? b === "" : testUnary(a, b, this.#paths);
      case 3:
        if (BINARY.has(b)) return testBinary(a, b, c, this.#paths);
        if (b === "-a" || b === "-o") return undefined;
        if (a === "!") return negated(this.#byCount([b, c]));
        if (a === "(" && c === ")") return b !== "";
        return `${b}: binary operator expected`;
      case 4:
        if (a === "!") return negated(this.#byCount([b, c, d]));
        if (a === "(" && d === ")") return this.#byCount([b, c]);
        return undefined;
    }
    return undefined;
  }

  #or(): boolean | string {
    let left = this.#and();
    while (typeof left !== "string" && this.#words[this.#at] === "-o") {
      this.#at++;
      const right = this.#and();
      left = typeof right === "string" ? right : left || right;
    }
    return left;
  }

  #and(): boolean | string {
    let left = this.#term();
    while (typeof left !== "string" && this.#words[this.#at] === "-a") {
      this.#at++;
      const right = this.#term();
      left = typeof right === "string" ? right : left && right;
    }
    return left;
  }

  #term(): boolean | string {
    let turned = false;
    for (; this.#words[this.#at] === "!"; this.#at++) turned = !turned;
    const held = this.#plain();
    return turned ? (negated(held) ?? false) : held;
  }

  #plain(): boolean | string {
    const [first, second, third] = this.#words.slice(this.#at, this.#at + 3);
    if (first === undefined) return "argument expected";
    if (first === "(") {
      this.#at++;
      const held = this.#or();
      if (this.#words[this.#at] !== ")") return "`)' expected";
      this.#at++;
      return held;
    }
    if (second !== undefined && third !== undefined && BINARY.has(second)) {
      this.#at += 3;
      return testBinary(first, second, third, this.#paths);
    }
    if (second !== undefined && /^-[a-zA-Z]$/.test(first) && second !== "-a" && second !== "-o") {
      this.#at += 2;
      return testUnary(first, second, this.#paths);
    }
    this.#at++;
    return first !== "";
  }
}

function negated(held: boolean | string | undefined): boolean | string | undefined {
  return typeof held === "boolean" ? !held : held;
}
