// Small pieces of text that tables and descriptions share: labels, selectors, lists cut short.
import { compareText, type IngressLoadBalancerIngress, type LabelSelector, own } from "../cluster/index.ts";

export function sortedKeys(map: Readonly<Record<string, unknown>> | undefined): string[] {
  return Object.keys(map ?? {}).sort(compareText);
}

/** `app=web,tier=x`, or `<none>`. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/labels FormatLabels
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = sortedKeys(labels).map((key) => `${key}=${own(labels, key)}`);
  return pairs.length === 0 ? "<none>" : pairs.join(",");
}

/** `app=web,tier in (a,b),!old`: empty when it selects everything or is absent. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/apis/meta/v1 LabelSelectorAsSelector and Selector.String
export function selectorText(selector: LabelSelector | undefined): string {
  const terms: Array<readonly [key: string, text: string]> = sortedKeys(selector?.matchLabels).map((key) => [
    key,
    `${key}=${own(selector?.matchLabels, key)}`,
  ]);
  for (const { key, operator, values = [] } of selector?.matchExpressions ?? []) {
    const list = `(${[...values].sort(compareText).join(",")})`;
    if (operator === "In") terms.push([key, `${key} in ${list}`]);
    else if (operator === "NotIn") terms.push([key, `${key} notin ${list}`]);
    else terms.push([key, operator === "Exists" ? key : `!${key}`]);
  }
  terms.sort(([a], [b]) => compareText(a, b));
  return terms.map(([, text]) => text).join(",");
}

/** The same, `<none>` when empty. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/apis/meta/v1 FormatLabelSelector
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  return selectorText(selector) || "<none>";
}

/** `address:port`, with brackets around an IPv6 address. */
export function hostPort(address: string, port: number | undefined): string {
  return address.includes(":") ? `[${address}]:${port ?? 0}` : `${address}:${port ?? 0}`;
}

/** The addresses and hostnames of a load balancer, each once, sorted, joined by comma. */
// Models kubernetes/pkg/printers/internalversion loadBalancerStatusStringer, which the server always asks for in full
export function loadBalancerText(ingress: readonly IngressLoadBalancerIngress[] | undefined): string {
  const found = new Set<string>();
  for (const each of ingress ?? []) {
    const name = each.ip !== undefined && each.ip !== "" ? each.ip : each.hostname;
    if (name !== undefined && name !== "") found.add(name);
  }
  return [...found].sort(compareText).join(",");
}

const MODES = [
  ["ReadWriteOnce", "RWO"],
  ["ReadOnlyMany", "ROX"],
  ["ReadWriteMany", "RWX"],
  ["ReadWriteOncePod", "RWOP"],
] as const;

/** `RWO,ROX`. */
export function accessModesText(modes: readonly string[] | undefined): string {
  return MODES.filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(",");
}

const ROLE_PREFIX = "node-role.kubernetes.io/";

/** The roles that a node's labels name, sorted, joined by comma; `<none>` without any. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe findNodeRoles
export function nodeRoles(labels: Readonly<Record<string, string>> | undefined): string {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === "kubernetes.io/role" && value !== "") roles.add(value);
  }
  return roles.size === 0 ? "<none>" : [...roles].sort(compareText).join(",");
}

/** How many bytes a base64 text stands for. */
export function byteCount(base64: string | undefined): number {
  const text = (base64 ?? "").replace(/=+$/, "");
  return Math.floor((text.length * 3) / 4);
}
