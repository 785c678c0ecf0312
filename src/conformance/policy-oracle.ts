// What NetworkPolicies do, from the text of their API alone (networking.k8s.io/v1 NetworkPolicySpec): written apart from the engine, so
// that the two can be held against each other.
import type { LabelSelector, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, Protocol } from "../cluster/index.ts";

type Labels = Readonly<Record<string, string>>;

/** One end of a connection: an address, and the pod that has it. */
export interface OracleEnd {
  readonly address: string;
  readonly pod?:
    | {
        readonly namespace: string;
        readonly name: string;
        readonly labels: Labels;
        readonly namespaceLabels: Labels;
        readonly ports: readonly { readonly port: number; readonly protocol: Protocol; readonly name?: string }[];
      }
    | undefined;
}

export interface OracleQuestion {
  readonly from: OracleEnd;
  readonly to: OracleEnd;
  readonly port: number;
  readonly protocol: Protocol;
}

/** Whether the policies on both sides let a connection be made. */
export function isAllowed(policies: readonly NetworkPolicy[], asked: OracleQuestion): boolean {
  return sideAllows(policies, "Egress", asked) && sideAllows(policies, "Ingress", asked);
}

function sideAllows(policies: readonly NetworkPolicy[], type: "Ingress" | "Egress", asked: OracleQuestion): boolean {
  const [own, other] = type === "Ingress" ? [asked.to, asked.from] : [asked.from, asked.to];
  const { pod } = own;
  if (pod === undefined) return true;
  const mine = policies.filter(({ metadata, spec }) => {
    const types = spec?.policyTypes ?? ["Ingress", ...((spec?.egress?.length ?? 0) > 0 ? ["Egress"] : [])];
    return metadata.namespace === pod.namespace && types.includes(type) && picks(spec?.podSelector ?? {}, pod.labels);
  });
  if (mine.length === 0) return true;
  return mine.some(({ metadata, spec }) => {
    const rules =
      type === "Ingress"
        ? (spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
        : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
    return rules.some(({ peers = [], ports = [] }) => {
      const fitsPeer = peers.length === 0 || peers.some((peer) => means(peer, other, metadata.namespace ?? ""));
      return fitsPeer && (ports.length === 0 || ports.some((port) => takes(port, asked)));
    });
  });
}

function means({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, end: OracleEnd, home: string): boolean {
  if (ipBlock !== undefined) {
    const excluded = (ipBlock.except ?? []).some((part) => inRange(part, end.address));
    return inRange(ipBlock.cidr, end.address) && !excluded;
  }
  const { pod } = end;
  if (pod === undefined) return false;
  const there =
    namespaceSelector === undefined ? pod.namespace === home : picks(namespaceSelector, pod.namespaceLabels);
  return there && (podSelector === undefined || picks(podSelector, pod.labels));
}

function takes({ protocol = "TCP", port, endPort }: NetworkPolicyPort, asked: OracleQuestion): boolean {
  if (protocol !== asked.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === "number")
    return endPort === undefined ? port === asked.port : port <= asked.port && asked.port <= endPort;
  const declared = asked.to.pod?.ports ?? [];
  return declared.some((each) => each.name === port && each.port === asked.port && each.protocol === protocol);
}

function picks({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const has = (key: string) => Object.hasOwn(labels, key);
  return (
    Object.entries(matchLabels).every(([key, value]) => has(key) && labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const isListed = has(key) && values.includes(labels[key] ?? "");
      if (operator === "In") return isListed;
      if (operator === "NotIn") return !isListed;
      return operator === "Exists" ? has(key) : !has(key);
    })
  );
}

function inRange(cidr: string, address: string): boolean {
  const [base = "", bits = "32"] = cidr.split("/");
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(base) / size) === Math.floor(numberOf(address) / size);
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
