// The only door of kubectl: a command line becomes output and an exit status.
export { type Applied, type ApplyOptions, applyObject } from "./applyobject.ts";
export type { Command } from "./command.ts";
export { CommandError } from "./command-error.ts";
export { completeKubectl } from "./complete.ts";
export type { CompletionContext, Suggestion } from "./complete-values.ts";
export { itemsOf, type SourceObject } from "./documents.ts";
export { FIELD_WORDS } from "./field-words.ts";
export { imageLacks } from "./image-contents.ts";
export { type CommandIO, fileName, type ProgramPlace, type ProgramRunner, type Session } from "./io.ts";
export { runKubectl } from "./run.ts";
