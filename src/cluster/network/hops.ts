// A hop as the record gets it: when it starts, and with its verdict when it ends.
import type { Traveller } from "./call.ts";
import type { Network } from "./network.ts";
import type { Forwarded, Header, Hop, HopEnd, Place, Verdict } from "./packet.ts";
import type { Work } from "./translate.ts";

/** Records that a packet sets out with the header that `work` gave it. */
export function startHop(
  network: Network,
  traveller: Traveller,
  leg: {
    readonly from: Place;
    readonly to: Place;
    readonly work: Work;
    readonly forward?: Forwarded;
    readonly delayMs?: number;
  },
): Hop {
  const { clock, trace, settings } = network.parts;
  const { work } = leg;
  const made = traveller.hops === 0 ? traveller : undefined;
  const because = made?.kind === "request" ? made.call.because : made?.reply?.because;
  const hop: Hop = {
    packet: traveller.id,
    index: traveller.hops++,
    from: leg.from,
    to: leg.to,
    received: traveller.header,
    header: work.header,
    rewrites: work.rewrites,
    rules: work.rules,
    service: work.service,
    forward: leg.forward,
    sentAt: clock.now,
    arrivesAt: clock.now + settings().hopLatency + (leg.delayMs ?? 0),
    verdict: "flying",
    end: undefined,
    reason: undefined,
    because,
  };
  traveller.header = work.header;
  trace.startHop(hop);
  return hop;
}

const NO_WORDS = {};

/** Records what became of a packet where its hop ended. */
export function endHop(
  network: Network,
  hop: Hop,
  verdict: Verdict,
  { reason, end }: { readonly reason?: string | undefined; readonly end?: HopEnd | undefined } = NO_WORDS,
): void {
  network.parts.trace.endHop({
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
    reason: reason === "" ? undefined : reason,
    because: hop.because,
  });
}

/** A place's last work on a packet, if it did any. */
export function endOf(work: Work): HopEnd | undefined {
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

/** `address:port` of where a packet goes. */
export function textOf(header: Header): string {
  return `${header.destination}:${header.destinationPort}`;
}

/** `address:port` of where a packet comes from. */
export function textOfSource(header: Header): string {
  return `${header.source}:${header.sourcePort}`;
}

/** What counters know a place by. */
export function placeKey(place: Place): string {
  return place.kind === "pod" ? `${place.namespace}/${place.name}` : place.name;
}
