// The rules of one Service port on one node, in iptables' terms.

import { type Cidr, contains, parseCidr, parseIPv4 } from "../network/ip.ts";
import { PlainChain } from "../network/netfilter/chain.ts";
import type { ServiceRules, SharedChainName } from "../network/netfilter/node-ruleset.ts";
import type { Chain, Rule, RuleSubject, Target } from "../network/netfilter/rule.ts";
import type { ServiceDecision } from "../network/packet.ts";
import type { EndpointInfo } from "./endpoints.ts";
import { type ChainPrefix, chainName } from "./names.ts";
import { isExternallyAccessible, type ServicePortInfo } from "./service-port.ts";
import { type Categories, usesCluster, usesLocal } from "./topology.ts";

/** What the rules of a port are made from. */
export interface RuleParts {
  readonly info: ServicePortInfo;
  readonly categories: Categories;
  readonly subject: RuleSubject;
  readonly nodeAddress: string;
  readonly podCIDR: Cidr;
  readonly markMasquerade: Chain;
}

type Policy = "cluster" | "local";

/** Why traffic finds no chain: nothing anywhere refuses, nothing on this node is silence. */
function noEndpoints(parts: RuleParts): { target: Target; comment: string } {
  if (parts.categories.hasEndpoints)
    return { target: { kind: "drop" }, comment: `${parts.info.id} has no local endpoints` };
  return { target: { kind: "reject" }, comment: `${parts.info.id} has no endpoints` };
}

/** The rules of one port: what it adds to the shared chains, and its own chains. */
// Models kubernetes/pkg/proxy/iptables/proxier.go syncProxyRules. Spec: [PROXY-6] [PROXY-7].
export function serviceRules(parts: RuleParts): ServiceRules {
  const chains = new PortChains(parts);
  const shared: { to: SharedChainName; rule: Rule }[] = [];
  const add = (to: SharedChainName, rule: Rule) => shared.push({ to, rule });
  clusterIPRules(parts, chains, add);
  for (const ip of parts.info.externalIPs)
    externalRules(parts, { ip, via: "externalIP", comment: "external IP", chain: chains.external }, add);
  for (const ip of parts.info.loadBalancerVIPs)
    externalRules(parts, { ip, via: "loadBalancerIP", comment: "loadbalancer IP", chain: chains.loadBalancer }, add);
  firewallRules(parts, chains, add);
  nodePortRules(parts, chains, add);
  if (parts.info.healthCheckNodePort !== 0)
    add("filter KUBE-NODEPORTS", {
      comment: `${parts.info.id} health check node port`,
      protocol: "TCP",
      destinationPort: parts.info.healthCheckNodePort,
      target: { kind: "accept" },
    });
  return { shared, chains: () => chains.all() };
}

type Add = (to: SharedChainName, rule: Rule) => void;

function clusterIPRules(parts: RuleParts, chains: PortChains, add: Add): void {
  const { info, categories, subject } = parts;
  const policy: Policy = info.internalLocal ? "local" : "cluster";
  const at = { protocol: info.protocol, destination: info.clusterIP, destinationPort: info.port };
  const about = { subject, via: "clusterIP", policy } as const;
  if (categories.hasEndpoints && (!info.internalLocal || categories.local.length > 0)) {
    const chain = policy === "local" ? chains.local : chains.cluster;
    add("nat KUBE-SERVICES", { comment: `${info.id} cluster IP`, ...at, ...about, target: { kind: "jump", chain } });
    return;
  }
  add("filter KUBE-SERVICES", { ...noEndpoints(parts), ...at, ...about });
}

interface ExternalAddress {
  readonly ip: string;
  readonly via: ServiceDecision["via"];
  readonly comment: string;
  readonly chain: Chain;
}

function externalRules(parts: RuleParts, address: ExternalAddress, add: Add): void {
  const { info, categories, subject } = parts;
  const at = { protocol: info.protocol, destination: address.ip, destinationPort: info.port };
  const about = { subject, via: address.via, policy: info.externalLocal ? "local" : "cluster" } as const;
  if (categories.hasEndpoints)
    add("nat KUBE-SERVICES", {
      comment: `${info.id} ${address.comment}`,
      ...at,
      ...about,
      target: { kind: "jump", chain: address.chain },
    });
  if (!hasExternalEndpoints(parts)) add("filter KUBE-EXTERNAL-SERVICES", { ...noEndpoints(parts), ...at, ...about });
}

