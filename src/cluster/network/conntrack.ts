// The connections a node has translated: repeated for what follows, reversed for what comes back.
import type { Header } from "./packet.ts";

/** One translated connection. */
export interface Flow {
  /** As the first packet came. */
  readonly original: Header;
  /** As it went on. */
  readonly translated: Header;
  /** Whose connection it is. */
  readonly table: Conntrack;
  lastSeen: number;
  /** Whether something came back. */
  replied: boolean;
}

/** Connections a node remembers at most; beyond it the oldest are forgotten, as a full table evicts. */
const MAX_FLOWS = 65_536;

/** Idle times after which a flow is forgotten, in milliseconds. */
// Models linux nf_conntrack_tcp_timeout_established, nf_conntrack_udp_timeout_stream
const IDLE_LIMIT = { TCP: 432_000_000, UDP: 120_000, SCTP: 432_000_000, ICMP: 30_000 } as const;

/** A flow in its table: in the list of all, and in one chain of each index. No map, as connections come and go with each request. */
class Entry implements Flow {
  isKept = true;
  older: Entry | undefined;
  newer: Entry | undefined;
  nextOriginal: Entry | undefined;
  nextAnswer: Entry | undefined;
  readonly original: Header;
  readonly translated: Header;
  readonly table: Conntrack;
  lastSeen: number;
  replied = false;

  constructor(original: Header, translated: Header, table: Conntrack, now: number) {
    this.original = original;
    this.translated = translated;
    this.table = table;
    this.lastSeen = now;
  }
}

type Chains = Array<Entry | undefined>;

const FEWEST_CHAINS = 16;

/** One node's connection tracking. Only translated flows are kept: the others need no change either way. */
export class Conntrack {
  #size = 0;
  #oldest: Entry | undefined;
  #newest: Entry | undefined;
  /** Chains of flows, oldest first: by who asks and the ports of the original's header, and of the answer's. */
  #originals: Chains = chains(FEWEST_CHAINS);
  #answers: Chains = chains(FEWEST_CHAINS);

  get size(): number {
    return this.#size;
  }

