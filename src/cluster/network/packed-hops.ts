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

/** Puts values into a list, over those that were there. */
export class Writer {
  readonly values: unknown[];
  #at = 0;

  constructor(values: unknown[] = []) {
    this.values = values;
  }

  put(value: unknown): void {
    this.values[this.#at++] = value;
  }

  header({ protocol, source, sourcePort, destination, destinationPort }: Header): void {
    this.put(protocol);
    this.put(source);
    this.put(sourcePort);
    this.put(destination);
    this.put(destinationPort);
  }
}

/** What follows of a hop, as bits of its number. */
const START = 1; // from and sentAt: the packet was made there, or waited
const RECEIVED = 2; // the header it came with
const WORK = 4; // the header it left with, rewrites, rules and service
const LIST = 8; // the rewrites as they are, instead of their kinds and authors
const RARE = 16;

/** Writes hops, and before them their number. */
export function packHops(hops: readonly Hop[], into: Writer): void {
  into.put(hops.length);
  let before: Hop | undefined;
  for (const hop of hops) {
    packHop(hop, before, into);
    before = hop;
  }
}

function packHop(hop: Hop, before: Hop | undefined, into: Writer): void {
  const { received, header, rewrites, rules, service } = hop;
  const isStart = before === undefined || hop.from !== before.to || hop.sentAt !== before.arrivesAt;
  const isReceived = received !== before?.header;
  const isWork = header !== received || rewrites.length > 0 || rules.length > 0 || service !== undefined;
  const isList = isWork && !isPlain(hop);
  const rare = rareOf(hop);
  const flags = (isStart ? START : 0) | (isReceived ? RECEIVED : 0) | (isWork ? WORK : 0) | (isList ? LIST : 0);
  into.put(flags | (rare === undefined ? 0 : RARE));
  into.put(hop.to);
  into.put(hop.verdict);
  into.put(hop.arrivesAt);
  if (isStart) {
    into.put(hop.from);
    into.put(hop.sentAt);
  }
  if (isReceived) into.header(received);
  if (isWork) {
    into.header(header);
    into.put(rules);
    into.put(service);
    if (isList) into.put(rewrites);
    else packRewrites(rewrites, into);
  }
  if (rare !== undefined) into.put(rare);
}

function packRewrites(rewrites: readonly Rewrite[], into: Writer): void {
  const target = rewrites[0] instanceof TargetChange ? rewrites[0] : undefined;
  const source = rewrites[target === undefined ? 0 : 1];
  into.put(target?.kind);
  into.put(target?.by);
  into.put(source?.kind);
  into.put(source?.by);
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
export class Reader {
  readonly #packed: PackedHops;
  #at = 0;

  constructor(packed: PackedHops) {
    this.#packed = packed;
  }

  next<T>(): T {
    return this.#packed[this.#at++] as T; // of the type of the field that it was taken from
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
export function unpackHops(packet: number, reader: Reader): Hop[] {
  const hops: Hop[] = [];
  for (let left = reader.next<number>(); left > 0; left--) {
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
