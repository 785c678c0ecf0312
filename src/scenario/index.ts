// The door of the room: scenarios, links, runs.
export type { DocumentError, DocumentReport, ObjectRef, TextReport } from "./apply.ts";
export { type Decoded, decode, encode, LINK_LIMIT, LINK_WARNING } from "./codec.ts";
export { parseAction, parseScenario, ScenarioError, TEXT_LIMIT } from "./parse.ts";
export {
  type ActionResult,
  type Checkpoint,
  createRun,
  needsIngress,
  needsShell,
  Run,
  type RunOptions,
  type ShellFactory,
} from "./run.ts";
export { type Action, newScenario, type Scenario, type SharedSettings, type TimedAction } from "./scenario.ts";
