// `sed`: its options and inputs.
import { FileError } from "../files.ts";
import type { Program, ProgramIO } from "../machine.ts";
import { badOptions, type Options, readOptions } from "../programs/options.ts";
import { type Input, inputOf } from "../streams.ts";
import type { Task } from "../task.ts";
import { parseSed, SedFault } from "./parse.ts";
import { type Lines, SedRun } from "./run.ts";

const LONG = {
  quiet: "n",
  silent: "n",
  "regexp-extended": "E",
  expression: "e",
  file: "f",
  "in-place": "i",
  separate: "s",
  "null-data": "z",
  unbuffered: "u",
  posix: "p",
  debug: "D",
};
const USAGE = "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n";

/** `sed [-nEirsz] [-e SCRIPT | -f FILE | SCRIPT] [FILE]…` */
export const sed: Program = function* (words, io) {
  // The suffix of -i is attached to it; no other letters follow it.
  const inPlace = words.map((word) =>
    /^-[nErsuz]*i./.test(word) ? `${word.slice(0, word.indexOf("i"))}I${word.slice(word.indexOf("i") + 1)}` : word,
  );
  const options = readOptions(inPlace, { flags: "nErisuzp", valued: "efI", long: LONG });
  if (options.fault !== undefined) {
    if (options.fault.startsWith("option requires")) io.err(`sed: ${options.fault}\n${USAGE}`);
    else badOptions("sed", options, io);
    return 1;
  }
  const given = [...options.all("e")];
  for (const path of options.all("f")) {
    try {
      given.push((path === "-" ? yield* io.stdin.rest() : io.files.read(path)).replace(/\n$/, ""));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.err(`sed: couldn't open file ${path}: ${error.message}\n`);
      return 1;
    }
  }
  const [first, ...others] = options.rest;
  if (given.length === 0 && first === undefined) {
    io.err(USAGE);
    return 1;
  }
  const script = given.length > 0 ? given.join("\n") : (first ?? "");
  try {
    return yield* work(script, given.length > 0 ? options.rest : others, options, io);
  } catch (error) {
    if (!(error instanceof SedFault)) throw error;
    io.err(`sed: ${/^char/.test(error.message) ? `-e expression #1, ${error.message}` : error.message}\n`);
    return error.message.startsWith("can't") ? 4 : 1;
  }
};

function* work(script: string, files: readonly string[], options: Options, io: ProgramIO): Task<number> {
  const quiet = options.flags.has("n") || /^#n(?:\n|$)/.test(script);
  const commands = parseSed(script, options.flags.has("E") || options.flags.has("r"));
  const separator = options.flags.has("z") ? "\0" : "\n";
  const suffix = options.values.get("I");
  const inPlace = options.flags.has("i") || suffix !== undefined;
  const setup = { quiet, separator };
  if (!inPlace) {
    const lines = new Reader(files.length === 0 ? ["-"] : files, separator, io);
    const run = new SedRun(commands, setup, io, (text) => io.out(text));
    yield* run.run(lines);
    return run.quit ?? lines.status;
  }
  if (files.length === 0) {
    io.err("sed: no input files\n");
    return 1;
  }
  let status = 0;
  for (const file of files) {
    const lines = new Reader([file], separator, io);
    const texts: string[] = [];
    const run = new SedRun(commands, setup, io, (text) => void texts.push(text));
    yield* run.run(lines);
    for (let line = yield* lines.next(); line !== undefined; line = yield* lines.next())
      texts.push(line + (lines.ended ? separator : ""));
    if (lines.status !== 0) {
      status = 4;
      continue;
    }
    if (suffix !== undefined)
      io.files.write(suffix.includes("*") ? suffix.replaceAll("*", file) : file + suffix, io.files.read(file));
    io.files.write(file, texts.join(""));
    if (run.quit !== undefined) return run.quit;
  }
  return status;
}

/** The lines of files, one after another. */
class Reader implements Lines {
  ended = true;
  status = 0;
  readonly #files: string[];
  readonly #separator: string;
  readonly #io: ProgramIO;
  #input: Input | undefined;
  /** A line that was looked at. */
  #ahead: string | undefined;

  constructor(files: readonly string[], separator: string, io: ProgramIO) {
    this.#files = [...files];
    this.#separator = separator;
    this.#io = io;
  }

  *next(): Task<string | undefined> {
    const line = this.#ahead ?? (yield* this.#read());
    this.#ahead = undefined;
    if (line === undefined) return undefined;
    this.ended = line.endsWith(this.#separator);
    return this.ended ? line.slice(0, -1) : line;
  }

  *last(): Task<boolean> {
    this.#ahead ??= yield* this.#read();
    return this.#ahead === undefined;
  }

  *#read(): Task<string | undefined> {
    for (;;) {
      const line = this.#input === undefined ? undefined : yield* this.#input.line(this.#separator);
      if (line !== undefined) return line;
      const file = this.#files.shift();
      if (file === undefined) return undefined;
      this.#input = this.#open(file);
    }
  }

  #open(file: string): Input | undefined {
    if (file === "-") return this.#io.stdin;
    try {
      return inputOf(this.#io.files.read(file));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.status = 2;
      const isDirectory = error.fault === "EISDIR";
      this.#io.err(
        isDirectory
          ? `sed: couldn't edit ${file}: not a regular file\n`
          : `sed: can't read ${file}: ${error.message}\n`,
      );
      return undefined;
    }
  }
}
