// NetworkPolicies at work: where they act, on what, and what a packet's record says of them.
import { expect, test } from "vitest";
import {
  type Cluster,
  type ClusterSettings,
  createCluster,
  describeHop,
  describeOutcome,
  type Hop,
  type NetworkPolicySpec,
  type Place,
  type SendRequest,
} from "../../cluster/index.ts";
import { ALL_KINDS } from "../index.ts";

const POLICIES = "networkpolicies.networking.k8s.io";
const DNS = { podSelector: { matchLabels: { "k8s-app": "kube-dns" } }, namespaceSelector: {} };
const LAPTOP: Place = { kind: "client", name: "laptop" };
const WEB: Place = { kind: "pod", namespace: "default", name: "web" };
const CLI: Place = { kind: "pod", namespace: "default", name: "cli" };
const HOST: Place = { kind: "pod", namespace: "default", name: "host" };
const node = (name: string): Place => ({ kind: "node", name });

/** Pods web (node-1, 8080, Service web 80 → http at 30080), cli (node-2) and host (node-3, on its network), ready. */
function aCluster(settings: Partial<ClusterSettings> = {}): Cluster {
  const lags = { hopLatency: 0, imagePull: 10, containerStart: 10, proxyLag: { from: 100, to: 100 } };
  const cluster = createCluster({ addons: ALL_KINDS, seed: "policies", settings: { ...lags, ...settings } });
  const { api } = cluster;
  for (const [name, nodeName, more] of [
    ["web", "node-1", {}],
    ["cli", "node-2", {}],
    ["host", "node-3", { hostNetwork: true }],
  ] as const)
    api.create("pods", "default", {
      metadata: { name, labels: { app: name } },
      spec: {
        nodeName,
        ...more,
        containers: [
          {
            name: "main",
            image: "podpath.example/server",
            ports: [{ name: "http", containerPort: 8080 }],
            readinessProbe: { httpGet: { path: "/", port: 8080 }, periodSeconds: 1 },
          },
        ],
      },
    });
  api.create("services", "default", {
    metadata: { name: "web" },
    spec: {
      type: "NodePort",
      selector: { app: "web" },
      ports: [{ port: 80, targetPort: "http", nodePort: 30080 }],
    },
  });
  cluster.advance(5_000);
  return cluster;
}

function apply(cluster: Cluster, name: string, spec: NetworkPolicySpec): void {
  cluster.api.create(POLICIES, "default", { metadata: { name }, spec });
  cluster.advance(100);
}

interface Sent {
  readonly kind: string;
  readonly last: string;
  readonly hops: readonly Hop[];
  readonly told: string;
}

function send(
  cluster: Cluster,
  from: Place,
  [host, port]: readonly [string, number],
  more: Partial<SendRequest> = {},
): Sent {
  let kind = "pending";
  const id = cluster.send({ from, host, port, timeoutMs: 1_000, ...more }, (outcome) => {
    kind = outcome.kind;
  });
  cluster.advance(30_000);
  const exchange = cluster.trace.exchange(id);
  const hops = (exchange?.packets ?? []).slice(0, 1).flatMap((each) => cluster.trace.packet(each)?.hops ?? []);
  const last = hops.at(-1);
  return {
    kind,
    last: last === undefined ? "" : describeHop(last),
    hops,
    told: exchange === undefined ? "" : describeOutcome(exchange),
  };
}

const address = (cluster: Cluster, place: Place) => cluster.network.addressOf(place) ?? "";
const clusterIP = (cluster: Cluster) => cluster.api.get("services", "default", "web").spec?.clusterIP ?? "";
const DENY_IN = { podSelector: {}, policyTypes: ["Ingress"] };
const DENY_OUT = { podSelector: {}, policyTypes: ["Egress"] };

test("[NETPOL-3] egress is decided at the sender's node, on the pod and its port behind the Service", () => {
  const cluster = aCluster();
  apply(cluster, "out", {
    podSelector: { matchLabels: { app: "cli" } },
    policyTypes: ["Egress"],
    egress: [{ to: [{ ipBlock: { cidr: `${clusterIP(cluster)}/32` } }], ports: [{ port: 80 }] }],
  });
  const { kind, last, hops } = send(cluster, CLI, [clusterIP(cluster), 80]);
  expect([kind, hops.at(-1)?.to]).toEqual(["timeout", node("node-2")]);
  expect(hops.at(-1)?.end?.rewrites.map((each) => each.to)).toEqual([`${address(cluster, WEB)}:8080`]);
  expect(last).toBe(
    `Node-2 dropped the packet for ${clusterIP(cluster)}:80 without an answer: NetworkPolicy default/out isolates pod default/cli for egress and does not admit TCP 8080 to pod default/web: rule 1 lists TCP 80, not TCP 8080, and its to is ipBlock ${clusterIP(cluster)}/32, which doesn't hold ${address(cluster, WEB)}.`.replace(
      "Node-2",
      "node-2",
    ),
  );
  apply(cluster, "pod", { ...DENY_OUT, egress: [{ to: [{ podSelector: {} }], ports: [{ port: 8080 }] }] });
  const open = send(cluster, CLI, [clusterIP(cluster), 80]);
  expect(open.kind).toBe("answered");
  expect(describeHop(open.hops[1] as Hop)).toMatch(/; rule 1 of NetworkPolicy default\/pod admits it \(egress\)\.$/);
});

