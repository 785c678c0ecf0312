// What is wrong between places: routes that are missing or closed, and links that are slow or lose packets.

import { W } from "../../words/en/network.ts";
import type { Rng } from "../sim/rng.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import type { Header, Place } from "./packet.ts";

/** Something wrong between places. Times in virtual ms, loss as a chance of 0 to 1. */
export type CableFault =
  | { readonly kind: "firewall" }
  /** A client that has no route to the nodes, as a laptop whose cluster runs in a virtual machine. */
  | { readonly kind: "no-route"; readonly client: string }
  /** Packets for pods are lost between two nodes; the nodes themselves still reach each other. */
  | { readonly kind: "pod-network"; readonly between: readonly [string, string] }
  /** Between two nodes, or a client and a node: each packet takes longer, and may be lost. */
  | {
      readonly kind: "link";
      readonly between: readonly [string, string];
      readonly latencyMs: number;
      readonly loss: number;
    };

/** How a leg differs from an ordinary one. */
export interface Way {
  /** Where it ends, when not where it should. */
  readonly to?: Place;
  readonly latencyMs: number;
  /** Set when the packet is lost on it; `again`: by chance, so that a TCP sender tries again. */
  readonly end?: { readonly verdict: "dropped" | "lost"; readonly reason: string; readonly again: boolean };
}

const FIREWALL: Place = { kind: "outside", name: "firewall" };
const INTERNET: Place = { kind: "outside", name: "internet" };

/** The cables between clients and nodes. */
export class Cables {
  readonly #settings: () => ClusterSettings;
  readonly #rng: Rng;
  #faults: readonly CableFault[] = [];

  constructor(settings: () => ClusterSettings, rng: Rng) {
    this.#settings = settings;
    this.#rng = rng;
  }

  /** Puts these faults in place of those before. */
  set(faults: readonly CableFault[]): void {
    this.#faults = faults;
  }

  /** What a packet meets between two places; undefined when nothing is wrong there. Spec: [FAULT-5] to [FAULT-8]. */
  way(from: Place, to: Place, header: Header): Way | undefined {
    if (this.#faults.length === 0 || to.kind === "pod" || from.kind === "pod") return undefined;
    let way: Way | undefined;
    for (const fault of this.#faults) {
      const met = this.#meet(fault, { from, to, header });
      if (met?.to !== undefined || met?.end !== undefined)
        return { ...met, latencyMs: way?.latencyMs ?? met.latencyMs };
      way ??= met;
    }
    return way;
  }

  #meet(fault: CableFault, leg: { from: Place; to: Place; header: Header }): Way | undefined {
    const { from, to, header } = leg;
    if (fault.kind === "no-route") {
      if (from.kind !== "client" || from.name !== fault.client || to.kind !== "node") return undefined;
      const reason = W.separate(fault.client);
      return stop("dropped", reason, INTERNET);
    }
    if (fault.kind === "firewall") {
      if (from.kind !== "client" || to.kind !== "node" || !this.#isNodePort(header.destinationPort)) return undefined;
      return stop("dropped", W.firewall, FIREWALL);
    }
    if (!joins(fault.between, from, to)) return undefined;
    const [a, b] = fault.between;
    if (fault.kind === "pod-network") {
      if (from.kind !== "node" || this.#isNode(header.destination)) return undefined;
      return stop("lost", W.podNetwork(a, b));
    }
    const { latencyMs, loss } = fault;
    if (loss === 0 || this.#rng.next() >= loss) return { latencyMs };
    const reason = W.lossy(a, b, Math.round(loss * 1000) / 10);
    return { latencyMs, end: { verdict: "lost", reason, again: true } };
  }

  #isNode(address: string): boolean {
    return this.#settings().nodes.some((each) => each.address === address);
  }

  #isNodePort(port: number): boolean {
    const { from, to } = this.#settings().nodePortRange;
    return port >= from && port <= to;
  }
}

function stop(verdict: "dropped" | "lost", reason: string, to?: Place): Way {
  return { ...(to === undefined ? {} : { to }), latencyMs: 0, end: { verdict, reason, again: false } };
}

function joins([a, b]: readonly [string, string], from: Place, to: Place): boolean {
  return (from.name === a && to.name === b) || (from.name === b && to.name === a);
}
