// kube-proxy over random clusters: against a routing function written from its description alone, and as text in both forms.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EndpointSlice, Service } from "../api/types.gen.ts";
import { holds, parseCidr } from "../network/ip.ts";
import { evaluate } from "../network/netfilter/evaluate.ts";
import { NodeRuleset } from "../network/netfilter/node-ruleset.ts";
import { iptablesRestore } from "../network/netfilter/restore.ts";
import type { Ruleset } from "../network/netfilter/rule.ts";
import { iptablesSave } from "../network/netfilter/save.ts";
import type { Protocol } from "../network/packet.ts";
import { parseSlice } from "./endpoints.ts";
import { nftablesList } from "./nftables.ts";
import { nftVerdict } from "./nftables-reader.ts";
import { serviceRules } from "./rules.ts";
import { servicePorts } from "./service-port.ts";
import { categorize } from "./topology.ts";

const POD_CIDR = "10.244.0.0/16";
const SERVICE_CIDR = "10.96.0.0/16";
const NODES = [
  { name: "node-1", zone: "zone-a", address: "192.168.1.11" },
  { name: "node-2", zone: "zone-b", address: "192.168.1.12" },
  { name: "node-3", zone: "", address: "192.168.1.13" },
] as const;
type TestNode = (typeof NODES)[number];

interface Ep {
  readonly ip: string;
  readonly node: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zones: readonly string[];
  readonly nodes: readonly string[];
}

/** A Service with one port, in the words of its description. */
interface World {
  readonly name: string;
  readonly at: number;
  readonly type: "ClusterIP" | "NodePort" | "LoadBalancer";
  readonly protocol: Protocol;
  readonly internal: "Cluster" | "Local";
  readonly external: "Cluster" | "Local";
  readonly externalIP: boolean;
  readonly ipMode: "VIP" | "Proxy";
  readonly ranges: readonly string[];
  readonly affinity: boolean;
  readonly endpoints: readonly Ep[];
}

const clusterIP = (world: World) => `10.96.0.${world.at}`;
const balancerIP = (world: World) => `203.0.113.${world.at}`;
const externalIP = (world: World) => `192.0.2.${world.at}`;
const nodePort = (world: World) => 30_000 + world.at;
const PORT = 80;

// ---- the description: docs/semantics.md 3.2 and 3.4 -------------------------------------------------------------------------------

interface Question {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly protocol: Protocol;
}

function usableInCluster(eps: readonly Ep[], node: TestNode): readonly Ep[] {
  const ready = eps.filter((ep) => ep.ready);
  const byNode = ready.every((ep) => ep.nodes.length > 0) && ready.some((ep) => ep.nodes.includes(node.name));
  const byZone =
    ready.every((ep) => ep.zones.length > 0) && ready.some((ep) => node.zone !== "" && ep.zones.includes(node.zone));
  const near = ready.filter((ep) => (byNode ? ep.nodes.includes(node.name) : !byZone || ep.zones.includes(node.zone)));
  return near.length > 0 ? near : eps.filter((ep) => ep.serving && ep.terminating);
}

function usableHere(eps: readonly Ep[], node: TestNode): readonly Ep[] {
  const here = eps.filter((ep) => ep.node === node.name);
  const ready = here.filter((ep) => ep.ready);
  return ready.length > 0 ? ready : here.filter((ep) => ep.serving && ep.terminating);
}

/** What happens to a packet on a node. */
function oracle(worlds: readonly World[], node: TestNode, asked: Question): string {
  const loopback = asked.destination.startsWith("127.");
  for (const world of worlds) {
    if (world.protocol !== asked.protocol) continue;
    const way = wayIn(world, node, { ...asked, loopback });
    if (way !== undefined) return routed(world, node, { ...asked, way });
  }
  return "ACCEPT";
}

function isOpen(world: World): boolean {
  return world.type !== "ClusterIP" || world.externalIP;
}

function wayIn(
  world: World,
  node: TestNode,
  { destination, port, loopback }: Question & { readonly loopback: boolean },
): "internal" | "external" | "balancer" | undefined {
  if (port === PORT && destination === clusterIP(world)) return "internal";
  if (port === PORT && world.externalIP && destination === externalIP(world)) return "external";
  if (port === PORT && world.type === "LoadBalancer" && world.ipMode === "VIP" && destination === balancerIP(world))
    return "balancer";
  const ownAddress = destination === node.address || loopback;
  return world.type !== "ClusterIP" && ownAddress && port === nodePort(world) ? "external" : undefined;
}

