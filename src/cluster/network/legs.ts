// One leg of a road: how long it takes, what is wrong with its cable, and what TCP does about a packet lost there.
import type { Way } from "./cables.ts";
import type { Call, Traveller } from "./call.ts";
import { startHop } from "./hops.ts";
import type { Network } from "./network.ts";
import type { Hop, Place } from "./packet.ts";
import type { Work } from "./translate.ts";

/** How long TCP waits for a confirmation before it sends again; twice as long after each time. */
// Models linux TCP_TIMEOUT_INIT
const RETRANSMIT_MS = 1_000;

/** What follows a leg. */
export interface LegEnds {
  arrive(traveller: Traveller, hop: Hop): void;
  stop(traveller: Traveller, hop: Hop, why: NonNullable<Way["end"]>): void;
  depart(traveller: Traveller, origin: Place): void;
  busyUntil(call: Call, at: number): void;
}

/** Carries packets from one place to the next. */
export class Legs {
  readonly #network: Network;
  readonly #ends: LegEnds;

  constructor(network: Network, ends: LegEnds) {
    this.#network = network;
    this.#ends = ends;
  }

  go(traveller: Traveller, from: Place, to: Place, work: Work): void {
    const way = this.#network.cables.way(from, to, work.header);
    const leg = way === undefined ? { from, to, work } : { from, to: way.to ?? to, work, delayMs: way.latencyMs };
    const hop = startHop(this.#network, traveller, leg);
    this.#ends.busyUntil(traveller.call, hop.arrivesAt);
    this.#network.parts.clock.schedule(hop.arrivesAt - hop.sentAt, () => {
      if (way?.end === undefined) {
        this.#ends.arrive(traveller, hop);
        return;
      }
      this.#ends.stop(traveller, hop, way.end);
      if (way.end.again) this.#sendAgain(traveller);
    });
  }

  /** Sends a lost TCP packet again: an answer from where it came, anything else by asking anew. Spec: [FAULT-8]. */
  // Models linux tcp_retransmit_timer
  #sendAgain(traveller: Traveller): void {
    const { call, attempt = 0, reply, server } = traveller;
    const { clock, trace } = this.#network.parts;
    const first = trace.packet(traveller.id)?.hops[0];
    if ((call.request.protocol ?? "TCP") !== "TCP" || call.header === undefined || first === undefined) return;
    const answers = reply !== undefined && server !== undefined;
    const packet = answers
      ? ({ kind: "reply", header: first.received, reply, server } as const)
      : ({ kind: "request", header: call.header } as const);
    clock.schedule(RETRANSMIT_MS * 2 ** attempt, () => {
      if (call.record.outcome.kind !== "pending") return;
      const again: Traveller = { ...packet, id: trace.newPacketId(), call, hops: 0, attempt: attempt + 1 };
      this.#ends.depart(again, answers ? first.from : call.request.from);
    });
  }
}
