// Looks come together after changes, in portions, and tell only what is new.

import { expect, test } from "vitest";
import { createCluster } from "../../cluster/index.ts";
import type { Finding } from "../../diagnosis/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { HealthWatch } from "./watch.ts";

/** A browser whose time is moved by hand. */
function spare() {
  let time = 0;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    now: () => time,
    later: (run: () => void, ms: number) => {
      const entry = { at: time + ms, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((each) => each !== entry);
      };
    },
    pass: (ms: number) => {
      const end = time + ms;
      for (;;) {
        const next = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        time = Math.max(time, next.at);
        waiting = waiting.filter((each) => each !== next);
        next.run();
      }
      time = end;
    },
    get waiting() {
      return waiting.length;
    },
  };
}

const SERVICE = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
};

test("many changes are one look, and the same findings are reported once", () => {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "watch" });
  cluster.advance(5_000);
  const told: (readonly Finding[])[] = [];
  const time = spare();
  const watch = new HealthWatch(cluster, time, (findings) => told.push(findings));
  watch.changed();
  time.pass(5_000);
  expect(told.map((each) => each.length)).toEqual([0]);
  cluster.api.create("services", "default", SERVICE);
  for (let i = 0; i < 50; i++) watch.changed();
  time.pass(240);
  expect(told).toHaveLength(1);
  time.pass(20);
  expect(told[1]?.map((each) => each.class)).toEqual(["selector-matches-nothing"]);
  time.pass(10_000);
  expect(told).toHaveLength(2);
  expect(time.waiting).toBe(0);
});

test("nothing is reported after the end", () => {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "watch" });
  const told: unknown[] = [];
  const time = spare();
  const watch = new HealthWatch(cluster, time, (findings) => told.push(findings));
  watch.changed();
  watch.stop();
  time.pass(10_000);
  expect(told).toEqual([]);
  expect(time.waiting).toBe(0);
});
