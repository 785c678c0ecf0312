// Syncs that look at changed pods only leave what a look at all pods would.
import { expect, test } from "vitest";
import { type Cluster, createCluster } from "../../cluster/cluster.ts";
import { SHELL_SETTINGS } from "../../cluster/sim/settings.ts";
import { reconcile } from "./controller-reconcile.ts";

const SLICES = "endpointslices.discovery.k8s.io";
const LABELS = { app: "web" };

function addPod(cluster: Cluster, number: number, port = 80): void {
  cluster.api.create("pods", "default", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `p${number}`, labels: LABELS },
    spec: {
      nodeName: `node-${1 + (number % 3)}`,
      containers: [{ name: "main", image: "nginx", ports: [{ name: "http", containerPort: port }] }],
    },
  });
}

/** One change of pods, of the Service, of a node or of a slice. */
function change(cluster: Cluster, random: () => number): void {
  const { api } = cluster;
  const pods = api.list("pods", { namespace: "default" });
  const pod = pods[Math.floor(random() * pods.length)];
  const kind = Math.floor(random() * 12);
  if (kind < 4 || pod === undefined) addPod(cluster, Math.floor(random() * 1e6), random() < 0.01 ? 81 : 80);
  else if (kind < 6) api.delete("pods", "default", pod.metadata.name ?? "", { gracePeriodSeconds: kind === 4 ? 0 : 1 });
  else if (kind < 8) cluster.setReadiness("default", pod.metadata.name ?? "", kind === 6 ? false : undefined);
  else if (kind === 8) {
    const labels = pod.metadata.labels?.app === "web" ? { app: "other" } : LABELS;
    api.update("pods", { ...pod, metadata: { ...pod.metadata, labels } });
  } else if (kind === 9) {
    const service = api.get("services", "default", "web");
    const spec = { ...service.spec, publishNotReadyAddresses: random() < 0.5 };
    api.update("services", { ...service, spec });
  } else if (kind === 10) {
    const node = api.get("nodes", undefined, "node-1");
    const labels = { ...node.metadata.labels, "topology.kubernetes.io/zone": random() < 0.5 ? "zone-a" : "zone-d" };
    api.update("nodes", { ...node, metadata: { ...node.metadata, labels } });
    addPod(cluster, Math.floor(random() * 1e6)); // a node's zone is noticed at the next change of pods
  } else {
    const [slice] = api.list(SLICES, { namespace: "default" }).filter(({ metadata }) => metadata.name !== "kubernetes");
    if (slice !== undefined) api.delete(SLICES, "default", slice.metadata.name ?? "");
  }
}

test.each(["a", "b", "c", "d"])("[EPS-4] [EP-2] whatever changed, nothing is left to change: run %s", (seed) => {
  const cluster = createCluster({ seed, settings: SHELL_SETTINGS });
  const spec = { selector: LABELS, ports: [{ port: 80, targetPort: "http" }] };
  cluster.api.create("services", "default", { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec });
  for (let number = 0; number < 150; number++) addPod(cluster, number);
  cluster.advance(1_000);
  let state = seed.charCodeAt(0);
  const random = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let round = 0; round < 60; round++) {
    for (let changes = Math.floor(random() * 8); changes >= 0; changes--) change(cluster, random);
    cluster.advance(random() < 0.5 ? 40 : 400);
    if (round % 3 < 2) continue;
    cluster.advance(3_000);
    const pods = cluster.api
      .list("pods", { namespace: "default" })
      .filter(({ metadata }) => metadata.labels?.app === "web");
    const slices = cluster.api
      .list(SLICES, { namespace: "default" })
      .filter(({ metadata }) => metadata.name !== "kubernetes");
    const service = cluster.api.get("services", "default", "web");
    const left = reconcile(service, pods, slices, (name) => cluster.api.find("nodes", undefined, name));
    const names = slices.flatMap(({ endpoints }) => (endpoints ?? []).map(({ targetRef }) => targetRef?.name));
    expect(new Set(names).size).toBe(names.length);
    expect([left.create, left.update, left.remove]).toEqual([[], [], []]);
    const { subsets = [] } = cluster.api.get("endpoints", "default", "web");
    const ready = subsets.flatMap(({ addresses = [] }) => addresses.map(({ targetRef }) => targetRef?.name));
    const inSlices = slices.flatMap(({ endpoints = [] }) =>
      endpoints.flatMap(({ conditions, targetRef }) => (conditions?.ready === true ? [targetRef?.name] : [])),
    );
    expect(ready.toSorted()).toEqual(inSlices.toSorted());
  }
});
