// What NetworkPolicies drop, and what would admit it.
import { plural, spoken } from "../language.ts";

export const EN = {
  from: (who: string) => `from ${who}`,
  to: (who: string) => `to ${who}`,
  addRule: (policy: string, what: string, who: string) =>
    `Add a rule to NetworkPolicy ${policy} that admits ${what} ${who}`,
  addPolicy: (name: string, what: string, who: string) => `Add a NetworkPolicy ${name} that admits ${what} ${who}`,
  ruleOf: (n: number, policy: string) => `rule ${n} of NetworkPolicy ${policy}`,
  changePort: (port: number | undefined, to: number, of: string) =>
    `Change port ${port} to the pod's port ${to} in ${of}`,
  addPort: (protocol: string, port: number, of: string) => `Add ${protocol} ${port} to the ports of ${of}`,
  addDns: (name: string) => `Add a NetworkPolicy ${name} that admits port 53 of the cluster's DNS`,
  nodes: "the nodes",
  pod: (name: string) => `pod ${name}`,
  podsWith: (key: string, value: string) => `pods with ${key}=${value}`,
  noPodHas: (labels: string) => `no pod has ${labels}`,
  noController: (name: string) => `no controller for class ${name}`,
  noCloud: "no cloud provider",
  addressOf: (name: string) => `address of ${name}`,
  selectedBy: (what: string) => `selected by ${what}`,
  podsHave: (labels: string) => `pods have ${labels}`,
  portOf: (port: string, service: string) => `port ${port} of Service ${service}`,
  backendOf: (what: string) => `backend of ${what}`,
  waitsFor: (pod: string | undefined) => `Pod ${pod} waits for it`,
  waitFor: (n: number) => `${plural(n, { one: "# pod waits", other: "# pods wait" })} for it`,
  doesNotAdmit: (names: string, what: string) => `NetworkPolicy ${names} doesn't admit ${what}`,
  noneAdmits: (names: string, what: string) => `None of NetworkPolicies ${names} admits ${what}`,
  question: "the question for the name",
  asksFirst: (pod: string, who: string, what: string) =>
    `Pod ${pod} has to ask the cluster's DNS (${who}, ${what}) before it can send anything.`,
  isolated: (pod: string, direction: string, n: number, names: string) =>
    `Pod ${pod} is isolated for ${direction}, as ${n === 1 ? `NetworkPolicy ${names} selects` : `NetworkPolicies ${names} select`} it: only what a policy admits passes, and the rest is dropped without an answer, so the sender waits until it times out.`,
  inPolicy: (name: string, why: string) => `In ${name}, ${why}.`,
  thenMeets: (names: string, n: number, direction: string) =>
    `Then it would meet ${names}, which ${n === 1 ? "doesn't" : "don't"} admit it for ${direction} either.`,
  inspecting: (direction: string) => `which pods it selects, and what it admits for ${direction}`,
  seesPort: (port: number, asked: number) =>
    `A policy sees the port of the pod (${port}), never the Service's port or nodePort (${asked}).`,
  seesAddress: (address: string) => `It sees the pod's address, never the Service's (${address}).`,
  masked: (address: string) =>
    `The node that took the packet put its own address (${address}) in place of the sender's; with externalTrafficPolicy Local the pod, and the policy, see the sender's own.`,
  andThen: ", and ",
  changed: "A NetworkPolicy dropped it, and no policy would now",
  changedLong: (why: string) =>
    `${why}. The policies, labels or addresses have changed since, and what they are now admits it.`,
  nobodyAdmitted: "No policy admitted it",
  policiesNow: "the policies as they are now",
  sendAgain: "Send it again",
  servicePort: (policy: string, port: number, target: number) =>
    `NetworkPolicy ${policy} lists the Service's port ${port}, not the pod's port ${target}`,
  servicePortLong: (target: number, rule: number, policy: string, port: number, service: string) =>
    `A policy sees packets after the Service's translation: at the pod, on its port ${target}. Rule ${rule} of NetworkPolicy ${policy} lists port ${port}, which no packet has there, so everything that Service ${service} sends to its pods is dropped.`,
  admitsNobody: (service: string, port: number) =>
    `No NetworkPolicy lets anyone reach Service ${service} on port ${port}`,
  admitsNobodyLong: (n: number, names: string, service: string, protocol: string, port: number) =>
    `${n === 1 ? `NetworkPolicy ${names} isolates` : `NetworkPolicies ${names} isolate`} the pods of Service ${service} for ingress, and no rule lists ${protocol} ${port}. Every packet from other pods and from outside is dropped; a policy beside ${n === 1 ? "it" : "them"} has to admit the callers.`,
  whatItSelects: "which pods it selects, and what it admits",
  selectsNone: (what: string) => `${what} selects no pod`,
  selectsNoneLong: (namespace: string) =>
    `No pod of namespace ${namespace} has the labels of its podSelector, so it isolates nobody and admits nothing. A policy selects pods of its own namespace only.`,
  ruleIn: (n: number, what: string) => `rule ${n} of ${what}`,
  noNamespace: (labels: string, where: string) => `No namespace has ${labels}, which ${where} asks for`,
  noNamespaceLong: (labels: string, label: string, name: string | undefined) =>
    `A namespaceSelector looks at the labels of namespaces, not at their names, and no namespace has ${labels}.${name === undefined ? "" : ` Every namespace has its name as label ${label}: ${label}=${name} finds namespace ${name}.`}`,
  noSuchNamespace: (labels: string) => `no namespace with ${labels}`,
  noPodWhere: (labels: string, where: string) => `No pod has ${labels} where ${where} looks for it`,
  selectorAbout: (labels: string, list: string, where: string, elsewhere: string | undefined) =>
    `The podSelector ${labels} in its ${list} is about ${where}, and no pod there has these labels.${elsewhere === undefined ? "" : ` Pods of ${elsewhere} have them: a namespaceSelector in the same item finds those.`}`,
  ownNamespace: (name: string) => `namespace ${name}, the policy's own`,
  namespaceNamed: (name: string) => `namespace ${name}`,
  selectNamespace: (name: string, label: string, policy: string) =>
    `Select namespace ${name} by ${label} in NetworkPolicy ${policy}`,
  addNamespace: (name: string, policy: string) =>
    `Add a namespaceSelector for ${name} to the same item in NetworkPolicy ${policy}`,
  withoutNames: (what: string) => `Pods that ${what} selects can't look names up`,
  withoutNamesLong: (pods: string, n: number, policies: string) =>
    `${pods} ${n === 1 ? "is" : "are"} isolated for egress by ${policies}, and nothing admits UDP 53 to the cluster's DNS (kube-system, k8s-app=kube-dns). Every request by name waits for an answer that never comes, whatever else is admitted.`,
};

export const W = spoken("why-policies", EN);
