// A shell that a person types into: line after line, with one memory.
import { Budget } from "./budget.ts";
import { Interpreter } from "./interpret.ts";
import { Jobs } from "./jobs.ts";
import type { Machine } from "./machine.ts";
import { type Dialect, State } from "./state.ts";
import { inputOf, outputTo, streamsOf } from "./streams.ts";
import { drive, type Running } from "./task.ts";

/** Where a line's output goes. */
export interface Screen {
  out(text: string): void;
  err(text: string): void;
}

/** A line that was started. */
export interface RunningLine {
  /** Undefined until it is done. */
  readonly exitCode: number | undefined;
  /** Ends it with this status: 130 as by Ctrl-C. Background jobs keep running. */
  stop(exitCode: number): void;
}

/** An interactive shell. */
export interface Session {
  readonly state: State;
  readonly jobs: Jobs;
  /** Starts a line, or several; `done` is called once with its status, and whether `exit` left the shell. It runs at once as far as it can. */
  run(text: string, screen: Screen, done: (exitCode: number, left: boolean) => void): RunningLine;
  /** What is to be said of jobs that ended since. */
  endedJobs(): readonly string[];
}

/** How a session is set up. */
export interface SessionOptions {
  readonly machine: Machine;
  readonly dialect?: Dialect;
  /** Variables that programs see, from the beginning. */
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
  /** What is said, on a screen, after the message about a command that is not there. */
  readonly hint?: string;
}

/** Opens a shell on a machine for a person to type into. */
export function openSession({
  machine,
  dialect = "bash",
  env = new Map(),
  cwd = "/",
  hint = "",
}: SessionOptions): Session {
  const state = new State(dialect === "bash" ? "bash" : "sh", dialect);
  for (const [name, value] of env) state.variables.set(name, { value, exported: true, readonly: false });
  state.variables.set("PWD", { value: cwd, exported: true, readonly: false });
  state.cwd = cwd;
  state.startedAt = machine.now();
  return new Interactive(machine, state, hint);
}

class Interactive implements Session {
  readonly state: State;
  readonly jobs = new Jobs();
  readonly #machine: Machine;

  readonly #hint: string;

  constructor(machine: Machine, state: State, hint: string) {
    this.#machine = machine;
    this.state = state;
    this.#hint = hint;
  }

  endedJobs(): readonly string[] {
    return this.jobs.takeEnded();
  }

  run(text: string, screen: Screen, done: (exitCode: number, left: boolean) => void): RunningLine {
    const streams = streamsOf(
      inputOf("", true),
      outputTo((each) => screen.out(each), true),
      outputTo((each) => screen.err(each), true),
    );
    const { state, jobs } = this;
    const shell = new Interpreter({
      machine: this.#machine,
      state,
      streams,
      budget: new Budget(),
      jobs,
      interactive: true,
      hint: this.#hint,
    });
    const line: { exitCode: number | undefined; running?: Running } = { exitCode: undefined };
    const end = (exitCode: number) => {
      if (line.exitCode !== undefined) return;
      line.exitCode = exitCode;
      state.status = exitCode;
      done(exitCode, shell.exited);
    };
    line.running = drive(this.#machine.turns, shell.typed(text), { done: end, failed: () => end(1) });
    return {
      get exitCode() {
        return line.exitCode;
      },
      stop(exitCode) {
        line.running?.stop();
        end(exitCode);
      },
    };
  }
}
