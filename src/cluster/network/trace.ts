// The record of what travelled: packets in flight, the last exchanges, counters per endpoint.
import { Emitter } from "../sim/emitter.ts";
import { AnsweredExchange, type Asked, ExchangeRecord, type Kept } from "./exchange-record.ts";
import type { Exchange, Hop, Loss, Outcome, Packet } from "./packet.ts";
import { PacketRecord } from "./packet-record.ts";

/** One change of the record. */
export type TraceNews = HopNews | ExchangeNews;

/** A hop began or ended. What is not read of it, while it is reported, is not copied from the record. */
class HopNews {
  readonly kind: "hop-started" | "hop-ended";
  readonly #record: PacketRecord;
  readonly #index: number;

  constructor(kind: "hop-started" | "hop-ended", record: PacketRecord, index: number) {
    this.kind = kind;
    this.#record = record;
    this.#index = index;
  }

  get hop(): Hop {
    this.#record.isSeen = true;
    const hop = this.#record.hops[this.#index];
    if (hop === undefined) throw new Error("trace: news of a hop that is not there");
    return hop;
  }

  get packet(): Packet {
    return shownPacket(this.#record);
  }
}

/** An exchange began or ended, or its `loss` came, changed, or went because it is under way again. */
class ExchangeNews {
  readonly kind: "exchange-started" | "exchange-lost" | "exchange-ended";
  readonly #record: ExchangeRecord;

  constructor(kind: "exchange-started" | "exchange-lost" | "exchange-ended", record: ExchangeRecord) {
    this.kind = kind;
    this.#record = record;
  }

  get exchange(): Exchange {
    return shownExchange(this.#record);
  }
}

/** How often an endpoint of a Service was drawn. */
export interface EndpointCount {
  readonly service: string;
  readonly endpoint: string;
  readonly client: string;
  readonly count: number;
}

/** Finished exchanges that the record keeps. */
export const KEPT_EXCHANGES = 2_000;
/** Counters kept; more endpoints than this are not distinguished any more. */
const KEPT_COUNTS = 20_000;

/** The outcome of a packet where a hop ended. */
export type HopOutcome = Pick<Hop, "verdict" | "end" | "reason">;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Remembers everything in flight and the last 2,000 finished exchanges with their packets. Whoever writes it holds the records;
 * they are filed by number only once someone asks for one.
 */
export class Trace {
  readonly news = new Emitter<TraceNews>();
  /** All exchanges as a list, oldest first. */
  #oldest: Kept | undefined;
  #newest: Kept | undefined;
  #size = 0;
  /** Packets in flight as a list, in the order in which their hops set out. */
  #first: PacketRecord | undefined;
  #last: PacketRecord | undefined;
  #flying = 0;
  #filed: { readonly exchanges: Map<number, ExchangeRecord>; readonly packets: Map<number, PacketRecord> } | undefined;
  #finished: Kept[] = [];
  /** Those that hold nothing now. */
  readonly #spare: AnsweredExchange[] = [];
  #nextFinished = 0;
  /** By service, endpoint, client: no text is put together per packet. */
  readonly #counts = new Map<string, Map<string, Map<string, { count: number }>>>();
  #countsKept = 0;
  #nextPacket = 1;
  #nextExchange = 1;

  newPacketId(): number {
    return this.#nextPacket++;
  }

  packet(id: number): Packet | undefined {
    const record = this.#files().packets.get(id);
    return record === undefined ? undefined : shownPacket(record);
  }

  exchange(id: number): Exchange | undefined {
    const record = this.#files().exchanges.get(id);
    return record === undefined ? undefined : shownExchange(record);
  }

  /** How many exchanges are remembered. */
  get size(): number {
    return this.#size;
  }

