// The only door of kubectl: a command line becomes output and an exit status.
export type { Command } from "./command.ts";
export type { CommandIO, ProgramPlace, ProgramRunner } from "./io.ts";
export { runKubectl } from "./run.ts";
export { COMMANDS } from "./table.ts";
