// `jq`: its options and inputs.
import { FileError } from "../files.ts";
import { type Program, type ProgramIO, Steps } from "../machine.ts";
import type { Task } from "../task.ts";
import { type Filter, JqSyntax } from "./ast.ts";
import { type Scope, Undefined } from "./core.ts";
import { parseDefinitions, parseJq } from "./parse.ts";
import { PRELUDE } from "./prelude.ts";
import { JqRun } from "./run.ts";
import { fromJson, isTrue, JqError, type JsonStyle, toJson, type Value } from "./values.ts";

/** What the words say. */
interface Asked {
  readonly flags: ReadonlySet<string>;
  readonly filter: string | undefined;
  readonly files: readonly string[];
  readonly variables: Map<string, Value>;
  readonly positional: Value[];
  readonly indent: number;
}

const FLAGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "raw-output": "r",
    "compact-output": "c",
    "null-input": "n",
    slurp: "s",
    "exit-status": "e",
    "join-output": "j",
    "ascii-output": "a",
    "sort-keys": "S",
    "raw-input": "R",
    "monochrome-output": "M",
    "color-output": "C",
    tab: "t",
    unbuffered: "u",
    "from-file": "f",
    "raw-output0": "0",
  }),
);

/** `jq [-rcnsejaSR] [--arg NAME VALUE]… FILTER [FILE]…` */
export const jq: Program = function* (words, io) {
  const asked = read(words, io);
  if (typeof asked === "string") {
    io.err(
      `jq: error: ${asked}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
    );
    return 2;
  }
  if (asked.filter === undefined) {
    io.err(
      "jq - commandline JSON processor\n\nUsage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n",
    );
    return 2;
  }
  try {
    const source = asked.flags.has("f") ? io.files.read(asked.filter) : asked.filter;
    return yield* new Job(parseJq(source), asked, io).work();
  } catch (error) {
    if (error instanceof JqSyntax || error instanceof Undefined) {
      const what =
        error instanceof JqSyntax ? `${error.message} (Unix shell quoting issues?)` : `${error.message} is not defined`;
      io.err(`jq: error: ${what} at <top-level>, line 1:\n${asked.filter}\njq: 1 compile error\n`);
      return 3;
    }
    if (!(error instanceof FileError)) throw error;
    io.err(`jq: error: Could not open ${asked.filter}: ${error.message}\n`);
    return 2;
  }
};

/** Takes the words apart; a message when they are wrong. */
function read(words: readonly string[], io: ProgramIO): Asked | string {
  const flags = new Set<string>();
  const variables = new Map<string, Value>();
  const positional: Value[] = [];
  const rest: string[] = [];
  let indent = 2;
  let mode: "files" | "args" | "jsonargs" = "files";
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    const name = word.startsWith("--") ? word.slice(2) : "";
    if (word === "--") {
      rest.push(...words.slice(at + 1));
      break;
    }
    if (name === "args" || name === "jsonargs") mode = name;
    else if (name === "arg" || name === "argjson" || name === "slurpfile" || name === "rawfile") {
      const [variable, value] = [words[++at], words[++at]];
      if (variable === undefined || value === undefined)
        return `--${name} takes two parameters (e.g. --${name} varname ${name === "arg" ? "value" : name === "argjson" ? "text" : "filename"})`;
      const given = argumentOf(name, value, io);
      if (given === undefined)
        return name === "argjson"
          ? `Invalid JSON text passed to --argjson`
          : `Bad JSON in --${name} ${variable} ${value}: Could not open ${value}: No such file or directory`;
      variables.set(variable, given);
    } else if (name === "indent") indent = Math.min(7, Math.max(0, Number(words[++at] ?? 2) || 0));
    else if (name !== "") {
      const flag = FLAGS.get(name);
      if (flag === undefined) return `Unknown arguments`;
      flags.add(flag);
    } else if (/^-[a-zA-Z]+$/.test(word)) {
      for (const letter of word.slice(1)) {
        if (!"rcnsejaSRMCfu".includes(letter)) return "Unknown arguments";
        flags.add(letter);
      }
    } else if (rest.length === 0 || mode === "files") rest.push(word);
    else if (mode === "args") positional.push(word);
    else {
      const value = argumentOf("argjson", word, io);
      if (value === undefined) return "Invalid JSON text passed to --jsonargs";
      positional.push(value);
    }
  }
  const [filter, ...files] = rest;
  return { flags, filter, files, variables, positional, indent };
}

function argumentOf(kind: string, text: string, io: ProgramIO): Value | undefined {
  if (kind === "arg") return text;
  try {
    if (kind === "argjson") return fromJson(JSON.parse(text));
    const content = io.files.read(text);
    return kind === "rawfile" ? content : [...documents(content)].map(({ value }) => value);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof FileError || error instanceof BadJson) return undefined;
    throw error;
  }
}

/** A text that is no JSON. */
class BadJson extends Error {
  override name = "BadJson";
}

/** The documents of a text, one after another. @throws BadJson */
function* documents(text: string): Generator<{ value: Value }> {
  let at = 0;
  for (;;) {
    while (/\s/.test(text[at] ?? "")) at++;
    if (at >= text.length) return;
    const end = endOf(text, at);
    try {
      yield { value: fromJson(JSON.parse(text.slice(at, end))) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const lines = text.slice(0, end).split("\n");
      throw new BadJson(
        `Invalid numeric literal at ${end >= text.length ? "EOF at " : ""}line ${lines.length}, column ${lines.at(-1)?.length ?? 0}`,
      );
    }
    at = end;
  }
}

/** Where the document that begins at a place ends. */
function endOf(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at++;
      if (depth === 0) return at + 1;
    } else if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") {
      if (--depth <= 0) return at + 1;
    } else if (depth === 0 && (/[\s,]/.test(sign) || (at > from && /["{[]/.test(text[at + 1] ?? ""))))
      return at + (/[\s,]/.test(sign) && at > from ? 0 : 1);
  }
  return text.length;
}

class Job {
  readonly #filter: Filter;
  readonly #asked: Asked;
  readonly #io: ProgramIO;
  readonly #style: JsonStyle;
  #last: Value | undefined;

  constructor(filter: Filter, asked: Asked, io: ProgramIO) {
    this.#filter = filter;
    this.#asked = asked;
    this.#io = io;
    const { flags, indent } = asked;
    const step = flags.has("c") ? "" : flags.has("t") ? "\t" : " ".repeat(indent);
    this.#style = { indent: step, sorted: flags.has("S"), ascii: flags.has("a") };
  }

  *work(): Task<number> {
    const { flags, files } = this.#asked;
    let text = "";
    let status = 0;
    if (files.length === 0) text = yield* this.#io.stdin.rest();
    for (const file of files) {
      try {
        text += file === "-" ? yield* this.#io.stdin.rest() : this.#io.files.read(file);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#io.err(`jq: error: Could not open ${file}: ${error.message}\n`);
        status = 2;
      }
    }
    const inputs = this.#inputs(text);
    const next = () => {
      const found = inputs.next();
      return found.done === true ? undefined : found.value;
    };
    const scope = this.#scope();
    const library = new Map(parseDefinitions(PRELUDE).map((each) => [`${each.name}/${each.parameters.length}`, each]));
    const now = () => this.#io.machine.date() / 1000;
    const run = new JqRun({ steps: new Steps(), now, input: next, library, globals: scope });
    try {
      if (flags.has("n")) status = this.#one(run, null, scope) || status;
      else
        for (let value = next(); value !== undefined; value = next()) status = this.#one(run, value, scope) || status;
    } catch (error) {
      if (!(error instanceof BadJson)) throw error;
      this.#io.err(
        `jq: error (at <stdin>:${text.split("\n").length - 1}): ${error.message}\n`.replace(
          /error \(at <stdin>:\d+\)/,
          "parse error",
        ),
      );
      return 2;
    }
    if (!flags.has("e") || status !== 0) return status;
    return this.#last === undefined ? 4 : isTrue(this.#last) ? 0 : 1;
  }

  *#inputs(text: string): Generator<Value> {
    const { flags } = this.#asked;
    if (flags.has("R")) {
      if (flags.has("s")) yield text;
      else yield* text.replace(/\n$/, "").split("\n");
    } else if (flags.has("s")) yield Array.from(documents(text), ({ value }) => value);
    else for (const { value } of documents(text)) yield value;
  }

  #scope(): Scope | undefined {
    const { variables, positional } = this.#asked;
    const named: Value = new Map<string, Value>([
      ["positional", positional],
      ["named", new Map(variables)],
    ]);
    const all = new Map<string, Value>([["ENV", new Map(this.#io.env)], ["ARGS", named], ...variables]);
    let scope: Scope | undefined;
    for (const [name, value] of all) scope = { outer: scope, name, meaning: { kind: "variable", value } };
    return scope;
  }

  /** Runs the filter on one input; its exit status. */
  #one(run: JqRun, value: Value, scope: Scope | undefined): number {
    try {
      for (const result of run.values(this.#filter, value, scope)) {
        this.#last = result;
        this.#print(result);
      }
      return 0;
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      this.#io.err(
        `jq: error (at <stdin>:${value === null && this.#asked.flags.has("n") ? "unknown" : 1}): ${error.message}\n`.replace(
          "<stdin>:unknown",
          "<unknown>",
        ),
      );
      return 5;
    }
  }

  #print(value: Value): void {
    const { flags } = this.#asked;
    const raw = flags.has("r") || flags.has("j") || flags.has("0");
    const text = raw && typeof value === "string" ? value : toJson(value, this.#style);
    this.#io.out(flags.has("j") ? text : flags.has("0") ? `${text}\0` : `${text}\n`);
  }
}
