// The tables of Ingress, NetworkPolicy and what addresses are taken from.
import type { Ingress, IngressClass, IngressRule, IPAddress, NetworkPolicy, ServiceCIDR } from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { formatLabelSelector, loadBalancerText } from "../text.ts";
import { printer } from "./printer.ts";

// Models kubernetes/pkg/printers/internalversion printIngress
export const ingressPrinter = printer<Ingress>(
  ["NAME", "CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec?.ingressClassName ?? "<none>",
    hostsCell(spec?.rules ?? []),
    loadBalancerText(status?.loadBalancer?.ingress),
    (spec?.tls ?? []).length === 0 ? "80" : "80, 443",
    ageOf(metadata.creationTimestamp, now),
  ],
);

const HOSTS_SHOWN = 3;

// Models kubernetes/pkg/printers/internalversion formatHosts, which counts rules, not hosts, behind the third
function hostsCell(rules: readonly IngressRule[]): string {
  const hosts: string[] = [];
  let more = false;
  for (const { host } of rules) {
    if (hosts.length === HOSTS_SHOWN) more = true;
    if (!more && host !== undefined && host !== "") hosts.push(host);
  }
  if (hosts.length === 0) return "*";
  return more ? `${hosts.join(",")} + ${rules.length - HOSTS_SHOWN} more...` : hosts.join(",");
}

// Models kubernetes/pkg/printers/internalversion printIngressClass
export const ingressClassPrinter = printer<IngressClass>(
  ["NAME", "CONTROLLER", "PARAMETERS", "AGE"],
  ({ metadata, spec }, { now }) => [
    metadata.name,
    spec?.controller,
    parametersCell(spec?.parameters),
    ageOf(metadata.creationTimestamp, now),
  ],
);

function parametersCell(parameters: NonNullable<IngressClass["spec"]>["parameters"]): string {
  if (parameters === undefined) return "<none>";
  const group = parameters.apiGroup === undefined ? "" : `.${parameters.apiGroup}`;
  return `${parameters.kind}${group}/${parameters.name}`;
}

// Models kubernetes/pkg/printers/internalversion printNetworkPolicy
export const networkPolicyPrinter = printer<NetworkPolicy>(
  ["NAME", "POD-SELECTOR", "AGE"],
  ({ metadata, spec }, { now }) => [
    metadata.name,
    formatLabelSelector(spec?.podSelector),
    ageOf(metadata.creationTimestamp, now),
  ],
);

// Models kubernetes/pkg/printers/internalversion printServiceCIDR
export const serviceCIDRPrinter = printer<ServiceCIDR>(["NAME", "CIDRS", "AGE"], ({ metadata, spec }, { now }) => [
  metadata.name,
  (spec?.cidrs ?? []).join(","),
  ageOf(metadata.creationTimestamp, now),
]);

// Models kubernetes/pkg/printers/internalversion printIPAddress
export const ipAddressPrinter = printer<IPAddress>(["NAME", "PARENTREF"], ({ metadata, spec }) => [
  metadata.name,
  parentCell(spec?.parentRef),
]);

function parentCell(parent: NonNullable<IPAddress["spec"]>["parentRef"] | undefined): string {
  if (parent === undefined) return "<none>";
  const group = parent.group === undefined || parent.group === "" ? "" : `.${parent.group}`;
  return `${`${parent.resource}${group}`.toLowerCase()}/${parent.namespace ?? ""}/${parent.name}`;
}
