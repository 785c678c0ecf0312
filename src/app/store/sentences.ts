// One sentence per hop and per outcome, for the packet log and the inspector.
import type { Exchange, Hop, Place } from "../../cluster/index.ts";

/** `laptop`, `node-2`, `pod web-x2k9q`. */
export function placeName(place: Place): string {
  return place.kind === "pod" ? `pod ${place.name}` : place.name;
}

/** What one hop did, in one sentence. */
export function describeHop(hop: Hop): string {
  const to = `${hop.header.destination}:${hop.header.destinationPort}`;
  const chosen =
    hop.service === undefined ? "" : `, chosen by the rules of Service ${hop.service.namespace}/${hop.service.name}`;
  const end = hop.reason === undefined ? "" : `: ${hop.reason}`;
  return `${placeName(hop.from)} → ${placeName(hop.to)}, addressed to ${to}${chosen}${end}.`;
}

/** What a request came to, in one sentence. */
export function describeOutcome(exchange: Exchange): string {
  const { outcome } = exchange;
  if (outcome.kind === "pending") return `${exchange.target}: waiting for an answer.`;
  if (outcome.kind === "answered")
    return `${exchange.target} answered ${outcome.status} from ${placeName(outcome.servedBy)}.`;
  return `${exchange.target} ${outcome.kind}: ${outcome.reason}`;
}
