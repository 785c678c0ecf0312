// The entry to the room: scenarios, links, runs.
export type { DocumentError, DocumentReport, TextObject, TextReport } from "./apply.ts";
export { type Future, type OtherFuture, otherFutures, withFutures } from "./branches.ts";
export { type Decoded, decode, encode, encodeFitting, LINK_WARNING } from "./codec.ts";
export type { Occurrence } from "./digest.ts";
export { formatElapsed } from "./elapsed.ts";
export { LINK_LIMIT } from "./pack.ts";
export {
  BRANCHES_LIMIT,
  LONGEST_MS,
  NOTE_LIMIT,
  NOTES_LIMIT,
  parseAction,
  parseScenario,
  ScenarioError,
  TEXT_LIMIT,
} from "./parse.ts";
export { type Goal, goalOfStep, Replay } from "./replay.ts";
export {
  type ActionResult,
  type Controller,
  controllersOf,
  createRun,
  lateKinds,
  needsRuntime,
  needsShell,
  Run,
  type RunOptions,
  type ShellFactory,
  type Stopped,
  textLateKinds,
  textNeedsRuntime,
} from "./run.ts";
export {
  type Action,
  type Note,
  newScenario,
  type Scenario,
  type SharedNode,
  type SharedSettings,
  switchFault,
  type TimedAction,
} from "./scenario.ts";
export { settingsNow } from "./settings.ts";
