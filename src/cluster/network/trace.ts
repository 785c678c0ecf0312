// The record of what travelled: packets in flight, the last exchanges, counters per endpoint.
import { Emitter } from "../sim/emitter.ts";
import type { Exchange, Hop, Packet } from "./packet.ts";

/** One change of the record. */
export type TraceNews =
  | { readonly kind: "hop-started"; readonly hop: Hop; readonly packet: Packet }
  | { readonly kind: "hop-ended"; readonly hop: Hop; readonly packet: Packet }
  | {
      readonly kind: "exchange-started" | "exchange-ended";
      readonly exchange: Exchange;
    };

/** How often an endpoint of a Service was drawn. */
export interface EndpointCount {
  readonly service: string;
  readonly endpoint: string;
  readonly client: string;
  readonly count: number;
}

const KEPT_EXCHANGES = 2_000;
/** Counters kept; more endpoints than this are not told apart any more. */
const KEPT_COUNTS = 20_000;

/** A packet's record while it grows. What others see of it is copied when they look, not at each hop. */
interface PacketRecord {
  readonly packet: Packet;
  hops: Hop[];
  /** The packet as it was shown last; undefined since it changed. */
  shown: Packet | undefined;
}

/** The same of an exchange. */
interface ExchangeRecord {
  exchange: Exchange;
  readonly packets: number[];
  shown: Exchange | undefined;
}

/** Remembers everything in flight and the last 2,000 finished exchanges with their packets. */
export class Trace {
  readonly news = new Emitter<TraceNews>();
  readonly #packets = new Map<number, PacketRecord>();
  readonly #exchanges = new Map<number, ExchangeRecord>();
  readonly #inFlight = new Map<number, Hop>();
  readonly #finished: number[] = [];
  #oldest = 0;
  /** By service, endpoint, client: no text is put together per packet. */
  readonly #counts = new Map<string, Map<string, Map<string, { count: number }>>>();
  #countsKept = 0;
  #nextPacket = 1;
  #nextExchange = 1;

  newPacketId(): number {
    return this.#nextPacket++;
  }

  newExchangeId(): number {
    return this.#nextExchange++;
  }

  packet(id: number): Packet | undefined {
    const record = this.#packets.get(id);
    return record === undefined ? undefined : shownPacket(record);
  }

  exchange(id: number): Exchange | undefined {
    const record = this.#exchanges.get(id);
    return record === undefined ? undefined : shownExchange(record);
  }

  /** Oldest first. */
  *exchanges(): Iterable<Exchange> {
    for (const record of this.#exchanges.values()) yield shownExchange(record);
  }

  /** Hops that are under way, in the order in which they set out; at most one per packet. */
  inFlight(): Iterable<Hop> {
    return this.#inFlight.values();
  }

  get inFlightCount(): number {
    return this.#inFlight.size;
  }

  *counts(): Iterable<EndpointCount> {
    for (const [service, endpoints] of this.#counts)
      for (const [endpoint, clients] of endpoints)
        for (const [client, { count }] of clients) yield { service, endpoint, client, count };
  }

  /** Forgets the counters, not the record. */
  resetCounts(): void {
    this.#counts.clear();
    this.#countsKept = 0;
  }

  startExchange(exchange: Exchange): void {
    this.#exchanges.set(exchange.id, { exchange, packets: exchange.packets.slice(), shown: exchange });
    if (this.news.isHeard) this.news.emit({ kind: "exchange-started", exchange });
  }

  /** Replaces an exchange by the same one with its outcome. */
  endExchange(exchange: Exchange): void {
    const record = this.#exchanges.get(exchange.id);
    if (record !== undefined) {
      record.exchange = exchange;
      record.shown = exchange;
    }
    if (this.news.isHeard) this.news.emit({ kind: "exchange-ended", exchange });
    this.#forget(this.#finished[this.#oldest]);
    this.#finished[this.#oldest] = exchange.id;
    this.#oldest = (this.#oldest + 1) % KEPT_EXCHANGES;
  }

  addPacket(packet: Packet): void {
    const record = this.#exchanges.get(packet.exchange);
    if (record === undefined) return; // an answer so late that its question is forgotten
    this.#packets.set(packet.id, { packet, hops: packet.hops.slice(), shown: packet });
    record.packets.push(packet.id);
    record.shown = undefined;
  }

  startHop(hop: Hop): void {
    const record = this.#packets.get(hop.packet);
    if (record === undefined) return;
    record.hops = record.hops.concat(hop); // pushed, an array keeps room for many more
    record.shown = undefined;
    this.#inFlight.set(hop.packet, hop);
    if (this.news.isHeard) this.news.emit({ kind: "hop-started", hop, packet: shownPacket(record) });
  }

  /** Replaces a hop by the same hop with its verdict. */
  endHop(hop: Hop): void {
    const record = this.#packets.get(hop.packet);
    this.#inFlight.delete(hop.packet);
    if (record === undefined) return;
    record.hops[hop.index] = hop;
    record.shown = undefined;
    if (this.news.isHeard) this.news.emit({ kind: "hop-ended", hop, packet: shownPacket(record) });
  }

  count(service: string, endpoint: string, client: string): void {
    const known = this.#counts.get(service)?.get(endpoint)?.get(client);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    if (this.#countsKept >= KEPT_COUNTS) return;
    this.#countsKept += 1;
    const endpoints = this.#counts.get(service) ?? new Map<string, Map<string, { count: number }>>();
    const clients = endpoints.get(endpoint) ?? new Map<string, { count: number }>();
    this.#counts.set(service, endpoints);
    endpoints.set(endpoint, clients);
    clients.set(client, { count: 1 });
  }

  #forget(id: number | undefined): void {
    if (id === undefined) return;
    for (const packet of this.#exchanges.get(id)?.packets ?? []) this.#packets.delete(packet);
    this.#exchanges.delete(id);
  }
}

// Written out: records are made for every hop that somebody follows, and spreading them is several times slower.

function shownPacket(record: PacketRecord): Packet {
  const { id, exchange, kind } = record.packet;
  record.shown ??= { id, exchange, kind, hops: record.hops.slice() };
  return record.shown;
}

function shownExchange(record: ExchangeRecord): Exchange {
  const { exchange } = record;
  record.shown ??= {
    id: exchange.id,
    from: exchange.from,
    target: exchange.target,
    purpose: exchange.purpose,
    protocol: exchange.protocol,
    asked: exchange.asked,
    startedAt: exchange.startedAt,
    endedAt: exchange.endedAt,
    outcome: exchange.outcome,
    packets: record.packets.slice(),
    parent: exchange.parent,
  };
  return record.shown;
}
