// A cloud's load balancers on a whole cluster: which node they draw, what they let in, what each kind does to a packet.
import { describe, expect, test } from "vitest";
import type { Service } from "./api/types.gen.ts";
import { type Cluster, createCluster } from "./cluster.ts";
import type { Outcome, Place, SendRequest } from "./network/packet.ts";
import { type ClusterSettings, SHELL_SETTINGS } from "./sim/settings.ts";
import { outcomeOf } from "./testing.ts";

const LAPTOP: Place = { kind: "client", name: "laptop" };
const PHONE: Place = { kind: "client", name: "phone" };

function world(spec: Record<string, unknown> = {}, settings: Partial<ClusterSettings> = {}): Cluster {
  const cluster = createCluster({ seed: "lb", settings: { ...SHELL_SETTINGS, cloud: true, ...settings } });
  for (const [name, node] of [
    ["web-1", "node-1"],
    ["web-2", "node-2"],
    ["caller", "node-3"],
  ] as const)
    cluster.api.create("pods", "default", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "default", labels: { app: name.replace(/-.*/, "") } },
      spec: { nodeName: node, containers: [{ name: "main", image: "nginx", ports: [{ containerPort: 80 }] }] },
    });
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "default" },
    spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80, nodePort: 30080 }], ...spec },
  });
  cluster.advance(4_000);
  return cluster;
}

function get(cluster: Cluster, request: Partial<SendRequest> = {}): Outcome {
  return outcomeOf(cluster, { from: LAPTOP, host: "203.0.113.10", port: 80, timeoutMs: 2_000, ...request });
}

function lastPlaces(cluster: Cluster): string[] {
  const [asked] = [...cluster.trace.exchanges()].filter(({ purpose }) => purpose === "request").slice(-1);
  return (cluster.trace.packet(asked?.packets[0] ?? 0)?.hops ?? []).map(({ to }) =>
    "namespace" in to ? to.name : to.name,
  );
}

const reason = (outcome: Outcome) => ("reason" in outcome ? outcome.reason : outcome.kind);
const web = (cluster: Cluster): Service => cluster.api.get("services", "default", "web");
const healthy = (cluster: Cluster) => cluster.network.balancers.get("203.0.113.10")?.healthyNodes();

describe("a balancer that passes packets on", () => {
  test("[WALK-15] balances in two steps: over the nodes, and there over the pods of all nodes", () => {
    const cluster = world();
    const seen = new Set<string>();
    for (let i = 0; i < 60; i++) {
      expect(get(cluster).kind).toBe("answered");
      const [, node, ...rest] = lastPlaces(cluster);
      seen.add(`${node} ${rest.at(-1)}`);
    }
    expect([...seen].sort()).toEqual([
      "node-1 web-1",
      "node-1 web-2",
      "node-2 web-1",
      "node-2 web-2",
      "node-3 web-1",
      "node-3 web-2",
    ]);
  });

  test("[WALK-15] policy Local: only nodes whose healthCheckNodePort answers 200 are drawn, and the pod sees the client", () => {
    const cluster = world({ externalTrafficPolicy: "Local" });
    expect(healthy(cluster)).toEqual(["node-1", "node-2"]);
    expect(get(cluster)).toMatchObject({ kind: "answered", clientSeen: "192.168.1.10" });
    cluster.api.delete("pods", "default", "web-1", { gracePeriodSeconds: 0 });
    cluster.advance(1_000);
    expect(healthy(cluster)).toEqual(["node-2"]);
    expect(get(cluster, { host: "192.168.1.11", port: web(cluster).spec?.healthCheckNodePort ?? 0 })).toMatchObject({
      status: 503,
    });
    cluster.api.delete("pods", "default", "web-2", { gracePeriodSeconds: 0 });
    cluster.advance(1_000);
    expect(reason(get(cluster))).toBe("no node passes the load balancer's health check for default/web");
  });

  test("[PROXY-14] policy Cluster: a node is drawn while its kube-proxy answers on 10256 and nobody is about to delete it", () => {
    const cluster = world();
    expect(get(cluster, { host: "192.168.1.13", port: 10256, path: "/healthz" })).toMatchObject({ status: 200 });
    cluster.setKubeProxy("node-1", false);
    cluster.failNode("node-2");
    expect(healthy(cluster)).toEqual(["node-3"]);
    cluster.restoreNode("node-2");
    cluster.setKubeProxy("node-1", true);
    cluster.advance(1_000);
    expect(healthy(cluster)).toEqual(["node-1", "node-2", "node-3"]);
    cluster.api.patch(
      "nodes",
      { name: "node-3" },
      { type: "merge", body: { spec: { taints: [{ key: "ToBeDeletedByClusterAutoscaler", effect: "NoSchedule" }] } } },
    );
    cluster.advance(1_000);
    expect(healthy(cluster)).toEqual(["node-1", "node-2"]);
  });

  test("[LB-7] without node ports it still serves; the rules of the node enforce the source ranges", () => {
    const cluster = world({
      allocateLoadBalancerNodePorts: false,
      ports: [{ port: 80 }],
      loadBalancerSourceRanges: ["192.168.1.10/32"],
    });
    expect(web(cluster).spec?.ports?.[0]?.nodePort).toBeUndefined();
    expect(get(cluster).kind).toBe("answered");
    expect(reason(get(cluster, { from: PHONE }))).toMatch(
      /^loadBalancerSourceRanges of Service default\/web does not list 192\.168\.1\.20, so node-\d dropped it$/,
    );
  });

  test("[WALK-15] pods reach its address without leaving their node", () => {
    const cluster = world();
    expect(get(cluster, { from: { kind: "pod", namespace: "default", name: "caller" } }).kind).toBe("answered");
    expect(lastPlaces(cluster).some((place) => place.startsWith("load-balancer"))).toBe(false);
  });
});