  /** Oldest first. */
  *flows(): Iterable<Flow> {
    for (let each = this.#oldest; each !== undefined; each = each.newer) yield each;
  }

  /** The flow that a packet of the asking side belongs to; one that was idle for too long is none. */
  findOriginal(header: Header, now: number): Flow | undefined {
    return this.#findOriginal(header, now);
  }

  /** The flow that a packet of the answering side belongs to; one that was idle for too long is none. */
  findReply(header: Header, now: number): Flow | undefined {
    let each = this.#answers[chainOfAnswer(header, this.#answers)];
    while (each !== undefined && !(isAnswer(header, each.translated) && !isIdle(each, now))) each = each.nextAnswer;
    return each;
  }

  /** Whether an answer to this translated header can be distinguished from those of other flows. */
  isFree(translated: Header): boolean {
    let each = this.#answers[chainOf(translated, this.#answers)];
    while (each !== undefined && !isSame(each.translated, translated)) each = each.nextAnswer;
    return each === undefined;
  }

  add(original: Header, translated: Header, now: number): Flow {
    const known = this.#findOriginal(original, Number.NEGATIVE_INFINITY);
    if (known !== undefined && isIdle(known, now)) this.remove(known);
    if (this.#size >= MAX_FLOWS && this.#oldest !== undefined) this.remove(this.#oldest);
    if (this.#size >= this.#originals.length) this.#widen();
    const flow = new Entry(original, translated, this, now);
    flow.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = flow;
    else this.#newest.newer = flow;
    this.#newest = flow;
    this.#size += 1;
    this.#file(flow);
    return flow;
  }

  remove(flow: Flow): void {
    if (!(flow instanceof Entry) || !flow.isKept || flow.table !== this) return;
    flow.isKept = false;
    this.#size -= 1;
    if (flow.older === undefined) this.#oldest = flow.newer;
    else flow.older.newer = flow.newer;
    if (flow.newer === undefined) this.#newest = flow.older;
    else flow.newer.older = flow.older;
    flow.older = undefined; // nothing that is gone holds on to what is there
    flow.newer = undefined;
    const { original, translated } = flow;
    const own = chainOf(original, this.#originals);
    unchain(this.#originals, own, flow, "nextOriginal");
    const answer = chainOf(translated, this.#answers);
    unchain(this.#answers, answer, flow, "nextAnswer");
  }

  clear(): void {
    for (let each = this.#oldest; each !== undefined; each = each.newer) each.isKept = false;
    this.#size = 0;
    this.#oldest = undefined;
    this.#newest = undefined;
    this.#originals = chains(FEWEST_CHAINS);
    this.#answers = chains(FEWEST_CHAINS);
  }

  #findOriginal(header: Header, now: number): Entry | undefined {
    let each = this.#originals[chainOf(header, this.#originals)];
    while (each !== undefined && !(isSame(each.original, header) && !isIdle(each, now))) each = each.nextOriginal;
    return each;
  }

  #file(flow: Entry): void {
    const { original, translated } = flow;
    const own = chainOf(original, this.#originals);
    chain(this.#originals, own, flow, "nextOriginal");
    const answer = chainOf(translated, this.#answers);
    chain(this.#answers, answer, flow, "nextAnswer");
  }

  #widen(): void {
    const { length } = this.#originals;
    this.#originals = chains(2 * length);
    this.#answers = chains(2 * length);
    for (let each = this.#oldest; each !== undefined; each = each.newer) {
      each.nextOriginal = undefined;
      each.nextAnswer = undefined;
      this.#file(each);
    }
  }
}

function chains(length: number): Chains {
  return new Array<Entry | undefined>(length).fill(undefined);
}

/** Which chain holds the header of a packet that asks; there is a power of two of them. */
function chainOf({ source, sourcePort, destinationPort }: Header, all: Chains): number {
  return placeOf(source, sourcePort, destinationPort) & (all.length - 1);
}

/** Which chain holds the header that this one answers. */
function chainOfAnswer({ destination, destinationPort, sourcePort }: Header, all: Chains): number {
  return placeOf(destination, destinationPort, sourcePort) & (all.length - 1);
}

/** The end of the address counts too: pods take the same ports, one after another. */
function placeOf(address: string, port: number, otherPort: number): number {
  const end = address.length;
  const tail = address.charCodeAt(end - 1) + 11 * address.charCodeAt(end - 2) + 121 * address.charCodeAt(end - 3);
  return port ^ (otherPort * 31) ^ (tail * 7);
}

/** Puts a flow behind those that its chain holds. */
function chain(all: Chains, at: number, flow: Entry, next: "nextOriginal" | "nextAnswer"): void {
  let last = all[at];
  if (last === undefined) {
    all[at] = flow;
    return;
  }
  for (let after = last[next]; after !== undefined; after = last[next]) last = after;
  last[next] = flow;
}

function unchain(all: Chains, at: number, flow: Entry, next: "nextOriginal" | "nextAnswer"): void {
  if (all[at] === flow) {
    all[at] = flow[next];
    return;
  }
  let before = all[at];
  while (before !== undefined && before[next] !== flow) before = before[next];
  if (before !== undefined) before[next] = flow[next];
}

/** Milliseconds until a flow is forgotten, unless a packet comes by. */
export function timeLeft({ lastSeen, original }: Pick<Flow, "lastSeen" | "original">, now: number): number {
  return lastSeen + IDLE_LIMIT[original.protocol] - now;
}

function isIdle(flow: Flow, now: number): boolean {
  return timeLeft(flow, now) < 0;
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

/** Whether a header is that of an answer to another one. */
function isAnswer(header: Header, to: Header): boolean {
  return (
    header.sourcePort === to.destinationPort &&
    header.destinationPort === to.sourcePort &&
    header.source === to.destination &&
    header.destination === to.source &&
    header.protocol === to.protocol
  );
}
