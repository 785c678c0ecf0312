// What is to be painted at a moment: packets under way and what lately became of others, from the trace and the clock alone.
import type { Exchange, Hop, Packet, Trace } from "../../cluster/index.ts";

/** A story's end that stays to be seen for a moment. */
export interface Ending {
  readonly hop: Hop;
  readonly packet: Packet;
  /** Virtual time at which it ended. */
  readonly at: number;
}

/** How long an ending is seen, in virtual milliseconds. */
export const ENDING_MS = 1_400;
/** The most endings kept; older ones give way. */
const MOST = 200;

/** Remembers endings for as long as they are seen. */
export class Endings {
  #hops: Ending[] = [];
  #exchanges: Exchange[] = [];

  /** Listens to a trace; returns how to stop. */
  follow(trace: Trace): () => void {
    this.#hops = [];
    this.#exchanges = [];
    return trace.news.on((news) => {
      if (news.kind === "hop-ended" && isEnd(news.hop))
        this.#hops.push({ hop: news.hop, packet: news.packet, at: news.hop.arrivesAt });
      if (news.kind === "exchange-ended" && news.exchange.purpose !== "probe") this.#exchanges.push(news.exchange);
      if (this.#hops.length > 2 * MOST) this.#hops = this.#hops.slice(-MOST);
      if (this.#exchanges.length > 2 * MOST) this.#exchanges = this.#exchanges.slice(-MOST);
    });
  }

  /** Hops that went no further, still to be seen at `now`. */
  hops(now: number): readonly Ending[] {
    if (this.#hops.some((each) => now - each.at > ENDING_MS))
      this.#hops = this.#hops.filter((each) => now - each.at <= ENDING_MS);
    return this.#hops;
  }

  /** Exchanges that are over, their outcome still to be seen at `now`. */
  exchanges(now: number): readonly Exchange[] {
    if (this.#exchanges.some((each) => now - (each.endedAt ?? 0) > ENDING_MS))
      this.#exchanges = this.#exchanges.filter((each) => now - (each.endedAt ?? 0) <= ENDING_MS);
    return this.#exchanges;
  }
}

function isEnd(hop: Hop): boolean {
  return hop.verdict !== "flying" && hop.verdict !== "forwarded" && hop.verdict !== "delivered";
}

/** How a packet is painted. */
export type Look = "request" | "reply" | "refused";

export function lookOf(packet: Packet | undefined): Look {
  if (packet === undefined || packet.kind === "request") return "request";
  return packet.kind === "reply" ? "reply" : "refused";
}

/** The part of its way a packet has behind it, eased at both ends, because each place decides anew. */
export function progressOf(hop: Hop, now: number): number {
  const span = hop.arrivesAt - hop.sentAt;
  if (span <= 0) return 1;
  const part = Math.min(1, Math.max(0, (now - hop.sentAt) / span));
  return part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) * (1 - part);
}

/** The address a packet carries after `part` of the way: the rewritten one from the turn of the road on. */
export function labelOf(hop: Hop, part: number, turn: number): string {
  const header = hop.rewrites.length > 0 && part < turn ? hop.received : hop.header;
  return header.protocol === "ICMP" ? header.destination : `${header.destination}:${header.destinationPort}`;
}
