// NetworkPolicy for the engine: its rules, and the part of a network plugin that enforces it.
import type { Addon } from "../../cluster/index.ts";
import { networkpolicy } from "./api.ts";
import { NETWORK_POLICIES, startEnforcer } from "./enforcer.ts";

export const kind: Addon = {
  name: "kind networkpolicy",
  kinds: [
    {
      strategies: { [NETWORK_POLICIES]: networkpolicy },
    },
  ],
  start: startEnforcer,
};

export { policyPod } from "./ends.ts";
export { type Judgement, judge, judgeAll, type Verdict } from "./judge.ts";
export { type Change, changesOf, type Group, groupsOf, matrixOf, OUTSIDE, type Reach } from "./matrix.ts";
export {
  type Connection,
  type Direction,
  type End,
  isPeer,
  type Peer,
  type Policy,
  type PolicyPod,
  policyOf,
  selects,
} from "./rules.ts";
export { Ruling } from "./ruling.ts";
export { ruleText, selectorText } from "./text.ts";
export { PolicyView } from "./view.ts";
