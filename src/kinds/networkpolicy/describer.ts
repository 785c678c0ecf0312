// kubectl describe networkpolicy.
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from "../../cluster/index.ts";
import { type Describers, describer, writeLabels } from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { formatLabelSelector } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeNetworkPolicy
const describeNetworkPolicy = describer<NetworkPolicy>((page, policy) => {
  const { metadata, spec } = policy;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("Created on", goTime(metadata.creationTimestamp));
  writeLabels(page, policy);
  page.line(0, "Spec:");
  const selector = formatLabelSelector(spec?.podSelector);
  const everyPod = "<none> (Allowing the specific traffic to all pods in this namespace)";
  page.line(1, `PodSelector:     ${selector === "<none>" ? everyPod : selector}`);
  const types = spec?.policyTypes ?? [];
  writeDirection(
    page,
    INGRESS,
    types.includes("Ingress"),
    (spec?.ingress ?? []).map((rule) => [rule.ports, rule.from]),
  );
  writeDirection(
    page,
    EGRESS,
    types.includes("Egress"),
    (spec?.egress ?? []).map((rule) => [rule.ports, rule.to]),
  );
  page.line(1, `Policy Types: ${types.join(", ") || "<none>"}`);
});

/** `2026-11-20 22:27:59 +0000 UTC`, as Go prints a time by default. */
function goTime(timestamp: string | undefined): string {
  return `${(timestamp ?? "0001-01-01T00:00:00Z").replace("T", " ").replace("Z", "")} +0000 UTC`;
}

interface Direction {
  readonly traffic: string;
  readonly peer: string;
  readonly end: string;
}

const INGRESS: Direction = { traffic: "ingress", peer: "From", end: "source" };
const EGRESS: Direction = { traffic: "egress", peer: "To", end: "destination" };
const INDENT = "    ";

type Rule = readonly [ports: readonly NetworkPolicyPort[] | undefined, peers: readonly NetworkPolicyPeer[] | undefined];

function writeDirection(page: Page, direction: Direction, affected: boolean, rules: readonly Rule[]): void {
  if (!affected) {
    page.line(1, `Not affecting ${direction.traffic} traffic`);
    return;
  }
  page.line(1, `Allowing ${direction.traffic} traffic:`);
  if (rules.length === 0)
    page.line(0, `${INDENT}<none> (Selected pods are isolated for ${direction.traffic} connectivity)`);
  for (const [index, [ports = [], peers = []]] of rules.entries()) {
    if (ports.length === 0) page.line(0, `${INDENT}To Port: <any> (traffic allowed to all ports)`);
    for (const port of ports) page.line(0, `${INDENT}${portText(port)}`);
    if (peers.length === 0)
      page.line(0, `${INDENT}${direction.peer}: <any> (traffic not restricted by ${direction.end})`);
    for (const peer of peers) writePeer(page, direction, peer);
    if (index < rules.length - 1) page.line(0, `${INDENT}----------`);
  }
}

function portText({ port, endPort, protocol = "TCP" }: NetworkPolicyPort): string {
  const from = port ?? "<nil>";
  return endPort === undefined ? `To Port: ${from}/${protocol}` : `To Port Range: ${from}-${endPort}/${protocol}`;
}

function writePeer(
  page: Page,
  direction: Direction,
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
): void {
  page.line(0, `${INDENT}${direction.peer}:`);
  if (namespaceSelector !== undefined)
    page.line(1, `${INDENT}NamespaceSelector: ${formatLabelSelector(namespaceSelector)}`);
  if (podSelector !== undefined) page.line(1, `${INDENT}PodSelector: ${formatLabelSelector(podSelector)}`);
  if (podSelector !== undefined || namespaceSelector !== undefined || ipBlock === undefined) return;
  page.line(1, `${INDENT}IPBlock:`);
  page.line(2, `${INDENT}CIDR: ${ipBlock.cidr}`);
  page.line(2, `${INDENT}Except: ${(ipBlock.except ?? []).join(", ")}`);
}

export const describers: Describers = { "networkpolicies.networking.k8s.io": describeNetworkPolicy };
