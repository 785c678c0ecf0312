// What Tab finds at the cursor; nothing until the shell can complete.
import type { Run } from "../store/run.ts";
import type { Completion } from "./completion.ts";

/** Words that may stand at the cursor of a line. */
export function completeIn(_run: Run, _line: string, cursor: number): Completion {
  return { from: cursor, candidates: [] };
}
