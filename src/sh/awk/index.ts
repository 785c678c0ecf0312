// `awk`: its options, and the records that its program works on.
import { FileError } from "../files.ts";
import type { Program, ProgramIO } from "../machine.ts";
import { badOptions, readOptions } from "../programs/options.ts";
import { type Input, inputOf } from "../streams.ts";
import type { Task } from "../task.ts";
import { AwkFault, type Rule } from "./ast.ts";
import type { Ending } from "./evaluate.ts";
import { unescaped } from "./lex.ts";
import { ExitAwk } from "./numbers.ts";
import { parseAwk } from "./parse.ts";
import { AwkRun } from "./run.ts";
import { inputValue, isTrue, TooWide } from "./values.ts";

/** `awk [-F FS] [-v NAME=VALUE] [-f FILE | PROGRAM] [FILE | NAME=VALUE]…` */
export const awk: Program = function* (words, io) {
  const options = readOptions(words, {
    flags: "",
    valued: "Fvf",
    long: { "field-separator": "F", assign: "v", file: "f" },
    strict: true,
  });
  if (options.fault !== undefined) return badOptions("awk", options, io, 2);
  const files = options.all("f");
  const [first, ...others] = options.rest;
  if (files.length === 0 && first === undefined) {
    io.err("usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]\n");
    return 2;
  }
  try {
    const texts: string[] = [];
    for (const file of files) texts.push(file === "-" ? yield* io.stdin.rest() : scriptOf(file, io));
    const run = new AwkRun(parseAwk(files.length > 0 ? texts.join("\n") : (first ?? "")), io);
    const separator = options.values.get("F");
    if (separator !== undefined) run.setGlobal("FS", separator === "t" ? "\t" : unescaped(separator));
    for (const word of options.all("v")) assign(run, word);
    return yield* new Reader(run, files.length > 0 ? options.rest : others, io).work();
  } catch (error) {
    if (error instanceof FileError) io.err(`awk: ${error.message}\n`);
    else if (error instanceof AwkFault || error instanceof TooWide) io.err(`awk: ${error.message}\n`);
    else throw error;
    return 2;
  }
};

function scriptOf(file: string, io: ProgramIO): string {
  try {
    return io.files.read(file);
  } catch (error) {
    if (error instanceof FileError) throw new AwkFault(`cannot open ${file} (${error.message})`);
    throw error;
  }
}

/** Sets a variable by `NAME=VALUE`; false for any other word. */
function assign(run: AwkRun, word: string): boolean {
  const match = /^([A-Za-z_]\w*)=/.exec(word);
  if (match === null) return false;
  run.setGlobal(match[1] ?? "", inputValue(unescaped(word.slice(match[0].length))));
  return true;
}

/** Goes through the records of the files. */
class Reader {
  readonly #run: AwkRun;
  readonly #files: readonly string[];
  readonly #io: ProgramIO;
  readonly #inRange = new Set<Rule>();

  constructor(run: AwkRun, files: readonly string[], io: ProgramIO) {
    this.#run = run;
    this.#files = files;
    this.#io = io;
    const argv = run.array("ARGV");
    for (const [at, word] of ["awk", ...files].entries()) argv.set(String(at), inputValue(word));
    run.setGlobal("ARGC", files.length + 1);
  }

  *work(): Task<number> {
    const run = this.#run;
    try {
      const { begin, rules, end } = run.program;
      if (run.program.reads) yield* this.#gather();
      let ending: Ending;
      for (const block of begin) ending ??= run.execute(block);
      if (ending !== "exit" && (rules.length > 0 || end.length > 0)) ending = yield* this.#records();
      for (const block of end) if (run.execute(block) === "exit") break;
    } catch (error) {
      if (!(error instanceof ExitAwk)) {
        run.outputs.flush();
        throw error;
      }
    }
    yield* run.outputs.end();
    return run.status;
  }

  /** All records at once, for programs that read some of them themselves. */
  *#gather(): Task<void> {
    const texts: string[] = [];
    for (const file of this.#named()) texts.push(yield* this.#open(file).rest());
    const records = this.#split(texts.join(""));
    let at = 0;
    this.#run.more = () => records[at++];
  }

  #named(): readonly string[] {
    const files = this.#files.filter((word) => !/^[A-Za-z_]\w*=/.test(word) && word !== "");
    return files.length > 0 ? files : ["-"];
  }

  #open(file: string): Input {
    if (file === "-" || file === "/dev/stdin") return this.#io.stdin;
    try {
      return inputOf(this.#io.files.read(file));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new AwkFault(`cannot open ${file} (${error.message})`);
    }
  }

  #split(text: string): string[] {
    const separator = this.#run.text("RS");
    const plain = text.endsWith("\n") ? text.slice(0, -1) : text;
    if (text === "") return [];
    if (separator === "\n") return plain.split("\n");
    if (separator === "")
      return text
        .replace(/^\n+|\n+$/g, "")
        .split(/\n\n+/)
        .filter((each) => each !== "");
    const parts =
      separator.length === 1
        ? text.split(separator)
        : this.#run.regexes.splitBy(text, this.#run.regexes.get(separator));
    if (parts.at(-1) === "" || (separator.length > 1 && parts.at(-1) === "\n")) parts.pop();
    return parts;
  }

  *#records(): Task<Ending> {
    const run = this.#run;
    if (run.program.reads) {
      for (let text = run.more(); text !== undefined; text = run.more())
        if (this.#record(text) === "exit") return "exit";
      return undefined;
    }
    let read = false;
    for (const word of [...this.#files, undefined]) {
      if (word === undefined && read) break;
      if (word !== undefined && (word === "" || assign(run, word))) continue;
      read = true;
      run.setGlobal("FILENAME", word === undefined || word === "-" ? "" : word);
      run.setGlobal("FNR", 0);
      const ending = yield* this.#file(this.#open(word ?? "-"));
      if (ending === "exit") return ending;
    }
    return undefined;
  }

  *#file(input: Input): Task<Ending> {
    if (this.#run.text("RS") !== "\n") {
      for (const text of this.#split(yield* input.rest())) {
        const ending = this.#record(text);
        if (ending === "exit" || ending === "nextfile") return ending;
      }
      return undefined;
    }
    for (let line = yield* input.line(); line !== undefined; line = yield* input.line()) {
      const ending = this.#record(line.endsWith("\n") ? line.slice(0, -1) : line);
      // What a pipe brings line by line is shown line by line.
      if (!input.complete) this.#run.outputs.flush();
      if (ending === "exit" || ending === "nextfile") return ending;
    }
    return undefined;
  }

  #record(text: string): Ending {
    const run = this.#run;
    run.record.text = text;
    run.setGlobal("NR", run.number("NR") + 1);
    run.setGlobal("FNR", run.number("FNR") + 1);
    for (const rule of run.program.rules) {
      if (!this.#holds(rule)) continue;
      const ending = rule.action === undefined ? run.execute({ kind: "print", args: [] }) : run.execute(rule.action);
      if (ending !== undefined) return ending;
    }
    return undefined;
  }

  #holds(rule: Rule): boolean {
    const { pattern, until } = rule;
    if (pattern === undefined) return true;
    if (until === undefined) return isTrue(this.#run.evaluate(pattern));
    if (!this.#inRange.has(rule)) {
      if (!isTrue(this.#run.evaluate(pattern))) return false;
      this.#inRange.add(rule);
    }
    if (isTrue(this.#run.evaluate(until))) this.#inRange.delete(rule);
    return true;
  }
}
