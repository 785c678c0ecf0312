// What the page runs: a run of a scenario, and the shell's screen that belongs to it.
import { createRun as createScenarioRun, type Scenario, type Run as ScenarioRun } from "../../scenario/index.ts";
import { Transcript } from "./transcript.ts";

export type { Action, ActionResult } from "../../scenario/index.ts";

/** Where to send: an address or a name, and a port. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** A run with what was typed and printed in its shell. */
export type Run = ScenarioRun & { readonly transcript: Transcript };

/** Begins a run of a scenario, its shell's output going to a screen of its own. */
export function createRun(scenario: Scenario): Run {
  const transcript = new Transcript(() => run.shell.prompt);
  const run: ScenarioRun = createScenarioRun(scenario, { sink: transcript.sink, onAction: transcript.onAction });
  return Object.assign(run, { transcript });
}
