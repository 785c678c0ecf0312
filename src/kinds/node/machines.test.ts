// Machines that join and leave while a cluster runs.
import { describe, expect, test } from "vitest";
import { type Cluster, createCluster, type Outcome, type SendRequest, SHELL_SETTINGS } from "../../cluster/index.ts";
import { kind } from "./index.ts";

const names = (cluster: Cluster) => cluster.api.list("nodes").map(({ metadata }) => metadata.name);
const pods = (cluster: Cluster) => cluster.api.list("pods", { namespace: "default" });
const others = (cluster: Cluster, ...gone: string[]) =>
  cluster.settings.nodes.filter(({ name }) => !gone.includes(name));
const reasons = (cluster: Cluster, about: string) =>
  cluster.api.list("events").flatMap(({ involvedObject, reason }) => (involvedObject.name === about ? [reason] : []));

function start(settings: Parameters<typeof createCluster>[0]["settings"] = {}): Cluster {
  return createCluster({
    addons: [kind],
    seed: "machines",
    settings: { ...SHELL_SETTINGS, machinesJoin: true, ...settings },
  });
}

/** A cluster with a Deployment on all nodes, behind node port 30080. */
function startWeb(replicas = 6): Cluster {
  const cluster = start();
  const labels = { app: "web" };
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { type: "NodePort", selector: labels, ports: [{ port: 80, nodePort: 30080 }] },
  });
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "nginx" }] } },
    },
  });
  cluster.advance(2_000);
  return cluster;
}

function ask(cluster: Cluster, request: SendRequest): Outcome | undefined {
  let outcome: Outcome | undefined;
  cluster.send(request, (got) => {
    outcome = got;
  });
  cluster.advance(10_000);
  return outcome;
}

const toNodePort = (host: string): SendRequest => ({ from: { kind: "client", name: "laptop" }, host, port: 30080 });

function declareNode(cluster: Cluster, name: string, rest: object = {}): void {
  cluster.api.create("nodes", undefined, { apiVersion: "v1", kind: "Node", metadata: { name }, ...rest });
}

describe("[NODE-12] machines by settings", () => {
  test("a cluster of one node, as minikube and kind have", () => {
    const cluster = start({ nodes: [{ name: "minikube" }] });
    expect(cluster.settings.nodes).toEqual([
      { name: "minikube", address: "192.168.1.11", zone: "zone-a", podCIDR: "10.244.1.0/24" },
    ]);
    expect(names(cluster)).toEqual(["minikube"]);
    const dns = cluster.api.list("pods", { namespace: "kube-system" });
    expect(dns.map(({ spec, status }) => [spec?.nodeName, status?.phase])).toEqual([
      ["minikube", "Running"],
      ["minikube", "Running"],
    ]);
  });

  test("a hundred nodes have a hundred addresses, none of which is a client's", () => {
    const nodes = Array.from({ length: 100 }, (_, at) => ({ name: `node-${at + 1}` }));
    const { settings } = start({ nodes });
    const addresses = [...settings.nodes, ...settings.clients].map(({ address }) => address);
    expect(new Set(addresses).size).toBe(102);
    expect(new Set(settings.nodes.map(({ podCIDR }) => podCIDR)).size).toBe(100);
    const node = settings.nodes.find(({ name }) => name === "node-10");
    expect(node).toMatchObject({ address: "192.168.1.21", podCIDR: "10.244.10.0/24" });
  });

  test("a new node has pods, and its node port answers", () => {
    const cluster = startWeb();
    cluster.configure({ nodes: [...cluster.settings.nodes, { name: "node-4", zone: "zone-d", cpu: "2", pods: 1 }] });
    cluster.advance(1_000);
    const { metadata, spec, status } = cluster.api.get("nodes", undefined, "node-4");
    expect(metadata.labels?.["topology.kubernetes.io/zone"]).toBe("zone-d");
    expect(spec?.podCIDR).toBe("10.244.4.0/24");
    expect(status?.capacity).toMatchObject({ cpu: "2", memory: "32Gi", pods: "1" });
    expect(ask(cluster, toNodePort("192.168.1.14"))).toMatchObject({ kind: "answered", status: 200 });
    cluster.api.patch(
      "deployments.apps",
      { namespace: "default", name: "web" },
      { type: "merge", body: { spec: { replicas: 7 } } },
    );
    cluster.advance(2_000);
    const here = pods(cluster).filter((pod) => pod.spec?.nodeName === "node-4");
    expect(here.map((pod) => pod.status?.podIP)).toEqual(["10.244.4.2"]);
    const slices = cluster.api.list("endpointslices.discovery.k8s.io", { namespace: "default" });
    const endpoint = slices.flatMap(({ endpoints }) => endpoints ?? []).find(({ nodeName }) => nodeName === "node-4");
    expect(endpoint?.zone).toBe("zone-d");
  });

  test("another zone and size are reported at once, or when the kubelet runs again", () => {
    const cluster = start();
    const change = (zone: string, memory: string) =>
      cluster.configure({
        nodes: cluster.settings.nodes.map((node) => (node.name === "node-2" ? { ...node, zone, memory } : node)),
      });
    const seen = () => {
      const { metadata, status } = cluster.api.get("nodes", undefined, "node-2");
      return [metadata.labels?.["topology.kubernetes.io/zone"], status?.allocatable?.memory];
    };
    change("zone-x", "2Gi");
    expect(seen()).toEqual(["zone-x", "2Gi"]);
    cluster.failNode("node-2");
    change("", "4Gi");
    expect(seen()).toEqual(["zone-x", "2Gi"]);
    cluster.restoreNode("node-2");
    expect(seen()).toEqual([undefined, "4Gi"]);
  });

  test("a node that joins under its old name runs the pods that are still bound to it", () => {
    const cluster = startWeb();
    cluster.configure({ nodes: others(cluster, "node-2") });
    cluster.advance(10_000);
    cluster.configure({ nodes: [...cluster.settings.nodes, { name: "node-2" }] });
    cluster.advance(60_000);
    expect(cluster.settings.nodes.at(-1)).toMatchObject({ address: "192.168.1.12", podCIDR: "10.244.2.0/24" });
    const here = pods(cluster).filter((pod) => pod.spec?.nodeName === "node-2");
    expect(here.map((pod) => pod.status?.podIP)).toEqual(["10.244.2.2", "10.244.2.3"]);
    expect(ask(cluster, toNodePort("192.168.1.12"))).toMatchObject({ kind: "answered" });
  });
});

