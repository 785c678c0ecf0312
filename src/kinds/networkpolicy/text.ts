// Policies and the connections that they are about, in words.
import { type Labels, own, type Selector } from "../../cluster/index.ts";
import { W } from "../../words/en/policy-said.ts";
import type { Connection, Direction, End, Peer, Policy, PolicyPod, Port, Rule } from "./rules.ts";

/** Labels of an object that a sentence names at most. */
const MOST = 3;

/** A selector as kubectl writes it; `{}` for an empty one. */
export function selectorText(selector: Selector): string {
  if (selector.length === 0) return "{}";
  return selector
    .map(({ key, operator, values }) => {
      switch (operator) {
        case "In":
          return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(",")})`;
        case "NotIn":
          return `${key} notin (${values.join(",")})`;
        case "Exists":
          return key;
        default:
          return `!${key}`;
      }
    })
    .join(",");
}

/** What an object has of the keys that a selector looks at. */
export function labelsText(labels: Labels, selector: Selector): string {
  const keys = [...new Set(selector.map(({ key }) => key))].slice(0, MOST);
  return keys
    .map((key) => {
      const value = own(labels, key);
      return value === undefined ? W.noLabel(key) : `${key}=${value}`;
    })
    .join(", ");
}

/** An item of `from` or `to`. */
export function peerText({ pods, namespaces, written: { ipBlock } }: Peer, { namespace }: Policy): string {
  if (ipBlock !== undefined) {
    const except = ipBlock.except ?? [];
    return `ipBlock ${ipBlock.cidr}${except.length === 0 ? "" : ` except ${except.join(", ")}`}`;
  }
  const inPods = pods === undefined ? "" : `podSelector ${selectorText(pods)}`;
  if (namespaces === undefined) return W.podsIn(inPods, namespace);
  const inNamespaces = `namespaceSelector ${selectorText(namespaces)}`;
  return inPods === "" ? inNamespaces : W.namespacesWith(inNamespaces, inPods);
}

/** The items of `ports`, in a row. */
export function portsText(ports: readonly Port[]): string {
  return ports
    .map(({ protocol, name, from, to }) => {
      if (name !== undefined) return `${protocol} ${name}`;
      if (from === to) return `${protocol} ${from}`;
      return from === 0 ? W.everyPort(protocol) : `${protocol} ${from}-${to}`;
    })
    .join(", ");
}

/** What is connected to. */
export function portText({ protocol, port }: Pick<Connection, "protocol" | "port">): string {
  return protocol === "ICMP" ? "ICMP" : `${protocol} ${port}`;
}

/** An end as sentences name it. */
export function endText({ address, pod, node }: End): string {
  if (pod !== undefined) return podText(pod);
  return node === undefined ? address : `${node} (${address})`;
}

/** A policy as sentences name it. */
export function policyText({ namespace, name }: Pick<Policy, "namespace" | "name">): string {
  return `NetworkPolicy ${namespace}/${name}`;
}

export function podText({ namespace, name }: Pick<PolicyPod, "namespace" | "name">): string {
  return W.pod(namespace, name);
}

/** What a rule admits: `from podSelector app=api in namespace shop, on TCP 8080`. */
export function ruleText({ peers, ports }: Rule, direction: Direction, policy: Policy): string {
  const who = peers.map((each) => peerText(each, policy));
  return W.wholeRule(direction === "Ingress" ? "from" : "to", who, ports.length === 0 ? undefined : portsText(ports));
}
