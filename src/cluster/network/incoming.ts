// A request as the process that it reaches sees it.
import type { Traveller } from "./call.ts";
import type { IncomingRequest } from "./network.ts";
import type { Place, Protocol } from "./packet.ts";

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** What the process at `at` is handed of a packet that reached it. */
export function incoming({ header, call }: Traveller, protocol: Protocol, at: Place): IncomingRequest {
  const { request, record } = call;
  return {
    protocol,
    source: { address: header.source, port: header.sourcePort },
    destination: { address: header.destination, port: header.destinationPort },
    method: request.method ?? "GET",
    path: request.path ?? "/",
    headers: request.headers ?? NO_HEADERS,
    body: request.body ?? "",
    host: request.host,
    at,
    exchange: record.id,
  };
}

/** The Host that an HTTP request names, lower case and without its port. */
export function hostOf({ headers, host = "" }: Pick<IncomingRequest, "headers" | "host">): string {
  const told = Object.entries(headers).find(([name]) => name.toLowerCase() === "host")?.[1];
  return (told ?? host).replace(/:\d+$/, "").toLowerCase();
}
