// Changes of objects, in the YAML and in the console.
import { spoken } from "../language.ts";

export const EN = {
  added: (kind: string) => `added ${kind}`,
  object: "an object",
  changed: (what: string) => `Changed in the YAML: ${what}.`,
  busy: "The console is still running a command.",
  changedOf: (what: string, how: string) => `Changed in the YAML: ${what}: ${how}.`,
  undo: "Undo",
  edited: "The YAML was edited since. Undo it in the editor.",
  ran: (line: string | undefined) => `Ran in the console: ${line}`,
  set: (path: string) => `set ${path}`,
  removed: (path: string) => `removed ${path}`,
  nowhere: (what: string) => `${what} is neither in the YAML nor in the cluster.`,
  patched: (what: string) => `${what} isn't in the YAML, so it was changed with kubectl patch in the console.`,
};

export const W = spoken("edits", EN);
