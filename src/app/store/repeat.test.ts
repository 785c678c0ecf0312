// Run back to the cause: the same request at earlier moments, until the change after which it fails.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { History } from "../../history/index.ts";
import { newScenario } from "../../scenario/index.ts";
import { findCauseOf } from "./repeat.ts";
import { type Action, createRun, runAgain } from "./run.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../examples/nodeport.yaml"), "utf8");
const LAPTOP = { kind: "client", name: "laptop" } as const;
const SEND: Action = { kind: "send", from: LAPTOP, host: "192.168.1.11", port: 30080 };
const SCALE = (replicas: number): Action => ({ kind: "scale", namespace: "default", name: "web", replicas });

const CAUSES: readonly (readonly [string, Action])[] = [
  [
    "a selector that matches nothing",
    { kind: "apply", text: TEXT.replace("app: web\n  ports", "app: wrong\n  ports") },
  ],
  ["a wrong targetPort", { kind: "apply", text: TEXT.replace("targetPort: 8080", "targetPort: 9090") }],
  ["no replicas", SCALE(0)],
  ["a firewall", { kind: "fail", fault: { kind: "firewall" } }],
  ["a node without power", { kind: "fail", fault: { kind: "node-power", node: "node-1" } }],
];

test.each(CAUSES)("[PAST-6] the cause is found: %s", (_, cause) => {
  const run = createRun(newScenario(TEXT));
  const history = new History(run, { open: (scenario) => runAgain(run, scenario) });
  for (const [ms, action] of [
    [6_000, SEND],
    [4_000, SCALE(4)],
    [3_000, cause],
    [4_000, SCALE(cause === CAUSES[2]?.[1] ? 0 : 3)],
    [8_000, SEND],
  ] as const) {
    run.advance(ms);
    run.perform(action);
  }
  run.advance(10_000);
  const failed = [...run.cluster.trace.exchanges()].findLast(({ purpose }) => purpose === "request");
  if (failed === undefined) throw new Error("nothing was sent");
  expect(failed.outcome.kind).not.toBe("answered");
  expect(findCauseOf(history, failed)?.action?.action).toEqual(cause);
});
