// kubectl describe endpointslice.
import type { Endpoint, EndpointSlice } from "../../cluster/index.ts";
import { type Describers, describer, writeEvents, writeHead } from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeEndpointSliceV1
const describeEndpointSlice = describer<EndpointSlice>((page, slice, context) => {
  writeHead(page, slice);
  page.field("AddressType", slice.addressType);
  const ports = slice.ports ?? [];
  if (ports.length === 0) page.line(0, "Ports: <unset>");
  else {
    page.line(0, "Ports:");
    page.row(1, ["Name", "Port", "Protocol"]);
    page.row(1, ["----", "----", "--------"]);
    for (const port of ports) page.row(1, [port.name || "<unset>", port.port ?? "<unset>", port.protocol]);
  }
  const endpoints = slice.endpoints ?? [];
  page.line(0, endpoints.length === 0 ? "Endpoints: <none>" : "Endpoints:");
  for (const endpoint of endpoints) writeEndpoint(page, endpoint);
  writeEvents(page, slice, context);
});

function writeEndpoint(page: Page, endpoint: Endpoint): void {
  page.field("- Addresses", endpoint.addresses.join(", ") || "<none>", 1);
  page.line(2, "Conditions:");
  page.field("Ready", endpoint.conditions?.ready ?? "<unset>", 3);
  page.field("Hostname", endpoint.hostname ?? "<unset>", 2);
  if (endpoint.targetRef !== undefined)
    page.field("TargetRef", `${endpoint.targetRef.kind}/${endpoint.targetRef.name}`, 2);
  page.field("NodeName", endpoint.nodeName ?? "<unset>", 2);
  page.field("Zone", endpoint.zone ?? "<unset>", 2);
}

export const describers: Describers = { "endpointslices.discovery.k8s.io": describeEndpointSlice };
