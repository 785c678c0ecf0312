// Processes: a program that runs on a machine from outside of any shell, and the program `sh` itself.
import { Budget } from "./budget.ts";
import { setOption } from "./builtins/options.ts";
import { FileError } from "./files.ts";
import { Interpreter } from "./interpret.ts";
import { type Machine, type Program, type ProgramIO, SIGNALS, type SignalSlot } from "./machine.ts";
import { type Dialect, State } from "./state.ts";
import { type Input, inputOf, outputTo, type Streams, streamsOf } from "./streams.ts";
import { drive, type Running, type Task } from "./task.ts";

/** A program at work on a machine. */
export interface Process {
  /** Its number on the machine. */
  readonly pid: number;
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  /** Sends it a signal by its name without SIG: `TERM`, `INT`, `KILL`. */
  signal(name: string): void;
}

/** How a process is started. */
export interface StartOptions {
  readonly machine: Machine;
  /** The program and its arguments. */
  readonly words: readonly string[];
  /** Its environment. */
  readonly env?: ReadonlyMap<string, string>;
  /** Its working directory; default `/`. */
  readonly cwd?: string;
  readonly stdin?: Input;
  out(text: string): void;
  err(text: string): void;
  /** Whether it is the first process of its machine, as a container's: signals that it has no trap for do nothing to it, all but KILL. */
  readonly first?: boolean;
  /** Called once when it ends. */
  done(exitCode: number): void;
}

/** Starts a program on a machine. It runs at once as far as it can; the rest happens as virtual time passes. */
export function start(options: StartOptions): Process {
  return new Started(options);
}

class Started implements Process {
  exitCode: number | undefined;
  readonly pid: number;
  readonly #options: StartOptions;
  readonly #signals: SignalSlot = {};
  #running: Running | undefined;

  constructor(options: StartOptions) {
    this.#options = options;
    const { machine, words } = options;
    this.pid = machine.processes.add({
      parent: 0,
      text: words.join(" "),
      startedAt: machine.now(),
      signal: (name) => this.signal(name),
    }).pid;
    // It is known before it begins: its first command may be to end it.
    machine.turns.take(() => {
      this.#running = drive(machine.turns, this.#task(), {
        done: (code) => this.#end(code),
        failed: () => this.#end(1),
      });
    });
  }

  *#task(): Task<number> {
    const { machine, words, env = new Map(), cwd = "/", stdin = inputOf(""), out, err, first = false } = this.#options;
    const state = stateOf(words[0] ?? "", "bash", env, cwd);
    state.pid = this.pid;
    const streams = streamsOf(stdin, outputTo(out), outputTo(err));
    const budget = new Budget(first ? "slow" : "stop");
    const shell = new Interpreter({ machine, state, streams, budget, signals: this.#signals });
    return yield* shell.program(words);
  }

  signal(name: string): void {
    if (this.exitCode !== undefined) return;
    if (name !== "KILL") {
      if (this.#signals.receive?.(name) === true || this.#options.first === true) return;
      if (name === "CONT" || name === "CHLD") return;
    }
    this.#running?.stop();
    this.#end(128 + (SIGNALS.get(name) ?? 0));
  }

  #end(code: number): void {
    if (this.exitCode !== undefined) return;
    this.exitCode = code;
    this.#options.machine.processes.remove(this.pid);
    this.#options.done(code);
  }
}

function stateOf(name: string, dialect: Dialect, env: ReadonlyMap<string, string>, cwd: string): State {
  const state = new State(name, dialect);
  for (const [variable, value] of env) state.variables.set(variable, { value, exported: true, readonly: false });
  state.cwd = cwd;
  state.variables.set("PWD", { value: cwd, exported: env.has("PWD"), readonly: false });
  return state;
}

