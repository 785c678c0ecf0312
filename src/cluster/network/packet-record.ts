// What the record keeps of one packet.
import { type PackedHops, packHops, Reader, unpackHops, Writer } from "./packed-hops.ts";
import type { Hop, Packet } from "./packet.ts";

const NONE: readonly never[] = [];

/** A packet's record while it grows. What others see of it is made when they look, not at each hop. */
export class PacketRecord {
  readonly id: number;
  readonly exchange: number;
  readonly kind: Packet["kind"];
  #hops: readonly Hop[] | undefined = NONE;
  #packed: PackedHops | undefined = undefined;
  /** Whether someone may hold its last hop: then that hop is replaced when it ends, else it is changed. */
  isSeen = true;
  /** Whether its exchange is remembered; a forgotten packet is not recorded. */
  isKept: boolean;
  /** The packet as it was shown last; undefined since it changed. */
  shown: Packet | undefined = undefined;
  /** Its neighbours among those in flight, while it is one of them. */
  isFlying = false;
  before: PacketRecord | undefined = undefined;
  after: PacketRecord | undefined = undefined;

  constructor(id: number, kind: Packet["kind"], of: { readonly id: number; readonly isKept: boolean }) {
    this.id = id;
    this.exchange = of.id;
    this.kind = kind;
    this.isKept = of.isKept;
  }

  get hops(): readonly Hop[] {
    if (this.#hops === undefined) {
      this.#hops = unpackHops(this.id, new Reader(this.#packed ?? [0]));
      this.#packed = undefined;
    }
    return this.#hops;
  }

  set hops(hops: readonly Hop[]) {
    this.#hops = hops;
  }

  /** Whether it has arrived and nobody looked at it: nothing but this record holds its hops. */
  get isAlone(): boolean {
    return !this.isFlying && !this.isSeen && this.shown === undefined;
  }

  /** Keeps the hops in less room, unless the packet is still under way or someone looked at it. */
  pack(): void {
    if (!this.isAlone || this.#hops === undefined) return;
    const writer = new Writer();
    packHops(this.#hops, writer);
    this.#packed = writer.values.slice(); // a list that grew has room for more
    this.#hops = undefined;
  }

  /** A record of a packet that has arrived. */
  static of(exchange: { readonly id: number; readonly isKept: boolean }, reader: Reader): PacketRecord {
    const record = new PacketRecord(reader.next(), reader.next(), exchange);
    record.hops = unpackHops(record.id, reader);
    record.isSeen = false;
    return record;
  }

  /** Writes what `of` reads. */
  write(into: Writer): void {
    into.put(this.id);
    into.put(this.kind);
    packHops(this.hops, into);
  }
}
