// The same scenario gives the same run, byte for byte, however time is sliced.

import { expect, test } from "vitest";
import { ALL_KINDS } from "../kinds/index.ts";
import { RESOURCES, resourceName } from "./api/scheme.ts";
import { type Cluster, createCluster } from "./cluster.ts";
import { PAGE_SETTINGS } from "./sim/settings.ts";

function deployment(replicas: number, image: string) {
  const labels = { app: "web" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "main", image, ports: [{ containerPort: 8080 }] }] },
      },
    },
  };
}

const SERVICE = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { type: "NodePort", selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] },
};

/** Everything in the store and everything that travelled, as text. */
function everything(cluster: Cluster): string {
  const objects = RESOURCES.flatMap((info) => cluster.api.list(resourceName(info)));
  const exchanges = [...cluster.trace.exchanges()];
  const packets = exchanges.flatMap(({ packets: ids }) => ids.map((id) => cluster.trace.packet(id)));
  return JSON.stringify({ now: cluster.clock.now, objects, exchanges, packets });
}

function play(advance: (cluster: Cluster, ms: number) => void): string {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "determinism", settings: PAGE_SETTINGS });
  cluster.api.create("services", "default", SERVICE);
  cluster.api.create("deployments.apps", "default", deployment(4, "nginx:1.29"));
  advance(cluster, 5_000);
  const nodePort = cluster.api.get("services", "default", "web").spec?.ports?.[0]?.nodePort ?? 0;
  for (let i = 0; i < 5; i++)
    cluster.send({ from: { kind: "client", name: "laptop" }, host: "192.168.1.12", port: nodePort });
  advance(cluster, 1_000);
  const current = cluster.api.get("deployments.apps", "default", "web");
  cluster.api.update("deployments.apps", { ...deployment(6, "nginx:1.30"), metadata: current.metadata });
  advance(cluster, 12_000);
  cluster.failNode("node-2");
  advance(cluster, 120_000);
  cluster.restoreNode("node-2");
  advance(cluster, 10_000);
  return everything(cluster);
}

const whole = (cluster: Cluster, ms: number) => cluster.advance(ms);
const frames = (cluster: Cluster, ms: number) => {
  let left = ms;
  for (; left > 16; left -= 16) cluster.advance(16);
  cluster.advance(left);
};

test("[SIM-1] the same scenario twice gives the same objects and the same packets, byte for byte", () => {
  expect(play(whole)).toBe(play(whole));
});

test("[SIM-2] frames of 16 ms and one big step give the same run", () => {
  expect(play(frames)).toBe(play(whole));
});

test("[BOOT-4] a fresh cluster is idle: nodes ready, DNS running, nothing due", () => {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "idle" });
  expect(cluster.clock.nextAt).toBeUndefined();
  const pods = cluster.api.list("pods", { namespace: "kube-system" });
  expect(pods.map((pod) => pod.status?.phase)).toEqual(["Running", "Running"]);
  const before = everything(cluster).replace(/"now":\d+/, "");
  cluster.advance(24 * 3_600_000);
  expect(everything(cluster).replace(/"now":\d+/, "")).toBe(before);
});
