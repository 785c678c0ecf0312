import type { EN } from "../en/policy-said.ts";

export const DE: typeof EN = {
  otherNamespace: (namespace) => `sie wählt nur Pods im Namespace ${namespace}`,
  notSelected: (selector, pod, labels) => `ihr podSelector ist ${selector}, und ${pod} hat ${labels}`,
  noType: (direction) => `ihre policyTypes enthalten ${direction} nicht`,
  ruleAdmits: (n) => `Regel ${n} erlaubt es`,
  noRules: (direction) =>
    `sie hat keine ${direction === "ingress" ? "Ingress" : "Egress"}-Regel, also erlaubt sie nichts`,
  rule: (n, why) => `Regel ${n} ${why}`,
  lists: (ports, port, named) => `führt ${ports}, nicht ${port}${named}`,
  fitsBut: (end, ports) => `passt auf ${end}, ${ports}`,
  nearestOf: (n) => ` (der nächste von ${n} Einträgen)`,
  portButPeer: (missed) => `passt auf den Port, aber ihr ${missed}`,
  portAndPeer: (ports, missed) => `${ports}, und ihr ${missed}`,
  isThere: (name, protocol, port) => ` (${name} ist dort ${protocol} ${port})`,
  onlyPods: " (nur Pods haben Portnamen)",
  noPortNamed: (pod, name) => ` (${pod} hat keinen Port namens ${name})`,
  inNamespace: (pod, namespace) => `${pod} ist im Namespace ${namespace}`,
  namespaceHas: (namespace, labels) => `der Namespace ${namespace} hat ${labels}`,
  doesNotHold: (what, address) => `ist ${what} und enthält ${address} nicht`,
  exceptHolds: (what, except, address) => `ist ${what}, und ${except} enthält ${address}`,
  notAPod: (address) => `${address} gehört keinem Pod`,
  isNodes: (address, node) => `${address} gehört ${node}`,
  podsOnly: (what, who) => `ist ${what}, und ${who}: Selectors finden nur Pods`,
  has: (labels) => `hat ${labels}`,
  isAnd: (what, wrong) => `ist ${what}, und ${wrong}`,
  and: " und ",
  admitsIt: (n, policy, direction) => `; Regel ${n} von ${policy} erlaubt es (${direction})`,
  from: (who) => `von ${who}`,
  to: (who) => `an ${who}`,
  isolates: (policy, pod, way, what, why) =>
    `${policy} isoliert ${pod} für ${way === "ingress" ? "Ingress" : "Egress"} und erlaubt ${what} nicht: ${why}`,
  isolate: (n, pod, way, what, nearest) =>
    `${n} NetworkPolicies isolieren ${pod} für ${way === "ingress" ? "Ingress" : "Egress"}, und keine erlaubt ${what}; am nächsten ist ${nearest}`,
  noLabel: (key) => `kein Label ${key}`,
  podsIn: (pods, namespace) => `${pods} im Namespace ${namespace}`,
  namespacesWith: (namespaces, pods) => `${namespaces} mit ${pods}`,
  everyPort: (protocol) => `jeder ${protocol}-Port`,
  pod: (namespace, name) => `Pod ${namespace}/${name}`,
  wholeRule: (list, who, ports) =>
    `${list === "from" ? "von" : "zu"} ${who.length === 0 ? "beliebigen" : who.join(" oder ")}, auf ${ports ?? "jedem Port"}`,
};
