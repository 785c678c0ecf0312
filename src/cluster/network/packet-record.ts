// What the record keeps of one packet.
import { type PackedHops, packHops, unpackHops } from "./packed-hops.ts";
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
      this.#hops = unpackHops(this.id, this.#packed ?? NONE);
      this.#packed = undefined;
    }
    return this.#hops;
  }

  set hops(hops: readonly Hop[]) {
    this.#hops = hops;
  }

  /** Keeps the hops in less room, unless the packet is still under way or someone looked at it. */
  pack(): void {
    if (this.isFlying || this.isSeen || this.#hops === undefined) return;
    this.#packed = packHops(this.#hops);
    this.#hops = undefined;
  }
}