function nodePortRules(parts: RuleParts, chains: PortChains, add: Add): void {
  const { info, categories, subject } = parts;
  if (info.nodePort === 0) return;
  const at = { protocol: info.protocol, destinationPort: info.nodePort };
  const about = { subject, via: "nodePort", policy: info.externalLocal ? "local" : "cluster" } as const;
  if (categories.hasEndpoints)
    add("nat KUBE-NODEPORTS", {
      comment: info.id,
      ...at,
      ...about,
      target: { kind: "jump", chain: chains.external },
    });
  if (!hasExternalEndpoints(parts))
    add("filter KUBE-EXTERNAL-SERVICES", { ...noEndpoints(parts), ...at, ...about, destinationLocal: true });
}

function firewallRules(parts: RuleParts, chains: PortChains, add: Add): void {
  if (!usesFirewall(parts)) return;
  const { info, subject } = parts;
  for (const ip of info.loadBalancerVIPs)
    add("filter KUBE-PROXY-FIREWALL", {
      comment: `${info.id} traffic not accepted by ${chains.firewall.name}`,
      protocol: info.protocol,
      destination: ip,
      destinationPort: info.port,
      subject,
      via: "loadBalancerIP",
      target: { kind: "drop" },
    });
}

function hasExternalEndpoints({ info, categories }: RuleParts): boolean {
  return categories.hasEndpoints && (!info.externalLocal || categories.local.length > 0);
}

function usesFirewall({ info, categories }: RuleParts): boolean {
  return categories.hasEndpoints && info.loadBalancerVIPs.length > 0 && info.sourceRanges.length > 0;
}

/** The chains of one port; each is made when something jumps to it or prints it. */
class PortChains {
  readonly #parts: RuleParts;
  readonly #endpoints = new Map<string, Chain>();
  readonly cluster: Chain;
  readonly local: Chain;
  readonly external: Chain;
  readonly firewall: Chain;

  constructor(parts: RuleParts) {
    this.#parts = parts;
    this.cluster = this.#policyChain("KUBE-SVC-", "cluster");
    this.local = this.#policyChain("KUBE-SVL-", "local");
    this.external = this.#chain("KUBE-EXT-", () => this.#externalRules());
    this.firewall = this.#chain("KUBE-FW-", () => this.#firewallRules());
  }

