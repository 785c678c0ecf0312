// NetworkPolicies taken apart once, so that packets can be held against them.
import {
  type Cidr,
  contains,
  type Header,
  type LabelSelector,
  type Labels,
  matches,
  type NetworkPolicy,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  type Protocol,
  parseCidr,
  parseIPv4,
  type Selector,
  selectorFromMap,
} from "../../cluster/index.ts";

/** Which way a rule looks, as policyTypes spells it. */
export type Direction = "Ingress" | "Egress";

/** A pod as policies see it. */
export interface PolicyPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  /** The ports that its containers declare with a name. */
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
}

/** One end of a connection: an address, and the pod or the node that has it. A pod on its node's network is that node. */
export interface End {
  readonly address: string;
  readonly pod?: PolicyPod | undefined;
  readonly node?: string | undefined;
}

/** What is asked: a new connection behind every translation. */
export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly protocol: Header["protocol"];
  readonly port: number;
}

/** One item of `from` or `to`: pods by selectors, or a range of addresses. */
export interface Peer {
  readonly pods: Selector | undefined;
  readonly namespaces: Selector | undefined;
  readonly block: { readonly range: Cidr | undefined; readonly except: readonly Cidr[] } | undefined;
  readonly written: NetworkPolicyPeer;
}

/** One item of `ports`; a name stands for the port of that name of the pod that is connected to. */
export interface Port {
  readonly protocol: Protocol;
  readonly name: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** One rule: a connection needs one of the peers and one of the ports; none given means any. */
export interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: readonly Port[];
}

/** A policy; a direction that it doesn't have is undefined, and one without rules admits nothing. */
export interface Policy {
  readonly namespace: string;
  readonly name: string;
  readonly pods: Selector;
  readonly rules: { readonly [way in Direction]: readonly Rule[] | undefined };
  readonly written: NetworkPolicy;
}

const HIGHEST = 65_535;

/** Takes a stored policy apart. */
// Models kubernetes/staging/src/k8s.io/api/networking/v1 NetworkPolicySpec
export function policyOf(written: NetworkPolicy): Policy {
  const { metadata, spec = {} } = written;
  const { ingress = [], egress = [] } = spec;
  const given = spec.policyTypes ?? [];
  const types = given.length > 0 ? given : ["Ingress", ...(egress.length > 0 ? ["Egress"] : [])];
  const rules = {
    Ingress: ingress.map(({ from, ports }) => ruleOf(from, ports)),
    Egress: egress.map(({ to, ports }) => ruleOf(to, ports)),
  };
  return {
    namespace: metadata.namespace ?? "",
    name: metadata.name ?? "",
    pods: selectorOf(spec.podSelector ?? {}),
    rules: {
      Ingress: types.includes("Ingress") ? rules.Ingress : undefined,
      Egress: types.includes("Egress") ? rules.Egress : undefined,
    },
    written,
  };
}

function ruleOf(peers: readonly NetworkPolicyPeer[] = [], ports: readonly NetworkPolicyPort[] = []): Rule {
  return { peers: peers.map(peerOf), ports: ports.map(portOf) };
}

function peerOf(written: NetworkPolicyPeer): Peer {
  const { podSelector, namespaceSelector, ipBlock } = written;
  const block = ipBlock && {
    range: parseCidr(ipBlock.cidr),
    except: (ipBlock.except ?? []).flatMap((each) => parseCidr(each) ?? []),
  };
  return {
    pods: podSelector && selectorOf(podSelector),
    namespaces: namespaceSelector && selectorOf(namespaceSelector),
    block,
    written,
  };
}

function portOf({ protocol = "TCP", port, endPort }: NetworkPolicyPort): Port {
  const common = { protocol: protocol as Protocol }; // validation lets only the three through
  if (port === undefined) return { ...common, name: undefined, from: 0, to: HIGHEST };
  if (typeof port === "string") return { ...common, name: port, from: 0, to: 0 };
  return { ...common, name: undefined, from: port, to: endPort ?? port };
}

function selectorOf({ matchLabels, matchExpressions = [] }: LabelSelector): Selector {
  const terms = matchExpressions.map(({ key, operator, values = [] }) => ({
    key,
    operator: operator as Selector[number]["operator"], // validation lets only the four of label selectors through
    values,
  }));
  return [...selectorFromMap(matchLabels), ...terms];
}

/** Whether a policy selects a pod: in its own namespace, by labels. */
export function selects(policy: Policy, pod: PolicyPod): boolean {
  return policy.namespace === pod.namespace && matches(policy.pods, pod.labels);
}

/** Whether an item of `from` or `to` means this end; a selector alone is about the policy's own namespace. */
export function isPeer({ block, pods, namespaces }: Peer, { address, pod }: End, policy: Policy): boolean {
  if (block !== undefined) return isInBlock(block, address);
  if (pod === undefined) return false;
  const isInNamespace =
    namespaces === undefined ? pod.namespace === policy.namespace : matches(namespaces, pod.namespaceLabels);
  return isInNamespace && (pods === undefined || matches(pods, pod.labels));
}

/** Whether a range holds an address that none of its exceptions holds. */
export function isInBlock({ range, except }: NonNullable<Peer["block"]>, address: string): boolean {
  const number = parseIPv4(address);
  return range !== undefined && contains(range, number) && !except.some((each) => contains(each, number));
}

/** Whether an item of `ports` means the port that is connected to. ICMP has no ports, so no item means it. */
export function isPort({ protocol, name, from, to }: Port, connection: Connection): boolean {
  const { port } = connection;
  if (protocol !== connection.protocol) return false;
  if (name === undefined) return from <= port && port <= to;
  const named = connection.to.pod?.ports ?? [];
  return named.some((each) => each.name === name && each.port === port && each.protocol === protocol);
}

/** The end that a rule's peers are about. */
export function otherEnd(direction: Direction, { from, to }: Connection): End {
  return direction === "Ingress" ? from : to;
}

/** The first rule that admits a connection, by its index. */
export function admitting(policy: Policy, direction: Direction, connection: Connection): number | undefined {
  const other = otherEnd(direction, connection);
  const at = policy.rules[direction]?.findIndex(
    ({ peers, ports }) =>
      (ports.length === 0 || ports.some((each) => isPort(each, connection))) &&
      (peers.length === 0 || peers.some((each) => isPeer(each, other, policy))),
  );
  return at === -1 ? undefined : at;
}
