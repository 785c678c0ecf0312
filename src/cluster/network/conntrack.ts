// The connections a node has translated: repeated for what follows, reversed for what comes back.
import type { Header } from "./packet.ts";

/** One translated connection. */
export interface Flow {
  /** As the first packet came. */
  readonly original: Header;
  /** As it went on. */
  readonly translated: Header;
  /** The header of what comes back. */
  readonly answer: Header;
  lastSeen: number;
}

/** Connections a node remembers at most; beyond it the oldest are forgotten, as a full table evicts. */
const MAX_FLOWS = 65_536;

/** Idle times after which a flow is forgotten, in milliseconds. */
// Models linux nf_conntrack_tcp_timeout_established, nf_conntrack_udp_timeout_stream
const IDLE_LIMIT = { TCP: 432_000_000, UDP: 120_000, SCTP: 432_000_000, ICMP: 30_000 } as const;

/** Flows by one of their headers. Found by both ports first: building a text per packet would cost more than all the rest. */
class FlowIndex {
  readonly #byPorts = new Map<number, Flow[]>();

  find(header: Header, headerOf: (flow: Flow) => Header): Flow | undefined {
    const bucket = this.#byPorts.get(header.sourcePort * 65_536 + header.destinationPort);
    if (bucket === undefined) return undefined;
    for (const flow of bucket) if (isSame(headerOf(flow), header)) return flow;
    return undefined;
  }

  add(header: Header, flow: Flow): void {
    const key = header.sourcePort * 65_536 + header.destinationPort;
    const bucket = this.#byPorts.get(key);
    if (bucket === undefined) this.#byPorts.set(key, [flow]);
    else bucket.push(flow);
  }

  remove(header: Header, flow: Flow): void {
    const key = header.sourcePort * 65_536 + header.destinationPort;
    const bucket = this.#byPorts.get(key);
    if (bucket === undefined) return;
    if (bucket.length === 1 && bucket[0] === flow) this.#byPorts.delete(key);
    else
      this.#byPorts.set(
        key,
        bucket.filter((each) => each !== flow),
      );
  }

  clear(): void {
    this.#byPorts.clear();
  }
}

const originalOf = (flow: Flow) => flow.original;
const answerOf = (flow: Flow) => flow.answer;

/** One node's connection tracking. Only translated flows are kept: the others need no change either way. */
export class Conntrack {
  readonly #flows = new Set<Flow>();
  readonly #byOriginal = new FlowIndex();
  readonly #byAnswer = new FlowIndex();

  get size(): number {
    return this.#flows.size;
  }

  flows(): Iterable<Flow> {
    return this.#flows;
  }

  /** The flow that a packet of the asking side belongs to. */
  findOriginal(header: Header, now: number): Flow | undefined {
    return this.#fresh(this.#byOriginal.find(header, originalOf), now);
  }

  /** The flow that a packet of the answering side belongs to. */
  findReply(header: Header, now: number): Flow | undefined {
    return this.#fresh(this.#byAnswer.find(header, answerOf), now);
  }

  /** Whether an answer to this translated header could be told from those of other flows. */
  isFree(translated: Header): boolean {
    return this.#byAnswer.find(reversed(translated), answerOf) === undefined;
  }

  add(original: Header, translated: Header, now: number): Flow {
    const flow: Flow = { original, translated, answer: reversed(translated), lastSeen: now };
    if (this.#flows.size >= MAX_FLOWS) {
      const oldest = this.#flows.values().next().value;
      if (oldest !== undefined) this.remove(oldest);
    }
    this.#flows.add(flow);
    this.#byOriginal.add(original, flow);
    this.#byAnswer.add(flow.answer, flow);
    return flow;
  }

  remove(flow: Flow): void {
    if (!this.#flows.delete(flow)) return;
    this.#byOriginal.remove(flow.original, flow);
    this.#byAnswer.remove(flow.answer, flow);
  }

  clear(): void {
    this.#flows.clear();
    this.#byOriginal.clear();
    this.#byAnswer.clear();
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

function isSame(a: Header, b: Header): boolean {
  return (
    a.sourcePort === b.sourcePort &&
    a.destinationPort === b.destinationPort &&
    a.source === b.source &&
    a.destination === b.destination &&
    a.protocol === b.protocol
  );
}