  /** Where packets for a load balancer's address go. */
  get loadBalancer(): Chain {
    return usesFirewall(this.#parts) ? this.firewall : this.external;
  }

  all(): readonly Chain[] {
    const { info, categories } = this.#parts;
    if (!categories.hasEndpoints) return [];
    const chains: Chain[] = [];
    const reached = new Map<string, EndpointInfo>();
    const list = (chain: Chain, endpoints: readonly EndpointInfo[]) => {
      if (endpoints.length === 0) return;
      chains.push(chain);
      for (const endpoint of endpoints) reached.set(endpoint.text, endpoint);
    };
    if (usesCluster(info)) list(this.cluster, categories.cluster);
    if (usesLocal(info)) list(this.local, categories.local);
    if (isExternallyAccessible(info)) chains.push(this.external);
    if (usesFirewall(this.#parts)) chains.push(this.firewall);
    return [...chains, ...[...reached.values()].map((endpoint) => this.#endpointChain(endpoint))];
  }

  #chain(prefix: ChainPrefix, rules: () => readonly Rule[], spreadFrom?: number): Chain {
    const { info } = this.#parts;
    return new PlainChain({ table: "nat", name: () => chainName(prefix, info.id, info.protocol), rules, spreadFrom });
  }

  #policyChain(prefix: ChainPrefix, policy: Policy): Chain {
    const { info, categories } = this.#parts;
    const masquerades = (policy === "local") === info.internalLocal ? 1 : 0;
    const sticky = info.affinitySeconds > 0 ? categories[policy].length : 0;
    return this.#chain(prefix, () => this.#policyRules(policy, masquerades > 0), masquerades + sticky);
  }

  #policyRules(policy: Policy, masquerades: boolean): readonly Rule[] {
    const { info, categories, podCIDR, markMasquerade } = this.#parts;
    const endpoints = [...categories[policy]].sort((a, b) => (a.text < b.text ? -1 : 1));
    const rules: Rule[] = [];
    if (masquerades)
      rules.push({
        comment: `${info.id} cluster IP`,
        protocol: info.protocol,
        destination: info.clusterIP,
        destinationPort: info.port,
        notSource: podCIDR,
        target: { kind: "jump", chain: markMasquerade },
      });
    if (info.affinitySeconds > 0) for (const endpoint of endpoints) rules.push(this.#affinityRule(endpoint, policy));
    endpoints.forEach((endpoint, i) => {
      rules.push({
        comment: `${info.id} -> ${endpoint.text}`,
        policy,
        ...(i < endpoints.length - 1 ? { probability: 1 / (endpoints.length - i) } : {}),
        target: { kind: "jump", chain: this.#endpointChain(endpoint) },
      });
    });
    return rules;
  }

  #affinityRule(endpoint: EndpointInfo, policy: Policy): Rule {
    const { info } = this.#parts;
    const chain = this.#endpointChain(endpoint);
    return {
      comment: `${info.id} -> ${endpoint.text}`,
      policy,
      recentCheck: { name: chain.name, seconds: info.affinitySeconds },
      target: { kind: "jump", chain },
    };
  }

  #endpointChain(endpoint: EndpointInfo): Chain {
    const known = this.#endpoints.get(endpoint.text);
    if (known !== undefined) return known;
    const { info, markMasquerade } = this.#parts;
    const name = () => chainName("KUBE-SEP-", info.id, info.protocol, endpoint.text);
    const own = parseCidr(endpoint.address);
    const rules = (): readonly Rule[] => [
      {
        comment: info.id,
        ...(own === undefined ? {} : { source: own }),
        target: { kind: "jump", chain: markMasquerade },
      },
      {
        comment: info.id,
        protocol: info.protocol,
        ...(info.affinitySeconds > 0 ? { recentSet: name() } : {}),
        target: { kind: "dnat", address: endpoint.address, port: endpoint.port, text: endpoint.text },
      },
    ];
    const chain = new PlainChain({ table: "nat", name, rules });
    this.#endpoints.set(endpoint.text, chain);
    return chain;
  }

  #externalRules(): readonly Rule[] {
    const { info, podCIDR, markMasquerade } = this.#parts;
    const destinations = `${info.id} external destinations`;
    const mark: Target = { kind: "jump", chain: markMasquerade };
    const toCluster: Target = { kind: "jump", chain: this.cluster };
    if (!info.externalLocal)
      return [{ comment: `masquerade traffic for ${destinations}`, target: mark }, { target: toCluster }];
    const rules: Rule[] = [
      { comment: `pod traffic for ${destinations}`, source: podCIDR, target: toCluster },
      { comment: `masquerade LOCAL traffic for ${destinations}`, sourceLocal: true, target: mark },
      { comment: `route LOCAL traffic for ${destinations}`, sourceLocal: true, target: toCluster },
    ];
    if (hasExternalEndpoints(this.#parts)) rules.push({ target: { kind: "jump", chain: this.local } });
    return rules;
  }

  #firewallRules(): readonly Rule[] {
    const { info, nodeAddress } = this.#parts;
    const target: Target = { kind: "jump", chain: this.external };
    const comment = `${info.id} loadbalancer IP`;
    const rules: Rule[] = info.sourceRanges.map((source) => ({ comment, source, target }));
    // A balancer may put its address on the nodes; a node that calls it then has that address as its source.
    if (info.sourceRanges.some((range) => contains(range, parseIPv4(nodeAddress))))
      for (const ip of info.loadBalancerVIPs) {
        const source = parseCidr(ip);
        if (source !== undefined) rules.push({ comment, source, target });
      }
    rules.push({ comment: `other traffic to ${info.id} will be dropped by KUBE-PROXY-FIREWALL` });
    return rules;
  }
}
