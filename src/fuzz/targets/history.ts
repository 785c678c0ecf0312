// Going back, acting there, switching and comparing, in any order: every moment stays what it was.
import fc from "fast-check";
import { compareRuns, History, positionOf } from "../../history/index.ts";
import { newScenario, parseAction, type Run, ScenarioError } from "../../scenario/index.ts";
import { DEPLOYMENT, SERVICE } from "../manifests.ts";
import { begin } from "../play.ts";
import { action } from "../scenarios.ts";
import { target } from "../target.ts";
import { checkPrototypes } from "../walls.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const step = fc.oneof(
  fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(0, 1, 400, 5_000) }),
  fc.record({ kind: fc.constant("act" as const), action, at: fc.option(share, { nil: undefined }) }),
  fc.record({ kind: fc.constant("look" as const), at: share, keep: fc.boolean() }),
  fc.record({ kind: fc.constant("switch" as const), to: fc.nat(5) }),
  fc.record({ kind: fc.constant("delete" as const), which: fc.nat(5) }),
  fc.record({ kind: fc.constant("work" as const), at: share, slices: fc.nat(20) }),
  fc.record({ kind: fc.constant("compare" as const), with: fc.nat(5) }),
);

export const history = target({
  name: "history",
  rule: "[FUZZ-8] whatever is done at any moment of any branch, the same moment is the same, and every head is what its own log gives",
  runs: 15,
  inputs: fc.array(step, { minLength: 3, maxLength: 25 }),
  check(steps) {
    const open = (scenario: Parameters<typeof begin>[0]) => begin(scenario).run;
    const past = new History<Run>(open(newScenario(`${SERVICE}---\n${DEPLOYMENT}`, "fuzz")), {
      open,
      budgetBytes: 15e6,
    });
    for (const each of steps) perform(past, each);
    for (const { id } of past.branches()) checkHead(past, open, id);
    if (past.parked.bytes > 15e6) throw new Error(`parked runs take ${past.parked.bytes} bytes`);
    checkPrototypes();
  },
});

function perform(past: History<Run>, each: typeof step extends fc.Arbitrary<infer Step> ? Step : never): void {
  const now = past.head.cluster.clock.now;
  const branches = past.branches();
  const chosen = (at: number) => branches[at % branches.length]?.id ?? past.current;
  switch (each.kind) {
    case "pass":
      past.head.advance(each.ms);
      return;
    case "act": {
      const run = each.at === undefined ? past.head : past.at(each.at * now);
      try {
        past.perform(run, parseAction(each.action, "action"), ({ kind }) => kind);
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        if (run !== past.head) past.park(run);
      }
      return;
    }
    case "look": {
      const one = past.at(each.at * now);
      const digest = one.digest;
      if (each.keep) past.park(one);
      if (past.at(each.at * now).digest !== digest)
        throw new Error(`the moment ${each.at * now} is not the same twice`);
      return;
    }
    case "switch":
      past.switchTo(chosen(each.to));
      return;
    case "delete":
      past.delete(chosen(each.which));
      return;
    case "work": {
      let slices = each.slices;
      past.work(each.at * now, () => slices-- > 0);
      return;
    }
    case "compare":
      if (compareRuns(past.head, past.head).objects.length > 0) throw new Error("a run differs from itself");
      compareRuns(past.head, past.headOf(chosen(each.with)));
  }
}

/** A head, however often the past was visited, is what its log gives from the beginning. */
function checkHead(past: History<Run>, open: (scenario: ReturnType<Run["scenario"]>) => Run, id: number): void {
  const head = past.headOf(id);
  const scratch = open(head.scenario("run"));
  scratch.advance(positionOf(head).time);
  if (scratch.digest !== head.digest) throw new Error(`the head of branch ${id} is not what its log gives`);
}
