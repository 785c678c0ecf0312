// `grep`, `egrep`, `fgrep`.
import { FileError } from "../files.ts";
import type { Program, ProgramIO } from "../machine.ts";
import { matches as fits, patternOf } from "../pattern.ts";
import { allMatches, compileRegex, type Regex } from "../regex.ts";
import { type Input, inputOf } from "../streams.ts";
import type { Task } from "../task.ts";
import { type Options, readOptions } from "./options.ts";

const LONG = {
  "extended-regexp": "E",
  "fixed-strings": "F",
  "perl-regexp": "P",
  "basic-regexp": "G",
  "ignore-case": "i",
  "invert-match": "v",
  "word-regexp": "w",
  "line-regexp": "x",
  count: "c",
  quiet: "q",
  silent: "q",
  "line-number": "n",
  "only-matching": "o",
  "files-with-matches": "l",
  "files-without-match": "L",
  "no-filename": "h",
  "with-filename": "H",
  "no-messages": "s",
  recursive: "r",
  regexp: "e",
  file: "f",
  "after-context": "A",
  "before-context": "B",
  context: "C",
  "max-count": "m",
  color: "?",
  colour: "?",
  "line-buffered": "U",
  text: "a",
  include: "Y",
  exclude: "J",
};
const USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

const grep = (own: "" | "E" | "F"): Program =>
  function* (words, io) {
    const options = readOptions(words, {
      flags: "EFPGivwxcqnolLhHsrRaUbzIZ",
      valued: "efABCmYJ",
      long: LONG,
      numbers: true,
    });
    if (options.fault !== undefined) {
      io.err(`grep: ${options.fault}\n${USAGE}`);
      return 2;
    }
    const patterns = yield* patternsOf(options, io);
    if (patterns === undefined) return 2;
    const files = options.values.has("e") || options.values.has("f") ? options.rest : options.rest.slice(1);
    const regex = compiled(patterns, options.flags, own);
    if (typeof regex === "string") {
      io.err(`grep: ${regex}\n`);
      return 2;
    }
    const context = contextOf(options, io);
    if (context === undefined) return 2;
    return yield* new Grep(regex, options, context, io).run(files);
  };

