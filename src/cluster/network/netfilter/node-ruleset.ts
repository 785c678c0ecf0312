// The ruleset of one node: kube-proxy's fixed chains and hooks, and the rules that each Service port adds.
import { fixedChain, SharedChain } from "./chain.ts";
import type { Chain, Rule, Ruleset, TableName } from "./rule.ts";

/** The chains that all Service ports add rules to. */
export type SharedChainName =
  | "nat KUBE-SERVICES"
  | "nat KUBE-NODEPORTS"
  | "filter KUBE-SERVICES"
  | "filter KUBE-EXTERNAL-SERVICES"
  | "filter KUBE-NODEPORTS"
  | "filter KUBE-PROXY-FIREWALL";

/** What one Service port adds to a node's rules. */
export interface ServiceRules {
  readonly shared: readonly { readonly to: SharedChainName; readonly rule: Rule }[];
  /** Its own chains in nat; made when printed, reached by jumps otherwise. */
  chains(): readonly Chain[];
}

const NEW = ["NEW"] as const;

/** Rules of one node; changed one Service port at a time. */
// Models kubernetes/pkg/proxy/iptables/proxier.go iptablesJumpChains, iptablesEnsureChains
export class NodeRuleset implements Ruleset {
  readonly #tables: Readonly<Record<TableName, Map<string, Chain>>>;
  readonly #shared: ReadonlyMap<SharedChainName, SharedChain>;
  readonly #services = new Map<string, ServiceRules>();
  #others: readonly Chain[] = [];
  /** kube-proxy's own rules of the hooks that packets for this node pass. */
  readonly #hooks: ReadonlyMap<string, readonly Rule[]>;
  /** Jumped to by every rule that asks for masquerading. */
  readonly markMasquerade: Chain;
  #version = 0;

