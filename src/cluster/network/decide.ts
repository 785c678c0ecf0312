// One decision of a packet's walk: what happens to it at a place.
import type { Rng } from "../sim/rng.ts";
import type { PacketInFlight } from "./call.ts";
import type { Conntrack, Flow } from "./conntrack.ts";
import type { Machine } from "./machine.ts";
import type { Network, PortForward } from "./network.ts";
import type { Header, Hop, MatchedRule, Place, Rewrite, ServiceDecision, Verdict } from "./packet.ts";
import type { Routing } from "./routing.ts";
import type { Target } from "./sockets.ts";

/** What a place did to a packet, as data: nothing of it is done until the driver does it. */
export interface Work {
  /** As the packet leaves, or as the process that takes it sees it. */
  readonly header: Header;
  readonly rewrites: readonly Rewrite[];
  readonly rules: readonly MatchedRule[];
  readonly service: ServiceDecision | undefined;
  /** `namespace/name` of the Service and `ip:port`, when an endpoint was drawn for a new connection. */
  readonly drawn: { readonly service: string; readonly endpoint: string } | undefined;
  /** Connections to be remembered from now on. */
  readonly tracked: readonly Tracked[];
  /** The known connection that the packet belongs to. */
  readonly flow: Flow | undefined;
  /** The list of session affinity on which the sender is put. */
  readonly affinity: { readonly machine: Machine; readonly list: string } | undefined;
  /** In an ICMP error: the header it is about, as it stands from here on. */
  readonly about: Header | undefined;
}

/** A connection that a machine translates. */
export interface Tracked {
  readonly conntrack: Conntrack;
  readonly original: Header;
  readonly translated: Header;
}

/** Why a packet goes no further. */
export type EndVerdict = Extract<Verdict, "lost" | "dropped" | "refused" | "unreachable">;

/** What happens to a packet at a place. */
export type Decision =
  /** It goes on to the next place. */
  | { readonly kind: "go"; readonly to: Place; readonly work: Work }
  /** It is lost here. `answer`: what a refusal sends back, and from where. */
  | {
      readonly kind: "end";
      readonly verdict: EndVerdict;
      readonly reason: string;
      readonly work: Work | undefined;
      readonly answer?: { readonly kind: "reset" | "icmp-unreachable"; readonly from: Place } | undefined;
    }
  /** Someone here takes it. */
  | { readonly kind: "serve"; readonly by: Taker; readonly work: Work };

/** Who takes a packet: a process, the machine itself (ICMP), the sender that waits for it, or a port-forward's local port. */
export type Taker =
  | { readonly kind: "process"; readonly place: Place; readonly target: Target }
  | { readonly kind: "echo"; readonly place: Place }
  | { readonly kind: "sender" }
  | { readonly kind: "port-forward"; readonly forward: PortForward };

/** What a decision may read apart from the packet and its place; it changes none of it, but for the draws it takes. */
export interface Surroundings {
  readonly network: Network;
  /** The routing tables of clients and nodes. */
  readonly routing: Routing;
  readonly stages: Stages;
  /** Draws of the rules, and of the load balancers and the way out of the cluster. */
  readonly rng: { readonly packets: Rng; readonly balancers: Rng };
}

/** One stage: decides about the packet, or leaves that to the next and returns undefined. It changes the visit alone. */
export interface Stage {
  readonly name: string;
  decide(visit: Visit): Decision | undefined;
}

/** The stages of each kind of place; `port-forward` has those of bytes that a port-forward carries, wherever they are. */
export type Stages = Readonly<Record<Place["kind"] | "port-forward", readonly Stage[]>>;

const NOTHING: readonly never[] = [];

/** A packet's stay at a place: stages read it, and write what they do into it. */
export class Visit implements Work {
  readonly packet: PacketInFlight;
  readonly place: Place;
  /** The hop that brought the packet; undefined when it was made here. */
  readonly arrived: Hop | undefined;
  readonly around: Surroundings;
  readonly now: number;
  /** The node whose kernel has the packet. */
  machine: Machine | undefined = undefined;
  header: Header;
  rewrites: readonly Rewrite[] = NOTHING;
  rules: readonly MatchedRule[] = NOTHING;
  service: ServiceDecision | undefined = undefined;
  drawn: Work["drawn"] = undefined;
  tracked: readonly Tracked[] = NOTHING;
  flow: Flow | undefined = undefined;
  affinity: Work["affinity"] = undefined;
  about: Header | undefined = undefined;

  constructor(packet: PacketInFlight, place: Place, arrived: Hop | undefined, around: Surroundings) {
    this.packet = packet;
    this.place = place;
    this.arrived = arrived;
    this.around = around;
    this.now = around.network.parts.clock.now;
    this.header = packet.header;
  }

  go(to: Place): Decision {
    return { kind: "go", to, work: this };
  }

  /** Ends the walk here; `silent` when the work so far is not worth telling. */
  end(verdict: EndVerdict, reason: string, silent = false): Decision {
    return { kind: "end", verdict, reason, work: silent ? undefined : this };
  }

  serve(by: Taker): Decision {
    return { kind: "serve", by, work: this };
  }
}

/**
 * Decides what happens to a packet at a place: it continues, ends, or is taken. The stages of the place are asked one after
 * another; the first that decides has the last word. Nothing is changed: what is to be done is reported in the decision's work.
 *
 * @param arrived - the hop that brought it; undefined when the packet was made at this place.
 * @throws Error when no stage decides: a place's list has to end with one that always does.
 */
export function decide(packet: PacketInFlight, place: Place, arrived: Hop | undefined, around: Surroundings): Decision {
  const visit = new Visit(packet, place, arrived, around);
  return follow(packet.tunnel === undefined ? place.kind : "port-forward", visit);
}

/** Asks the stages of a list in order. */
export function follow(list: keyof Stages, visit: Visit): Decision {
  for (const stage of visit.around.stages[list]) {
    const decision = stage.decide(visit);
    if (decision !== undefined) return decision;
  }
  throw new Error(`network: no stage of a ${list} decided about a packet for ${visit.header.destination}`);
}
