// When things happen with the page's lags: a pod that is deleted (docs/semantics.md 2.7) and a node that dies (3.11), each with tolerance.

import { expect, test } from "vitest";
import { type Cluster, createCluster } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";

const labels = { app: "web" };
const NODES = ["node-1", "node-2", "node-3"];
const ADDRESS = "10.96.5.5";

/** Three pods, one per node, behind a Service; `container` and `spec` are added to their template. */
function start(container: object = {}, spec: object = {}): Cluster {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "timelines" });
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { clusterIP: ADDRESS, selector: labels, ports: [{ port: 80 }] },
  });
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "main", image: "nginx", ...container }], ...spec },
      },
    },
  });
  cluster.advance(10_000);
  return cluster;
}

const pods = (cluster: Cluster) => cluster.api.list("pods", { namespace: "default" });
const endpoints = (cluster: Cluster) =>
  cluster.api
    .list("endpointslices.discovery.k8s.io", { namespace: "default" })
    .filter(({ metadata }) => metadata.generateName === "web-")
    .flatMap((slice) => slice.endpoints ?? []);
const conditionsOf = (cluster: Cluster, pod: string) =>
  endpoints(cluster).find(({ targetRef }) => targetRef?.name === pod)?.conditions;
/** On which of these nodes the rules may still choose the address. */
const routedOn = (cluster: Cluster, address: string, nodes = NODES) =>
  nodes.filter((at) =>
    cluster
      .route({ from: { kind: "node", name: at }, at, address: ADDRESS, port: 80 })
      .endpoints.includes(`${address}:80`),
  );

/** Milliseconds until it holds, to within 10 ms; fails after `limit`. */
function time(cluster: Cluster, limit: number, holds: () => boolean): number {
  const from = cluster.clock.now;
  while (!holds()) {
    if (cluster.clock.now - from > limit) throw new Error(`not within ${limit} ms`);
    cluster.advance(10);
  }
  return cluster.clock.now - from;
}

function deleteFirst(cluster: Cluster): {
  readonly name: string;
  readonly address: string;
  readonly exists: () => boolean;
} {
  const [first] = pods(cluster);
  const name = first?.metadata.name ?? "";
  cluster.api.delete("pods", "default", name);
  return {
    name,
    address: first?.status?.podIP ?? "",
    exists: () => pods(cluster).some(({ metadata }) => metadata.name === name),
  };
}

test("[KUBELET-10] a deleted pod leaves the slice's ready ones in under 1 s, each node's rules within 1 s more, and is gone within 3 s", () => {
  const cluster = start();
  const pod = deleteFirst(cluster);
  expect(time(cluster, 1_000, () => conditionsOf(cluster, pod.name)?.ready === false)).toBeLessThan(1_000);
  expect(conditionsOf(cluster, pod.name)).toEqual({ ready: false, serving: true, terminating: true });
  expect(routedOn(cluster, pod.address)).toEqual(NODES);
  expect(pods(cluster)).toHaveLength(4);
  const first = time(cluster, 1_000, () => routedOn(cluster, pod.address).length < 3);
  const last = first + time(cluster, 1_000, () => routedOn(cluster, pod.address).length === 0);
  expect(first).toBeGreaterThanOrEqual(50);
  expect(last).toBeLessThanOrEqual(1_000);
  expect(last).toBeGreaterThan(first);
  expect(time(cluster, 3_000, () => !pod.exists())).toBeGreaterThan(500);
  expect(time(cluster, 1_000, () => conditionsOf(cluster, pod.name) === undefined)).toBeLessThan(1_000);
  cluster.advance(3_000);
  expect(endpoints(cluster).filter(({ conditions }) => conditions?.ready)).toHaveLength(3);
});

test("[KUBELET-10] preStop holds the end back, within the grace period and 2 s more", () => {
  const sleep = (seconds: number) => ({ lifecycle: { preStop: { sleep: { seconds } } } });
  const short = start(sleep(10));
  const brief = deleteFirst(short);
  const until = time(short, 15_000, () => !brief.exists());
  expect(until).toBeGreaterThanOrEqual(10_000);
  expect(until).toBeLessThanOrEqual(12_500);
  const long = start(sleep(20), { terminationGracePeriodSeconds: 20 });
  const stuck = deleteFirst(long);
  const end = time(long, 40_000, () => !stuck.exists());
  expect(end).toBeGreaterThanOrEqual(20_000);
  expect(end).toBeLessThanOrEqual(22_500);
});

test("[PROXY-3] when the last pod ends it is still reached while it serves", () => {
  const cluster = start({ lifecycle: { preStop: { sleep: { seconds: 10 } } } });
  const addresses = pods(cluster).map(({ status }) => status?.podIP ?? "");
  const { resourceVersion: _version, ...metadata } = cluster.api.get("deployments.apps", "default", "web").metadata;
  const { spec } = cluster.api.get("deployments.apps", "default", "web");
  cluster.api.update("deployments.apps", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: { ...spec, replicas: 0 },
  });
  cluster.advance(5_000);
  for (const address of addresses) expect(routedOn(cluster, address)).toEqual(NODES);
  cluster.advance(10_000);
  for (const address of addresses) expect(routedOn(cluster, address)).toEqual([]);
});

test("[NODE-5] [NODE-8] a dead node: about 50 s to NotReady, endpoints at once, 300 s more to the eviction, and its return", () => {
  const cluster = start();
  const lost = pods(cluster).find(({ spec }) => spec?.nodeName === "node-2");
  const address = lost?.status?.podIP ?? "";
  const name = lost?.metadata.name ?? "";
  const others = ["node-1", "node-3"];
  cluster.failNode("node-2");
  const nodeStatus = () =>
    cluster.api.get("nodes", undefined, "node-2").status?.conditions?.find(({ type }) => type === "Ready")?.status;
  const silent = time(cluster, 70_000, () => nodeStatus() === "Unknown");
  expect(silent).toBeGreaterThanOrEqual(40_000);
  expect(silent).toBeLessThanOrEqual(60_000);
  expect(time(cluster, 1_000, () => conditionsOf(cluster, name)?.ready === false)).toBeLessThan(1_000);
  expect(time(cluster, 1_500, () => routedOn(cluster, address, others).length === 0)).toBeLessThanOrEqual(1_500);
  const marked = () => pods(cluster).find(({ metadata }) => metadata.name === name)?.metadata.deletionTimestamp;
  const evicted = time(cluster, 320_000, () => marked() !== undefined);
  expect(evicted).toBeGreaterThanOrEqual(290_000);
  expect(evicted).toBeLessThanOrEqual(310_000);
  cluster.advance(600_000);
  expect(marked()).toBeDefined();
  cluster.restoreNode("node-2");
  expect(time(cluster, 20_000, () => !pods(cluster).some(({ metadata }) => metadata.name === name))).toBeLessThan(
    20_000,
  );
  expect(time(cluster, 20_000, () => nodeStatus() === "True")).toBeLessThan(20_000);
});
