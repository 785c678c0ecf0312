// The table of Endpoints.
import type { Endpoints } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { cut } from "../../kubectl/printers/cut.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { hostPort } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printEndpoints
const endpointsPrinter = printer<Endpoints>(["NAME", "ENDPOINTS", "AGE"], (endpoints, { now }) => [
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

export const printers: Printers = { endpoints: endpointsPrinter };
