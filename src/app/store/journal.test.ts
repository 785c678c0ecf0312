// What the packet log tells at a drop.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCluster } from "../../cluster/index.ts";
import { newScenario } from "../../scenario/index.ts";
import { ALL, keepJournal } from "./journal.ts";
import { createRun } from "./run.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const NODE_PORT = { from: LAPTOP, host: "192.168.1.12", port: 30_080 } as const;

function setUp() {
  const cluster = createCluster({ seed: "log" });
  cluster.failNode("node-2");
  return { cluster, journal: keepJournal(cluster.trace, () => cluster.clock.now) };
}

test("[LOG-1] at the drop: the packet's end, and that the sender does not know it yet", () => {
  const { cluster, journal } = setUp();
  cluster.send(NODE_PORT);
  cluster.advance(1_000);
  expect(journal.takeLog().map(({ at, text }) => `${at} ${text}`)).toEqual([
    "400 The packet for 192.168.1.12:30080 was lost: node-2 has no power.",
    "400 The laptop doesn't know it yet and waits for 192.168.1.12:30080, 130 s in all: node-2 has no power.",
  ]);
  cluster.advance(130_000);
  expect(journal.takeLog().at(-1)?.text).toMatch(/^The laptop gave up on 192\.168\.1\.12:30080 after 130 s/);
});

test("[LOG-1] continuous traffic is reported now and then", () => {
  const { cluster, journal } = setUp();
  cluster.startTraffic({ ...NODE_PORT, rate: 20 });
  cluster.advance(2_000);
  const told = journal.takeLog();
  expect(told.length).toBeGreaterThan(1);
  expect(told.length).toBeLessThan(6);
  expect(told.every(({ kind }) => kind === "failed")).toBe(true);
});

test("[LOG-3] a Service has so many answers a second as are sent, then so many failures", () => {
  const run = createRun(newScenario(readFileSync(join(import.meta.dirname, "../examples/nodeport.yaml"), "utf8")));
  const rates = (service: string) => {
    const { answered, failed } = run.journal.rates(service);
    return { answered: Math.round(answered), failed: Math.round(failed) };
  };
  run.advance(8_000);
  run.perform({ kind: "start-traffic", from: LAPTOP, host: "192.168.1.12", port: 30_080, rate: 20 });
  expect(rates("default/web")).toEqual({ answered: 0, failed: 0 });
  run.advance(12_000);
  expect(rates("default/web")).toEqual({ answered: 20, failed: 0 });
  expect(rates("default/other")).toEqual({ answered: 0, failed: 0 });
  const endpoints = [...run.journal.seconds("default/web").keys()].filter((endpoint) => endpoint !== ALL);
  expect(endpoints.toSorted()).toEqual(["10.244.1.3:8080", "10.244.2.2:8080", "10.244.3.3:8080"]);
  const each = endpoints.map((endpoint) => run.journal.rates("default/web", endpoint).answered);
  expect(Math.min(...each)).toBeGreaterThan(0);
  expect(each.reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(run.journal.rates("default/web").answered);
  run.perform({ kind: "scale", namespace: "default", name: "web", replicas: 0 });
  run.advance(15_000);
  expect(rates("default/web")).toEqual({ answered: 0, failed: 20 });
  run.perform({ kind: "stop-traffic", from: LAPTOP });
  run.advance(10_000);
  expect(rates("default/web")).toEqual({ answered: 0, failed: 0 });
});
