// kubectl describe of IngressClass, ServiceCIDR and IPAddress.
import type { IngressClass, IPAddress, ServiceCIDR } from "../../cluster/index.ts";
import { writeTimedConditions } from "./conditions.ts";
import { describer, writeEvents, writeLabels } from "./describer.ts";

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
