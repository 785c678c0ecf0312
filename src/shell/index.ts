// The entry to the shell: a console on a cluster, and recorded sessions.
export { completeSim, type Word } from "./complete.ts";
export { completeProgram, PROGRAMS } from "./complete-programs.ts";
export type { Process, Sink } from "./process.ts";
export { createShell, type Draft, type Shell, type ShellOptions } from "./shell.ts";
export { containers } from "./tools.ts";
export { replay, runToEnd, type TranscriptPart } from "./transcript.ts";
