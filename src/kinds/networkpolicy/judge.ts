// What each policy says about a connection: whether it applies, which rule admits, or which comes nearest and why it doesn't.
import { contains, matches, parseIPv4 } from "../../cluster/index.ts";
import { W } from "../../words/en/policy-said.ts";
import {
  admitting,
  type Connection,
  type Direction,
  type End,
  isPeer,
  isPort,
  otherEnd,
  type Peer,
  type Policy,
  type PolicyPod,
  type Rule,
  selects,
} from "./rules.ts";
import { endText, labelsText, peerText, podText, portsText, portText, selectorText } from "./text.ts";

/** A policy never denies: it admits, or leaves it to the others that apply. */
export type Verdict = "NotApplicable" | "Admits" | "DoesNotAdmit";

/** What one policy says about one connection in one direction. */
export interface Judgement {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly verdict: Verdict;
  /** The rule that admits, or that comes nearest; its index. Absent where there is none. */
  readonly rule: number | undefined;
  /** What of the nearest rule doesn't fit. */
  readonly misses: "peers" | "ports" | "both" | undefined;
  /** A clause without subject's name and full stop: `rule 1 admits it`. */
  readonly why: string;
}

/** What one policy says. Spec: [NETPOL-7]. */
export function judge(policy: Policy, direction: Direction, pod: PolicyPod, connection: Connection): Judgement {
  const said = { policy, direction, rule: undefined, misses: undefined };
  const rules = policy.rules[direction];
  if (policy.namespace !== pod.namespace)
    return { ...said, verdict: "NotApplicable", why: W.otherNamespace(policy.namespace) };
  if (!selects(policy, pod)) {
    const why = W.notSelected(selectorText(policy.pods), podText(pod), labelsText(pod.labels, policy.pods));
    return { ...said, verdict: "NotApplicable", why };
  }
  if (rules === undefined) return { ...said, verdict: "NotApplicable", why: W.noType(direction) };
  const rule = admitting(policy, direction, connection);
  if (rule !== undefined) return { ...said, verdict: "Admits", rule, why: W.ruleAdmits(rule + 1) };
  return { ...said, verdict: "DoesNotAdmit", ...nearest(rules, policy, direction, connection) };
}

/** The judgements of all policies on both sides of a connection that policies can be about. */
export function judgeAll(policies: readonly Policy[], connection: Connection): readonly Judgement[] {
  const { from, to } = connection;
  const at = (direction: Direction, { pod }: End) =>
    pod === undefined ? [] : policies.map((policy) => judge(policy, direction, pod, connection));
  return [...at("Egress", from), ...at("Ingress", to)];
}

type Nearest = Pick<Judgement, "rule" | "misses" | "why">;

function nearest(rules: readonly Rule[], policy: Policy, direction: Direction, connection: Connection): Nearest {
  if (rules.length === 0) {
    const why = W.noRules(direction.toLowerCase());
    return { rule: undefined, misses: undefined, why };
  }
  let best: (Nearest & { readonly score: number }) | undefined;
  for (const [at, rule] of rules.entries()) {
    const each = held(rule, policy, direction, connection);
    if (best === undefined || each.score > best.score) best = { ...each, rule: at, why: W.rule(at + 1, each.why) };
  }
  return best ?? { rule: undefined, misses: undefined, why: "" };
}

/** How near a rule comes that doesn't admit, and what keeps it from it. */
function held(rule: Rule, policy: Policy, direction: Direction, connection: Connection) {
  const other = otherEnd(direction, connection);
  const list = direction === "Ingress" ? "from" : "to";
  const isPeers = rule.peers.length === 0 || rule.peers.some((each) => isPeer(each, other, policy));
  const isPorts = rule.ports.length === 0 || rule.ports.some((each) => isPort(each, connection));
  const ports = W.lists(portsText(rule.ports), portText(connection), namedPort(rule, connection));
  if (isPeers) return { score: 4, misses: "ports", why: W.fitsBut(endText(other), ports) } as const;
  const peers = rule.peers.map((each) => missedPeer(each, other, policy)).sort((a, b) => b.score - a.score);
  const [first] = peers;
  const others = peers.length > 1 ? W.nearestOf(peers.length) : "";
  const missed = `${list}${others} ${first?.why ?? ""}`;
  const score = first?.score ?? 0;
  if (isPorts) return { score: 2 + score, misses: "peers", why: W.portButPeer(missed) } as const;
  return { score, misses: "both", why: W.portAndPeer(ports, missed) } as const;
}

/** What a name among the ports stands for at the pod that is connected to. */
function namedPort({ ports }: Rule, { to }: Connection): string {
  const name = ports.find((each) => each.name !== undefined)?.name;
  if (name === undefined) return "";
  const found = to.pod?.ports.find((each) => each.name === name);
  if (found !== undefined) return W.isThere(name, found.protocol, found.port);
  return to.pod === undefined ? W.onlyPods : W.noPortNamed(podText(to.pod), name);
}

/** Why a pod's namespace isn't meant. */
function whereText({ namespaces }: Peer, pod: PolicyPod): string {
  if (namespaces === undefined) return W.inNamespace(podText(pod), pod.namespace);
  return W.namespaceHas(pod.namespace, labelsText(pod.namespaceLabels, namespaces));
}

function missedPeer(peer: Peer, { address, pod, node }: End, policy: Policy): { score: number; why: string } {
  const text = peerText(peer, policy);
  if (peer.block !== undefined) {
    const number = parseIPv4(address);
    const exception = peer.block.except.find((each) => contains(each, number));
    if (exception === undefined) return { score: 0, why: W.doesNotHold(text, address) };
    return { score: 0.9, why: W.exceptHolds(text, exception.text, address) };
  }
  if (pod === undefined) {
    const who = node === undefined ? W.notAPod(address) : W.isNodes(address, node);
    return { score: 0, why: W.podsOnly(text, who) };
  }
  const isNamespace =
    peer.namespaces === undefined ? pod.namespace === policy.namespace : matches(peer.namespaces, pod.namespaceLabels);
  const isPod = peer.pods === undefined || matches(peer.pods, pod.labels);
  const own = isPod ? "" : W.has(labelsText(pod.labels, peer.pods ?? []));
  const wrong = isNamespace ? [] : [whereText(peer, pod)];
  if (own !== "") wrong.push(isNamespace || peer.namespaces !== undefined ? `${podText(pod)} ${own}` : own);
  return { score: isNamespace || isPod ? 0.5 : 0.1, why: W.isAnd(text, wrong.join(W.and)) };
}