describe.each(["proxy", "hostname"] as const)("a balancer of kind %s", (balancer) => {
  test("[LB-6] appears in the status by its kind", () => {
    const [told] = web(world({}, { balancer })).status?.loadBalancer?.ingress ?? [];
    expect(told).toEqual(
      balancer === "proxy" ? { ip: "203.0.113.10", ipMode: "Proxy" } : { hostname: "203-0-113-10.lb.cloud.example" },
    );
  });

  test("[LB-7] ends connections: pods see its address, and leave the cluster to reach it", () => {
    const cluster = world({ externalTrafficPolicy: "Local" }, { balancer });
    const host = balancer === "proxy" ? "203.0.113.10" : "203-0-113-10.lb.cloud.example";
    expect(get(cluster, { host })).toMatchObject({ kind: "answered", clientSeen: "203.0.113.10" });
    expect(
      get(cluster, { host, from: { kind: "pod", namespace: "default", name: "caller" }, timeoutMs: 20_000 }).kind,
    ).toBe("answered");
    expect(lastPlaces(cluster)).toContain("load-balancer 203.0.113.10");
  });

  test("[LB-7] enforces the source ranges itself, and needs a node port", () => {
    const ranges = world({ loadBalancerSourceRanges: ["192.168.1.10/32"] }, { balancer });
    expect(get(ranges).kind).toBe("answered");
    expect(reason(get(ranges, { from: PHONE }))).toBe(
      "loadBalancerSourceRanges of default/web does not list 192.168.1.20, so the load balancer dropped it",
    );
    const portless = world({ allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] }, { balancer });
    expect(reason(get(portless))).toBe("default/web has no node port that its load balancer could connect to");
  });
});

describe("the cloud's controller", () => {
  const events = (cluster: Cluster) =>
    cluster.api
      .list("events", { namespace: "default" })
      .filter(({ involvedObject }) => involvedObject.name === "web")
      .map(({ reason: why, count }) => `${why} ${count}`);

  test("[LB-5] a change of what the balancer is made from is reported again, and its address stays", () => {
    const cluster = world();
    expect(events(cluster)).toEqual(["EnsuringLoadBalancer 1", "EnsuredLoadBalancer 1"]);
    cluster.api.patch(
      "services",
      { namespace: "default", name: "web" },
      { type: "merge", body: { metadata: { labels: { a: "b" } } } },
    );
    cluster.advance(3_000);
    expect(events(cluster)).toEqual(["EnsuringLoadBalancer 1", "EnsuredLoadBalancer 1"]);
    cluster.api.patch(
      "services",
      { namespace: "default", name: "web" },
      { type: "merge", body: { spec: { externalTrafficPolicy: "Local" } } },
    );
    cluster.advance(3_000);
    expect(events(cluster)).toEqual(["EnsuringLoadBalancer 2", "EnsuredLoadBalancer 2"]);
    expect(web(cluster).status?.loadBalancer?.ingress?.[0]?.ip).toBe("203.0.113.10");
  });

  test("[LB-1] a Service with a class of its own is left to others, and one without a cloud waits forever, without an event", () => {
    for (const cluster of [world({ loadBalancerClass: "example.com/other" }), world({}, { cloud: false })]) {
      expect([web(cluster).status?.loadBalancer, events(cluster)]).toEqual([{}, []]);
      expect(get(cluster, { host: "192.168.1.13", port: 30080 }).kind).toBe("answered");
    }
  });

  test("[LB-8] the hours of all balancers add up, and stop with each", () => {
    const cluster = world();
    const begun = cluster.balancerMs();
    cluster.advance(10_000);
    expect(cluster.balancerMs() - begun).toBe(10_000);
    cluster.api.delete("services", "default", "web");
    cluster.advance(10_000);
    const ended = cluster.balancerMs();
    cluster.advance(10_000);
    expect(cluster.balancerMs()).toBe(ended);
  });
});
