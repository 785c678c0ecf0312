// The question of `sim route`: what the rules of one node would do with a packet, all alternatives at once.
import { parseIPv4 } from "./ip.ts";
import type { Network } from "./network.ts";
import type { MatchedRule, Place, Protocol } from "./packet.ts";

/** Whose rules are asked about which packet. */
export interface RouteQuestion {
  /** The sender: a place, or an address as in the header. */
  readonly from: Place | string;
  /** The node whose rules are asked; absent: the node that has the address, else the sender's own. */
  readonly at?: string | undefined;
  readonly address: string;
  readonly port: number;
  readonly protocol?: Protocol | undefined;
}

/** What the rules of a node say about a packet. */
export interface RouteAnswer {
  readonly verdict: "ACCEPT" | "REJECT" | "DROP" | "NOMATCH";
  /** Endpoints that may be drawn, `ip:port` in numeric order; empty for the health check port. */
  readonly endpoints: readonly string[];
  /** Whether the source is rewritten for at least one of them. */
  readonly masquerade: boolean;
  /** The node whose rules were asked; absent when the packet meets none. */
  readonly node?: string;
  readonly rules: readonly MatchedRule[];
  /** `namespace/name` of the Service whose rules matched. */
  readonly service?: string;
}

/** Asks one node's rules, the ones packets meet, without sending anything. Spec: [NAT-6]. */
export function route(network: Network, question: RouteQuestion): RouteAnswer {
  const { from, address, port, protocol } = question;
  const source = typeof from === "string" ? from : network.addressOf(from);
  if (source === undefined) throw new Error(`route: ${JSON.stringify(from)} is not on the network`);
  const node = question.at ?? network.nodeAt(address) ?? nodeOf(network, from);
  if (node === undefined) return { verdict: "NOMATCH", endpoints: [], masquerade: false, rules: [] };
  const machine = network.machine(node);
  const header = {
    protocol: protocol ?? "TCP",
    source,
    sourcePort: 40_000,
    destination: address,
    destinationPort: port,
  } as const;
  const origin = machine.isLocal(source) ? "here" : "wire";
  const decision = machine.judge(header, { origin, now: network.parts.clock.now });
  const endpoints = decision.destinations.map((each) => `${each.address}:${each.port}`);
  const served = endpoints.length > 0 || (decision.acceptedByRule && machine.isLocal(address));
  const { subject } = decision;
  return {
    verdict: decision.verdict === "ACCEPT" && !served ? "NOMATCH" : decision.verdict,
    endpoints: [...new Set(endpoints)].sort(numerically),
    masquerade: decision.masquerade && endpoints.length > 0,
    node,
    rules: decision.rules,
    ...(subject === undefined ? {} : { service: `${subject.namespace}/${subject.name}` }),
  };
}

function nodeOf(network: Network, from: Place | string): string | undefined {
  if (typeof from === "string") return network.nodeAt(from) ?? network.podAt(from)?.node;
  if (from.kind === "node") return from.name;
  return from.kind === "pod" ? network.podNamed(from.namespace, from.name)?.node : undefined;
}

function numerically(a: string, b: string): number {
  const [addressA = "", portA = ""] = a.split(":");
  const [addressB = "", portB = ""] = b.split(":");
  return (parseIPv4(addressA) ?? 0) - (parseIPv4(addressB) ?? 0) || Number(portA) - Number(portB);
}
