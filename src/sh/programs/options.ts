// Options of programs, and the texts that they work on.
import { FileError } from "../files.ts";
import type { ProgramIO } from "../machine.ts";
import type { Task } from "../task.ts";

/** Words that are not options, and the options that were given. */
export interface Options {
  readonly flags: ReadonlySet<string>;
  /** The last value of each option that takes one. */
  readonly values: ReadonlyMap<string, string>;
  /** All values of an option that may be given several times. */
  all(letter: string): readonly string[];
  readonly rest: readonly string[];
  /** What is wrong with the options, in GNU's words without the program's name. */
  readonly fault: string | undefined;
}

/** Which options a program has: letters, those with values, and long names for letters (or for themselves). */
export interface OptionTable {
  readonly flags: string;
  readonly valued?: string;
  readonly long?: Readonly<Record<string, string>>;
  /** Whether options end at the first word that is none. */
  readonly strict?: boolean;
  /** Whether `-5` is a number, kept as the value of `#`. */
  readonly numbers?: boolean;
}

/** Takes `-n 5`, `-n5`, `-nr`, `--lines=5` apart. */
export function readOptions(words: readonly string[], table: OptionTable): Options {
  const reader = new Reader(words, table);
  return reader.read();
}

class Reader {
  readonly #words: readonly string[];
  readonly #table: OptionTable;
  readonly #flags = new Set<string>();
  readonly #values = new Map<string, string[]>();
  readonly #rest: string[] = [];
  #fault: string | undefined;
  #at = 1;

  constructor(words: readonly string[], table: OptionTable) {
    this.#words = words;
    this.#table = table;
  }

  read(): Options {
    for (; this.#at < this.#words.length && this.#fault === undefined; this.#at++) {
      const word = this.#words[this.#at] ?? "";
      if (word === "--") {
        this.#rest.push(...this.#words.slice(this.#at + 1));
        break;
      }
      if (word.startsWith("--")) this.#long(word);
      else if (this.#table.numbers === true && /^-\d+$/.test(word)) this.#put("#", word.slice(1));
      else if (word.startsWith("-") && word !== "-") this.#short(word);
      else if (this.#table.strict === true) {
        this.#rest.push(...this.#words.slice(this.#at));
        break;
      } else this.#rest.push(word);
    }
    const values = new Map(Array.from(this.#values, ([letter, all]) => [letter, all.at(-1) ?? ""]));
    return {
      flags: this.#flags,
      values,
      rest: this.#rest,
      fault: this.#fault,
      all: (letter) => this.#values.get(letter) ?? [],
    };
  }

  #put(letter: string, value: string): void {
    this.#values.set(letter, [...(this.#values.get(letter) ?? []), value]);
  }

  #long(word: string): void {
    const sign = word.indexOf("=");
    const name = word.slice(2, sign < 0 ? undefined : sign);
    const known = new Map(Object.entries(this.#table.long ?? {}));
    const matching = known.has(name) ? [name] : [...known.keys()].filter((each) => each.startsWith(name));
    const letter = matching.length === 1 ? known.get(matching[0] ?? "") : undefined;
    if (letter === undefined) {
      this.#fault = matching.length > 1 ? `option '--${name}' is ambiguous` : `unrecognized option '--${name}'`;
      return;
    }
    if (!(this.#table.valued ?? "").includes(letter)) {
      this.#flags.add(letter);
      if (sign >= 0 && !"?".includes(letter)) this.#put(letter, word.slice(sign + 1));
      return;
    }
    const value = sign >= 0 ? word.slice(sign + 1) : this.#words[++this.#at];
    if (value === undefined) this.#fault = `option '--${name}' requires an argument`;
    else this.#put(letter, value);
  }

  #short(word: string): void {
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? "";
      if ((this.#table.valued ?? "").includes(letter)) {
        const value = word.slice(i + 1) || this.#words[++this.#at];
        if (value === undefined) this.#fault = `option requires an argument -- '${letter}'`;
        else this.#put(letter, value);
        return;
      }
      if (this.#table.numbers === true && /^\d+$/.test(word.slice(i))) {
        this.#put("#", word.slice(i));
        return;
      }
      if (!this.#table.flags.includes(letter)) {
        this.#fault = `invalid option -- '${letter}'`;
        return;
      }
      this.#flags.add(letter);
    }
  }
}

/** Prints what is wrong with options as GNU's tools do; the exit status. */
export function badOptions(name: string, { fault }: Options, io: ProgramIO, status = 1): number {
  io.err(`${name}: ${fault}\n`);
  if (io.machine.tools === "gnu") io.err(`Try '${name} --help' for more information.\n`);
  return status;
}

/** Says what is wrong with a file, as the machine's tools do. */
export function fileFault(name: string, path: string, error: FileError, io: ProgramIO): void {
  if (io.machine.tools === "busybox") {
    const cannotOpen =
      error.fault === "EISDIR" ? `read error: ${error.message}` : `can't open '${path}': ${error.message}`;
    io.err(`${name}: ${cannotOpen}\n`);
  } else io.err(`${name}: ${path}: ${error.message}\n`);
}

/** The text of a file, or of standard input for `-`; undefined, and said so, when it cannot be read. */
export function* textOf(name: string, path: string, io: ProgramIO, fault = fileFault): Task<string | undefined> {
  if (path === "-" || path === "/dev/stdin") return yield* io.stdin.rest();
  try {
    return io.files.read(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    fault(name, path, error, io);
    return undefined;
  }
}

/** The texts of files one after another, of standard input when none is named, and whether all could be read. */
export function* textsOf(
  name: string,
  paths: readonly string[],
  io: ProgramIO,
  fault = fileFault,
): Task<{ text: string; complete: boolean }> {
  const texts: string[] = [];
  let complete = true;
  for (const path of paths.length === 0 ? ["-"] : paths) {
    const text = yield* textOf(name, path, io, fault);
    if (text === undefined) complete = false;
    else texts.push(text);
  }
  return { text: texts.join(""), complete };
}

/** The lines of a text, without their newlines. */
export function linesOf(text: string): string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

/** Lines as they are printed. */
export function printed(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** A count as `head -n` takes it, `10`, `1K`; undefined when it is none. */
export function countOf(word: string): number | undefined {
  const match = /^([+-]?\d{1,15})([kKMG]?)(?:i?B)?$/.exec(word);
  if (match === null) return undefined;
  const unit = "kmg".indexOf((match[2] ?? "").toLowerCase());
  return Number(match[1]) * (match[2] === "" ? 1 : 1024 ** (unit + 1));
}