  constructor() {
    const nodePorts = new SharedChain("nat", "KUBE-NODEPORTS");
    const services = new SharedChain("nat", "KUBE-SERVICES", [
      {
        comment: "kubernetes service nodeports; NOTE: this must be the last rule in this chain",
        destinationLocal: true,
        target: { kind: "jump", chain: nodePorts },
      },
    ]);
    const filterServices = new SharedChain("filter", "KUBE-SERVICES");
    const external = new SharedChain("filter", "KUBE-EXTERNAL-SERVICES");
    const healthPorts = new SharedChain("filter", "KUBE-NODEPORTS");
    const firewall = new SharedChain("filter", "KUBE-PROXY-FIREWALL");
    this.markMasquerade = fixedChain("nat", "KUBE-MARK-MASQ", [{ target: { kind: "mark-masquerade" } }]);
    this.#shared = new Map<SharedChainName, SharedChain>([
      ["nat KUBE-SERVICES", services],
      ["nat KUBE-NODEPORTS", nodePorts],
      ["filter KUBE-SERVICES", filterServices],
      ["filter KUBE-EXTERNAL-SERVICES", external],
      ["filter KUBE-NODEPORTS", healthPorts],
      ["filter KUBE-PROXY-FIREWALL", firewall],
    ]);
    this.#tables = {
      nat: byName(natChains(services, nodePorts, this.markMasquerade)),
      filter: byName(filterChains({ services: filterServices, external, healthPorts, firewall })),
    };
    this.#hooks = new Map(["PREROUTING", "OUTPUT"].map((name) => [name, this.#tables.nat.get(name)?.rules() ?? []]));
  }

  /** Another one after each change of a rule. */
  get version(): number {
    return this.#version;
  }

  /** Puts the chains of other software of the node behind kube-proxy's, and the jump to the first of them into the hooks for local addresses. */
  setOthers(chains: readonly Chain[]): void {
    this.#version += 1;
    for (const { name } of this.#others) this.#tables.nat.delete(name);
    for (const chain of chains) this.#tables.nat.set(chain.name, chain);
    this.#others = chains;
    const [first] = chains;
    const added: Rule[] =
      first === undefined ? [] : [{ destinationLocal: true, target: { kind: "jump", chain: first } }];
    for (const [hook, own] of this.#hooks) this.#tables.nat.set(hook, fixedChain("nat", hook, [...own, ...added]));
  }

  chain(table: TableName, name: string): Chain | undefined {
    const fixed = this.#tables[table].get(name);
    if (fixed !== undefined || table === "filter") return fixed;
    return this.chains("nat").find((each) => each.name === name);
  }

  chains(table: TableName): readonly Chain[] {
    const own = table === "nat" ? [...this.#services.values()].flatMap((each) => each.chains()) : [];
    own.sort((a, b) => (a.name < b.name ? -1 : 1));
    return [...this.#tables[table].values(), ...own];
  }

  /** Replaces what a Service port adds; undefined removes it. */
  set(key: string, rules: ServiceRules | undefined): void {
    this.#version += 1;
    const touched = new Map<SharedChainName, Rule[]>();
    for (const { to } of this.#services.get(key)?.shared ?? []) touched.set(to, []);
    for (const { to, rule } of rules?.shared ?? []) touched.set(to, [...(touched.get(to) ?? []), rule]);
    for (const [to, own] of touched) this.#shared.get(to)?.set(key, own);
    if (rules === undefined) this.#services.delete(key);
    else this.#services.set(key, rules);
  }

  /** Forgets everything, as a node does that loses power. */
  clear(): void {
    for (const key of [...this.#services.keys()]) this.set(key, undefined);
  }
}

function byName(chains: readonly Chain[]): Map<string, Chain> {
  return new Map(chains.map((chain) => [chain.name, chain]));
}

function jump(chain: Chain, comment: string, onlyNew = false): Rule {
  return { comment, ...(onlyNew ? { states: NEW } : {}), target: { kind: "jump", chain } };
}

function natChains(services: Chain, nodePorts: Chain, mark: Chain): readonly Chain[] {
  const postrouting = fixedChain("nat", "KUBE-POSTROUTING", [
    { marked: false, target: { kind: "return" } },
    { target: { kind: "unmark-masquerade" } },
    { comment: "kubernetes service traffic requiring SNAT", target: { kind: "masquerade" } },
  ]);
  const portals = jump(services, "kubernetes service portals");
  return [
    fixedChain("nat", "PREROUTING", [portals]),
    fixedChain("nat", "OUTPUT", [portals]),
    fixedChain("nat", "POSTROUTING", [jump(postrouting, "kubernetes postrouting rules")]),
    mark,
    nodePorts,
    postrouting,
    services,
  ];
}

function filterChains(shared: {
  services: Chain;
  external: Chain;
  healthPorts: Chain;
  firewall: Chain;
}): readonly Chain[] {
  const forward = fixedChain("filter", "KUBE-FORWARD", [
    { states: ["INVALID"], target: { kind: "drop" } },
    { comment: "kubernetes forwarding rules", marked: true, target: { kind: "accept" } },
    {
      comment: "kubernetes forwarding conntrack rule",
      states: ["RELATED", "ESTABLISHED"],
      target: { kind: "accept" },
    },
  ]);
  const firewall = jump(shared.firewall, "kubernetes load balancer firewall", true);
  const services = jump(shared.services, "kubernetes service portals", true);
  const external = jump(shared.external, "kubernetes externally-visible service portals", true);
  return [
    fixedChain("filter", "INPUT", [
      firewall,
      jump(shared.healthPorts, "kubernetes health check service ports"),
      external,
    ]),
    fixedChain("filter", "FORWARD", [firewall, jump(forward, "kubernetes forwarding rules"), services, external]),
    fixedChain("filter", "OUTPUT", [firewall, services]),
    shared.external,
    forward,
    shared.healthPorts,
    shared.firewall,
    shared.services,
  ];
}
