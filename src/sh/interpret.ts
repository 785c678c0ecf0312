// Runs what was parsed: lists, pipelines, loops, functions, commands. Every step may wait in virtual time.

import { type AndOr, type Command, Incomplete, type List, type Pipeline, SyntaxFault } from "./ast.ts";
import type { Budget } from "./budget.ts";
import { CommandShell } from "./commands.ts";
import { FileError } from "./files.ts";
import { Abort, Exit, Loop, Return, Runaway } from "./flow.ts";
import type { ProgramIO } from "./machine.ts";
import { Parser } from "./parse.ts";
import { runPipes, startJob } from "./pipes.ts";
import { State } from "./state.ts";
import { BrokenPipe, outputAt, type Streams } from "./streams.ts";
import type { Task } from "./task.ts";

const BROKEN_PIPE = 141;

/** A shell at work. */
export class Interpreter extends CommandShell {
  /** Functions and sourced files around it. */
  #calls = 0;
  #text = "";

  /** Another shell with a copy of this one's memory. */
  fork(streams: Streams, budget: Budget = this.budget): Interpreter {
    const fork = new Interpreter({
      machine: this.machine,
      state: this.state.copy(),
      streams,
      budget,
      level: this.level + 1,
      interactive: this.interactive,
      hint: this.hint,
    });
    fork.tested = this.tested;
    fork.loops = this.loops;
    fork.#calls = this.#calls;
    return fork;
  }

  /** Runs a text to its end as a shell of its own: its exit status, whatever happens in it. */
  *whole(text: string): Task<number> {
    return yield* this.#ended(() => this.source(text));
  }

  /** Runs what a person typed: the shell stays, its traps too. */
  *typed(text: string): Task<number> {
    return yield* this.#caught(() => this.source(text));
  }

  /** Whether what it runs is the text of `sh -c`. */
  commanded = false;
  /** Whether `exit` ended what was typed. */
  exited = false;

  /** Runs words as a program, whatever happens in it. */
  override *program(words: readonly string[]): Task<number> {
    return yield* this.#caught(() => super.program(words));
  }

  /** Runs a list as a subshell does. */
  *subshell(list: List): Task<number> {
    return yield* this.#ended(() => this.list(list));
  }

  /** Runs one command as a subshell of its own. */
  *only(command: Command): Task<number> {
    return yield* this.#ended(() => this.command(command));
  }

  *#ended(body: () => Task<number>): Task<number> {
    let status = yield* this.#caught(body);
    const trap = this.state.traps.get("EXIT");
    this.state.traps.delete("EXIT");
    if (trap !== undefined && trap !== "") {
      this.state.status = status;
      const after = yield* this.#caught(() => this.source(trap), status);
      if (after !== status && this.#left) status = after;
    }
    return status;
  }

  #left = false;

  *#caught(body: () => Task<number>, otherwise?: number): Task<number> {
    try {
      const status = yield* body();
      this.#left = false;
      return otherwise ?? status;
    } catch (error) {
      this.#left = true;
      this.exited = error instanceof Exit && !(error instanceof Abort);
      if (error instanceof Exit || error instanceof Return) return error.status;
      if (error instanceof Loop) return 0;
      if (error instanceof BrokenPipe) return BROKEN_PIPE;
      if (error instanceof Runaway) {
        outputAt(this.streams, 2).write(`${this.state.name}: ${error.message}\n`);
        return 1;
      }
      this.#say(`internal error: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
  }