function* patternsOf(options: Options, io: ProgramIO): Task<string[] | undefined> {
  const patterns = options.all("e").flatMap((text) => text.split("\n"));
  for (const path of options.all("f")) {
    try {
      const text = path === "-" ? yield* io.stdin.rest() : io.files.read(path);
      patterns.push(
        ...text
          .replace(/\n$/, "")
          .split("\n")
          .filter((line) => text !== "" || line !== ""),
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.err(`grep: ${path}: ${error.message}\n`);
      return undefined;
    }
  }
  if (options.values.has("e") || options.values.has("f")) return patterns;
  const [first] = options.rest;
  if (first === undefined) {
    io.err(USAGE);
    return undefined;
  }
  return first.split("\n");
}

function compiled(patterns: readonly string[], flags: ReadonlySet<string>, own: string): Regex | string {
  const syntax =
    flags.has("F") || own === "F"
      ? "fixed"
      : flags.has("P")
        ? "perl"
        : flags.has("E") || own === "E"
          ? "extended"
          : "basic";
  const joint = syntax === "basic" ? "\\|" : syntax === "fixed" ? "\n" : "|";
  const whole = flags.has("x") ? "line" : flags.has("w") ? "word" : undefined;
  if (patterns.length > 1)
    for (const pattern of patterns) {
      const alone = compileRegex(pattern, { syntax });
      if (typeof alone === "string") return alone;
    }
  return compileRegex(patterns.join(joint), { syntax, ignoreCase: flags.has("i"), whole });
}

interface Context {
  readonly before: number;
  readonly after: number;
  readonly most: number;
}

/** Lines around a match, and how many matches there may be. */
function contextOf({ values }: Options, io: ProgramIO): Context | undefined {
  const number = (letter: string) => {
    const word = values.get(letter);
    if (word === undefined) return undefined;
    if (/^-?\d+$/.test(word) && (letter === "m" || !word.startsWith("-")))
      return Math.min(Number(word), Number.MAX_SAFE_INTEGER);
    io.err(letter === "m" ? "grep: invalid max count\n" : `grep: ${word}: invalid context length argument\n`);
    return Number.NaN;
  };
  const around = number("C") ?? number("#") ?? 0;
  const [before, after] = [number("B") ?? around, number("A") ?? around];
  const most = number("m") ?? Number.POSITIVE_INFINITY;
  if ([before, after, most].some(Number.isNaN)) return undefined;
  return { before, after, most: most < 0 ? Number.POSITIVE_INFINITY : most };
}

class Grep {
  readonly #regex: Regex;
  readonly #flags: ReadonlySet<string>;
  readonly #options: Options;
  readonly #context: Context;
  readonly #io: ProgramIO;
  #named = false;
  #found = false;
  #failed = false;
  /** Whether something was printed, so that the next group needs a line before it. */
  #printed = false;

  constructor(regex: Regex, options: Options, context: Context, io: ProgramIO) {
    this.#regex = regex;
    this.#options = options;
    this.#flags = options.flags;
    this.#context = context;
    this.#io = io;
  }

  *run(files: readonly string[]): Task<number> {
    const recursive = this.#flags.has("r") || this.#flags.has("R");
    const paths = files.length > 0 ? files : [recursive ? "." : "-"];
    this.#named = (paths.length > 1 || recursive || this.#flags.has("H")) && !this.#flags.has("h");
    for (const path of paths) {
      yield* this.#path(path, recursive);
      if (this.#found && this.#flags.has("q")) return 0;
    }
    if (this.#failed) return 2;
    return this.#found ? 0 : 1;
  }

  *#path(path: string, recursive: boolean): Task<void> {
    if (path === "-") {
      yield* this.#search(this.#named ? "(standard input)" : path, this.#io.stdin);
      return;
    }
    const found = this.#io.files.stat(path);
    if (found?.kind === "directory" && recursive) {
      for (const name of this.#io.files.list(path)) {
        const inner = path === "." && this.#options.rest.length < 2 ? name : `${path.replace(/\/$/, "")}/${name}`;
        if (this.#io.files.stat(inner)?.kind === "directory" || this.#wanted(name)) yield* this.#path(inner, true);
      }
      return;
    }
    try {
      yield* this.#search(path, inputOf(this.#io.files.read(path)));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#failed = true;
      if (!this.#flags.has("s")) this.#io.err(`grep: ${path}: ${error.message}\n`);
    }
  }

  #wanted(name: string): boolean {
    const [include, exclude] = [this.#options.all("Y"), this.#options.all("J")];
    if (exclude.some((pattern) => fits(patternOf(pattern), name))) return false;
    return include.length === 0 || include.some((pattern) => fits(patternOf(pattern), name));
  }

  *#search(name: string, input: Input): Task<void> {
    const { before, after, most } = this.#context;
    const flags = this.#flags;
    const silent = flags.has("q") || flags.has("c") || flags.has("l") || flags.has("L");
    const waiting: Array<{ line: string; number: number }> = [];
    let count = 0;
    let left = 0;
    let last = -1;
    let number = 0;
    if (most > 0)
      for (let raw = yield* input.line(); raw !== undefined; raw = yield* input.line()) {
        number++;
        const line = raw.endsWith("\n") ? raw.slice(0, -1) : raw;
        if (this.#regex.test(line) !== flags.has("v")) {
          if (count >= most) break;
          count++;
          if (flags.has("q") || flags.has("l")) break;
          if (!silent) {
            const from = waiting[0]?.number ?? number;
            if (this.#printed && last >= 0 && from > last + 1 && (before > 0 || after > 0)) this.#io.out("--\n");
            else if (this.#printed && last < 0 && (before > 0 || after > 0)) this.#io.out("--\n");
            for (const each of waiting) this.#print(name, each, "-");
            this.#print(name, { line, number }, ":");
            last = number;
          }
          waiting.length = 0;
          left = after;
          if (count >= most && after === 0) break;
        } else if (!silent && left > 0) {
          left--;
          this.#print(name, { line, number }, "-");
          last = number;
        } else if (count >= most) break;
        else if (!silent && before > 0) {
          waiting.push({ line, number });
          if (waiting.length > before) waiting.shift();
        }
      }
    if (count > 0) this.#found = true;
    this.#summary(name, count);
  }

  #summary(name: string, count: number): void {
    const flags = this.#flags;
    if (flags.has("q")) return;
    if (flags.has("l")) this.#io.out(count > 0 ? `${name === "-" ? "(standard input)" : name}\n` : "");
    else if (flags.has("L")) this.#io.out(count === 0 ? `${name === "-" ? "(standard input)" : name}\n` : "");
    else if (flags.has("c")) this.#io.out(`${this.#named ? `${name}:` : ""}${count}\n`);
  }

  #print(name: string, { line, number }: { line: string; number: number }, sign: ":" | "-"): void {
    const head = `${this.#named ? name + sign : ""}${this.#flags.has("n") ? number + sign : ""}`;
    this.#printed = true;
    if (!this.#flags.has("o")) {
      this.#io.out(`${head}${line}\n`);
      return;
    }
    if (sign === "-" || this.#flags.has("v")) return;
    for (const { index, end } of allMatches(this.#regex, line))
      if (end > index) this.#io.out(`${head}${line.slice(index, end)}\n`);
  }
}

export const GREP_PROGRAMS: Readonly<Record<string, Program>> = { grep: grep(""), egrep: grep("E"), fgrep: grep("F") };
