// What a program of the console is.
import type { CommandIO, ProgramPlace } from "../kubectl/index.ts";

/** What a program is given besides its words. It ends by calling `exit` once, at once or later in virtual time. */
export interface ProgramIO extends CommandIO {
  /** Where it runs: the laptop, a node, a container. */
  readonly at: ProgramPlace;
  /** Whether its output goes to a screen, not into a pipe or file. */
  readonly screen: boolean;
  /** The environment variables of the place. */
  readonly env: ReadonlyMap<string, string>;
}

/** A program: its words begin with its own name. */
export type Program = (words: readonly string[], io: ProgramIO) => void;

/** Prints to stderr and ends. */
export function refuse(io: ProgramIO, text: string, code = 1): void {
  io.err(`${text}\n`);
  io.exit(code);
}
