// A shell's lower half: how words become a running command, and what is said when they do not.
import type { Command } from "./ast.ts";
import { Budget } from "./budget.ts";
import { BUILTINS } from "./builtins/index.ts";
import { FileError } from "./files.ts";
import { Exit, isFlow } from "./flow.ts";
import { ExpansionFault } from "./fragments.ts";
import { Jobs } from "./jobs.ts";
import {
  type Machine,
  OutputSpent,
  Paths,
  type ProgramIO,
  type RunOptions,
  type SignalSlot,
  StepsSpent,
} from "./machine.ts";
import type { Shell } from "./shell.ts";
import { ReadonlyFault, type State, TooLong } from "./state.ts";
import { BrokenPipe, inputAt, outputAt, type Streams } from "./streams.ts";
import type { Task } from "./task.ts";

/** How a shell is set up. */
export interface ShellOptions {
  readonly machine: Machine;
  readonly state: State;
  readonly streams: Streams;
  readonly budget?: Budget;
  readonly jobs?: Jobs;
  /** Whether a person types into it: errors end the line and not the shell, and jobs are reported. */
  readonly interactive?: boolean;
  readonly level?: number;
  readonly signals?: SignalSlot;
  /** What is said, on a screen, after the message about a command that is not there. */
  readonly hint?: string;
}

/** Shells and programs within one another; real ones end with the machine's processes. */
const DEEPEST = 60;
/** Functions within one another. */
const DEEPEST_FUNCTION = 200;
/** Characters that one program may write without a pause. */
const MOST_OUTPUT = 8_000_000;
/** What counts as a pause, in virtual milliseconds. */
const PAUSE_MS = 100;
/** Interpreters that are this language. */
const SHELLS = new Set(["sh", "bash", "dash", "ash"]);
const PLACES = /^\/(?:usr\/)?(?:local\/)?s?bin\//;

type Options = RunOptions & { readonly functions?: boolean; readonly replace?: boolean };

/** Starts commands and reports their faults. */
export abstract class ShellCore implements Shell {
  readonly machine: Machine;
  readonly state: State;
  readonly jobs: Jobs;
  streams: Streams;
  readonly interactive: boolean;
  readonly budget: Budget;
  readonly level: number;
  readonly signals: SignalSlot;
  protected readonly hint: string;
  /** Signals that came and have traps. */
  protected readonly pending: string[] = [];
  readonly #wakes = new Set<() => void>();

  constructor({ machine, state, streams, ...rest }: ShellOptions) {
    this.machine = machine;
    this.state = state;
    this.streams = streams;
    this.jobs = rest.jobs ?? new Jobs();
    this.interactive = rest.interactive ?? false;
    this.budget = rest.budget ?? new Budget();
    this.level = rest.level ?? 0;
    this.signals = rest.signals ?? {};
    this.hint = rest.hint ?? "";
  }

  abstract readonly loops: number;
  abstract get returnable(): boolean;
  abstract source(text: string): Task<number>;
  abstract sourced(text: string, streams: Streams): Task<number>;
  abstract calculate(text: string): bigint;
  protected abstract command(command: Command): Task<number>;
  /** Another shell of the same state, as for a script without a first line. */
  protected abstract script(words: readonly string[], text: string, io: ProgramIO): Task<number>;

  get signalled(): boolean {
    return this.pending.length > 0;
  }

  /** Takes a signal: whether there is a trap for it. */
  receive(name: string): boolean {
    const trap = this.state.traps.get(name);
    if (trap === undefined) return false;
    if (trap !== "") this.pending.push(name);
    for (const wake of [...this.#wakes]) wake();
    return true;
  }

  onSignal(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => void this.#wakes.delete(wake);
  }

  /** The shell's name and the line, as they begin its messages. */
  protected get prefix(): string {
    const { dialect, name, line } = this.state;
    if (dialect === "ash") return `${name}: `;
    if (this.interactive) return `${name}: `;
    return dialect === "bash" ? `${name}: line ${line}: ` : `${name}: ${line}: `;
  }

  complain(message: string, to?: ProgramIO): void {
    const text = `${this.prefix}${message}\n`;
    if (to !== undefined) to.err(text);
    else outputAt(this.streams, 2).write(text);
  }

  meaning(name: string): ReturnType<Shell["meaning"]> {
    const alias = this.state.aliases.get(name);
    if (alias !== undefined) return { kind: "alias", text: alias };
    if (/^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|in|function|time|\{|\}|!|\[\[|\]\])$/.test(name))
      return { kind: "keyword", text: name };
    if (this.state.functions.has(name)) return { kind: "function", text: name };
    if (BUILTINS.has(name)) return { kind: "builtin", text: name };
    if (name.includes("/")) return this.#paths().stat(name)?.kind === "file" ? { kind: "file", text: name } : undefined;
    return this.machine.program(name) === undefined ? undefined : { kind: "file", text: `/usr/bin/${name}` };
  }

  #paths(): Paths {
    return new Paths(this.machine.files, this.state.cwd);
  }

  *run(words: readonly string[], options: Options = {}): Task<number> {
    const [name = ""] = words;
    yield* this.budget.command(this.machine);
    const io = this.#io(options);
    const body = options.functions === true ? this.state.functions.get(name) : undefined;
    if (body !== undefined) return yield* this.#call(body, words, options);
    const builtin = options.builtins === false ? undefined : BUILTINS.get(name);
    if (builtin !== undefined) return yield* this.#guarded(name, io, () => builtin(this, words, io));
    return yield* this.#program(words, io);
  }

