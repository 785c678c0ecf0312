import type { EN } from "../en/why-policies.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  from: (who) => `von ${who}`,
  to: (who) => `an ${who}`,
  addRule: (policy, what, who) => `Eine Regel zu NetworkPolicy ${policy} hinzufügen, die ${what} ${who} erlaubt`,
  addPolicy: (name, what, who) => `Eine NetworkPolicy ${name} hinzufügen, die ${what} ${who} erlaubt`,
  ruleOf: (n, policy) => `Regel ${n} von NetworkPolicy ${policy}`,
  changePort: (port, to, of) => `Den Port ${port} in ${of} in den Port des Pods ${to} ändern`,
  addPort: (protocol, port, of) => `Zu den Ports von ${of} ${protocol} ${port} hinzufügen`,
  addDns: (name) => `Eine NetworkPolicy ${name} hinzufügen, die Port 53 des DNS des Clusters erlaubt`,
  nodes: "den Nodes",
  pod: (name) => `Pod ${name}`,
  podsWith: (key, value) => `Pods mit ${key}=${value}`,
  noPodHas: (labels) => `kein Pod hat ${labels}`,
  noController: (name) => `kein Controller für die Klasse ${name}`,
  noCloud: "kein Cloudanbieter",
  addressOf: (name) => `Adresse von ${name}`,
  selectedBy: (what) => `ausgewählt von ${what}`,
  podsHave: (labels) => `Pods haben ${labels}`,
  portOf: (port, service) => `Port ${port} von Service ${service}`,
  backendOf: (what) => `Backend von ${what}`,
  waitsFor: (pod) => `Pod ${pod} wartet darauf`,
  waitFor: (n) => `${plural(n, { one: "# Pod wartet", other: "# Pods warten" })} darauf`,
  doesNotAdmit: (names, what) => `NetworkPolicy ${names} erlaubt ${what} nicht`,
  noneAdmits: (names, what) => `Keine der NetworkPolicies ${names} erlaubt ${what}`,
  question: "die Frage nach dem Namen",
  asksFirst: (pod, who, what) =>
    `Pod ${pod} muss das DNS des Clusters (${who}, ${what}) fragen, bevor er etwas senden kann.`,
  isolated: (pod, direction, n, names) =>
    `Pod ${pod} ist für ${direction === "ingress" ? "Ingress" : "Egress"} isoliert, denn ${n === 1 ? `NetworkPolicy ${names} wählt` : `die NetworkPolicies ${names} wählen`} ihn: Nur was eine Policy erlaubt, kommt durch, der Rest wird ohne Antwort verworfen, sodass der Absender wartet, bis seine Zeit abläuft.`,
  inPolicy: (name, why) => `In ${name}: ${why}.`,
  thenMeets: (names, n, direction) =>
    `Dann träfe es auf ${names}, die es für ${direction === "ingress" ? "Ingress" : "Egress"} auch nicht ${n === 1 ? "erlaubt" : "erlauben"}.`,
  inspecting: (direction) =>
    `welche Pods sie wählt und was sie für ${direction === "ingress" ? "Ingress" : "Egress"} erlaubt`,
  seesPort: (port, asked) =>
    `Eine Policy sieht den Port des Pods (${port}), nie den port oder nodePort des Service (${asked}).`,
  seesAddress: (address) => `Sie sieht die Adresse des Pods, nie die des Service (${address}).`,
  masked: (address) =>
    `Der Node, der das Paket annahm, setzte seine eigene Adresse (${address}) an die Stelle der des Absenders; mit externalTrafficPolicy Local sehen der Pod und die Policy die des Absenders.`,
  andThen: " und ",
  changed: "Eine NetworkPolicy verwarf es, und jetzt täte es keine",
  changedLong: (why) =>
    `${why}. Die Policies, Labels oder Adressen haben sich seitdem geändert, und wie sie jetzt sind, ist es erlaubt.`,
  nobodyAdmitted: "Keine Policy erlaubte es",
  policiesNow: "die Policies, wie sie jetzt sind",
  sendAgain: "Erneut senden",
  servicePort: (policy, port, target) =>
    `NetworkPolicy ${policy} führt den Port des Service ${port}, nicht den Port des Pods ${target}`,
  servicePortLong: (target, rule, policy, port, service) =>
    `Eine Policy sieht Pakete nach der Übersetzung durch den Service: am Pod, auf seinem Port ${target}. Regel ${rule} von NetworkPolicy ${policy} führt Port ${port}, den dort kein Paket hat, also wird alles verworfen, was Service ${service} an seine Pods sendet.`,
  admitsNobody: (service, port) => `Keine NetworkPolicy lässt jemanden Service ${service} auf Port ${port} erreichen`,
  admitsNobodyLong: (n, names, service, protocol, port) =>
    `${n === 1 ? `NetworkPolicy ${names} isoliert` : `Die NetworkPolicies ${names} isolieren`} die Pods von Service ${service} für Ingress, und keine Regel führt ${protocol} ${port}. Jedes Paket von anderen Pods und von außen wird verworfen; eine Policy daneben muss die Aufrufer zulassen.`,
  whatItSelects: "welche Pods sie wählt und was sie erlaubt",
  selectsNone: (what) => `${what} wählt keinen Pod`,
  selectsNoneLong: (namespace) =>
    `Kein Pod im Namespace ${namespace} hat die Labels ihres podSelector, also isoliert sie niemanden und erlaubt nichts. Eine Policy wählt nur Pods ihres eigenen Namespace.`,
  ruleIn: (n, what) => `Regel ${n} von ${what}`,
  noNamespace: (labels, where) => `Kein Namespace hat ${labels}, wonach ${where} fragt`,
  noNamespaceLong: (labels, label, name) =>
    `Ein namespaceSelector sieht auf die Labels von Namespaces, nicht auf ihre Namen, und kein Namespace hat ${labels}.${name === undefined ? "" : ` Jeder Namespace hat seinen Namen als Label ${label}: ${label}=${name} findet den Namespace ${name}.`}`,
  noSuchNamespace: (labels) => `kein Namespace mit ${labels}`,
  noPodWhere: (labels, where) => `Kein Pod hat ${labels}, wo ${where} danach sucht`,
  selectorAbout: (labels, list, where, elsewhere) =>
    `Der podSelector ${labels} in ihrem ${list} meint ${where}, und kein Pod dort hat diese Labels.${elsewhere === undefined ? "" : ` Pods von ${elsewhere} haben sie: Ein namespaceSelector im selben Eintrag findet diese.`}`,
  ownNamespace: (name) => `den Namespace ${name}, den eigenen der Policy`,
  namespaceNamed: (name) => `den Namespace ${name}`,
  selectNamespace: (name, label, policy) => `Den Namespace ${name} in NetworkPolicy ${policy} über ${label} wählen`,
  addNamespace: (name, policy) =>
    `Einen namespaceSelector für ${name} im selben Eintrag von NetworkPolicy ${policy} hinzufügen`,
  withoutNames: (what) => `Pods, die ${what} wählt, können keine Namen auflösen`,
  withoutNamesLong: (pods, n, policies) =>
    `${pods} ${n === 1 ? "ist" : "sind"} durch ${policies} für Egress isoliert, und nichts erlaubt UDP 53 zum DNS des Clusters (kube-system, k8s-app=kube-dns). Jede Anfrage über einen Namen wartet auf eine Antwort, die nie kommt, was immer sonst erlaubt ist.`,
};
