// The entry to the sh language: shells on machines, and the programs that need nothing but files, streams and time.
export { Incomplete, SyntaxFault } from "./ast.ts";
export { Budget } from "./budget.ts";
export { BUILTINS } from "./builtins/index.ts";
export {
  FileError,
  type FileFault,
  type FileStat,
  type FileSystem,
  type FileTexts,
  MemoryFiles,
  type MemoryOptions,
  resolvePath,
} from "./files.ts";
export {
  type Machine,
  OutputSpent,
  Paths,
  type ProcessEntry,
  ProcessTable,
  type Program,
  type ProgramIO,
  SIGNALS,
  type SignalSlot,
  Steps,
  StepsSpent,
  type User,
} from "./machine.ts";
export { isIncomplete } from "./parse.ts";
export { matches, patternOf } from "./pattern.ts";
export { type Process, type RunOn, runOn, type StartOptions, shellProgram, start } from "./process.ts";
export { PROGRAMS } from "./programs/index.ts";
export { type Options, type OptionTable, readOptions } from "./programs/options.ts";
export { compileRegex, type Regex } from "./regex.ts";
export type { RegexOptions } from "./regex-syntax.ts";
export { openSession, type RunningLine, type Screen, type Session, type SessionOptions } from "./session.ts";
export type { Dialect } from "./state.ts";
export { BrokenPipe, type Input, inputOf, type Output, outputTo, type Streams, streamsOf } from "./streams.ts";
export { type Clock, drive, type Running, sleep, type Task, Turns, type Wait } from "./task.ts";
export { type Sh, sh } from "./value.ts";
