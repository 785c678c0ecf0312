// Where pods go, and what is said when they go nowhere.
import { expect, test } from "vitest";
import type { PodSpec } from "../api/types.gen.ts";
import { type Cluster, createCluster } from "../cluster.ts";
import { RECORDED_SETTINGS } from "../sim/settings.ts";
import { failureMessage } from "./place.ts";

function place(cluster: Cluster, name: string, spec: Partial<PodSpec>): string | undefined {
  cluster.api.create("pods", "default", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name },
    spec: { containers: [{ name: "main", image: "nginx" }], ...spec },
  });
  cluster.advance(500);
  return cluster.api.get("pods", "default", name).spec?.nodeName;
}

const start = () => createCluster({ seed: "scheduler", settings: RECORDED_SETTINGS });
const asking = (cpu: string) => ({ containers: [{ name: "main", image: "nginx", resources: { requests: { cpu } } }] });

test("[SCHED-2] labels, cordons and requests decide who can take a pod", () => {
  const cluster = start();
  expect(place(cluster, "here", { nodeSelector: { "topology.kubernetes.io/zone": "zone-b" } })).toBe("node-2");
  for (const name of ["node-1", "node-2"]) {
    const node = cluster.api.get("nodes", undefined, name);
    cluster.api.update("nodes", { ...node, spec: { ...node.spec, unschedulable: true } });
  }
  expect(place(cluster, "left", {})).toBe("node-3");
  expect(place(cluster, "huge", asking("100"))).toBeUndefined();
});

test("[SCHED-4] a pod that waits gets a reason, and goes when room is made", () => {
  const cluster = start();
  for (const name of ["a", "b", "c"]) place(cluster, name, asking("5"));
  expect(place(cluster, "d", asking("5"))).toBeUndefined();
  const condition = cluster.api
    .get("pods", "default", "d")
    .status?.conditions?.find(({ type }) => type === "PodScheduled");
  expect(condition?.message).toBe(
    "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.",
  );
  cluster.api.delete("pods", "default", "b");
  cluster.advance(1_000);
  expect(cluster.api.get("pods", "default", "d").spec?.nodeName).toBeDefined();
});

test("[SCHED-2] two pods with the same host port never share a node", () => {
  const cluster = start();
  const ports = [{ containerPort: 80, hostPort: 8080 }];
  const taken = ["a", "b", "c"].map((name) =>
    place(cluster, name, { containers: [{ name: "main", image: "nginx", ports }] }),
  );
  expect(new Set(taken).size).toBe(3);
  expect(place(cluster, "d", { containers: [{ name: "main", image: "nginx", ports }] })).toBeUndefined();
  const on = (name: string, hostIP: string) =>
    place(cluster, name, {
      nodeName: "",
      nodeSelector: { "kubernetes.io/hostname": "node-1" },
      containers: [{ name: "main", image: "nginx", ports: [{ containerPort: 80, hostPort: 9090, hostIP }] }],
    });
  // kubernetes/pkg/scheduler/framework HostPortInfo: another address of the host is another port
  expect([on("e", "127.0.0.1"), on("f", "192.168.1.11"), on("g", "127.0.0.1"), on("h", "")]).toEqual([
    "node-1",
    "node-1",
    undefined,
    undefined,
  ]);
});

// A message of a real 1.34 cluster: 1 control-plane node and two that are too small
test("[SCHED-4] reasons are counted and sorted as text", () => {
  const taint = { reasons: ["node(s) had untolerated taint(s)"], hopeless: true };
  const small = { reasons: ["Insufficient cpu"], hopeless: false };
  expect(failureMessage([small, taint, small])).toBe(
    "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
  );
});