describe("[NODE-13] a Node object makes a machine join", () => {
  test("in the terminal's shell it stays a Node alone, as on a real cluster", () => {
    const cluster = start({ machinesJoin: false });
    declareNode(cluster, "node-9");
    cluster.advance(5_000);
    expect(cluster.settings.nodes.map(({ name }) => name)).not.toContain("node-9");
    expect(reasons(cluster, "node-9")).not.toContain("NoMachine");
  });

  test("with its labels, taints and size, and it leaves with the object", () => {
    const cluster = start();
    const taint = { key: "only", value: "gpu", effect: "NoSchedule" };
    const labels = { "topology.kubernetes.io/zone": "far", tier: "gold" };
    declareNode(cluster, "extra", {
      metadata: { name: "extra", labels },
      spec: { taints: [taint] },
      status: { capacity: { cpu: "500m", memory: "1Gi", pods: "500" } },
    });
    cluster.advance(1_000);
    const { metadata, spec, status } = cluster.api.get("nodes", undefined, "extra");
    expect(metadata.labels).toMatchObject({ ...labels, "kubernetes.io/hostname": "extra" });
    expect(metadata.labels).not.toHaveProperty(["topology.kubernetes.io/region"]);
    expect(spec).toMatchObject({ taints: [taint], podCIDR: "10.244.4.0/24" });
    expect(status?.capacity).toMatchObject({ cpu: "500m", memory: "1Gi", pods: "250" });
    expect(status?.addresses?.[0]).toEqual({ type: "InternalIP", address: "192.168.1.14" });
    expect(status?.conditions?.find(({ type }) => type === "Ready")?.status).toBe("True");
    cluster.api.delete("nodes", undefined, "extra");
    cluster.advance(1_000);
    expect(cluster.settings.nodes.map(({ name }) => name)).toEqual(["node-1", "node-2", "node-3"]);
  });

  test.each([
    ["laptop", {}, "laptop is the name of a client outside the cluster"],
    ["extra", { spec: { podCIDR: "10.244.2.0/24" } }, "node-2 has its podCIDR 10.244.2.0/24"],
    ["extra", { spec: { podCIDR: "10.9.2.0/24" } }, "its podCIDR 10.9.2.0/24 is no /24 range of 10.244.0.0/16"],
  ])("unless none may: %s %j", (name, rest, why) => {
    const cluster = start();
    declareNode(cluster, name, rest);
    cluster.advance(1_000);
    const event = cluster.api.list("events").find(({ reason }) => reason === "NoMachine");
    expect(event?.message).toBe(`No machine joins as node ${name}: ${why}`);
    expect(cluster.settings.nodes).toHaveLength(3);
  });

  test("at most a hundred", () => {
    const cluster = start({ nodes: Array.from({ length: 100 }, (_, at) => ({ name: `node-${at + 1}` })) });
    declareNode(cluster, "extra");
    cluster.advance(1_000);
    expect(cluster.settings.nodes).toHaveLength(100);
    expect(reasons(cluster, "extra")).toContain("NoMachine");
  });
});

