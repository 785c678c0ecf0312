// The connections a node has translated: repeated for what follows, reversed for what comes back.
import type { Header } from "./packet.ts";

/** One translated connection. */
export interface Flow {
  /** As the first packet came. */
  readonly original: Header;
  /** As it went on. */
  readonly translated: Header;
  lastSeen: number;
}

/** Connections a node remembers at most; beyond it the oldest are forgotten, as a full table evicts. */
const MAX_FLOWS = 65_536;

/** Idle times after which a flow is forgotten, in milliseconds. */
// Models linux nf_conntrack_tcp_timeout_established, nf_conntrack_udp_timeout_stream
const IDLE_LIMIT = { TCP: 432_000_000, UDP: 120_000, SCTP: 432_000_000, ICMP: 30_000 } as const;

/** One node's connection tracking. Only translated flows are kept: the others need no change either way. */
export class Conntrack {
  readonly #byOriginal = new Map<string, Flow>();
  readonly #byReply = new Map<string, Flow>();

  get size(): number {
    return this.#byOriginal.size;
  }

  flows(): Iterable<Flow> {
    return this.#byOriginal.values();
  }

  /** The flow that a packet of the asking side belongs to. */
  findOriginal(header: Header, now: number): Flow | undefined {
    return this.#fresh(this.#byOriginal.get(keyOf(header)), now);
  }

  /** The flow that a packet of the answering side belongs to. */
  findReply(header: Header, now: number): Flow | undefined {
    return this.#fresh(this.#byReply.get(keyOf(header)), now);
  }

  /** Whether an answer to this translated header could be told from those of other flows. */
  isFree(translated: Header): boolean {
    return !this.#byReply.has(replyKeyOf(translated));
  }

  add(original: Header, translated: Header, now: number): Flow {
    const flow: Flow = { original, translated, lastSeen: now };
    if (this.#byOriginal.size >= MAX_FLOWS) {
      const oldest = this.#byOriginal.values().next().value;
      if (oldest !== undefined) this.remove(oldest);
    }
    this.#byOriginal.set(keyOf(original), flow);
    this.#byReply.set(replyKeyOf(translated), flow);
    return flow;
  }

  remove(flow: Flow): void {
    const original = keyOf(flow.original);
    const reply = replyKeyOf(flow.translated);
    if (this.#byOriginal.get(original) === flow) this.#byOriginal.delete(original);
    if (this.#byReply.get(reply) === flow) this.#byReply.delete(reply);
  }

  clear(): void {
    this.#byOriginal.clear();
    this.#byReply.clear();
  }

  #fresh(flow: Flow | undefined, now: number): Flow | undefined {
    if (flow === undefined) return undefined;
    if (now - flow.lastSeen > IDLE_LIMIT[flow.original.protocol]) {
      this.remove(flow);
      return undefined;
    }
    flow.lastSeen = now;
    return flow;
  }
}

/** The header of an answer to `header`. */
export function reversed(header: Header): Header {
  return {
    protocol: header.protocol,
    source: header.destination,
    sourcePort: header.destinationPort,
    destination: header.source,
    destinationPort: header.sourcePort,
  };
}

function keyOf(header: Header): string {
  return `${header.source}:${header.sourcePort}>${header.destination}:${header.destinationPort}/${header.protocol}`;
}

function replyKeyOf(header: Header): string {
  return `${header.destination}:${header.destinationPort}>${header.source}:${header.sourcePort}/${header.protocol}`;
}
