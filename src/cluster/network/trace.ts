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

/** Remembers everything in flight and the last 2,000 finished exchanges with their packets. */
export class Trace {
  readonly news = new Emitter<TraceNews>();
  readonly #packets = new Map<number, Packet>();
  readonly #exchanges = new Map<number, Exchange>();
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
    return this.#packets.get(id);
  }

  exchange(id: number): Exchange | undefined {
    return this.#exchanges.get(id);
  }

  /** Oldest first. */
  exchanges(): Iterable<Exchange> {
    return this.#exchanges.values();
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
    this.#exchanges.set(exchange.id, exchange);
    this.news.emit({ kind: "exchange-started", exchange });
  }

  endExchange(exchange: Exchange): void {
    this.#exchanges.set(exchange.id, exchange);
    this.news.emit({ kind: "exchange-ended", exchange });
    this.#forget(this.#finished[this.#oldest]);
    this.#finished[this.#oldest] = exchange.id;
    this.#oldest = (this.#oldest + 1) % KEPT_EXCHANGES;
  }

  addPacket(packet: Packet): void {
    const exchange = this.#exchanges.get(packet.exchange);
    if (exchange === undefined) return; // an answer so late that its question is forgotten
    this.#packets.set(packet.id, packet);
    this.#exchanges.set(exchange.id, withPacket(exchange, packet.id));
  }

  startHop(hop: Hop): void {
    const packet = this.#packets.get(hop.packet);
    if (packet === undefined) return;
    const longer = withHops(packet, packet.hops.concat(hop));
    this.#packets.set(packet.id, longer);
    this.#inFlight.set(packet.id, hop);
    this.news.emit({ kind: "hop-started", hop, packet: longer });
  }

  /** Replaces a hop by the same hop with its verdict. */
  endHop(hop: Hop): void {
    const packet = this.#packets.get(hop.packet);
    this.#inFlight.delete(hop.packet);
    if (packet === undefined) return;
    const hops = packet.hops.slice();
    hops[hop.index] = hop;
    const changed = withHops(packet, hops);
    this.#packets.set(packet.id, changed);
    this.news.emit({ kind: "hop-ended", hop, packet: changed });
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

// Written out: records are made for every hop, and spreading them is several times slower.

function withHops(packet: Packet, hops: readonly Hop[]): Packet {
  return { id: packet.id, exchange: packet.exchange, kind: packet.kind, hops };
}

function withPacket(exchange: Exchange, packet: number): Exchange {
  return {
    id: exchange.id,
    from: exchange.from,
    target: exchange.target,
    purpose: exchange.purpose,
    startedAt: exchange.startedAt,
    endedAt: exchange.endedAt,
    outcome: exchange.outcome,
    packets: exchange.packets.concat(packet),
    parent: exchange.parent,
  };
}
