// Annotation topology-mode: the tables of kubernetes/endpointslice reconciler_test.go TestReconcileTopology, on a whole cluster.
import { expect, test } from "vitest";
import { type Cluster, createCluster } from "../../cluster/cluster.ts";
import { SHELL_SETTINGS } from "../../cluster/sim/settings.ts";
import { donations, share } from "./controller-topology-shares.ts";

const AUTO = { "service.kubernetes.io/topology-mode": "Auto" };

/** A Service over pods on the given nodes, one for each number. */
function world(nodes: readonly number[], annotations: Record<string, string> = AUTO): Cluster {
  const cluster = createCluster({ seed: "topology", settings: SHELL_SETTINGS });
  const metadata = { name: "foo", annotations };
  const spec = { selector: { app: "foo" }, ports: [{ port: 80 }] };
  nodes.forEach((node, i) => {
    addPod(cluster, `pod${i}`, node);
  });
  cluster.advance(1_000);
  cluster.api.create("services", "default", { apiVersion: "v1", kind: "Service", metadata, spec });
  cluster.advance(1_000);
  return cluster;
}

function addPod(cluster: Cluster, name: string, node: number): void {
  cluster.api.create("pods", "default", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: "foo" } },
    spec: { nodeName: `node-${node}`, containers: [{ name: "main", image: "nginx" }] },
  });
}

/** How many endpoints are hinted to each zone, and how many to another than their own. */
function hints(cluster: Cluster): Record<string, number> {
  const counts: Record<string, number> = {};
  const slices = cluster.api.list("endpointslices.discovery.k8s.io", { namespace: "default" });
  for (const { endpoints } of slices.filter(({ metadata }) => metadata.name !== "kubernetes"))
    for (const { hints: given, zone } of endpoints ?? []) {
      const to = given?.forZones?.[0]?.name;
      counts[to ?? "none"] = (counts[to ?? "none"] ?? 0) + 1;
      if (to !== undefined && to !== zone) counts.cross = (counts.cross ?? 0) + 1;
    }
  return counts;
}

const news = (cluster: Cluster) =>
  cluster.api
    .list("events")
    .flatMap(({ involvedObject, reason, message }) =>
      involvedObject.kind === "Service" ? [`${reason} ${message}`] : [],
    );
const ENABLED = "TopologyAwareHintsEnabled Topology Aware Hints has been enabled, addressType: IPv4";
const few = (number: number) =>
  `TopologyAwareHintsDisabled Insufficient number of endpoints (${number} endpoints, 3 zones), addressType: IPv4`;

test.each<[string, number[], Record<string, string>, { hints: Record<string, number>; news: string[] }]>([
  [
    "three in one zone",
    [3, 3, 3],
    AUTO,
    { hints: { "zone-a": 1, "zone-b": 1, "zone-c": 1, cross: 2 }, news: [ENABLED] },
  ],
  [
    "nine, unevenly",
    [1, 1, 1, 1, 2, 2, 2, 3, 3],
    { "service.kubernetes.io/topology-aware-hints": "auto" },
    { hints: { "zone-a": 3, "zone-b": 3, "zone-c": 3, cross: 1 }, news: [ENABLED] },
  ],
  ["fewer than zones", [1, 2], AUTO, { hints: { none: 2 }, news: [few(2)] }],
  ["another value", [1, 2, 3], { "service.kubernetes.io/topology-mode": "auTo" }, { hints: { none: 3 }, news: [] }],
])("[EPS-12] hints of %s", (_, nodes, annotations, expected) => {
  const cluster = world(nodes, annotations);
  expect({ hints: hints(cluster), news: news(cluster) }).toEqual(expected);
});

test("[EPS-12] hints go when a zone's part can't be had any more, and come again", () => {
  const cluster = world([1, 2, 3]);
  cluster.api.delete("pods", "default", "pod2");
  cluster.advance(2_000);
  expect(hints(cluster)).toEqual({ none: 2 });
  addPod(cluster, "pod3", 3);
  cluster.advance(2_000);
  expect(hints(cluster)).toEqual({ "zone-a": 1, "zone-b": 1, "zone-c": 1 });
  const service = cluster.api.get("services", "default", "foo");
  cluster.api.update("services", { ...service, metadata: { ...service.metadata, annotations: {} } });
  cluster.advance(2_000);
  expect(hints(cluster)).toEqual({ none: 3 });
  expect(news(cluster).at(-1)).toBe(
    "TopologyAwareHintsDisabled Topology Aware Hints has been disabled, addressType: IPv4",
  );
});

// kubernetes/endpointslice topologycache/topologycache_test.go TestGetAllocations; ratios as there
test.each([
  [{ a: 0.5, b: 0.5 }, 4, { a: [2, 2], b: [2, 2] }],
  [{ a: 0.5, b: 0.25, c: 0.25 }, 4, { a: [2, 2], b: [1, 1], c: [1, 1] }],
  [{ a: 0.35, b: 0.35, c: 0.3 }, 3, { a: [1, 1.05], b: [1, 1.05], c: [1, 1] }],
])("[EPS-12] %j over %i endpoints", (ratios, endpoints, expected) => {
  const allocations = share(new Map(Object.entries(ratios)), endpoints);
  if (typeof allocations === "string") throw new Error(allocations);
  const found = [...allocations].map(([zone, { minimum, desired }]) => [zone, [minimum, desired]]);
  const close = Object.entries(expected).map(([zone, [minimum, desired]]) => [
    zone,
    [minimum, expect.closeTo(desired ?? 0)],
  ]);
  expect(found).toEqual(close);
});

test("[EPS-12] zones that have too many give to those that have too few", () => {
  const allocation = (desired: number) => ({ minimum: Math.floor(desired), maximum: 9, desired });
  const { giving, receiving } = donations(
    new Map([
      ["a", allocation(2)],
      ["b", allocation(2)],
      ["c", allocation(2)],
    ]),
    new Map([
      ["a", 4],
      ["b", 1],
    ]),
  );
  expect([Object.fromEntries(giving), Object.fromEntries(receiving)]).toEqual([{ a: 2 }, { b: 1, c: 1 }]);
});
