// A cloud's load balancers: packets for their addresses, and the way out of the cluster.
import type { Rng } from "../sim/rng.ts";
import type { Traveller } from "./call.ts";
import { Conntrack, reversed } from "./conntrack.ts";
import type { Machine } from "./machine.ts";
import type { Balancer, Network } from "./network.ts";
import type { Header, Place } from "./packet.ts";
import { masqueraded, untouched, type Work } from "./translate.ts";

/** What a load balancer does with a packet; `to` when it is not the ordinary road. */
export type BalancerStep =
  | { readonly verdict: "go"; readonly work: Work; readonly to?: { readonly kind: "hop"; readonly to: Place } }
  | { readonly verdict: "drop"; readonly reason: string };

/** All load balancers of the cloud. One that ends connections itself keeps track of them by its address. */
export class Balancers {
  readonly #network: Network;
  readonly #rng: Rng;
  readonly #tracked = new Map<string, Conntrack>();

  constructor(network: Network, rng: Rng) {
    this.#network = network;
    this.#rng = rng;
  }

  /** Undefined when no load balancer has the packet's destination. */
  pass(traveller: Traveller): BalancerStep | undefined {
    const { header } = traveller;
    const balancer = this.#network.balancers.get(header.destination);
    if (balancer === undefined) return undefined;
    if (traveller.kind !== "request") return this.#passBack(traveller);
    if (header.protocol !== "ICMP" && !balancer.serves(header.protocol, header.destinationPort)) {
      const port = `${header.destinationPort}/${header.protocol}`;
      return { verdict: "drop", reason: `the load balancer for ${balancer.service} has no port ${port}` };
    }
    if (!balancer.admits(header.source)) {
      const reason = `loadBalancerSourceRanges of ${balancer.service} does not list ${header.source}, so the load balancer dropped it`;
      return { verdict: "drop", reason };
    }
    const node = this.#pick(balancer);
    if (node === undefined)
      return { verdict: "drop", reason: `no node passes the load balancer's health check for ${balancer.service}` };
    const to = { kind: "hop", to: { kind: "node", name: node } } as const;
    if (!balancer.proxies || header.protocol === "ICMP") return { verdict: "go", work: untouched(header), to };
    const nodePort = balancer.nodePortOf(header.protocol, header.destinationPort);
    if (nodePort === undefined)
      return {
        verdict: "drop",
        reason: `${balancer.service} has no node port that its load balancer could connect to`,
      };
    return { verdict: "go", work: this.#proxied(traveller, node, nodePort), to };
  }

  /** Gives a packet of a pod that leaves the cluster its node's address, so that it can be answered. */
  leaveCluster(traveller: Traveller, machine: Machine, work: Work): Work {
    const { header } = work;
    if (header.source === machine.address || this.#network.podAt(header.source) === undefined) return work;
    const next = masqueraded(header, machine, this.#rng);
    const flow = machine.conntrack.add(traveller.header, next, this.#network.parts.clock.now);
    traveller.call.flows.push({ conntrack: machine.conntrack, flow });
    return {
      ...work,
      header: next,
      rewrites: [
        ...work.rewrites,
        { kind: "masquerade", from: source(header), to: source(next), by: "the pod network's way out" },
      ],
    };
  }

  #pick(balancer: Balancer): string | undefined {
    const nodes = balancer.healthyNodes();
    return nodes.length === 0 ? undefined : this.#rng.pick(nodes);
  }

  #proxied(traveller: Traveller, node: string, nodePort: number): Work {
    const { header } = traveller;
    const conntrack = this.#conntrackOf(header.destination);
    const address = this.#network.machine(node).address;
    const aimed = { ...header, destination: address, destinationPort: nodePort };
    const next = masqueraded(aimed, { address: header.destination, conntrack }, this.#rng);
    const flow = conntrack.add(header, next, this.#network.parts.clock.now);
    traveller.call.flows.push({ conntrack, flow });
    return {
      ...untouched(next),
      rewrites: [
        {
          kind: "dnat",
          from: `${header.destination}:${header.destinationPort}`,
          to: `${address}:${nodePort}`,
          by: "the load balancer",
        },
        { kind: "masquerade", from: source(header), to: source(next), by: "the load balancer" },
      ],
    };
  }

  #passBack(traveller: Traveller): BalancerStep {
    const { header, about } = traveller;
    const conntrack = this.#conntrackOf(header.destination);
    const key = about === undefined ? header : reversed(about);
    const flow = conntrack.findReply(key, this.#network.parts.clock.now);
    if (flow === undefined) return { verdict: "drop", reason: "the load balancer knows no such connection" };
    const next = about === undefined ? reversed(flow.original) : { ...header, destination: flow.original.source };
    if (about !== undefined) traveller.about = flow.original;
    const rewrite = { kind: "conntrack-reply", by: "the load balancer" } as const;
    return {
      verdict: "go",
      work: {
        ...untouched(next),
        rewrites: [
          { ...rewrite, from: source(header), to: source(next) },
          { ...rewrite, from: target(header), to: target(next) },
        ],
      },
    };
  }

  #conntrackOf(address: string): Conntrack {
    const known = this.#tracked.get(address) ?? new Conntrack();
    this.#tracked.set(address, known);
    return known;
  }
}

function source(header: Header): string {
  return `${header.source}:${header.sourcePort}`;
}

function target(header: Header): string {
  return `${header.destination}:${header.destinationPort}`;
}