test("[NETPOL-3] ingress is decided at the pod's node, on what masquerading left of the sender", () => {
  const cluster = aCluster();
  apply(cluster, "in", { ...DENY_IN, ingress: [{ from: [{ ipBlock: { cidr: "192.168.1.10/32" } }] }] });
  const direct = send(cluster, LAPTOP, ["192.168.1.12", 30080]);
  expect([direct.kind, direct.hops.at(-1)?.to]).toEqual(["timeout", node("node-1")]);
  expect(direct.last).toContain("is ipBlock 192.168.1.10/32, which doesn't hold 192.168.1.12");
  expect(direct.told).toContain("does not admit TCP 8080 from node-2 (192.168.1.12)");
  expect(send(cluster, LAPTOP, ["192.168.1.11", 30080]).kind).toBe("timeout"); // the pod's own node puts its address there too
  const service = cluster.api.get("services", "default", "web");
  cluster.api.update("services", { ...service, spec: { ...service.spec, externalTrafficPolicy: "Local" } });
  cluster.advance(500);
  expect(send(cluster, LAPTOP, ["192.168.1.11", 30080]).kind).toBe("answered");
});

test("[NETPOL-4] probes, the pod's own node, a pod itself and answers pass", () => {
  const cluster = aCluster();
  apply(cluster, "none", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  cluster.advance(60_000);
  const isReady = ({ type, status }: { type: string; status: string }) => type === "Ready" && status === "True";
  expect(cluster.api.get("pods", "default", "web").status?.conditions?.some(isReady)).toBe(true);
  expect(send(cluster, node("node-1"), [address(cluster, WEB), 8080]).kind).toBe("answered");
  expect(send(cluster, node("node-2"), [address(cluster, WEB), 8080]).kind).toBe("timeout");
  expect(send(cluster, CLI, ["192.168.1.12", 10_250], { protocol: "ICMP", port: 0 }).kind).toBe("answered"); // to its own node
  expect(send(cluster, WEB, [address(cluster, WEB), 8080]).kind).toBe("answered");
  expect(send(cluster, WEB, ["localhost", 8080]).kind).toBe("answered");
  apply(cluster, "one", { podSelector: { matchLabels: { app: "web" } }, ingress: [{}] });
  expect(send(cluster, HOST, [address(cluster, WEB), 8080]).kind).toBe("answered"); // web's egress says nothing of answers
});

test("[NETPOL-4] a pod comes back to itself by its Service", () => {
  const cluster = aCluster();
  apply(cluster, "none", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  expect(send(cluster, WEB, [clusterIP(cluster), 80]).kind).toBe("answered");
});

test("[NETPOL-4] a pod on its node's network is that node: neither selected nor a peer by labels", () => {
  const cluster = aCluster();
  apply(cluster, "none", { podSelector: {}, policyTypes: ["Egress"] });
  expect(send(cluster, HOST, [address(cluster, WEB), 8080]).kind).toBe("answered");
  apply(cluster, "in", { ...DENY_IN, ingress: [{ from: [{ podSelector: {} }] }] });
  const blocked = send(cluster, HOST, [address(cluster, WEB), 8080]);
  expect(blocked.told).toContain("192.168.1.13 is node-3's: selectors find pods only");
  apply(cluster, "nodes", { ...DENY_IN, ingress: [{ from: [{ ipBlock: { cidr: "192.168.1.13/32" } }] }] });
  expect(send(cluster, HOST, [address(cluster, WEB), 8080]).kind).toBe("answered");
});

test("[NETPOL-5] a policy, labels of pods and of namespaces act a moment after they changed", () => {
  const cluster = aCluster();
  const ask = () => {
    let kind = "dropped";
    cluster.send({ from: CLI, host: address(cluster, WEB), port: 8080 }, (outcome) => {
      kind = outcome.kind;
    });
    cluster.advance(0);
    return kind;
  };
  const label = (resource: "pods" | "namespaces", name: string, labels: Record<string, string>) => {
    const object = cluster.api.get(resource, resource === "pods" ? "default" : undefined, name);
    const metadata = { ...object.metadata, labels: { ...object.metadata.labels, ...labels } };
    cluster.api.update(resource, { ...object, metadata });
  };
  const turns = (from: string, to: string) => {
    cluster.advance(99);
    expect(ask()).toBe(from);
    cluster.advance(1);
    expect(ask()).toBe(to);
  };
  const peer = { podSelector: { matchLabels: { role: "client" } }, namespaceSelector: { matchLabels: { team: "a" } } };
  cluster.api.create(POLICIES, "default", {
    metadata: { name: "in" },
    spec: { ...DENY_IN, ingress: [{ from: [peer] }] },
  });
  turns("answered", "dropped");
  label("pods", "cli", { role: "client" });
  label("namespaces", "default", { team: "a" });
  turns("dropped", "answered");
  label("namespaces", "default", { team: "b" });
  turns("answered", "dropped");
  cluster.api.delete(POLICIES, "default", "in", {});
  turns("dropped", "answered");
});

test("[NETPOL-5] a new pod is isolated from its first packet on", () => {
  const cluster = aCluster({ proxyLag: { from: 3_000, to: 3_000 } });
  apply(cluster, "none", DENY_IN);
  cluster.advance(3_000);
  cluster.api.create("pods", "default", {
    metadata: { name: "late", labels: { app: "late" } },
    spec: {
      nodeName: "node-1",
      containers: [{ name: "main", image: "podpath.example/server", ports: [{ containerPort: 8080 }] }],
    },
  });
  cluster.advance(100);
  const late: Place = { kind: "pod", namespace: "default", name: "late" };
  expect(send(cluster, CLI, [address(cluster, late), 8080]).kind).toBe("timeout");
});

test("[NETPOL-5] an open connection is held against policies that came later", () => {
  const cluster = aCluster();
  const ask = () => send(cluster, CLI, [address(cluster, WEB), 8080], { sourcePort: 45_000 }).kind;
  expect(ask()).toBe("answered");
  apply(cluster, "none", DENY_IN);
  expect(ask()).toBe("timeout");
});

test("[NETPOL-6] rules with ports say nothing of ICMP; rules without admit it", () => {
  const cluster = aCluster();
  const ping = () => send(cluster, CLI, [address(cluster, WEB), 0], { protocol: "ICMP" }).kind;
  apply(cluster, "ports", { ...DENY_IN, ingress: [{ ports: [{ protocol: "TCP" }, { protocol: "UDP" }] }] });
  expect([ping(), send(cluster, CLI, [address(cluster, WEB), 8080]).kind]).toEqual(["timeout", "answered"]);
  apply(cluster, "all", { ...DENY_IN, ingress: [{}] });
  expect(ping()).toBe("answered");
});

test("[NETPOL-8] a name that can't be looked up names the policy that its query met", () => {
  const cluster = aCluster();
  apply(cluster, "out", { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ podSelector: {} }] }] });
  const { kind, told } = send(cluster, CLI, ["web", 80], { timeoutMs: 20_000 });
  expect(kind).toBe("unresolved");
  expect(told).toMatch(
    /NetworkPolicy default\/out isolates pod default\/cli for egress and does not admit UDP 53 to pod kube-system\/coredns-\S+: rule 1 fits the port, but its to is podSelector \{\} in namespace default, and pod kube-system\/coredns-\S+ is in namespace kube-system/,
  );
  apply(cluster, "dns", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ to: [DNS], ports: [{ protocol: "UDP", port: 53 }] }],
  });
  expect(send(cluster, CLI, ["web", 80]).kind).toBe("answered");
});

