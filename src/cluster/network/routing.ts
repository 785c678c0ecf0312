// Where a packet goes next: the routing tables of clients and nodes.

import { W } from "../../words/en/network.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import { type Cidr, contains, parseCidr, parseIPv4 } from "./ip.ts";
import type { Network } from "./network.ts";
import type { Place } from "./packet.ts";

/** The next place, or why there is none. `dead` is silence: the sender learns nothing; `no-host` fails by itself after a while. */
export type NextHop =
  | { readonly kind: "hop"; readonly to: Place }
  | { readonly kind: "dead" | "no-host"; readonly reason: string };

const INTERNET = hopTo({ kind: "outside", name: "internet" });

interface Ranges {
  readonly settings: ClusterSettings;
  /** Nodes and clients by their addresses; of several with one address the first, nodes before clients. */
  readonly machines: ReadonlyMap<string, NextHop>;
  readonly pods: readonly { readonly node: string; readonly range: Cidr }[];
  readonly services: Cidr | undefined;
  /** The ranges of all nodes, and those that nodes may still get. */
  readonly inPods: Cidr | undefined;
  readonly segments: readonly Cidr[];
}

/** Routing by address. */
export class Routing {
  readonly #network: Network;
  #ranges: Ranges | undefined;

  constructor(network: Network) {
    this.#network = network;
  }

  /** The next hop of a packet that leaves a client. */
  fromClient(destination: string): NextHop {
    const direct = this.#onSegment(destination);
    if (direct !== undefined) return direct;
    return INTERNET;
  }

  /** The next hop of a packet that leaves a node and is not for the node itself. */
  fromNode(node: string, destination: string): NextHop {
    const pod = this.#network.podAt(destination);
    if (pod?.node === node) return { kind: "hop", to: pod.place };
    const host = pod?.node ?? this.nodeOfPodAddress(destination);
    if (host === node) return { kind: "dead", reason: W.gone(node, destination) };
    if (host !== undefined) return { kind: "hop", to: this.#network.machine(host).place };
    if (this.isInner(destination) === "pod") return { kind: "dead", reason: W.noRange(destination) };
    return this.fromClient(destination);
  }

  /** The node whose range of pod addresses holds this one. */
  nodeOfPodAddress(address: string): string | undefined {
    const number = parseIPv4(address);
    return this.#read().pods.find((each) => contains(each.range, number))?.node;
  }

  /** Whether an address is of a kind that exists only within the cluster. */
  isInner(address: string): "pod" | "service" | undefined {
    const number = parseIPv4(address);
    const { services, inPods } = this.#read();
    if (services !== undefined && contains(services, number)) return "service";
    return inPods !== undefined && contains(inPods, number) ? "pod" : undefined;
  }

  #onSegment(destination: string): NextHop | undefined {
    const network = this.#network;
    const machine = this.#read().machines.get(destination);
    if (machine !== undefined) return machine;
    const outsider = network.outsiders.get(destination);
    if (outsider !== undefined) return { kind: "hop", to: { kind: "outside", name: outsider.name } };
    if (network.balancers.has(destination))
      return { kind: "hop", to: { kind: "outside", name: `load-balancer ${destination}` } };
    const number = parseIPv4(destination);
    if (!this.#read().segments.some((range) => contains(range, number))) return undefined;
    return { kind: "no-host", reason: W.noMachine(destination) };
  }

  #read(): Ranges {
    const settings = this.#network.parts.settings();
    if (this.#ranges?.settings === settings) return this.#ranges;
    const segment = (address: string) => parseCidr(`${address}/24`);
    this.#ranges = {
      settings,
      machines: new Map([
        ...settings.clients
          .toReversed()
          .map(({ name, address }) => [address, hopTo({ kind: "client", name })] as const),
        ...settings.nodes.toReversed().map(({ name, address }) => [address, hopTo({ kind: "node", name })] as const),
      ]),
      pods: settings.nodes.flatMap((node) => {
        const range = parseCidr(node.podCIDR);
        return range === undefined ? [] : [{ node: node.name, range }];
      }),
      services: parseCidr(settings.serviceCIDR),
      inPods: parseCidr(settings.podCIDR),
      segments: [...settings.nodes, ...settings.clients].flatMap((each) => segment(each.address) ?? []),
    };
    return this.#ranges;
  }
}

function hopTo(to: Place): NextHop {
  return { kind: "hop", to };
}