/** A program that a program of another machine starts. */
export interface RunOn {
  readonly machine: Machine;
  readonly words: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly streams: Streams;
  /** How the machine's shell speaks, for the messages about programs that are not there. */
  readonly dialect: Dialect;
  /** Whoever starts it; its budget counts. */
  readonly by: ProgramIO;
  readonly hint?: string;
}

/** Runs a program on another machine, as ssh and kubectl exec do. */
export function* runOn({ machine, words, env, cwd, streams, dialect, by, hint = "" }: RunOn): Task<number> {
  const state = stateOf(dialect === "bash" ? "bash" : "sh", dialect, env, cwd);
  const { budget, level } = by;
  return yield* new Interpreter({ machine, state, streams, budget, level, hint, interactive: true }).program(words);
}

/** The program `sh` of a dialect: `sh`, `sh -c TEXT [NAME [ARGUMENT]…]`, `sh FILE [ARGUMENT]…`, with `-e`, `-u`, `-x`. */
export function shellProgram(dialect: Dialect): Program {
  return function* (words, io) {
    const read = optionsOf(words);
    if (typeof read === "string") {
      const missing = read === "-c";
      if (missing)
        io.err(
          dialect === "bash"
            ? `${words[0]}: -c: option requires an argument\n`
            : `${words[0]}: 0: -c requires an argument\n`,
        );
      else
        io.err(
          dialect === "bash" ? `${words[0]}: ${read}: invalid option\n` : `${words[0]}: 0: Illegal option ${read}\n`,
        );
      return 2;
    }
    const { options, command, rest } = read;
    const state = stateOf(words[0] ?? "sh", dialect, io.env, io.cwd);
    state.pid = io.pid;
    state.startedAt = io.machine.now();
    const { machine, streams, budget, level, signals } = io;
    const shell = new Interpreter({ machine, state, streams, budget, level, signals });
    signals.receive = (name) => shell.receive(name);
    for (const [name, on] of options)
      if (!setOption(shell, name, on)) {
        io.err(`${words[0]}: ${name}: invalid option name\n`);
        return 2;
      }
    const text = command ?? (yield* scriptOf(rest[0], words[0] ?? "sh", io));
    if (typeof text === "number") return text;
    if (rest[0] !== undefined) state.name = rest[0];
    state.positional = rest.slice(1);
    shell.commanded = command !== undefined;
    return yield* shell.whole(text);
  };
}

/** The text of a script file, or of standard input; an exit status, and said so, when there is none. */
function* scriptOf(file: string | undefined, name: string, io: ProgramIO): Task<string | number> {
  if (file === undefined || file === "-") return yield* io.stdin.rest();
  try {
    return io.files.read(file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    io.err(`${name}: ${error.fault === "EISDIR" ? `${file}: ` : `${file}: `}${error.message}\n`);
    return error.fault === "ENOENT" ? 127 : 126;
  }
}

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    e: "errexit",
    u: "nounset",
    x: "xtrace",
    f: "noglob",
    v: "verbose",
    n: "noexec",
    a: "allexport",
    C: "noclobber",
  }),
);

/** The options before a script; a word that is none. */
function optionsOf(
  words: readonly string[],
): { options: [string, boolean][]; command: string | undefined; rest: readonly string[] } | string {
  const options: [string, boolean][] = [];
  let command = false;
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    if (/^--(?:login|norc|noprofile|posix)$/.test(word)) continue;
    if (!/^[-+]./.test(word)) break;
    if (word.startsWith("--")) return word;
    for (const letter of word.slice(1)) {
      if (letter === "c") command = true;
      else if (letter === "o") options.push([words[++at] ?? "", word.startsWith("-")]);
      else if (LETTERS.has(letter)) options.push([LETTERS.get(letter) ?? "", word.startsWith("-")]);
      else if (!"ilsm".includes(letter)) return `-${letter}`;
    }
  }
  if (!command) return { options, command: undefined, rest: words.slice(at) };
  if (words[at] === undefined) return "-c";
  return { options, command: words[at], rest: words.slice(at + 1) };
}