  /** Oldest first. */
  *exchanges(): Iterable<Exchange> {
    this.#spread();
    for (let record = this.#oldest; record instanceof ExchangeRecord; record = record.newer)
      yield shownExchange(record);
  }

  /** Hops that are under way, in the order in which they set out; at most one per packet. */
  *inFlight(): Iterable<Hop> {
    for (let record = this.#first; record !== undefined; record = record.after) {
      record.isSeen = true;
      const hop = record.hops.at(-1);
      if (hop !== undefined) yield hop;
    }
  }

  get inFlightCount(): number {
    return this.#flying;
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

  startExchange(of: Asked): ExchangeRecord {
    const record = new ExchangeRecord(this.#nextExchange++, of);
    record.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = record;
    else this.#newest.newer = record;
    this.#newest = record;
    this.#size += 1;
    this.#filed?.exchanges.set(record.id, record);
    if (this.news.isHeard) this.news.emit(new ExchangeNews("exchange-started", record));
    return record;
  }

  /** Writes down what its sender does not know yet, or that there is no such thing any more. */
  loseExchange(record: ExchangeRecord, loss: Loss | undefined): void {
    record.loss = loss;
    record.shown = undefined;
    if (record.isKept && this.news.isHeard) this.news.emit(new ExchangeNews("exchange-lost", record));
  }

  /** Writes down the outcome of it; its packets are those that were added. */
  endExchange(record: ExchangeRecord, outcome: Outcome, endedAt: number): void {
    record.outcome = outcome;
    record.endedAt = endedAt;
    if (outcome.kind !== "timeout" && outcome.kind !== "unreachable") record.loss = undefined;
    record.shown = undefined;
    if (this.news.isHeard) this.news.emit(new ExchangeNews("exchange-ended", record));
    this.#forget(this.#finished[this.#nextFinished]);
    this.#finished[this.#nextFinished] = this.news.isHeard ? record : this.#compact(record);
    this.#nextFinished = (this.#nextFinished + 1) % KEPT_EXCHANGES;
  }

  /** A packet of an exchange is made. */
  addPacket(of: ExchangeRecord, id: number, kind: Packet["kind"]): PacketRecord {
    const record = new PacketRecord(id, kind, of);
    if (!of.isKept) return record; // an answer so late that its question is forgotten
    of.packets = appended(of.packets, record);
    of.shown = undefined;
    this.#filed?.packets.set(id, record);
    return record;
  }

  startHop(record: PacketRecord, hop: Hop): void {
    if (!record.isKept) return;
    record.hops = appended(record.hops, hop);
    record.shown = undefined;
    record.isSeen = false;
    this.#setOut(record);
    if (this.news.isHeard) this.news.emit(new HopNews("hop-started", record, hop.index));
  }

  /** Gives a hop under way its verdict. */
  endHop(record: PacketRecord, hop: Hop, { verdict, end, reason }: HopOutcome): void {
    this.#land(record);
    const own: Writable<Hop> | undefined = record.hops[hop.index];
    if (!record.isKept || own === undefined) return;
    if (record.isSeen) record.hops = record.hops.with(hop.index, endedHop(hop, { verdict, end, reason }));
    else {
      own.verdict = verdict;
      own.end = end;
      own.reason = reason;
    }
    record.shown = undefined;
    if (this.news.isHeard) this.news.emit(new HopNews("hop-ended", record, hop.index));
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

  #setOut(record: PacketRecord): void {
    if (record.isFlying) this.#land(record);
    record.isFlying = true;
    record.before = this.#last;
    record.after = undefined;
    if (this.#last === undefined) this.#first = record;
    else this.#last.after = record;
    this.#last = record;
    this.#flying += 1;
  }

  #land(record: PacketRecord): void {
    if (!record.isFlying) return;
    record.isFlying = false;
    if (record.before === undefined) this.#first = record.after;
    else record.before.after = record.after;
    if (record.after === undefined) this.#last = record.before;
    else record.after.before = record.before;
    record.before = undefined;
    record.after = undefined;
    this.#flying -= 1;
  }

  /** Keeps a finished exchange in as little room as it can. */
  #compact(record: ExchangeRecord): Kept {
    const { outcome } = record;
    if (this.#filed !== undefined || outcome.kind !== "answered" || !AnsweredExchange.isPossible(record)) {
      for (const packet of record.packets) packet.pack();
      return record;
    }
    const answered = this.#spare.pop() ?? new AnsweredExchange();
    answered.take(record, outcome);
    this.#replace(record, answered);
    letGo(record);
    return answered;
  }

  /** Makes records of all exchanges again, for someone to look at. */
  #spread(): void {
    const records = new Map<Kept, ExchangeRecord>();
    for (let kept = this.#oldest; kept !== undefined; kept = kept.newer) {
      if (!(kept instanceof AnsweredExchange)) continue;
      const record = kept.read();
      records.set(kept, record);
      this.#replace(kept, record);
      this.#spare.push(kept);
      kept = record;
    }
    if (records.size > 0) this.#finished = this.#finished.map((kept) => records.get(kept) ?? kept);
  }

  /** Puts one into the place of another in the order of beginning. */
  #replace(old: Kept, kept: Kept): void {
    const { older, newer } = old;
    kept.older = older;
    kept.newer = newer;
    if (older === undefined) this.#oldest = kept;
    else older.newer = kept;
    if (newer === undefined) this.#newest = kept;
    else newer.older = kept;
    old.older = undefined;
    old.newer = undefined;
  }

