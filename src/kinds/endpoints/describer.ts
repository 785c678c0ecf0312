// kubectl describe endpoints.
import type { EndpointSubset, Endpoints } from "../../cluster/index.ts";
import { type Describers, describer, writeEvents, writeHead } from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeEndpoints
const describeEndpoints = describer<Endpoints>((page, endpoints, context) => {
  writeHead(page, endpoints);
  page.line(0, "Subsets:");
  for (const subset of endpoints.subsets ?? []) writeSubset(page, subset);
  writeEvents(page, endpoints, context);
});

function writeSubset(page: Page, { addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset): void {
  page.field("Addresses", addresses.map((each) => each.ip).join(",") || "<none>", 1);
  page.field("NotReadyAddresses", notReadyAddresses.map((each) => each.ip).join(",") || "<none>", 1);
  if (ports.length > 0) {
    page.line(1, "Ports:");
    page.row(2, ["Name", "Port", "Protocol"]);
    page.row(2, ["----", "----", "--------"]);
    for (const port of ports) page.row(2, [port.name || "<unset>", port.port, port.protocol]);
  }
  page.line(0, "");
}

export const describers: Describers = { endpoints: describeEndpoints };
