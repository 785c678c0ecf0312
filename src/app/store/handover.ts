// What a page that must be loaded again hands to its successor: the run, where its clock is.
import { parseScenario, type Scenario, ScenarioError } from "../../scenario/index.ts";

export interface Handover {
  readonly scenario: Scenario;
  /** Virtual milliseconds. */
  readonly at: number;
}

const KEY = "podpath";

/** Leaves it in the entry of the browser's history, which a reload keeps and which needs no storage. */
export function leave(handover: Handover): void {
  try {
    history.replaceState({ [KEY]: handover }, "");
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // too large for this browser: the text is kept in its storage
  }
}

/** Forgets what was left: the page has begun with it. */
export function forget(): void {
  if (hasLeft(history.state)) history.replaceState(null, "");
}

/** What the page before left; undefined when it left nothing that can be read. */
export function found(): Handover | undefined {
  const state: unknown = history.state;
  const left = hasLeft(state) ? state[KEY] : undefined;
  if (typeof left !== "object" || left === null || !("at" in left) || !("scenario" in left)) return undefined;
  const { at, scenario } = left;
  if (typeof at !== "number" || !Number.isFinite(at) || at < 0) return undefined;
  try {
    return { at, scenario: parseScenario(scenario) };
  } catch (error) {
    if (error instanceof ScenarioError) return undefined;
    throw error;
  }
}

function hasLeft(state: unknown): state is { readonly [KEY]: unknown } {
  return typeof state === "object" && state !== null && Object.hasOwn(state, KEY);
}
