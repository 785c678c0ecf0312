// The tables of IngressClass and of what addresses are taken from.
import type { IngressClass, IPAddress, ServiceCIDR } from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { printer } from "./printer.ts";

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
