// The same decisions in nftables' form: what kube-proxy would write in that mode.
import type { EndpointInfo } from "./endpoints.ts";
import { isExternallyAccessible, type ServicePortInfo } from "./service-port.ts";
import { sha256 } from "./sha256.ts";
import { type Categories, usesCluster, usesLocal } from "./topology.ts";

/** One Service port with what a node may use for it. */
export interface NftPort {
  readonly info: ServicePortInfo;
  readonly categories: Categories;
}

const TABLE = "table ip kube-proxy";

/** What the table says of its node and the networks around it. */
interface NftNode {
  readonly address: string;
  readonly podCIDR: string;
  readonly serviceCIDR: string;
}

/** The table of one node. Spec: [NAT-5]. */
// Models kubernetes/pkg/proxy/nftables/proxier.go syncProxyRules
export function nftablesList(ports: readonly NftPort[], node: NftNode): string {
  const sorted = [...ports].sort((a, b) => (a.info.id < b.info.id ? -1 : 1));
  const maps = [
    set("cluster-ips", "ipv4_addr", [...new Set(sorted.map(({ info }) => info.clusterIP))]),
    map("firewall-ips", "ipv4_addr . inet_proto . inet_service : verdict", sorted.flatMap(firewallIPs)),
    map("no-endpoint-nodeports", "inet_proto . inet_service : verdict", sorted.flatMap(noEndpointNodePorts)),
    map("no-endpoint-services", "ipv4_addr . inet_proto . inet_service : verdict", sorted.flatMap(noEndpointServices)),
    set("nodeport-ips", "ipv4_addr", [node.address]),
    map("service-ips", "ipv4_addr . inet_proto . inet_service : verdict", sorted.flatMap(serviceIPs)),
    map("service-nodeports", "inet_proto . inet_service : verdict", sorted.flatMap(serviceNodePorts)),
  ];
  const sticky = sorted.flatMap(affinitySets);
  const chains = [
    ...sticky,
    ...baseChains(node.serviceCIDR),
    ...sorted.flatMap((port) => portChains(port, node.podCIDR)),
  ];
  return `${[`${TABLE} {`, ...maps, ...chains, "}"].join("\n")}\n`;
}

function block(head: string, lines: readonly string[]): string {
  return [`\t${head} {`, ...lines.map((line) => `\t\t${line}`), "\t}", ""].join("\n");
}

function elements(entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [`elements = { ${entries.join(",\n\t\t\t     ")} }`];
}

function map(name: string, type: string, entries: readonly string[]): string {
  return block(`map ${name}`, [`type ${type}`, ...elements(entries)]);
}

function set(name: string, type: string, entries: readonly string[]): string {
  return block(`set ${name}`, [`type ${type}`, ...elements(entries)]);
}

/** The chains that the kernel calls, each with what it jumps to; firewall rules look before translation, the others behind it. */
// Models kubernetes/pkg/proxy/nftables/proxier.go nftablesBaseChains, nftablesJumpChains
const HOOKS: readonly (readonly [chain: string, hook: string, ...jumps: string[]])[] = [
  ["filter-forward", "filter hook forward priority filter", "service-endpoints-check", "cluster-ips-check"],
  ["filter-input", "filter hook input priority filter", "nodeport-endpoints-check", "service-endpoints-check"],
  ["filter-output", "filter hook output priority filter", "service-endpoints-check", "cluster-ips-check"],
  ["filter-output-pre-dnat", "filter hook output priority dstnat - 10", "firewall-check"],
  ["filter-prerouting-pre-dnat", "filter hook prerouting priority dstnat - 10", "firewall-check"],
  ["nat-output", "nat hook output priority dstnat", "services"],
  ["nat-postrouting", "nat hook postrouting priority srcnat", "masquerading"],
  ["nat-prerouting", "nat hook prerouting priority dstnat", "services"],
];

function baseChains(serviceCIDR: string): string[] {
  const hooks = HOOKS.map(([chain, hook, ...jumps]) => {
    const state = hook.startsWith("filter") ? "ct state new " : "";
    return block(`chain ${chain}`, [`type ${hook}; policy accept;`, ...jumps.map((jump) => `${state}jump ${jump}`)]);
  });
  return [
    ...hooks,
    block("chain cluster-ips-check", [
      'ip daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"',
      `ip daddr { ${serviceCIDR} } drop comment "Drop traffic to unallocated ClusterIPs"`,
    ]),
    block("chain firewall-check", ["ip daddr . meta l4proto . th dport vmap @firewall-ips"]),
    block("chain mark-for-masquerade", ["meta mark set meta mark | 0x00004000"]),
    block("chain masquerading", [
      "meta mark & 0x00004000 == 0x00000000 return",
      "meta mark set meta mark ^ 0x00004000",
      "masquerade fully-random",
    ]),
    block("chain nodeport-endpoints-check", [
      "ip daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports",
    ]),
    block("chain reject-chain", ["reject"]),
    block("chain service-endpoints-check", ["ip daddr . meta l4proto . th dport vmap @no-endpoint-services"]),
    block("chain services", [
      "ip daddr . meta l4proto . th dport vmap @service-ips",
      "ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports",
    ]),
  ];
}

/** `HASH-ns/name/proto/port`, as nftables mode names its chains. */
function baseName({ namespace, name, protocol, portName, id }: ServicePortInfo): string {
  const text = `${namespace}/${name}/${protocol.toLowerCase()}/${portName}`;
  return `${hash(id + protocol.toLowerCase())}-${text}`;
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function hash(text: string): string {
  const bytes = sha256(text);
  let bits = 0n;
  for (const byte of bytes.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: 8 }, (_, i) => BASE32[Number((bits >> BigInt(35 - 5 * i)) & 31n)] ?? "").join("");
}

const protocolOf = (info: ServicePortInfo) => info.protocol.toLowerCase();

function hasLocalOnly(port: NftPort, way: "internal" | "external"): boolean {
  const local = way === "internal" ? port.info.internalLocal : port.info.externalLocal;
  return local && port.categories.local.length === 0;
}

function stopVerdict(port: NftPort, way: "internal" | "external"): string | undefined {
  if (!port.categories.hasEndpoints) return "goto reject-chain";
  return hasLocalOnly(port, way) ? "drop" : undefined;
}

function externalAddresses({ info }: NftPort): string[] {
  return [...info.externalIPs, ...info.loadBalancerVIPs];
}

function noEndpointServices(port: NftPort): string[] {
  const { info } = port;
  const [inner, outer] = [stopVerdict(port, "internal"), stopVerdict(port, "external")];
  const entry = (ip: string, verdict: string) => `${ip} . ${protocolOf(info)} . ${info.port} : ${verdict}`;
  return [
    ...(inner === undefined ? [] : [entry(info.clusterIP, inner)]),
    ...(outer === undefined ? [] : externalAddresses(port).map((ip) => entry(ip, outer))),
  ];
}

function noEndpointNodePorts(port: NftPort): string[] {
  const verdict = stopVerdict(port, "external");
  if (verdict === undefined || port.info.nodePort === 0) return [];
  return [`${protocolOf(port.info)} . ${port.info.nodePort} : ${verdict}`];
}

function serviceIPs(port: NftPort): string[] {
  const { info, categories } = port;
  if (!categories.hasEndpoints) return [];
  const entry = (ip: string, chain: string) => `${ip} . ${protocolOf(info)} . ${info.port} : goto ${chain}`;
  const inner = info.internalLocal ? "local" : "service";
  return [
    ...(hasLocalOnly(port, "internal") ? [] : [entry(info.clusterIP, `${inner}-${baseName(info)}`)]),
    ...externalAddresses(port).map((ip) => entry(ip, `external-${baseName(info)}`)),
  ];
}

function serviceNodePorts({ info, categories }: NftPort): string[] {
  if (!categories.hasEndpoints || info.nodePort === 0) return [];
  return [`${protocolOf(info)} . ${info.nodePort} : goto external-${baseName(info)}`];
}

function firewallIPs({ info, categories }: NftPort): string[] {
  if (!categories.hasEndpoints || info.sourceRanges.length === 0) return [];
  return info.loadBalancerVIPs.map(
    (ip) => `${ip} . ${protocolOf(info)} . ${info.port} : goto firewall-${baseName(info)}`,
  );
}

function portChains(port: NftPort, podCIDR: string): string[] {
  const { info, categories } = port;
  if (!categories.hasEndpoints) return [];
  const chains: string[] = [];
  const reached = new Map<string, EndpointInfo>();
  const policies = [
    { kind: "service", endpoints: usesCluster(info) ? categories.cluster : [], inner: !info.internalLocal },
    { kind: "local", endpoints: usesLocal(info) ? categories.local : [], inner: info.internalLocal },
  ] as const;
  for (const { kind, endpoints, inner } of policies) {
    if (endpoints.length === 0) continue;
    for (const endpoint of endpoints) reached.set(endpoint.text, endpoint);
    chains.push(block(`chain ${kind}-${baseName(info)}`, policyLines(info, { endpoints, inner, podCIDR })));
  }
  if (isExternallyAccessible(info))
    chains.push(block(`chain external-${baseName(info)}`, externalLines(port, podCIDR)));
  if (firewallIPs(port).length > 0) {
    const ranges = info.sourceRanges.map((range) => range.text).join(", ");
    chains.push(block(`chain firewall-${baseName(info)}`, [`ip saddr != { ${ranges} } drop`]));
  }
  for (const endpoint of reached.values()) chains.push(endpointChain(info, endpoint));
  return chains;
}

/** Who was lately served by an endpoint, for affinity ClientIP. */
function affinitySets({ info, categories }: NftPort): string[] {
  if (info.affinitySeconds === 0) return [];
  const used = [...(usesCluster(info) ? categories.cluster : []), ...(usesLocal(info) ? categories.local : [])];
  const names = new Set(used.map((each) => nameOf(info, each)));
  const lines = ["type ipv4_addr", "flags dynamic,timeout", `timeout ${info.affinitySeconds}s`];
  return [...names].map((name) => block(`set affinity-${name}`, lines));
}

function policyLines(
  info: ServicePortInfo,
  { endpoints, inner, podCIDR }: { endpoints: readonly EndpointInfo[]; inner: boolean; podCIDR: string },
): string[] {
  const sorted = [...endpoints].sort((a, b) => (a.text < b.text ? -1 : 1));
  const proto = protocolOf(info);
  const masquerade = `ip daddr ${info.clusterIP} ${proto} dport ${info.port} ip saddr != ${podCIDR} jump mark-for-masquerade`;
  const sticky =
    info.affinitySeconds > 0
      ? sorted.map((each) => `ip saddr @affinity-${nameOf(info, each)} goto ${chainOf(info, each)}`)
      : [];
  const choice = sorted.map((each, i) => `${i} : goto ${chainOf(info, each)}`).join(", ");
  return [...(inner ? [masquerade] : []), ...sticky, `numgen random mod ${sorted.length} vmap { ${choice} }`];
}

function externalLines(port: NftPort, podCIDR: string): string[] {
  const base = baseName(port.info);
  if (!port.info.externalLocal) return ["jump mark-for-masquerade", `goto service-${base}`];
  return [
    `ip saddr ${podCIDR} goto service-${base}`,
    "fib saddr type local jump mark-for-masquerade",
    `fib saddr type local goto service-${base}`,
    ...(port.categories.local.length > 0 ? [`goto local-${base}`] : []),
  ];
}

function nameOf(info: ServicePortInfo, endpoint: EndpointInfo): string {
  const text = `${info.namespace}/${info.name}/${protocolOf(info)}/${info.portName}__${endpoint.address}/${endpoint.port}`;
  return `${hash(info.id + protocolOf(info) + endpoint.text)}-${text}`;
}

function chainOf(info: ServicePortInfo, endpoint: EndpointInfo): string {
  return `endpoint-${nameOf(info, endpoint)}`;
}

function endpointChain(info: ServicePortInfo, endpoint: EndpointInfo): string {
  return block(`chain ${chainOf(info, endpoint)}`, [
    `ip saddr ${endpoint.address} jump mark-for-masquerade`,
    ...(info.affinitySeconds > 0 ? [`update @affinity-${nameOf(info, endpoint)} { ip saddr }`] : []),
    `meta l4proto ${protocolOf(info)} dnat to ${endpoint.text}`,
  ]);
}
