// How many packets are walked per second, and what that costs as Services and endpoints grow.
import { type Cluster, createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { peerRequests } from "./webernetes.ts";

const NODES = ["node-1", "node-2", "node-3"] as const;
const WARM_UP = 20_000;
const REQUESTS = 100_000;
const ROUNDS = 3;

/** A cluster with `services` Services of `endpoints` endpoints each; the pods of the first listen. */
function aCluster(services: number, endpoints: number): Cluster {
  const cluster = createCluster({ seed: "bench", settings: { ...SHELL_SETTINGS, coredns: false } });
  for (let i = 0; i < endpoints; i++) attach(cluster, i);
  for (let i = 0; i < services; i++) addService(cluster, i, endpoints);
  cluster.advance(5_000);
  return cluster;
}

function addressOf(i: number): { node: string; ip: string } {
  const node = NODES[i % 3] ?? "node-1";
  const host = Math.floor(i / 3);
  return { node, ip: `10.244.${(i % 3) + 1}.${2 + (host % 250)}` };
}

function attach(cluster: Cluster, i: number): void {
  const { node, ip } = addressOf(i);
  const uid = `pod-${i}`;
  cluster.network.attachPod({
    uid,
    namespace: "default",
    name: uid,
    node,
    address: ip,
    hostNetwork: false,
    resolver: undefined,
  });
  cluster.network.listen({ kind: "pod", uid }, { protocol: "TCP", port: 8080 }, () => ({ status: 200, body: "ok" }));
}

function addService(cluster: Cluster, i: number, endpoints: number): void {
  const name = `web-${i}`;
  const clusterIP = `10.96.${100 + Math.floor(i / 250)}.${1 + (i % 250)}`;
  const nodePort = i === 0 ? { nodePort: 30080 } : {};
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { type: i === 0 ? "NodePort" : "ClusterIP", clusterIP, ports: [{ port: 80, targetPort: 8080, ...nodePort }] },
  });
  cluster.api.create("endpointslices.discovery.k8s.io", "default", {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `${name}-1`, labels: { "kubernetes.io/service-name": name } },
    addressType: "IPv4",
    ports: [{ name: "", port: 8080, protocol: "TCP" }],
    endpoints: Array.from({ length: endpoints }, (_, at) => {
      const { node, ip } = addressOf(at);
      return { addresses: [ip], nodeName: node, conditions: { ready: true, serving: true, terminating: false } };
    }),
  });
}

/** Answered requests per second from the laptop to the nodePort of the first Service; the best of the rounds. */
function requestsPerSecond(cluster: Cluster): number {
  const send = () => {
    cluster.send({ from: { kind: "client", name: "laptop" }, host: "192.168.1.12", port: 30080 });
    cluster.advance(0);
  };
  for (let i = 0; i < WARM_UP; i++) send();
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    for (let i = 0; i < REQUESTS / ROUNDS; i++) send();
    best = Math.max(best, REQUESTS / ROUNDS / ((performance.now() - from) / 1000));
  }
  return best;
}

/** Wall milliseconds in which all kube-proxies take in one changed slice. */
function syncTime(cluster: Cluster): number {
  const resource = "endpointslices.discovery.k8s.io";
  const slice = cluster.api.get(resource, "default", "web-0-1");
  const [first, ...rest] = slice.endpoints ?? [];
  const from = performance.now();
  cluster.api.update(resource, { ...slice, endpoints: [...rest, ...(first === undefined ? [] : [first])] });
  cluster.advance(1_000);
  return performance.now() - from;
}

/** What a walk among 1,000 Services of 10 endpoints may cost of one among 10 Services of 10. */
const MOST = 1.5;

function limitText(services: number, ratio: number): string {
  if (services !== 1_000) return "";
  return ratio <= MOST ? ` (limit ${MOST}: kept)` : ` (limit ${MOST}: EXCEEDED)`;
}

/** The table that `npm run bench` prints. */
export async function run(): Promise<object[]> {
  const small = requestsPerSecond(aCluster(1, 3));
  const peer = await peerRequests(3, 10_000);
  const rows: object[] = [
    { world: "1 Service of 3", "requests/s": Math.round(small), against: `${(small / peer).toFixed(1)} × webernetes` },
    { world: "webernetes, 1 Service of 3", "requests/s": Math.round(peer) },
  ];
  let base = 0;
  for (const services of [10, 1_000, 10_000]) {
    const endpoints = services === 10_000 ? 3 : 10;
    const cluster = aCluster(services, endpoints);
    const rate = requestsPerSecond(cluster);
    base = base === 0 ? rate : base;
    rows.push({
      world: `${services} Services of ${endpoints}`,
      "requests/s": Math.round(rate),
      against: `${(base / rate).toFixed(2)} × the time of 10 Services${limitText(services, base / rate)}`,
      "one slice changed, ms": syncTime(cluster).toFixed(1),
    });
  }
  const many = aCluster(1, 700);
  rows.push({
    world: "1 Service of 700",
    "requests/s": Math.round(requestsPerSecond(many)),
    "one slice changed, ms": syncTime(many).toFixed(1),
  });
  return rows;
}