  #say(message: string): void {
    try {
      this.complain(message);
    } catch (error) {
      if (!(error instanceof BrokenPipe || error instanceof FileError)) throw error; // nobody is left to inform
    }
  }

  override *source(text: string): Task<number> {
    const { state } = this;
    const aliases = this.interactive || state.dialect !== "bash" || state.options.has("expand_aliases");
    const parser = new Parser(text, { bash: state.dialect === "bash", ...(aliases ? { aliases: state.aliases } : {}) });
    const before = this.#text;
    this.#text = text;
    let status = 0;
    try {
      for (let list = this.#next(parser); list !== undefined; list = this.#next(parser))
        status = yield* this.list(list);
    } finally {
      this.#text = before;
    }
    return status;
  }

  #next(parser: Parser): List | undefined {
    try {
      return parser.next();
    } catch (error) {
      if (error instanceof SyntaxFault) this.#misread(error.message, error.line);
      else if (error instanceof Incomplete) this.#endsEarly(error.wanted);
      else throw error;
      const status =
        error instanceof SyntaxFault && /(?:bad substitution|not a valid identifier)$/.test(error.message) ? 1 : 2;
      this.state.status = status;
      throw new Abort(status);
    }
  }

  #misread(message: string, line: number): void {
    this.state.line = line;
    if (this.state.dialect !== "bash")
      this.complain(message.replace(/^syntax error near unexpected token `(.*)'$/s, 'syntax error: unexpected "$1"'));
    else if (this.interactive) this.complain(message);
    else {
      const text = this.#text.split("\n")[line - 1] ?? "";
      const lead = this.commanded && message.includes("near") ? "-c: " : "";
      this.#unread(lead, message, line);
      if (message.includes("near")) this.#unread(lead, `\`${text}'`, line);
    }
  }

  #endsEarly(wanted: string): void {
    const lines = this.#text.split("\n").length;
    const lead = this.commanded ? "-c: " : "";
    if (wanted === "") this.#unread(lead, "syntax error: unexpected end of file", lines + 1);
    else
      this.#unread(lead, `unexpected EOF while looking for matching \`${wanted}'`, wanted === ")" ? lines + 1 : lines);
  }

  /** A message about a text that cannot be read; of the text of `sh -c` it says so. */
  #unread(lead: string, message: string, line: number): void {
    const { dialect, name } = this.state;
    this.state.line = line;
    if (dialect !== "bash" || this.interactive) this.complain(message);
    else outputAt(this.streams, 2).write(`${name}: ${lead}line ${line}: ${message}\n`);
  }

  /** Runs commands one by one. */
  *list(list: List): Task<number> {
    let { status } = this.state;
    for (const item of list) status = yield* this.#andOr(item);
    return list.length === 0 ? 0 : status;
  }

  *#andOr(andOr: AndOr): Task<number> {
    const { state } = this;
    if (andOr.background) {
      startJob(andOr, this);
      state.status = 0;
      return 0;
    }
    let checked = false;
    for (const [at, { after, pipeline }] of andOr.items.entries()) {
      if ((after === "&&" && state.status !== 0) || (after === "||" && state.status === 0)) continue;
      const last = at === andOr.items.length - 1;
      checked = last && !pipeline.negated;
      if (!last) this.tested++;
      try {
        state.status = yield* this.pipeline(pipeline);
      } finally {
        if (!last) this.tested--;
      }
      if (this.signalled) yield* this.#handle();
    }
    if (checked && state.status !== 0 && this.tested === 0) yield* this.#failed(andOr);
    return state.status;
  }

  /** A command failed and nobody looks: `set -e` ends the shell, after the trap ERR. */
  *#failed(andOr: AndOr): Task<void> {
    const { state } = this;
    const trap = state.traps.get("ERR");
    const { status } = state;
    if (trap !== undefined && trap !== "") {
      yield* this.source(trap);
      state.status = status;
    }
    // A group's failure was that of a command in it, which was asked before.
    const { node } = andOr.items.at(-1)?.pipeline.stages[0] ?? {};
    const inner = andOr.items.at(-1)?.pipeline.stages.length === 1 && node?.kind === "group";
    if (state.options.has("errexit") && !inner) throw new Exit(status);
  }

  /** Runs the traps of signals that came. */
  *#handle(): Task<void> {
    for (let name = this.pending.shift(); name !== undefined; name = this.pending.shift()) {
      const { status } = this.state;
      yield* this.source(this.state.traps.get(name) ?? "");
      this.state.status = status;
    }
  }

  *pipeline({ stages, negated, timed }: Pipeline): Task<number> {
    const startedAt = this.machine.now();
    if (negated) this.tested++;
    let status: number;
    try {
      const [only] = stages;
      status = only !== undefined && stages.length === 1 ? yield* this.command(only) : yield* runPipes(stages, this);
      if (stages.length === 1) this.state.pipeStatus = [status];
    } finally {
      if (negated) this.tested--;
    }
    if (timed) outputAt(this.streams, 2).write(times(this.machine.now() - startedAt));
    return negated ? Number(status === 0) : status;
  }

  protected override *inFunction(body: () => Task<number>): Task<number> {
    const { loops } = this;
    this.loops = 0;
    this.#calls++;
    try {
      return yield* body();
    } catch (error) {
      if (error instanceof Return) return error.status;
      throw error;
    } finally {
      this.#calls--;
      this.loops = loops;
    }
  }

  /** Runs a sourced file's text; `return` ends it. */
  override *sourced(text: string, streams: Streams): Task<number> {
    const before = this.streams;
    this.streams = streams;
    try {
      return yield* this.inFunction(() => this.source(text));
    } finally {
      this.streams = before;
    }
  }

  /** Whether `return` means something. */
  override get returnable(): boolean {
    return this.#calls > 0;
  }

  protected override *script(words: readonly string[], text: string, io: ProgramIO): Task<number> {
    const state = new State(words[0] ?? "", this.state.dialect);
    for (const [name, value] of io.env) state.variables.set(name, { value, exported: true, readonly: false });
    state.cwd = this.state.cwd;
    state.pid = io.pid;
    state.positional = words.slice(1);
    const { machine, streams, budget, level } = io;
    return yield* new Interpreter({ machine, state, streams, budget, level }).whole(text);
  }
}

function times(ms: number): string {
  const shown = `${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(3)}s`;
  return `\nreal\t${shown}\nuser\t0m0.000s\nsys\t0m0.000s\n`;
}
