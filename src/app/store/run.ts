// What the page runs: a run of a scenario, and the shell's screen that belongs to it.
import type { Addon, Protocol } from "../../cluster/index.ts";
import {
  type Action,
  type ActionResult,
  createRun as createScenarioRun,
  needsIngress,
  needsShell,
  type RunOptions,
  type Scenario,
  type Run as ScenarioRun,
  type TextReport,
  type TimedAction,
} from "../../scenario/index.ts";
import { Transcript } from "./transcript.ts";

export type { Action, ActionResult } from "../../scenario/index.ts";

/** Where to send: an address or a name, and a port. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  /** The Host that an HTTP request names, when it is another than the address it goes to. */
  readonly hostHeader?: string;
  /** TCP unless told. */
  readonly protocol?: Protocol;
}

/** Told of an action that was performed, and what came of it. */
export type PerformedListener = (action: Action, result: ActionResult) => void;

/** A run as the page has it. */
export type Run = ScenarioRun & {
  /** What the run began from. */
  readonly origin: Scenario;
  /** What was typed and printed in the shell. */
  readonly transcript: Transcript;
  /** What became of the manifest when it was applied last. */
  readonly lastApplied: () => TextReport;
  /** Calls `listener` for every action that is performed, replayed ones included; returns how to stop. */
  readonly onPerformed: (listener: PerformedListener) => () => void;
};

/** Begins a run of a scenario, its shell's output going to a screen of its own. A scenario that needs a shell is opened with `openRun`. */
export function createRun(scenario: Scenario, options: Pick<RunOptions, "createShell" | "addons"> = {}): Run {
  const listeners = new Set<PerformedListener>();
  const transcript = new Transcript(() => run.shell?.prompt ?? "$ ");
  let applied: TextReport | undefined;
  const onAction = (timed: TimedAction, result: ActionResult) => {
    transcript.onAction(timed, result);
    applied = result.text ?? applied;
    for (const listener of listeners) listener(timed.action, result);
  };
  const run: ScenarioRun = createScenarioRun(scenario, { ...options, sink: transcript.sink, onAction });
  const lastApplied = () => applied ?? run.initial;
  const onPerformed = (listener: PerformedListener) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return Object.assign(run, { origin: scenario, transcript, lastApplied, onPerformed });
}

/** Whether somebody did something in this run beyond what its scenario holds. */
export function isTouched({ log, origin }: Run): boolean {
  const last = log.at(-1);
  return last !== undefined && !origin.log.includes(last);
}

/** Begins a run of any scenario; shell and ingress controller are loaded first where it needs them. */
export async function openRun(scenario: Scenario): Promise<Run> {
  const addons = needsIngress(scenario) ? [await loadIngress()] : [];
  if (!needsShell(scenario)) return createRun(scenario, { addons });
  const { createShell } = await import("../../shell/index.ts");
  return createRun(scenario, { createShell, addons });
}

/** The ingress controller, which a cluster must have been handed before its setting is switched on. */
export async function loadIngress(): Promise<Addon> {
  return (await import("../../ingress/index.ts")).ingressNginx;
}