  #forget(kept: Kept | undefined): void {
    if (kept === undefined) return;
    const { older, newer } = kept;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    kept.older = undefined;
    kept.newer = undefined;
    this.#size -= 1;
    if (kept instanceof AnsweredExchange) {
      this.#spare.push(kept);
      return;
    }
    letGo(kept);
    this.#filed?.exchanges.delete(kept.id);
    for (const packet of kept.packets) this.#filed?.packets.delete(packet.id);
  }

  /** The records by number. */
  #files(): { readonly exchanges: Map<number, ExchangeRecord>; readonly packets: Map<number, PacketRecord> } {
    if (this.#filed !== undefined) return this.#filed;
    const filed = { exchanges: new Map<number, ExchangeRecord>(), packets: new Map<number, PacketRecord>() };
    this.#spread();
    for (let record = this.#oldest; record instanceof ExchangeRecord; record = record.newer) {
      filed.exchanges.set(record.id, record);
      for (const packet of record.packets) filed.packets.set(packet.id, packet);
    }
    this.#filed = filed;
    return filed;
  }
}

/** Whatever comes for it from now on is not written down any more. */
function letGo(record: ExchangeRecord): void {
  record.isKept = false;
  for (const packet of record.packets) packet.isKept = false;
}

/** Not pushed: an array that grows keeps room for many more, and the record holds thousands of these. */
function appended<T>(list: readonly T[], item: T): readonly T[] {
  return [...list, item];
}

// Written out: records are made for every hop that someone follows, and spreading them is several times slower.

function endedHop(hop: Hop, { verdict, end, reason }: HopOutcome): Hop {
  return {
    packet: hop.packet,
    index: hop.index,
    from: hop.from,
    to: hop.to,
    received: hop.received,
    header: hop.header,
    rewrites: hop.rewrites,
    rules: hop.rules,
    service: hop.service,
    forward: hop.forward,
    sentAt: hop.sentAt,
    arrivesAt: hop.arrivesAt,
    verdict,
    end,
    reason,
    because: hop.because,
  };
}

function shownPacket(record: PacketRecord): Packet {
  record.isSeen = true;
  const { id, exchange, kind, hops } = record;
  record.shown ??= { id, exchange, kind, hops };
  return record.shown;
}

function shownExchange(record: ExchangeRecord): Exchange {
  record.shown ??= {
    id: record.id,
    from: record.from,
    target: record.target,
    purpose: record.purpose,
    protocol: record.protocol,
    asked: record.asked,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    outcome: record.outcome,
    loss: record.loss,
    packets: record.packets.map(({ id }) => id),
    parent: record.parent,
  };
  return record.shown;
}
