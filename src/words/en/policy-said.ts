// What NetworkPolicies say of a connection.
import { spoken } from "../language.ts";

export const EN = {
  otherNamespace: (namespace: string) => `it selects pods of namespace ${namespace} only`,
  notSelected: (selector: string, pod: string, labels: string) =>
    `its podSelector is ${selector}, and ${pod} has ${labels}`,
  noType: (direction: string) => `its policyTypes don't include ${direction}`,
  ruleAdmits: (n: number) => `rule ${n} admits it`,
  noRules: (direction: string) => `it has no ${direction} rule, so it admits nothing`,
  rule: (n: number, why: string) => `rule ${n} ${why}`,
  lists: (ports: string, port: string, named: string) => `lists ${ports}, not ${port}${named}`,
  fitsBut: (end: string, ports: string) => `fits ${end}, but ${ports}`,
  nearestOf: (n: number) => ` (nearest of ${n} items)`,
  portButPeer: (missed: string) => `fits the port, but its ${missed}`,
  portAndPeer: (ports: string, missed: string) => `${ports}, and its ${missed}`,
  isThere: (name: string, protocol: string, port: number) => ` (${name} is ${protocol} ${port} there)`,
  onlyPods: " (only pods have port names)",
  noPortNamed: (pod: string, name: string) => ` (${pod} has no port named ${name})`,
  inNamespace: (pod: string, namespace: string) => `${pod} is in namespace ${namespace}`,
  namespaceHas: (namespace: string, labels: string) => `namespace ${namespace} has ${labels}`,
  doesNotHold: (what: string, address: string) => `is ${what}, which doesn't hold ${address}`,
  exceptHolds: (what: string, except: string, address: string) => `is ${what}, and ${except} holds ${address}`,
  notAPod: (address: string) => `${address} is not a pod's`,
  isNodes: (address: string, node: string) => `${address} is ${node}'s`,
  podsOnly: (what: string, who: string) => `is ${what}, and ${who}: selectors find pods only`,
  has: (labels: string) => `has ${labels}`,
  isAnd: (what: string, wrong: string) => `is ${what}, and ${wrong}`,
  and: " and ",
  admitsIt: (n: number, policy: string, direction: string) => `; rule ${n} of ${policy} admits it (${direction})`,
  from: (who: string) => `from ${who}`,
  to: (who: string) => `to ${who}`,
  isolates: (policy: string, pod: string, way: string, what: string, why: string) =>
    `${policy} isolates ${pod} for ${way} and does not admit ${what}: ${why}`,
  isolate: (n: number, pod: string, way: string, what: string, nearest: string) =>
    `${n} NetworkPolicies isolate ${pod} for ${way} and none admits ${what}; nearest is ${nearest}`,
  noLabel: (key: string) => `no label ${key}`,
  podsIn: (pods: string, namespace: string) => `${pods} in namespace ${namespace}`,
  namespacesWith: (namespaces: string, pods: string) => `${namespaces} with ${pods}`,
  everyPort: (protocol: string) => `every ${protocol} port`,
  pod: (namespace: string, name: string) => `pod ${namespace}/${name}`,
  wholeRule: (list: "from" | "to", who: readonly string[], ports: string | undefined) =>
    `${list} ${who.length === 0 ? "anyone" : who.join(", or ")}, on ${ports ?? "every port"}`,
};

export const W = spoken("policy-said", EN);
