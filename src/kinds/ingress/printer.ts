// The table of Ingresses.
import type { Ingress, IngressRule } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { loadBalancerText } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printIngress
const ingressPrinter = printer<Ingress>(
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

// Models kubernetes/pkg/printers/internalversion formatHosts, which counts rules, not hosts, after the third
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

export const printers: Printers = { "ingresses.networking.k8s.io": ingressPrinter };
