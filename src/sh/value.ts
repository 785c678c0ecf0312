// The language as one value: handed to whoever must not load it unless it is needed.
import { type FileTexts, MemoryFiles, type MemoryOptions } from "./files.ts";
import { ProcessTable, type Program } from "./machine.ts";
import { type Process, type StartOptions, shellProgram, start } from "./process.ts";
import { PROGRAMS } from "./programs/index.ts";
import type { Dialect } from "./state.ts";
import { Turns } from "./task.ts";

/**
 * The sh language as a value. The engine imports this type alone; a page whose scenario runs no commands need not load the rest.
 *
 * @example
 * const machine: Machine = { files: sh.memoryFiles(), processes: sh.processes(), turns: sh.turns(), program: (name) => sh.programs.get(name), … };
 * const process = sh.start({ machine, words: ["sh", "-c", "touch /tmp/ready; sleep 3600"], first: true, out, err, done });
 */
export interface Sh {
  /** Starts a program on a machine. */
  start(options: StartOptions): Process;
  /** The program `sh` of a dialect. */
  shellProgram(dialect: Dialect): Program;
  /** Programs that need nothing but files, streams and time, by name; a machine offers those that it has. */
  readonly programs: ReadonlyMap<string, Program>;
  /** Files in memory, empty or those of the texts. */
  memoryFiles(texts?: FileTexts, options?: MemoryOptions): MemoryFiles;
  /** The turns of a new machine. */
  turns(): Turns;
  /** The processes of a new machine, whose first gets the number 1 by default. */
  processes(first?: number): ProcessTable;
}

/** The language. */
export const sh: Sh = {
  start,
  shellProgram,
  programs: PROGRAMS,
  memoryFiles: (texts, options) => new MemoryFiles(texts, options),
  turns: () => new Turns(),
  processes: (first) => new ProcessTable(first),
};
