// The end of a walk: a process, a machine's own answer, the sender that waits, or nothing.

import { W } from "../../words/en/network.ts";
import type { Decision, Visit } from "./decide.ts";
import { textOfSource } from "./header.ts";
import type { Place } from "./packet.ts";
import { refusal } from "./reasons.ts";
import type { Target } from "./sockets.ts";

/** Hands a packet to a process, or refuses it as that machine's kernel would. */
export function toProcess(visit: Visit, place: Place, target: Target): Decision {
  if (visit.header.protocol === "ICMP") return visit.serve({ kind: "echo", place });
  if (target.socket !== undefined) return visit.serve({ kind: "process", place, target });
  return refuse(visit, place, refusal(visit.around.network, place, target, visit.header));
}

/** A closed TCP port answers with a reset of its own, a closed UDP port with an ICMP error. */
export function refuse(visit: Visit, from: Place, reason: string): Decision {
  const kind = visit.header.protocol === "UDP" ? "icmp-unreachable" : "reset";
  // What a packet created here went through is not recorded: it never left, and no hop shows it.
  const work = visit.arrived === undefined ? undefined : visit;
  return { kind: "end", verdict: "refused", reason, work, answer: { kind, from } };
}

/** Hands what came back to the sender, if it is what the sender waits for. */
export function handBack(visit: Visit): Decision {
  const { packet, header } = visit;
  const sent = packet.call.header;
  const expected =
    sent !== undefined &&
    header.destination === sent.source &&
    (packet.kind === "icmp-unreachable" ||
      (header.destinationPort === sent.sourcePort &&
        header.source === sent.destination &&
        header.sourcePort === sent.destinationPort));
  if (expected) return visit.serve({ kind: "sender" });
  const reason = W.unexpected(header.destination, header.destinationPort, textOfSource(header));
  return visit.end("lost", reason, true);
}
