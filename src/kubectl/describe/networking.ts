// kubectl describe of Ingress, IngressClass, ServiceCIDR and IPAddress.
import type { Ingress, IngressBackend, IngressClass, IPAddress, ServiceCIDR } from "../../cluster/index.ts";
import { longDate } from "../duration.ts";
import { loadBalancerText } from "../text.ts";
import { type DescribeContext, describer, writeEvents, writeLabels } from "./describer.ts";
import type { Page } from "./page.ts";
import { sliceAddresses, slicesOf } from "./service.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeIngressV1
export const describeIngress = describer<Ingress>((page, ingress, context) => {
  const { metadata, spec, status } = ingress;
  page.field("Name", metadata.name);
  page.labels("Labels", metadata.labels);
  page.field("Namespace", metadata.namespace);
  page.field("Address", loadBalancerText(status?.loadBalancer?.ingress));
  page.field("Ingress Class", spec?.ingressClassName ?? "<none>");
  const backend = (each: IngressBackend) => backendText(each, metadata.namespace, context);
  const fallback = spec?.defaultBackend === undefined ? "<default>" : backend(spec.defaultBackend);
  page.field("Default backend", fallback);
  const tls = spec?.tls ?? [];
  if (tls.length > 0) page.line(0, "TLS:");
  for (const { secretName, hosts = [] } of tls)
    page.line(1, secretName ? `${secretName} terminates ${hosts.join(",")}` : `SNI routes ${hosts.join(",")}`);
  writeRules(page, ingress, fallback, backend);
  page.annotations("Annotations", metadata.annotations);
  writeEvents(page, ingress, context);
});

function writeRules(page: Page, { spec }: Ingress, fallback: string, backend: (each: IngressBackend) => string): void {
  page.raw("Rules:\n  Host\tPath\tBackends\n");
  page.row(1, ["----", "----", "--------"]);
  const rules = (spec?.rules ?? []).filter((rule) => rule.http !== undefined);
  for (const { host, http } of rules) {
    page.row(1, [host || "*", ""]);
    for (const path of http?.paths ?? []) page.line(2, `\t${path.path ?? ""} \t${backend(path.backend)}`);
  }
  if (rules.length === 0) page.row(1, ["*", "*", fallback]);
}

/** `web:80 (10.244.1.5:8080)`, with what is wrong in brackets when the Service is missing. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeBackendV1
function backendText(backend: IngressBackend, namespace: string | undefined, context: DescribeContext): string {
  const { service: reference, resource } = backend;
  if (reference !== undefined) {
    const { name, port } = reference;
    const text = `${name}:${port?.number || (port?.name ?? "")}`;
    const service = context.api.find("services", namespace, name);
    if (service === undefined) return `${text} (<error: services "${name}" not found>)`;
    const found = (service.spec?.ports ?? []).filter((each) =>
      port?.number
        ? each.port === port.number
        : port?.name !== undefined && port.name !== "" && each.name === port.name,
    );
    return `${text} (${sliceAddresses(slicesOf(context, namespace, name), found.at(-1)?.name ?? "")})`;
  }
  if (resource === undefined) return "";
  return `APIGroup: ${resource.apiGroup ?? "<none>"}, Kind: ${resource.kind}, Name: ${resource.name}`;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeIngressClassV1
export const describeIngressClass = describer<IngressClass>((page, ingressClass, context) => {
  const { metadata, spec } = ingressClass;
  page.field("Name", metadata.name);
  writeLabels(page, ingressClass);
  page.field("Controller", spec?.controller);
  const parameters = spec?.parameters;
  if (parameters !== undefined) {
    page.line(0, "Parameters:");
    if (parameters.apiGroup !== undefined) page.field("APIGroup", parameters.apiGroup, 1);
    page.field("Kind", parameters.kind, 1);
    page.field("Name", parameters.name, 1);
  }
  writeEvents(page, ingressClass, context);
});

interface TimedCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** The Conditions table of kinds that show when each one changed. */
export function writeTimedConditions(page: Page, conditions: readonly TimedCondition[]): void {
  page.line(0, "Conditions:");
  page.row(1, ["Type", "Status", "LastTransitionTime", "Reason", "Message"]);
  page.row(1, ["----", "------", "------------------", "------", "-------"]);
  for (const { type, status, lastTransitionTime, reason, message } of conditions)
    page.row(1, [type, status, longDate(lastTransitionTime), reason, message]);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeServiceCIDRV1
export const describeServiceCIDR = describer<ServiceCIDR>((page, cidr, context) => {
  page.field("Name", cidr.metadata.name);
  writeLabels(page, cidr);
  page.field("CIDRs", (cidr.spec?.cidrs ?? []).join(", "));
  const conditions = cidr.status?.conditions ?? [];
  if (conditions.length > 0) {
    page.line(0, "Status:");
    writeTimedConditions(page, conditions);
  }
  writeEvents(page, cidr, context);
});

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeIPAddressV1
export const describeIPAddress = describer<IPAddress>((page, address, context) => {
  page.field("Name", address.metadata.name);
  writeLabels(page, address);
  const parent = address.spec?.parentRef;
  if (parent !== undefined) {
    page.line(0, "Parent Reference:");
    page.field("Group", parent.group, 1);
    page.field("Resource", parent.resource, 1);
    page.field("Namespace", parent.namespace, 1);
    page.field("Name", parent.name, 1);
  }
  writeEvents(page, address, context);
});
