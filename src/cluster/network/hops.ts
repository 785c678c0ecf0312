// A hop as the record gets it: when it starts, and with its verdict when it ends.
import type { PacketInFlight } from "./call.ts";
import type { Work } from "./decide.ts";
import type { Network } from "./network.ts";
import type { Header, Hop, HopEnd, Place, Verdict } from "./packet.ts";

/** What the place that a packet leaves did to it. */
type Done = Pick<Work, "header" | "rewrites" | "rules" | "service">;

/** A hop under way. */
// A class: once many objects of a literal have lived for long, V8 makes all further ones in the old space, which takes twice the time.
class Flight implements Hop {
  readonly packet: number;
  readonly index: number;
  readonly from: Place;
  readonly to: Place;
  readonly received: Header;
  readonly header: Header;
  readonly rewrites: Hop["rewrites"];
  readonly rules: Hop["rules"];
  readonly service: Hop["service"];
  readonly forward: Hop["forward"];
  readonly sentAt: number;
  readonly arrivesAt: number;
  readonly verdict = "flying";
  readonly end = undefined;
  readonly reason = undefined;
  readonly because: Hop["because"];

  constructor(
    packet: PacketInFlight,
    { from, to }: Pick<Hop, "from" | "to">,
    work: Done,
    { sentAt, arrivesAt, because }: Pick<Hop, "sentAt" | "arrivesAt" | "because">,
  ) {
    this.packet = packet.id;
    this.index = packet.hops++;
    this.from = from;
    this.to = to;
    this.received = packet.header;
    this.header = work.header;
    this.rewrites = work.rewrites;
    this.rules = work.rules;
    this.service = work.service;
    this.forward = packet.tunnel?.forwarded;
    this.sentAt = sentAt;
    this.arrivesAt = arrivesAt;
    this.because = because;
  }
}

/** Records that a packet sets out on the way that it was given, with the header that the work of `from` gave it. */
export function startHop(
  network: Network,
  packet: PacketInFlight,
  from: Place,
  { to, work }: { readonly to: Place; readonly work: Done },
): Hop {
  const { clock, trace, settings } = network.parts;
  const { way, record } = packet;
  const made = packet.hops === 0 ? packet : undefined;
  const because = made?.kind === "request" ? made.call.because : made?.reply?.because;
  const arrivesAt = clock.now + settings().hopLatency + (way?.latencyMs ?? 0);
  const hop = new Flight(packet, { from, to: way?.to ?? to }, work, { sentAt: clock.now, arrivesAt, because });
  packet.header = work.header;
  packet.leg = hop;
  if (record !== undefined) trace.startHop(record, hop);
  return hop;
}

/** Records what became of a packet where its hop ended, and what the last place did to it. */
export function endHop(
  network: Network,
  { record, leg }: PacketInFlight,
  verdict: Verdict,
  told?: { reason?: string; work?: Done | undefined },
): void {
  if (record === undefined || leg === undefined) return;
  const reason = told?.reason;
  network.parts.trace.endHop(record, leg, {
    verdict,
    end: endOf(told?.work),
    reason: reason === "" ? undefined : reason,
  });
}

/** A place's last work on a packet, if it did any. */
function endOf(work: Done | undefined): HopEnd | undefined {
  if (work === undefined) return undefined;
  if (work.rewrites.length === 0 && work.rules.length === 0) return undefined;
  return {
    header: work.header,
    rewrites: work.rewrites,
    rules: work.rules,
    service: work.service,
  };
}

export function isLoopback(address: string): boolean {
  return address.startsWith("127.");
}

/** What counters know a place by. */
export function placeKey(place: Place): string {
  return place.kind === "pod" ? `${place.namespace}/${place.name}` : place.name;
}