test("[NETPOL-10] a plugin that enforces nothing lets everything pass, and begins as soon as it is switched on", () => {
  const cluster = aCluster({ networkPolicies: false });
  apply(cluster, "none", DENY_IN);
  expect(send(cluster, CLI, [address(cluster, WEB), 8080]).kind).toBe("answered");
  cluster.configure({ networkPolicies: true });
  expect(send(cluster, CLI, [address(cluster, WEB), 8080]).kind).toBe("timeout");
});

test("[NETPOL-7] each policy that applies is in the record with its verdict and the rule that came nearest", () => {
  const cluster = aCluster();
  apply(cluster, "a", { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: [{ port: "metrics" }] }] });
  apply(cluster, "b", {
    podSelector: { matchLabels: { app: "web" } },
    ingress: [
      {
        from: [{ podSelector: { matchLabels: { app: "api" } } }],
        ports: [{ port: "http" }, { port: 9000, endPort: 9010 }],
      },
    ],
  });
  apply(cluster, "c", { podSelector: { matchLabels: { app: "db" } } });
  const { hops, told } = send(cluster, CLI, [address(cluster, WEB), 8080]);
  const policies = hops
    .at(-1)
    ?.end?.rules.filter(({ table }) => table === "policy")
    .map(({ text }) => text);
  expect(policies).toEqual([
    "NetworkPolicy default/a (Ingress) DoesNotAdmit: rule 1 fits pod default/cli, but lists TCP metrics, not TCP 8080 (pod default/web has no port named metrics)",
    "NetworkPolicy default/b (Ingress) DoesNotAdmit: rule 1 fits the port, but its from is podSelector app=api in namespace default, and pod default/cli has app=cli",
  ]);
  expect(told).toContain(
    "2 NetworkPolicies isolate pod default/web for ingress and none admits TCP 8080 from pod default/cli; nearest is a: rule 1 fits",
  );
});
