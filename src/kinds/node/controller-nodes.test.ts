// A node that falls silent: docs/semantics.md 3.11.
import { expect, test } from "vitest";
import { type Cluster, createCluster } from "../../cluster/cluster.ts";
import { SHELL_SETTINGS } from "../../cluster/sim/settings.ts";

function start(): Cluster {
  const cluster = createCluster({ seed: "nodes", settings: SHELL_SETTINGS });
  const labels = { app: "web" };
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { selector: labels, ports: [{ port: 80 }] },
  });
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "nginx" }] } },
    },
  });
  cluster.advance(2_000);
  return cluster;
}

const web = (cluster: Cluster) => cluster.api.list("pods", { namespace: "default" });
const ready = (cluster: Cluster) =>
  cluster.api
    .list("endpointslices.discovery.k8s.io", { namespace: "default" })
    .filter(({ metadata }) => metadata.generateName === "web-")
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready).length;
const state = (cluster: Cluster, node: string) =>
  cluster.api.get("nodes", undefined, node).status?.conditions?.find(({ type }) => type === "Ready")?.status;

test("[NODE-5] [NODE-6] after 50 to 65 s of silence the node is unknown and its pods are no ready endpoints", () => {
  const cluster = start();
  cluster.failNode("node-2");
  cluster.advance(45_000);
  expect([state(cluster, "node-2"), ready(cluster)]).toEqual(["True", 3]);
  cluster.advance(20_000);
  expect([state(cluster, "node-2"), ready(cluster)]).toEqual(["Unknown", 2]);
  const taints = cluster.api
    .get("nodes", undefined, "node-2")
    .spec?.taints?.map(({ key, effect }) => `${key}:${effect}`);
  expect(taints).toEqual(["node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute"]);
  expect(web(cluster).map((pod) => pod.status?.phase)).toEqual(["Running", "Running", "Running"]);
});

test("[NODE-8] 300 s later the pod is to go, its replacement comes, and it stays Terminating", () => {
  const cluster = start();
  cluster.failNode("node-2");
  cluster.advance(370_000);
  const terminating = web(cluster).filter((pod) => pod.metadata.deletionTimestamp !== undefined);
  expect([web(cluster).length, terminating.length, ready(cluster)]).toEqual([4, 1, 3]);
  cluster.advance(3_600_000);
  expect(web(cluster)).toHaveLength(4);
  cluster.restoreNode("node-2");
  cluster.advance(2_000);
  expect(web(cluster)).toHaveLength(3);
  expect(cluster.api.get("nodes", undefined, "node-2").spec?.taints).toBeUndefined();
});

test("[NODE-7] a node that is back in time keeps its pods, ready again at the same address", () => {
  const cluster = start();
  const before = web(cluster).map((pod) => pod.status?.podIP);
  cluster.failNode("node-2");
  cluster.advance(120_000);
  cluster.restoreNode("node-2");
  cluster.advance(2_000);
  expect(ready(cluster)).toBe(3);
  expect(web(cluster).map((pod) => pod.status?.podIP)).toEqual(before);
});

test("[NODE-9] when all nodes are silent nobody is evicted", () => {
  const cluster = start();
  for (const node of ["node-1", "node-2", "node-3"]) cluster.failNode(node);
  cluster.advance(600_000);
  expect(web(cluster).every((pod) => pod.metadata.deletionTimestamp === undefined)).toBe(true);
});