describe("[NODE-14] a machine that leaves", () => {
  test("takes its Node and Lease along; its pods are removed after 40 s and replaced", () => {
    const cluster = startWeb();
    cluster.configure({ nodes: others(cluster, "node-2", "node-3") });
    expect(names(cluster)).toEqual(["node-1"]);
    expect(cluster.api.list("leases.coordination.k8s.io").map(({ metadata }) => metadata.name)).toEqual(["node-1"]);
    cluster.advance(39_000);
    expect(reasons(cluster, "node-2")).toContain("RemovingNode");
    expect(pods(cluster).filter((pod) => pod.spec?.nodeName === "node-1")).toHaveLength(2);
    cluster.advance(5_000);
    expect(pods(cluster).map((pod) => pod.spec?.nodeName)).toEqual(Array(6).fill("node-1"));
    for (let at = 0; at < 10; at++)
      expect(ask(cluster, toNodePort("192.168.1.11"))).toMatchObject({ kind: "answered", status: 200 });
  });

  test("loses what is under way to it, and no one has its address any more", () => {
    const cluster = startWeb();
    cluster.configure({ hopLatency: 400 });
    const id = cluster.send(toNodePort("192.168.1.13"));
    cluster.advance(200);
    cluster.configure({ nodes: others(cluster, "node-3") });
    cluster.advance(1_000);
    const [packet = 0] = cluster.trace.exchange(id)?.packets ?? [];
    const hop = cluster.trace.packet(packet)?.hops.at(-1);
    expect([hop?.verdict, hop?.reason]).toEqual(["lost", "node-3 has left the cluster"]);
    const outcome = ask(cluster, toNodePort("192.168.1.13"));
    expect(outcome).toMatchObject({ kind: "unreachable", reason: "no machine has the address 192.168.1.13" });
  });

  test("takes along what was broken there", () => {
    const cluster = start();
    cluster.failNode("node-3");
    cluster.setKubeProxy("node-2", false);
    cluster.faults.apply({ kind: "kubelet", node: "node-3" });
    cluster.faults.apply({ kind: "pod-network", between: ["node-1", "node-3"] });
    cluster.configure({ nodes: others(cluster, "node-3") });
    expect(cluster.faults.list().map(({ id }) => id)).toEqual(["kube-proxy/node-2"]);
    cluster.configure({ nodes: [...cluster.settings.nodes, { name: "node-3" }] });
    cluster.advance(100_000);
    const { spec, status } = cluster.api.get("nodes", undefined, "node-3");
    expect([spec?.taints, status?.conditions?.at(-1)?.status]).toEqual([undefined, "True"]);
  });
});

describe("[NODE-15] kubectl delete node of a machine that runs", () => {
  test("the kubelet registers again when it restarts, not before", () => {
    const cluster = startWeb();
    cluster.api.delete("nodes", undefined, "node-2");
    cluster.advance(60_000);
    expect(names(cluster)).toEqual(["node-1", "node-3"]);
    expect(pods(cluster).map((pod) => pod.spec?.nodeName)).not.toContain("node-2");
    cluster.faults.apply({ kind: "kubelet", node: "node-2" });
    cluster.faults.undo("kubelet/node-2");
    expect(names(cluster)).toContain("node-2");
  });

  test("a Node of that name created by hand gets the status at the kubelet's next turn, and no labels", () => {
    const cluster = start();
    cluster.api.delete("nodes", undefined, "node-2");
    declareNode(cluster, "node-2");
    cluster.advance(10_000);
    const { metadata, spec, status } = cluster.api.get("nodes", undefined, "node-2");
    expect([metadata.labels, spec?.podCIDR]).toEqual([undefined, "10.244.2.0/24"]);
    expect(status?.conditions?.find(({ type }) => type === "Ready")?.status).toBe("True");
    expect(cluster.settings.nodes).toHaveLength(3);
  });
});

test("[NODE-16] a Node that no kubelet reports for takes no pods and is unknown after a minute", () => {
  const cluster = start();
  declareNode(cluster, "phone");
  const state = () => {
    const { spec, status } = cluster.api.get("nodes", undefined, "phone");
    const ready = status?.conditions?.find(({ type }) => type === "Ready");
    return [spec?.taints?.map(({ key, effect }) => `${key}:${effect}`), ready?.status, ready?.reason, ready?.message];
  };
  cluster.advance(59_000);
  expect(state()).toEqual([["node.kubernetes.io/not-ready:NoSchedule"], undefined, undefined, undefined]);
  cluster.advance(10_000);
  const taints = ["node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute"];
  expect(state()).toEqual([taints, "Unknown", "NodeStatusNeverUpdated", "Kubelet never posted node status."]);
  expect(reasons(cluster, "phone")).not.toContain("NodeNotReady");
});