function routed(
  world: World,
  node: TestNode,
  { source, way }: Question & { readonly way: "internal" | "external" | "balancer" },
): string {
  const kind = holds(POD_CIDR, source) ? "pod" : source === node.address ? "node" : "other";
  const eps = world.endpoints;
  const isLocal = (way === "internal" ? world.internal : world.external) === "Local";
  const open = isOpen(world);
  const usesCluster = world.internal === "Cluster" || open;
  const usesLocal = world.internal === "Local" || (world.external === "Local" && open);
  const cluster = usesCluster ? usableInCluster(eps, node) : [];
  const local = usesLocal ? usableHere(eps, node) : [];
  const anywhere = eps.some((ep) => ep.ready || (ep.serving && ep.terminating));
  if (!(cluster.length > 0 || (usesLocal && anywhere))) return "REJECT";
  const guarded = way === "balancer" && world.ranges.length > 0 && !world.ranges.includes("0.0.0.0/0");
  if (guarded && !world.ranges.some((range) => holds(range, source))) return "DROP";
  const inside = way !== "internal" && isLocal && kind !== "other";
  const set = isLocal && !inside ? local : cluster;
  if (set.length === 0) return isLocal && !inside ? "DROP" : "REJECT";
  let masquerade = way === "internal" ? kind !== "pod" : isLocal ? kind === "node" : true;
  if (set.some((ep) => ep.ip === source)) masquerade = true;
  return ["ACCEPT", ...set.map((ep) => `${ep.ip}:8080`).sort(), ...(masquerade ? ["masquerade"] : [])].join(" ");
}

// ---- random clusters ------------------------------------------------------------------------------------------------------

const ep = fc
  .record({
    ip: fc.constantFrom("10.244.1.2", "10.244.1.3", "10.244.2.2", "10.244.2.3", "10.244.3.2", "10.244.3.3"),
    ready: fc.boolean(),
    serves: fc.boolean(),
    terminating: fc.boolean(),
    zones: fc.constantFrom([], ["zone-a"], ["zone-b"], ["zone-a", "zone-b"]),
    nodes: fc.constantFrom([], ["node-1"], ["node-2"]),
  })
  .map(({ ip, ready, serves, terminating, zones, nodes }): Ep => {
    const isReady = ready && !terminating;
    return {
      ip,
      node: `node-${ip.split(".")[2]}`,
      ready: isReady,
      serving: isReady || serves,
      terminating,
      zones,
      nodes,
    };
  });
const policy = fc.constantFrom("Cluster" as const, "Local" as const);
const aWorld = (name: string, at: number): fc.Arbitrary<World> =>
  fc.record({
    name: fc.constant(name),
    at: fc.constant(at),
    type: fc.constantFrom("ClusterIP" as const, "NodePort" as const, "LoadBalancer" as const),
    protocol: fc.constantFrom("TCP" as const, "TCP" as const, "UDP" as const, "SCTP" as const),
    internal: policy,
    external: policy,
    externalIP: fc.boolean(),
    ipMode: fc.constantFrom("VIP" as const, "VIP" as const, "Proxy" as const),
    ranges: fc.constantFrom(
      [],
      ["192.168.1.10/32"],
      ["192.168.1.0/24"],
      ["10.244.0.0/16", "192.168.1.20/32"],
      ["0.0.0.0/0"],
    ),
    affinity: fc.boolean(),
    endpoints: fc.uniqueArray(ep, { maxLength: 5, selector: (each) => each.ip }),
  });
const worlds = fc.tuple(aWorld("web", 50), aWorld("api", 51), aWorld("db", 52));
const node = fc.constantFrom(...NODES);
const SOURCES = [
  "192.168.1.10",
  "192.168.1.20",
  "192.168.1.11",
  "192.168.1.12",
  "192.168.1.13",
  "10.244.1.2",
  "10.244.2.9",
];
const question = fc.record({
  source: fc.constantFrom(...SOURCES),
  destination: fc.constantFrom(
    ...[
      "10.96.0.50",
      "10.96.0.51",
      "10.96.0.52",
      "10.96.0.99",
      "203.0.113.50",
      "203.0.113.51",
      "192.0.2.50",
      "192.0.2.52",
    ],
    ...["192.168.1.11", "192.168.1.12", "10.244.2.2", "127.0.0.1"],
  ),
  port: fc.constantFrom(80, 80, 80, 30_050, 30_051, 30_052, 8080),
  protocol: fc.constantFrom("TCP" as const, "TCP" as const, "UDP" as const, "SCTP" as const),
});

