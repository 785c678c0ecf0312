// The first request of every example.
import { describe, expect, test } from "vitest";
import { newScenario } from "../scenario/index.ts";
import { EXAMPLES } from "./examples/index.ts";
import { Playground } from "./store/playground.ts";
import { drafted } from "./store/request.ts";
import { openRun } from "./store/run.ts";

const STILL = { request: () => 0, cancel: () => undefined };

/** Those about failures, and what their request comes to, as their text says. */
const FAILS = new Map([
  ["port-forward", "refused"],
  ["broken-selector", "refused"],
]);

describe("[REQUEST-1] straight after an example was opened the request is answered", () => {
  test.each(EXAMPLES.map((each) => [each.name, each] as const))("%s", async (name, { load, settings }) => {
    const run = await openRun({ ...newScenario(await load()), settings });
    run.advance(5_000);
    const playground = new Playground(run, STILL);
    const { from, target = expect.fail("no target") } = drafted(playground.store.getState(), undefined);
    const { exchange = -1 } = playground.run({ kind: "send", from, ...target });
    run.advance(20_000);
    const { outcome } = run.cluster.trace.exchange(exchange) ?? expect.fail("it is forgotten");
    expect([name, outcome.kind]).toEqual([name, FAILS.get(name) ?? "answered"]);
    if (outcome.kind === "answered") expect(outcome.status).toBe(200);
    if (name === "ingress") expect(target.hostHeader).toBe("shop.example.com");
    if (["clusterip", "named-port", "headless", "external-name"].includes(name))
      expect(from).toEqual({ kind: "pod", namespace: "default", name: "client" });
  });
});
