// The table of Services.
import type { Service, ServicePort } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { formatLabels, loadBalancerText } from "../../kubectl/text.ts";

/** `kubectl get services`; SELECTOR is printed with `-o wide`. */
// Models kubernetes/pkg/printers/internalversion printService
const servicePrinter = printer<Service>(
  ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE", "SELECTOR*"],
  (service, { now }) => [
    service.metadata.name,
    service.spec?.type,
    service.spec?.clusterIPs?.[0] ?? "<none>",
    externalIP(service),
    (service.spec?.ports ?? []).map(portText).join(",") || "<none>",
    ageOf(service.metadata.creationTimestamp, now),
    formatLabels(service.spec?.selector),
  ],
);

/** The EXTERNAL-IP cell. */
// Models kubernetes/pkg/printers/internalversion getServiceExternalIP
export function externalIP({ spec, status }: Service): string {
  const externalIPs = spec?.externalIPs ?? [];
  switch (spec?.type) {
    case "ClusterIP":
    case "NodePort":
      return externalIPs.join(",") || "<none>";
    case "LoadBalancer": {
      const balancer = loadBalancerText(status?.loadBalancer?.ingress);
      return [...(balancer === "" ? [] : [balancer]), ...externalIPs].join(",") || "<pending>";
    }
    case "ExternalName":
      return spec.externalName ?? "";
    default:
      return "<unknown>";
  }
}

function portText({ port, nodePort, protocol }: ServicePort): string {
  return nodePort !== undefined && nodePort > 0 ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}

export const printers: Printers = { services: servicePrinter };
