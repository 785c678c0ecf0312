// The hops of a packet that has arrived, in one flat list: the record holds thousands, and collecting garbage costs by the object.
import type { Header, Hop, MatchedRule, Place, Rewrite, ServiceDecision, Verdict } from "./packet.ts";
import { SourceChange, TargetChange } from "./rewrites.ts";

/** What few hops have. */
type Rare = Pick<Hop, "forward" | "end" | "reason" | "because">;

/**
 * For each hop a number that says what follows: `to`, `verdict` and `arrivesAt`, and what is not as the hop before leads to expect.
 * Fields of headers stand for themselves.
 */
export type PackedHops = readonly unknown[];

/** What follows of a hop, as bits of its number. */
const START = 1; // from and sentAt: the packet was made there, or waited
const RECEIVED = 2; // the header it came with
const WORK = 4; // the header it left with, rewrites, rules and service
const LIST = 8; // the rewrites as they are, instead of their kinds and authors
const RARE = 16;

/** The hops as one list. */
export function packHops(hops: readonly Hop[]): PackedHops {
  const packed: unknown[] = [];
  let before: Hop | undefined;
  for (const hop of hops) {
    const { from, to, received, header, rewrites, rules, service, sentAt, arrivesAt, verdict } = hop;
    const isStart = before === undefined || from !== before.to || sentAt !== before.arrivesAt;
    const isReceived = received !== before?.header;
    const isWork = header !== received || rewrites.length > 0 || rules.length > 0 || service !== undefined;
    const isList = isWork && !isPlain(hop);
    const rare = rareOf(hop);
    const flags = (isStart ? START : 0) | (isReceived ? RECEIVED : 0) | (isWork ? WORK : 0) | (isList ? LIST : 0);
    packed.push(flags | (rare === undefined ? 0 : RARE), to, verdict, arrivesAt);
    if (isStart) packed.push(from, sentAt);
    if (isReceived) pushHeader(packed, received);
    if (isWork) {
      pushHeader(packed, header);
      packed.push(rules, service);
      if (isList) packed.push(rewrites);
      else {
        const target = rewrites[0] instanceof TargetChange ? rewrites[0] : undefined;
        const source = rewrites[target === undefined ? 0 : 1];
        packed.push(target?.kind, target?.by, source?.kind, source?.by);
      }
    }
    if (rare !== undefined) packed.push(rare);
    before = hop;
  }
  return packed.slice(); // a list that grew has room for more
}

function pushHeader(packed: unknown[], header: Header): void {
  packed.push(header.protocol, header.source, header.sourcePort, header.destination, header.destinationPort);
}

/** Whether the rewrites are at most a new destination and then a new source, from the header as it came to the one that left. */
function isPlain({ rewrites, received, header }: Hop): boolean {
  let at = 0;
  for (const kind of [TargetChange, SourceChange]) {
    const rewrite = rewrites[at];
    if (rewrite instanceof kind && rewrite.before === received && rewrite.after === header) at++;
  }
  return at === rewrites.length;
}

function rareOf({ forward, end, reason, because }: Hop): Rare | undefined {
  const isOrdinary = forward === undefined && end === undefined && reason === undefined && because === undefined;
  return isOrdinary ? undefined : { forward, end, reason, because };
}

/** Takes values off a list in the order in which they were put there. */
class Reader {
  readonly #packed: PackedHops;
  #at = 0;

  constructor(packed: PackedHops) {
    this.#packed = packed;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#packed.length;
  }

  next<T>(): T {
    return this.#packed[this.#at++] as T; // of the type of the field that `packHops` took it from
  }

  header(): Header {
    return {
      protocol: this.next(),
      source: this.next(),
      sourcePort: this.next(),
      destination: this.next(),
      destinationPort: this.next(),
    };
  }

  rewrites(before: Header, after: Header): readonly Rewrite[] {
    const target = this.next<Rewrite["kind"] | undefined>();
    const targetBy = this.next<string>();
    const source = this.next<Rewrite["kind"] | undefined>();
    const sourceBy = this.next<string>();
    return [
      ...(target === undefined ? [] : [new TargetChange(target, before, after, targetBy)]),
      ...(source === undefined ? [] : [new SourceChange(source, before, after, sourceBy)]),
    ];
  }
}

const NOTHING: readonly never[] = [];

/** The hops of a packet as they were before they were packed. */
export function unpackHops(packet: number, packed: PackedHops): Hop[] {
  const hops: Hop[] = [];
  const reader = new Reader(packed);
  while (!reader.isAtEnd) {
    const before = hops.at(-1);
    const flags = reader.next<number>();
    const to = reader.next<Place>();
    const verdict = reader.next<Verdict>();
    const arrivesAt = reader.next<number>();
    const isStart = before === undefined || (flags & START) !== 0;
    const from = isStart ? reader.next<Place>() : before.to;
    const sentAt = isStart ? reader.next<number>() : before.arrivesAt;
    const received = before === undefined || (flags & RECEIVED) !== 0 ? reader.header() : before.header;
    const isWork = (flags & WORK) !== 0;
    const header = isWork ? reader.header() : received;
    const rules = isWork ? reader.next<readonly MatchedRule[]>() : NOTHING;
    const service = isWork ? reader.next<ServiceDecision | undefined>() : undefined;
    const isList = (flags & LIST) !== 0;
    const changes = isWork && !isList ? reader.rewrites(received, header) : NOTHING;
    const rewrites = isList ? reader.next<readonly Rewrite[]>() : changes;
    const { forward, end, reason, because }: Partial<Rare> = (flags & RARE) !== 0 ? reader.next<Rare>() : {};
    const index = hops.length;
    const way = { packet, index, from, to, received, header, rewrites, rules, service, forward, sentAt, arrivesAt };
    hops.push({ ...way, verdict, end, reason, because });
  }
  return hops;
}
