// What is to be painted at a moment: packets under way and what recently happened to others, from the trace and the clock alone.
import type { Exchange, Hop, Packet, Trace } from "../../cluster/index.ts";
import type { Box } from "./metrics.ts";
import type { Point } from "./paths.ts";

/** A story's end that stays to be seen for a moment. */
export interface Ending {
  readonly hop: Hop;
  readonly packet: Packet;
  /** Virtual time at which it ended. */
  readonly at: number;
}

/** How long an ending is seen, in virtual milliseconds. */
export const ENDING_MS = 1_400;
/** How long a program that has a request is taken to be thinking, in virtual milliseconds. */
const THINKING_MS = 3_000;
/** The most endings kept; older ones give way. */
const MOST = 200;

/** Remembers endings for as long as they are seen. */
export class Endings {
  #hops: Ending[] = [];
  #exchanges: Exchange[] = [];
  readonly #waiting = new Map<number, Exchange>();

  /** Listens to a trace, and takes what ended shortly before `now`; returns how to stop. */
  follow(trace: Trace, now: number): () => void {
    this.#hops = [];
    this.#exchanges = [];
    this.#waiting.clear();
    for (const each of trace.exchanges()) this.#recall(each, trace, now);
    return trace.news.on((news) => {
      if (news.kind === "exchange-lost") this.#wait(news.exchange);
      if (news.kind === "exchange-ended") this.#waiting.delete(news.exchange.id);
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

  /** Exchanges whose packet was lost while their sender still waits, oldest first; what a program has it may still answer. */
  waiting(now: number): readonly Exchange[] {
    return [...this.#waiting.values()].filter(({ loss }) => loss?.taken !== true || now - loss.at > THINKING_MS);
  }

  /** What would be seen of an exchange had its trace been followed all along. */
  #recall(exchange: Exchange, trace: Trace, now: number): void {
    const { endedAt, outcome, purpose, packets } = exchange;
    if (outcome.kind === "pending") this.#wait(exchange);
    if (endedAt !== undefined && now - endedAt > ENDING_MS) return;
    if (endedAt !== undefined && purpose !== "probe") this.#exchanges.push(exchange);
    for (const packet of packets.flatMap((id) => trace.packet(id) ?? [])) {
      const hop = packet.hops.at(-1);
      if (hop !== undefined && isEnd(hop) && now - hop.arrivesAt <= ENDING_MS)
        this.#hops.push({ hop, packet, at: hop.arrivesAt });
    }
  }

  #wait(exchange: Exchange): void {
    this.#waiting.delete(exchange.id);
    if (exchange.loss === undefined || exchange.purpose === "probe") return;
    this.#waiting.set(exchange.id, exchange);
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined && this.#waiting.size > MOST) this.#waiting.delete(oldest);
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

/** The part of its way a packet has behind it, eased at both ends, because each place decides again. */
export function progressOf(hop: Hop, now: number): number {
  const span = hop.arrivesAt - hop.sentAt;
  if (span <= 0) return 1;
  const part = Math.min(1, Math.max(0, (now - hop.sentAt) / span));
  return part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) * (1 - part);
}

/** The address a packet carries after `part` of the way: the rewritten one from the turn of the path on. */
export function labelOf(hop: Hop, part: number, turn: number): string {
  const header = hop.rewrites.length > 0 && part < turn ? hop.received : hop.header;
  return header.protocol === "ICMP" ? header.destination : `${header.destination}:${header.destinationPort}`;
}

/** What the bar over the picture covers, in CSS pixels. */
export const BAR = 50;

/**
 * Where a note about what a request came to is painted: above its sender, one over another. Where the bar would cover even the first,
 * they are in the lower corner of the sender's card, the newest on top; undefined for one without room.
 */
export function notePlace(
  box: Box,
  row: number,
  { width, height }: { readonly width: number; readonly height: number },
  [left, top, zoom]: readonly [number, number, number],
): Point | undefined {
  const over = (at: number) => box.y * zoom + top - height * (at + 1) - 4;
  if (over(0) < BAR) {
    const end = { x: (box.x + box.width) * zoom + left, y: (box.y + box.height) * zoom + top };
    return { x: Math.max(4, end.x - width - 5), y: end.y - height - 5 };
  }
  if (over(row) < BAR) return undefined;
  return { x: Math.max(4, (box.x + box.width / 2) * zoom + left - width / 2), y: over(row) };
}
