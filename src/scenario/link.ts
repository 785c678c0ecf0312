// The room's second door: scenarios and links without a cluster to run them on, for who loads no engine.
export { encode } from "./codec.ts";
export { newScenario, type Scenario, type TimedAction } from "./scenario.ts";
