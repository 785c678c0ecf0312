// The table of EndpointSlices.
import type { Endpoint, EndpointPort, EndpointSlice } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { cut } from "../../kubectl/printers/cut.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";

// Models kubernetes/pkg/printers/internalversion printEndpointSlice
const endpointSlicePrinter = printer<EndpointSlice>(
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

export const printers: Printers = { "endpointslices.discovery.k8s.io": endpointSlicePrinter };
