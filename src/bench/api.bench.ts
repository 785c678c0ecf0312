// What the API server costs as it fills: applying, listing and watching beside 100, 1,000 and 10,000 objects, and 200 objects applied at once.

import { type Cluster, createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { runKubectl } from "../kubectl/index.ts";

const SIZES = [100, 1_000, 10_000] as const;
const BATCH = 200;
const ROUNDS = 5;

type Make = (name: string, value: string) => object;

const configMap: Make = (name, value) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { value } });
const service: Make = (name, value) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, labels: { value } },
  spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] },
});
const deployment: Make = (name, value) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, labels: { value } },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "main", image: "nginx" }] } },
  },
});

const KINDS: ReadonlyArray<readonly [string, string, Make]> = [
  ["ConfigMaps", "configmaps", configMap],
  ["Services", "services", service],
  ["Deployments of no pods", "deployments.apps", deployment],
];

/** `kubectl apply` of these objects as one file, of which each must be answered. */
function apply(cluster: Cluster, objects: readonly object[]): void {
  let answers = 0;
  runKubectl(["apply", "-f", "-"], {
    cluster,
    files: new Map(),
    stdin: objects.map((each) => JSON.stringify(each)).join("\n---\n"),
    namespace: "default",
    out: (text) => {
      answers += text.split("\n").length - 1;
    },
    err: (text) => {
      throw new Error(text);
    },
    exit: () => undefined,
    onInterrupt: () => undefined,
  });
  if (answers !== objects.length) throw new Error(`bench: ${answers} answers for ${objects.length} objects`);
}

function timeOf(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

const best = (work: (round: number) => void) =>
  Math.min(...Array.from({ length: ROUNDS }, (_, round) => timeOf(() => work(round))));
const batch = (make: Make, prefix: string, value: string) =>
  Array.from({ length: BATCH }, (_, i) => make(`${prefix}-${i}`, value));
const micros = (ms: number, objects: number) => Math.round((ms * 1_000) / objects);

/** A row per kind and size; microseconds for one object throughout. */
export async function run(): Promise<object[]> {
  const rows: object[] = [];
  const warmUp = createCluster({ addons: ALL_KINDS, seed: "bench", settings: SHELL_SETTINGS });
  for (const value of ["0", "1"]) for (const [, , make] of KINDS) apply(warmUp, batch(make, "warm", value)); // pays for compiling
  for (const [kind, resource, make] of KINDS) {
    let first = 0;
    for (const size of SIZES) {
      const cluster = createCluster({ addons: ALL_KINDS, seed: "bench", settings: SHELL_SETTINGS });
      for (let i = 0; i < size; i++) cluster.api.create(resource, "default", make(`there-${i}`, "0"));
      const settle = timeOf(() => cluster.advance(5_000));
      const created = best((round) => apply(cluster, batch(make, `new-${round}`, "0")));
      const changed = best((round) => apply(cluster, batch(make, "new-0", `changed-${round}`)));
      const same = best(() => apply(cluster, batch(make, "new-1", "0")));
      const stored = cluster.api.store.count(resource);
      const listed = best(() => {
        if (cluster.api.list(resource, { namespace: "default" }).length < size) throw new Error("bench: too few");
      });
      let seen = 0;
      const stop = cluster.api.watch(resource, () => seen++);
      const watched = best((round) => apply(cluster, batch(make, "new-2", `watched-${round}`)));
      stop();
      if (seen !== ROUNDS * BATCH) throw new Error(`bench: ${seen} events were seen`);
      first ||= created;
      rows.push({
        "μs each": `beside ${size} ${kind}`,
        created: micros(created, BATCH),
        growth: `${(created / first).toFixed(2)} × beside ${SIZES[0]}`,
        changed: micros(changed, BATCH),
        unchanged: micros(same, BATCH),
        watched: micros(watched, BATCH),
        listed: micros(listed, stored),
        "controllers, 5 s": micros(settle, size),
      });
    }
  }
  return rows;
}
