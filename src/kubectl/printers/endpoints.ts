// The tables of Endpoints and EndpointSlices, whose lists are cut behind the third entry.
import type { Endpoint, EndpointPort, EndpointSlice, Endpoints } from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { hostPort } from "../text.ts";
import { printer } from "./printer.ts";

const SHOWN = 3;

function cut(list: readonly string[]): string {
  const shown = list.slice(0, SHOWN).join(",");
  return list.length > SHOWN ? `${shown} + ${list.length - SHOWN} more...` : shown;
}

// Models kubernetes/pkg/printers/internalversion printEndpoints
export const endpointsPrinter = printer<Endpoints>(["NAME", "ENDPOINTS", "AGE"], (endpoints, { now }) => [
  endpoints.metadata.name,
  endpointsCell(endpoints),
  ageOf(endpoints.metadata.creationTimestamp, now),
]);

/** Ready addresses with each port in turn; empty (not `<none>`) when there are subsets without ready addresses. */
// Models kubernetes/pkg/printers/internalversion formatEndpoints
function endpointsCell({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return "<none>";
  const list = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map((address) => address.ip)
      : ports.flatMap((port) => addresses.map((address) => hostPort(address.ip, port.port))),
  );
  return cut(list);
}

// Models kubernetes/pkg/printers/internalversion printEndpointSlice
export const endpointSlicePrinter = printer<EndpointSlice>(
  ["NAME", "ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE"],
  (slice, { now }) => [
    slice.metadata.name,
    slice.addressType,
    cut((slice.ports ?? []).map(portText)) || "<unset>",
    cut((slice.endpoints ?? []).flatMap((endpoint: Endpoint) => endpoint.addresses ?? [])) || "<unset>",
    ageOf(slice.metadata.creationTimestamp, now),
  ],
);

function portText({ port, name }: EndpointPort): string {
  return port === undefined ? (name ?? "*") : String(port);
}
