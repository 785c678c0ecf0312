// The only door of the shell: a console on a cluster, and recorded sessions.
export { createShell, type Process, type Shell, type ShellOptions, type Sink } from "./shell.ts";
export { replay, runToEnd, type TranscriptPart } from "./transcript.ts";
