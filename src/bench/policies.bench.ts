// What NetworkPolicies cost: a walk with many of them, and the change of one among many pods.
import { type Cluster, createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";

const POLICIES = "networkpolicies.networking.k8s.io";
const REQUESTS = 30_000;
const ROUNDS = 3;
/** What a walk among 1,000 Services with 500 policies may cost of one without; what one change may take. */
const MOST = 1.5;
const MOST_MS = 16;

/** Pods that listen on 8080, and `services` Services of the first ten. */
function aCluster(pods: number, services: number): Cluster {
  const settings = { ...SHELL_SETTINGS, coredns: false };
  const cluster = createCluster({ seed: "bench", settings, addons: ALL_KINDS });
  for (let i = 0; i < pods; i++) {
    const uid = `pod-${i}`;
    const at = { node: `node-${(i % 3) + 1}`, address: addressOf(i), hostNetwork: false, resolver: undefined };
    cluster.network.attachPod({ uid, namespace: "default", name: uid, ...at });
    cluster.network.listen({ kind: "pod", uid }, { protocol: "TCP", port: 8080 }, () => ({ status: 200, body: "ok" }));
  }
  for (let i = 0; i < services; i++) {
    const name = `web-${i}`;
    const clusterIP = `10.96.${100 + Math.floor(i / 250)}.${1 + (i % 250)}`;
    cluster.api.create("services", "default", {
      metadata: { name },
      spec: { clusterIP, ports: [{ port: 80, targetPort: 8080 }] },
    });
    cluster.api.create("endpointslices.discovery.k8s.io", "default", {
      metadata: { name: `${name}-1`, labels: { "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      ports: [{ name: "", port: 8080, protocol: "TCP" }],
      endpoints: Array.from({ length: 10 }, (_, at) => ({
        addresses: [addressOf(at)],
        nodeName: `node-${(at % 3) + 1}`,
        conditions: { ready: true },
      })),
    });
  }
  cluster.advance(5_000);
  return cluster;
}

function addressOf(i: number): string {
  const host = Math.floor(i / 3);
  return `10.244.${(i % 3) + 1 + 3 * Math.floor(host / 250)}.${2 + (host % 250)}`;
}

/** Policies that select every pod in both directions; only the last admits anything. */
function addPolicies(cluster: Cluster, count: number): void {
  for (let i = 0; i < count; i++) {
    const port = i === count - 1 ? 8080 : 9_000 + i;
    cluster.api.create(POLICIES, "default", {
      metadata: { name: `policy-${i}` },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port }] }],
        egress: [{ to: [{ podSelector: {} }], ports: [{ port }] }],
      },
    });
  }
  cluster.advance(1_000);
}

/** Microseconds of an answered request from a pod to a Service; the best of the rounds. */
function walkTime(cluster: Cluster): number {
  let answered = 0;
  const from = { kind: "pod", namespace: "default", name: "pod-20" } as const;
  const send = () => {
    cluster.send({ from, host: "10.96.100.1", port: 80 }, ({ kind }) => {
      if (kind === "answered") answered += 1;
    });
    cluster.advance(0);
  };
  for (let i = 0; i < REQUESTS / 3; i++) send();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    for (let i = 0; i < REQUESTS / ROUNDS; i++) send();
    best = Math.min(best, (performance.now() - begun) / (REQUESTS / ROUNDS));
  }
  if (answered !== REQUESTS / 3 + REQUESTS) throw new Error(`only ${answered} requests were answered`);
  return best * 1000;
}

/** Wall milliseconds in which one changed policy acts: until it is taken in, and what it adds to a packet to each of the pods. */
function changeTime(cluster: Cluster, pods: number): number {
  const policy = cluster.api.get(POLICIES, "default", "policy-0");
  const packets = packetsTime(cluster, pods);
  const begun = performance.now();
  cluster.api.update(POLICIES, { ...policy, spec: { ...policy.spec, ingress: [] } });
  cluster.advance(100);
  const taken = performance.now() - begun;
  return taken + Math.max(0, packetsTime(cluster, pods) - packets);
}

/** Wall milliseconds of a packet to each of the pods. */
function packetsTime(cluster: Cluster, pods: number): number {
  const begun = performance.now();
  const from = { kind: "pod", namespace: "default", name: "pod-0" } as const;
  for (let i = 0; i < pods; i++) cluster.send({ from, host: addressOf(i), port: 8080 });
  cluster.advance(100);
  return performance.now() - begun;
}

/** The table that `npm run bench` prints. */
export function run(): object[] {
  walkTime(aCluster(30, 1)); // so that the code is warm for both
  const without = walkTime(aCluster(30, 1_000));
  const cluster = aCluster(30, 1_000);
  addPolicies(cluster, 500);
  const walk = walkTime(cluster);
  const ratio = walk / without;
  const many = aCluster(1_000, 1);
  addPolicies(many, 500);
  changeTime(many, 1_000);
  const changes = [1, 2, 3].map(() => changeTime(many, 1_000));
  const change = Math.min(...changes);
  return [
    { what: "walk among 1,000 Services, µs", value: without.toFixed(1) },
    { what: "the same with 500 policies, µs", value: walk.toFixed(1) },
    { what: "ratio", value: ratio.toFixed(2), limit: `${MOST}: ${ratio <= MOST ? "kept" : "EXCEEDED"}` },
    {
      what: "one of 500 policies changed, 1,000 pods, ms",
      value: change.toFixed(2),
      limit: `${MOST_MS}: ${change <= MOST_MS ? "kept" : "EXCEEDED"}`,
    },
  ];
}
