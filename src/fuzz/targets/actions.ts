// What people do to a run, in any order: nothing stops it, and its log gives it again.
import fc from "fast-check";
import { newScenario, parseAction, ScenarioError } from "../../scenario/index.ts";
import { DEPLOYMENT, SERVICE } from "../manifests.ts";
import { begin, checkReplay, pass } from "../play.ts";
import { action } from "../scenarios.ts";
import { target } from "../target.ts";
import { checkAnswer, checkPrototypes } from "../walls.ts";

export const actions = target({
  name: "actions",
  rule: "[FUZZ-7] any actions in any order are done or refused in words, and the run goes on and replays equal",
  runs: 40,
  inputs: fc.array(fc.tuple(action, fc.constantFrom(0, 1, 50, 400, 3_000, 60_000)), { minLength: 1, maxLength: 12 }),
  check(steps) {
    const played = begin(newScenario(`${SERVICE}---\n${DEPLOYMENT}`, "fuzz"));
    const { run } = played;
    for (const [given, gap] of steps) {
      const read = readAction(given);
      if (read === undefined) continue;
      const { error } = run.perform(read);
      checkAnswer(error ?? "", JSON.stringify(given));
      pass(run, gap);
      checkPrototypes();
    }
    checkReplay(played);
  },
});

/** The action as a link's reader gives it; undefined when that refuses it. */
function readAction(given: unknown) {
  try {
    return parseAction(given, "action");
  } catch (error) {
    if (error instanceof ScenarioError) return undefined;
    throw error;
  }
}
