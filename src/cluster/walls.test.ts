// Walls: an error in one component, one key, one event stays there. Outside truth: client-go's workqueue for the delays.
import { expect, test } from "vitest";
import type { AddonHost } from "./addon.ts";
import { controllerQueue } from "./client-go/controller.ts";
import { retryDelay, WorkQueue } from "./client-go/workqueue.ts";
import { type Cluster, createCluster } from "./cluster.ts";
import { Clock } from "./sim/clock.ts";

const BROKEN = "broken on purpose";

function service(name: string) {
  return { apiVersion: "v1", kind: "Service", metadata: { name }, spec: { ports: [{ port: 80 }] } };
}

/** A cluster with one more controller, which does `sync` for each Service. */
function clusterWith(sync: (key: string, host: AddonHost) => void): Cluster {
  const cluster = createCluster({ seed: "walls" });
  cluster.attach({
    name: "ingress",
    start(host) {
      const queue = controllerQueue(host, (key) => sync(key, host), "services");
      host.informers.of("services").onChange((now) => {
        if (now?.metadata.name?.startsWith("x") === true) queue.add(`default/${now.metadata.name}`);
      });
    },
  });
  return cluster;
}

test("[SAFE-2] a key whose sync throws comes again after 5, 10, 20, … ms, and says so by a Warning; others go on", () => {
  const tries: number[] = [];
  const synced: string[] = [];
  const cluster = clusterWith((key, { clock }) => {
    if (key === "default/x-good") synced.push(key);
    else {
      tries.push(clock.now);
      throw new TypeError(BROKEN);
    }
  });
  for (const name of ["x-bad", "x-good"]) cluster.api.create("services", "default", service(name));
  cluster.advance(5_000);
  const lag = cluster.settings.controllerLag;
  const gaps = tries.slice(1).map((at, i) => at - (tries[i] ?? 0) - lag);
  expect(gaps.slice(0, 4)).toEqual([5, 10, 20, 40]);
  expect(synced).toEqual(["default/x-good"]);
  const [event] = cluster.api.list("events").filter(({ involvedObject }) => involvedObject.name === "x-bad");
  expect(event).toMatchObject({
    type: "Warning",
    reason: "FailedSync",
    message: 'error syncing "default/x-bad", which is tried again: internal error: broken on purpose',
    count: tries.length,
  });
  expect(cluster.mishaps.list).toHaveLength(tries.length);
  expect(cluster.api.get("services", "default", "x-good").spec?.clusterIP).toBeDefined();
});

test("[SAFE-2] what the API server refuses a controller is no mishap, and is tried again", () => {
  let tries = 0;
  const cluster = clusterWith((_, { api }) => {
    tries++;
    api.get("services", "default", "nobody");
  });
  cluster.api.create("services", "default", service("x"));
  cluster.advance(2_000);
  expect(tries).toBeGreaterThan(3);
  expect(cluster.mishaps.list).toEqual([]);
  const messages = cluster.api.list("events").map(({ message }) => message);
  expect(messages).toContain('error syncing "default/x", which is tried again: services "nobody" not found');
});

test("[SAFE-2] a key that works again begins again, and waits 1000 s at most", () => {
  const clock = new Clock();
  let broken = true;
  const failed: string[] = [];
  const queue = new WorkQueue({
    clock,
    lag: () => 0,
    sync: () => {
      if (broken) throw new Error(BROKEN);
    },
    failed: (key) => failed.push(`${key} ${clock.now}`),
  });
  queue.add("a");
  clock.advance(20);
  broken = false;
  clock.advance(1_000);
  broken = true;
  queue.add("a");
  clock.advance(0);
  expect(failed).toEqual(["a 0", "a 5", "a 15", "a 1020"]);
  expect([0, 17, 18, 60].map(retryDelay)).toEqual([5, 655_360, 1_000_000, 1_000_000]);
});

test("[SAFE-3] an event that throws is noted, and the clock continues", () => {
  const cluster = createCluster({ seed: "walls" });
  const seen: number[] = [];
  cluster.clock.schedule(10, () => {
    throw new Error(BROKEN);
  });
  cluster.clock.schedule(10, () => seen.push(cluster.clock.now));
  cluster.advance(20);
  expect(seen).toEqual([10]);
  expect(cluster.mishaps.list).toEqual([{ at: 10, where: "an event", error: new Error(BROKEN) }]);
});

test("[SAFE-4] a write is done and passed to the others when one who watches it throws", () => {
  const cluster = createCluster({ seed: "walls" });
  const seen: string[] = [];
  const services = cluster.informers.of("services");
  cluster.api.watch("services", () => {
    throw new Error(BROKEN);
  });
  let armed = false;
  services.onChange(() => {
    if (armed) throw new Error(BROKEN);
  });
  services.onChange((object) => seen.push(object?.metadata.name ?? ""));
  armed = true;
  cluster.api.create("services", "default", service("x"));
  expect(seen.at(-1)).toBe("x");
  expect(cluster.mishaps.list).toHaveLength(2);
});

test("[SAFE-2] two runs with the same error are equal", () => {
  const run = () => {
    const cluster = clusterWith((key) => {
      if (key.endsWith("bad")) throw new Error(BROKEN);
    });
    for (const name of ["x-bad", "x-good"]) cluster.api.create("services", "default", service(name));
    cluster.advance(60_000);
    return JSON.stringify([cluster.api.list("events"), cluster.mishaps.list.map(({ at, where }) => [at, where])]);
  };
  expect(run()).toBe(run());
});
