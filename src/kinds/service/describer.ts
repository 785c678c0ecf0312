// kubectl describe service.
import {
  type EndpointSlice,
  LabelServiceName,
  type LoadBalancerIngress,
  type Service,
  type ServicePort,
} from "../../cluster/index.ts";
import {
  type DescribeContext,
  type Describers,
  describer,
  writeEvents,
  writeHead,
} from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { formatLabels, hostPort } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeService
const describeService = describer<Service>((page, service, context) => {
  const { spec } = service;
  writeHead(page, service);
  page.field("Selector", formatLabels(spec?.selector));
  page.field("Type", spec?.type);
  writeAddresses(page, service);
  const slices = slicesOf(context, service.metadata.namespace, service.metadata.name ?? "");
  for (const port of spec?.ports ?? []) writePort(page, port, slices);
  page.field("Session Affinity", spec?.sessionAffinity);
  optional(page, "External Traffic Policy", spec?.externalTrafficPolicy);
  optional(page, "Internal Traffic Policy", spec?.internalTrafficPolicy);
  if (spec?.healthCheckNodePort) page.field("HealthCheck NodePort", spec.healthCheckNodePort);
  optional(page, "LoadBalancer Source Ranges", spec?.loadBalancerSourceRanges?.join(","));
  optional(page, "Traffic Distribution", spec?.trafficDistribution);
  writeEvents(page, service, context);
});

function optional(page: Page, name: string, value: string | undefined): void {
  if (value !== undefined && value !== "") page.field(name, value);
}

function writeAddresses(page: Page, { spec, status }: Service): void {
  optional(page, "IP Family Policy", spec?.ipFamilyPolicy);
  page.field("IP Families", spec?.ipFamilies?.join(",") || "<none>");
  page.field("IP", spec?.clusterIP);
  page.field("IPs", spec?.clusterIPs?.join(",") || "<none>");
  optional(page, "External IPs", spec?.externalIPs?.join(","));
  optional(page, "Desired LoadBalancer IP", spec?.loadBalancerIP);
  optional(page, "External Name", spec?.externalName);
  optional(page, "LoadBalancer Ingress", (status?.loadBalancer?.ingress ?? []).map(ingressText).join(", "));
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe buildIngressString
function ingressText({ ip, ipMode, hostname }: LoadBalancerIngress): string {
  if (ip === undefined || ip === "") return hostname ?? "";
  return ipMode === undefined ? ip : `${ip} (${ipMode})`;
}

function writePort(page: Page, port: ServicePort, slices: readonly EndpointSlice[]): void {
  const name = port.name || "<unset>";
  page.row(0, ["Port:", name, `${port.port}/${port.protocol}`]);
  page.field("TargetPort", `${port.targetPort ?? 0}/${port.protocol}`);
  optional(page, "AppProtocol", port.appProtocol);
  if (port.nodePort) page.row(0, ["NodePort:", name, `${port.nodePort}/${port.protocol}`]);
  page.field("Endpoints", sliceAddresses(slices, port.name ?? ""));
}

/** The slices that carry the Service's name, in the order of their names. */
export function slicesOf({ api }: DescribeContext, namespace: string | undefined, name: string): EndpointSlice[] {
  return api.list("endpointslices.discovery.k8s.io", {
    ...(namespace === undefined ? {} : { namespace }),
    labelSelector: [{ key: LabelServiceName, operator: "In", values: [name] }],
  });
}

const SHOWN = 3;

/**
 * The ready addresses behind the port of this name, cut after the third. A slice without ports contributes bare addresses.
 * An endpoint that is not ready but comes after the third ready one still brings the ` + 0 more...`, as upstream.
 */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe formatEndpointSlices
export function sliceAddresses(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return "<none>";
  const list: string[] = [];
  let more = false;
  let count = 0;
  const take = (slice: EndpointSlice, text: (address: string) => string) => {
    for (const { addresses, conditions } of slice.endpoints ?? []) {
      if (list.length === SHOWN) more = true;
      if (conditions?.ready === false) continue;
      if (!more) list.push(text(addresses[0] ?? ""));
      count++;
    }
  };
  for (const slice of slices) {
    const ports = slice.ports ?? [];
    if (ports.length === 0) take(slice, (address) => address);
    for (const port of ports)
      if ((port.name ?? "") === portName) take(slice, (address) => hostPort(address, port.port));
  }
  return more ? `${list.join(",")} + ${count - SHOWN} more...` : list.join(",");
}

export const describers: Describers = { services: describeService };
