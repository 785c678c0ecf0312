// The slices of a Service from its pods: docs/semantics.md 2, with the recorded order of ports.
import { expect, test } from "vitest";
import type { EndpointSlice, Node, Pod, Service } from "../../cluster/api/types.gen.ts";
import { sortPorts } from "./controller-ports.ts";
import { reconcile, type SliceChanges } from "./controller-reconcile.ts";

const service: Service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "big", namespace: "big", uid: "s" },
  spec: { clusterIP: "10.96.0.50", selector: { app: "big" }, ports: [{ port: 80, targetPort: "http" }] },
};
const node: Node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "node-1", labels: { "topology.kubernetes.io/zone": "zone-a" } },
};

function pod(index: number, port: number | undefined = 8080): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `p${index}`, namespace: "big", uid: `u${index}`, labels: { app: "big" } },
    spec: {
      nodeName: "node-1",
      containers: [{ name: "main", ...(port === undefined ? {} : { ports: [{ name: "http", containerPort: port }] }) }],
    },
    status: { phase: "Running", podIP: `10.244.1.${index}`, conditions: [{ type: "Ready", status: "True" }] },
  };
}

/** Applies changes to slices as the API server would, naming new ones. */
function apply(slices: readonly EndpointSlice[], changes: SliceChanges): EndpointSlice[] {
  const gone = new Set(changes.remove.map(({ metadata }) => metadata.name));
  const updated = new Map(changes.update.map((slice) => [slice.metadata.name, slice]));
  const kept = slices
    .filter(({ metadata }) => !gone.has(metadata.name))
    .map((slice) => updated.get(slice.metadata.name) ?? slice);
  const named = changes.create.map((slice, i) => ({
    ...slice,
    metadata: { ...slice.metadata, name: `big-${slices.length + i}` },
  }));
  return [...kept, ...named];
}

const run = (pods: readonly Pod[], slices: readonly EndpointSlice[] = []) =>
  apply(
    slices,
    reconcile(service, pods, slices, () => node),
  );
const sizes = (slices: readonly EndpointSlice[]) =>
  slices.map(({ endpoints }) => endpoints?.length ?? 0).sort((a, b) => a - b);
const many = (count: number) => Array.from({ length: count }, (_, i) => pod(i + 1));

test("[EPS-4] 105 pods are slices of 100 and 5, and shrinking does not repack them", () => {
  const slices = run(many(105));
  expect(sizes(slices)).toEqual([5, 100]);
  const fewer = run(
    many(105).filter((_, i) => i < 91 || i >= 101),
    slices,
  );
  expect(sizes(fewer)).toEqual([4, 91]);
});

test("[EPS-4] nothing is written when nothing changed", () => {
  const slices = run(many(5));
  const changes = reconcile(service, many(5), slices, () => node);
  expect([changes.create, changes.update, changes.remove]).toEqual([[], [], []]);
});

test("[EPS-3] each number behind a named port has its slice, and pods without it one without ports", () => {
  const slices = run([
    pod(1, 8080),
    pod(2, 9090),
    { ...pod(3), spec: { nodeName: "node-1", containers: [{ name: "main" }] } },
  ]);
  expect(slices.map(({ ports, endpoints }) => [ports?.[0]?.port, endpoints?.[0]?.addresses[0]])).toEqual([
    [8080, "10.244.1.1"],
    [9090, "10.244.1.2"],
    [undefined, "10.244.1.3"],
  ]);
});

test("[EPS-7] the last endpoint leaves an empty slice of the same name, which the next one fills", () => {
  const slices = run(many(1));
  const empty = run([], slices);
  expect(empty.map(({ metadata, endpoints, ports }) => [metadata.name, endpoints, ports])).toEqual([["big-0", [], []]]);
  const full = run(many(2), empty);
  expect(full.map(({ metadata, endpoints }) => [metadata.name, endpoints?.length])).toEqual([["big-0", 2]]);
});

test("[EPS-2] conditions of ready, unready and terminating pods, and with publishNotReadyAddresses", () => {
  const unready: Pod = { ...pod(2), status: { ...pod(2).status, conditions: [{ type: "Ready", status: "False" }] } };
  const ending: Pod = { ...pod(3), metadata: { ...pod(3).metadata, deletionTimestamp: "2026-01-01T00:00:30Z" } };
  const conditions = (of: Service) =>
    reconcile(of, [pod(1), unready, ending], [], () => node).create[0]?.endpoints?.map((each) => each.conditions);
  expect(conditions(service)).toEqual([
    { ready: true, serving: true, terminating: false },
    { ready: false, serving: false, terminating: false },
    { ready: false, serving: true, terminating: true },
  ]);
  const publishing = { ...service, spec: { ...service.spec, publishNotReadyAddresses: true } };
  expect(conditions(publishing)?.map((each) => each?.ready)).toEqual([true, true, true]);
});

// endpoints/several-ports-in-one-slice.transcript and docs/semantics.md 2.3
test("[EPS-5] ports come in the recorded order", () => {
  const names = (...ports: [string, number, string][]) =>
    sortPorts(ports.map(([name, port, protocol]) => ({ name, port, protocol }))).map(({ name }) => name);
  expect(names(["web", 8080, "TCP"], ["metrics", 9090, "TCP"])).toEqual(["metrics", "web"]);
  expect(names(["http", 8080, "TCP"], ["https", 8443, "TCP"], ["dns", 53, "UDP"])).toEqual(["http", "dns", "https"]);
});
