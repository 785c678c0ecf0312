// What a shell offers to its builtins.
import type { Jobs } from "./jobs.ts";
import type { Machine, ProgramIO, RunOptions } from "./machine.ts";
import type { State } from "./state.ts";
import type { Streams } from "./streams.ts";
import type { Task } from "./task.ts";

/** A shell at work, as its builtins see it. */
export interface Shell {
  readonly machine: Machine;
  readonly state: State;
  readonly jobs: Jobs;
  /** Where its own input and output are connected; `exec` changes that. */
  streams: Streams;
  /** Whether a person types into it. */
  readonly interactive: boolean;
  /** Whether signals wait for their traps. */
  readonly signalled: boolean;
  /** Prints a message with the shell's name before it. */
  complain(message: string, to?: ProgramIO): void;
  /** Loops around what runs. */
  readonly loops: number;
  /** Whether `return` means something here. */
  readonly returnable: boolean;
  /** Runs a text as part of this shell. */
  source(text: string): Task<number>;
  /** Runs a file's text as part of this shell; `return` ends it. */
  sourced(text: string, streams: Streams): Task<number>;
  /** Runs words as a command: a function when `functions`, a builtin, or a program. */
  run(
    words: readonly string[],
    options?: RunOptions & { readonly functions?: boolean; readonly replace?: boolean },
  ): Task<number>;
  /** What a name means: `alias`, `function`, `builtin`, `keyword`, a path of a program; undefined when nothing. */
  meaning(
    name: string,
  ): { readonly kind: "alias" | "keyword" | "function" | "builtin" | "file"; readonly text: string } | undefined;
  /** An arithmetic expression's value. */
  calculate(text: string): bigint;
  /** Calls `wake` when a signal comes that has a trap; gives how to stop that. */
  onSignal(wake: () => void): () => void;
}

/** A command that is part of the shell. */
export type Builtin = (shell: Shell, words: readonly string[], io: ProgramIO) => Task<number> | number;