function objectsOf(world: World): { service: Service; slice: EndpointSlice } {
  const { name, type, protocol, ranges } = world;
  const port = { port: PORT, protocol, ...(type === "ClusterIP" ? {} : { nodePort: nodePort(world) }) };
  const ingress = type === "LoadBalancer" ? [{ ip: balancerIP(world), ipMode: world.ipMode }] : [];
  return {
    service: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: "default" },
      spec: {
        type,
        clusterIP: clusterIP(world),
        internalTrafficPolicy: world.internal,
        externalTrafficPolicy: world.external,
        externalIPs: world.externalIP ? [externalIP(world)] : [],
        loadBalancerSourceRanges: type === "LoadBalancer" ? [...ranges] : [],
        sessionAffinity: world.affinity ? "ClientIP" : "None",
        ports: [port],
      },
      status: { loadBalancer: { ingress } },
    },
    slice: {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: `${name}-1`, namespace: "default", labels: { "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      ports: [{ name: "", port: 8080, protocol }],
      endpoints: world.endpoints.map(({ ip, node: host, ready, serving, terminating, zones, nodes }) => ({
        addresses: [ip],
        nodeName: host,
        conditions: { ready, serving, terminating },
        hints: { forZones: zones.map((zone) => ({ name: zone })), forNodes: nodes.map((each) => ({ name: each })) },
      })),
    },
  };
}

/** The rules of a node as data and as nftables' text. */
function rulesOf(all: readonly World[], at: TestNode): { ruleset: Ruleset; nft: string } {
  const ruleset = new NodeRuleset();
  const podCIDR = parseCidr(POD_CIDR);
  if (podCIDR === undefined) throw new Error("no range");
  const ports = all.map(objectsOf).flatMap(({ service, slice }) =>
    servicePorts(service).map((info) => {
      const endpoints = parseSlice(slice).get(`${info.portName} ${info.protocol}`) ?? [];
      const categories = categorize(endpoints, info, at);
      const subject = { ...info, service: info.id, candidates: () => [], whyNone: () => "" };
      const parts = {
        info,
        categories,
        subject,
        nodeAddress: at.address,
        podCIDR,
        markMasquerade: ruleset.markMasquerade,
      };
      ruleset.set(`${info.id} ${info.protocol}`, serviceRules(parts));
      return { info, categories };
    }),
  );
  return { ruleset, nft: nftablesList(ports, { address: at.address, podCIDR: POD_CIDR, serviceCIDR: SERVICE_CIDR }) };
}

function ask(ruleset: Ruleset, at: TestNode, { source, destination, port, protocol }: Question): string {
  const isLocal = (address: string) => address === at.address || address.startsWith("127.");
  const { verdict, destinations, masquerade } = evaluate(
    ruleset,
    { protocol, source, sourcePort: 40_000, destination, destinationPort: port },
    { isLocal, origin: isLocal(source) ? "here" : "wire", now: 0 },
  );
  const set = destinations.map((each) => each.text).sort();
  return [verdict, ...set, ...(masquerade ? ["masquerade"] : [])].join(" ");
}

/** 127.0.0.1 is asked by the node itself alone. */
function isPossible({ source, destination }: Question, at: TestNode): boolean {
  return !destination.startsWith("127.") || source === at.address;
}

const RUNS = { numRuns: 300 };

test("[PROXY-5] [PROXY-6] [PROXY-7] the rules do what the routing function, written from its description alone, says", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(worlds, node, fc.array(question, { minLength: 6, maxLength: 14 }), (all, at, questions) => {
      const { ruleset } = rulesOf(all, at);
      for (const each of questions.filter((asked) => isPossible(asked, at))) {
        const said = ask(ruleset, at, each);
        seen.add(said.split(" ")[0] ?? "");
        expect(said).toBe(oracle(all, at, each));
      }
    }),
    RUNS,
  );
  expect(seen).toEqual(new Set(["ACCEPT", "REJECT", "DROP"]));
});

test("[NAT-4] iptables-save text, read back, does the same", () => {
  fc.assert(
    fc.property(worlds, node, fc.array(question, { minLength: 4, maxLength: 8 }), (all, at, questions) => {
      const restored = iptablesRestore(iptablesSave(rulesOf(all, at).ruleset));
      for (const each of questions.filter((asked) => isPossible(asked, at)))
        expect(ask(restored, at, each)).toBe(oracle(all, at, each));
    }),
    RUNS,
  );
});

/** What nftables mode does otherwise: docs/semantics.md 3.12. */
function nftOracle(all: readonly World[], at: TestNode, asked: Question): string {
  if (asked.destination.startsWith("127.")) return "ACCEPT";
  const said = oracle(all, at, asked);
  if (said !== "ACCEPT" || !holds(SERVICE_CIDR, asked.destination)) return said;
  return all.some((world) => clusterIP(world) === asked.destination) ? "REJECT" : "DROP";
}

test("[NAT-5] the nftables text, read and run, does the same but for what that mode does otherwise", () => {
  fc.assert(
    fc.property(worlds, node, fc.array(question, { minLength: 4, maxLength: 8 }), (all, at, questions) => {
      const { nft } = rulesOf(all, at);
      for (const each of questions.filter((asked) => isPossible(asked, at))) {
        const packet = { ...each, protocol: each.protocol.toLowerCase(), own: [at.address] };
        expect(nftVerdict(nft, packet)).toBe(nftOracle(all, at, each));
      }
    }),
    RUNS,
  );
});
