// What it costs to look for everything that is wrong, with 100 and with 1,000 Services of ten endpoints.

import { type Cluster, createCluster } from "../cluster/index.ts";
import { diagnose } from "../diagnosis/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";

const ROUNDS = 9;

/** Thirty applications of ten pods, and this many Services over them, one of which selects nothing. */
function clusterWith(services: number): Cluster {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "many", settings: { hopLatency: 0 } });
  for (let i = 0; i < 30; i++)
    for (let j = 0; j < 10; j++)
      cluster.api.create("pods", "default", {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: `pod-${i}-${j}`, labels: { app: `app-${i}` } },
        spec: { containers: [{ name: "web", image: "nginx:1.29", ports: [{ containerPort: 8080 }] }] },
      });
  for (let i = 0; i < services; i++)
    cluster.api.create("services", "default", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: `svc-${i}` },
      spec: { selector: { app: i === 50 ? "app-x" : `app-${i % 30}` }, ports: [{ port: 80, targetPort: 8080 }] },
    });
  cluster.advance(5_000);
  return cluster;
}

function row(services: number): Record<string, number> {
  const cluster = clusterWith(services);
  const times = Array.from({ length: ROUNDS }, () => {
    const begin = performance.now();
    const found = diagnose(cluster);
    if (found.length !== 1) throw new Error(`${found.length} findings in the place of one`);
    return performance.now() - begin;
  }).sort((a, b) => a - b);
  const ms = times[Math.floor(ROUNDS / 2)] ?? 0;
  return { Services: services, ms: Number(ms.toFixed(1)), "µs a Service": Number(((1000 * ms) / services).toFixed(1)) };
}

/** One row per size, with what a Service costs among this many. */
export function run(): readonly Record<string, number>[] {
  row(100); // the first run pays for compiling
  return [100, 1_000].map(row);
}
