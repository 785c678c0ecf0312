// Headers as text.
import type { Header } from "./packet.ts";

/** `address:port` of where a packet goes. */
export function textOf(header: Header): string {
  return `${header.destination}:${header.destinationPort}`;
}

/** `address:port` of where a packet comes from. */
export function textOfSource(header: Header): string {
  return `${header.source}:${header.sourcePort}`;
}