  /** Runs words as a program in this shell's own place, as `exec` does: signals reach it. */
  *program(words: readonly string[]): Task<number> {
    return yield* this.run(words, { builtins: false, replace: true });
  }

  *#program(words: readonly string[], io: ProgramIO): Task<number> {
    const [name = ""] = words;
    const inPlace = PLACES.test(name);
    const program =
      name === "" || (name.includes("/") && !inPlace) ? undefined : this.machine.program(name.replace(PLACES, ""));
    if (program !== undefined) {
      if (this.level > DEEPEST) {
        this.complain(this.state.dialect === "bash" ? "fork: Resource temporarily unavailable" : "Cannot fork", io);
        return this.state.dialect === "bash" ? 254 : 2;
      }
      return yield* this.#guarded(name.replace(PLACES, ""), io, () => program(words, io));
    }
    return name.includes("/") ? yield* this.#file(words, io) : this.#unknown(name, io);
  }

  #unknown(name: string, io: ProgramIO): number {
    const { dialect } = this.state;
    this.complain(dialect === "bash" ? `${name}: command not found` : `${name}: not found`, io);
    if (this.hint !== "" && io.screen) io.err(this.hint);
    return 127;
  }

  /** A file that is run by its path. */
  *#file(words: readonly string[], io: ProgramIO): Task<number> {
    const [name = ""] = words;
    const { dialect } = this.state;
    const found = this.#paths().stat(name);
    if (found === undefined) {
      const program = this.machine.programAt?.(name);
      if (program !== undefined) return yield* this.#guarded(name, io, () => program(words, io));
      this.complain(dialect === "bash" ? `${name}: No such file or directory` : `${name}: not found`, io);
      return 127;
    }
    const fault = found.kind === "directory" && dialect === "bash" ? "Is a directory" : "Permission denied";
    if (found.kind !== "file" || (found.mode & 0o111) === 0) {
      this.complain(`${name}: ${fault}`, io);
      return 126;
    }
    const text = this.#paths().read(name);
    const first = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(text.slice(0, 200));
    const interpreter = (first?.[1] === "/usr/bin/env" ? first[2] : first?.[1])?.replace(/^.*\//, "");
    if (interpreter === undefined || SHELLS.has(interpreter)) return yield* this.script(words, text, io);
    return yield* this.run([interpreter, ...words], { streams: io.streams, env: io.env, builtins: false });
  }

  *#call(body: Command, words: readonly string[], options: Options): Task<number> {
    const { state } = this;
    if (state.hidden.length >= DEEPEST_FUNCTION) {
      this.complain(`${words[0]}: maximum function nesting level exceeded (${DEEPEST_FUNCTION})`);
      throw new Exit(1);
    }
    const { positional } = state;
    const { streams } = this;
    state.enter();
    state.positional = words.slice(1);
    if (options.streams !== undefined) this.streams = options.streams;
    try {
      return yield* this.inFunction(() => this.command(body));
    } finally {
      state.leave();
      state.positional = positional;
      this.streams = streams;
    }
  }

  /** Runs the body of a function, up to its `return`. */
  protected abstract inFunction(body: () => Task<number>): Task<number>;

  /** The one place where a program's faults end: each becomes a message and a status. */
  *#guarded(name: string, io: ProgramIO, start: () => Task<number> | number): Task<number> {
    try {
      const result = start();
      return typeof result === "number" ? result : yield* result;
    } catch (error) {
      if (isFlow(error) || error instanceof BrokenPipe || error instanceof ExpansionFault) throw error;
      if (error instanceof FileError) io.err(`${name}: write error: ${error.message}\n`);
      else if (error instanceof OutputSpent || error instanceof StepsSpent) io.err(`${name}: ${error.message}\n`);
      else if (error instanceof ReadonlyFault || error instanceof TooLong) this.complain(error.message, io);
      else io.err(`${name}: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    }
  }

  #io(options: Options): ProgramIO {
    const streams =
      options.streams ?? (options.stdin === undefined ? this.streams : new Map(this.streams).set(0, options.stdin));
    const [out, err] = [outputAt(streams, 1), outputAt(streams, 2)];
    const { machine, state } = this;
    const write = this.#metered();
    return {
      machine,
      streams,
      stdin: inputAt(streams),
      screen: out.screen,
      env: options.env ?? state.environment(),
      cwd: state.cwd,
      files: new Paths(machine.files, state.cwd),
      pid: state.pid,
      level: this.level + 1,
      budget: this.budget,
      signals: options.replace === true ? this.signals : {},
      out: (text) => out.write(write(text)),
      err: (text) => err.write(write(text)),
      run: (inner, given = {}) => this.#inner(inner, { streams, ...given }),
    };
  }

  /** A program that a program starts: it sees the variables that it is given. */
  *#inner(inner: readonly string[], options: RunOptions): Task<number> {
    const streams =
      options.stdin === undefined ? options.streams : new Map(options.streams ?? this.streams).set(0, options.stdin);
    return yield* this.run(inner, { ...options, ...(streams === undefined ? {} : { streams }) });
  }

  /** Counts what is written until there is a pause. */
  #metered(): (text: string) => string {
    let [last, written] = [this.machine.now(), 0];
    return (text) => {
      if (this.machine.now() - last >= PAUSE_MS) written = 0;
      last = this.machine.now();
      written += text.length;
      if (written <= MOST_OUTPUT) return text;
      written = 0; // the message about it has to pass
      throw new OutputSpent(`more than ${MOST_OUTPUT} characters of output without a pause: stopped`);
    };
  }
}
