// What a Deployment costs as it is scaled to 100, 1,000 and 5,000 pods: time and heap per pod, and what a day of idling costs then.

import { type Cluster, createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { runKubectl } from "../kubectl/index.ts";
import { peerScale } from "./webernetes.ts";

const SIZES = [100, 1_000, 5_000] as const;
/** Small runs are repeated and the best is reported, as a collection or a neighbour costs more than the run. */
const ROUNDS: Readonly<Record<number, number>> = { 100: 15, 1000: 5, 5000: 3 };
const DAY_MS = 24 * 3_600_000;
const LABELS = { app: "web" };

/** Three nodes with room for 16,000 pods each. */
const SETTINGS = {
  ...SHELL_SETTINGS,
  nodes: SHELL_SETTINGS.nodes.map((node, i) => ({ ...node, podCIDR: `10.244.${i * 64}.0/18` })),
};

/** A cluster with a Deployment of no pods behind a NodePort Service. */
function aCluster(): Cluster {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "bench", settings: SETTINGS });
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 0,
      selector: { matchLabels: LABELS },
      template: { metadata: { labels: LABELS }, spec: { containers: [{ name: "web", image: "nginx" }] } },
    },
  });
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { type: "NodePort", selector: LABELS, ports: [{ port: 80 }] },
  });
  cluster.advance(1_000);
  return cluster;
}

/** Runs `kubectl scale` and lets time pass until the EndpointSlices hold every pod as ready. */
function scale(cluster: Cluster, replicas: number): void {
  runKubectl(["scale", "deployment/web", `--replicas=${replicas}`], {
    cluster,
    files: new Map(),
    stdin: "",
    namespace: "default",
    out: () => undefined,
    err: (text) => {
      throw new Error(text);
    },
    exit: () => undefined,
    onInterrupt: () => undefined,
  });
  for (let waited = 0; readyEndpoints(cluster) < replicas; waited += 10) {
    if (waited > 60_000)
      throw new Error(`bench: ${readyEndpoints(cluster)} of ${replicas} pods are ready after a minute`);
    cluster.advance(10);
  }
}

function readyEndpoints(cluster: Cluster): number {
  let ready = 0;
  for (const slice of cluster.informers.of("endpointslices.discovery.k8s.io").list()) {
    if (slice.metadata.labels?.["kubernetes.io/service-name"] !== "web") continue;
    for (const endpoint of slice.endpoints ?? []) if (endpoint.conditions?.ready === true) ready++;
  }
  return ready;
}

function timeOf(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** The best time of scaling to this many pods, each time in a cluster made afresh. */
function bestTime(replicas: number): number {
  const times = Array.from({ length: ROUNDS[replicas] ?? 1 }, () => {
    const cluster = aCluster();
    return timeOf(() => scale(cluster, replicas));
  });
  return Math.min(...times);
}

/** Bytes that each of this many pods takes with all that it brings along. */
function weigh(cluster: Cluster, replicas: number): number {
  const empty = heapUsed();
  scale(cluster, replicas);
  cluster.advance(1_000);
  return (heapUsed() - empty) / replicas;
}

/** What 24 virtual hours cost in which nobody does anything. */
function idleDay(cluster: Cluster): { ms: number; events: number } {
  let events = 0;
  const stop = cluster.clock.afterEvent(() => events++);
  const ms = timeOf(() => cluster.advance(DAY_MS));
  stop();
  return { ms, events };
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** One row per size, then the peer's. */
export async function run(): Promise<object[]> {
  bestTime(100); // pays for compiling
  const rows: object[] = [];
  const times = new Map<number, number>();
  for (const pods of SIZES) {
    const ms = bestTime(pods);
    const cluster = aCluster();
    const heap = weigh(cluster, pods);
    times.set(pods, ms);
    const idle = idleDay(cluster);
    rows.push({
      world: `scaled to ${pods} pods`,
      ms: rounded(ms, 1),
      "ms per pod": rounded(ms / pods, 3),
      growth: `${(ms / pods / ((times.get(100) ?? ms) / 100)).toFixed(2)} × a pod of 100`,
      "heap per pod, kB": rounded(heap / 1_000, 1),
      "24 idle hours, ms": rounded(idle.ms, 1),
      "events in them": idle.events,
    });
  }
  const peerSizes = process.env.BENCH_FULL === "1" ? [100, 1_000] : [100];
  for (const pods of peerSizes) {
    const ms = await peerScale(pods);
    rows.push({
      world: `webernetes, applied with ${pods} pods`,
      ms: rounded(ms, 1),
      "ms per pod": rounded(ms / pods, 3),
      growth: `${(ms / (times.get(pods) ?? ms)).toFixed(0)} × ours`,
    });
  }
  return rows;
}
