// A hop as the record gets it: when it starts, and with its verdict when it ends.
import type { PacketInFlight } from "./call.ts";
import type { Work } from "./decide.ts";
import type { Network } from "./network.ts";
import type { Hop, HopEnd, Place, Verdict } from "./packet.ts";

/** What the place that a packet leaves did to it. */
type Done = Pick<Work, "header" | "rewrites" | "rules" | "service">;

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
  const hop: Hop = {
    packet: packet.id,
    index: packet.hops++,
    from,
    to: way?.to ?? to,
    received: packet.header,
    header: work.header,
    rewrites: work.rewrites,
    rules: work.rules,
    service: work.service,
    forward: packet.tunnel?.forwarded,
    sentAt: clock.now,
    arrivesAt: clock.now + settings().hopLatency + (way?.latencyMs ?? 0),
    verdict: "flying",
    end: undefined,
    reason: undefined,
    because,
  };
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
