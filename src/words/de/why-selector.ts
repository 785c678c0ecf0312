import type { EN } from "../en/why-selector.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  headlessName:
    "Sein Name wird nicht aufgelöst (NXDOMAIN): Für einen Headless-Service antwortet das DNS nur mit dessen Endpoints.",
  portAndNodePort: (port, nodePort) => `${port} und :${nodePort}`,
  refusesPorts: (address, n, ports) =>
    `Sein Name wird zu ${address} aufgelöst, aber jeder Node weist Pakete an ${n === 1 ? "Port" : "die Ports"} ${ports} sofort ab.`,
  noneMatch: "<none>: Kein Pod hat alle Labels",
  podLabels: "die Labels, die die Pods haben",
  noPodHas: (labels) => `Kein Pod hat die Labels ${labels}`,
  noPod: (service, wanted, namespace, n, rest, so) =>
    `Service ${service} wählt Pods mit ${wanted} im Namespace ${namespace}, aber kein Pod hat ${n === 1 ? "dieses Label" : "sie alle"}, also hat er keine Endpoints. ${rest} ${so}`,
  noPods: (namespace) => `Im Namespace ${namespace} gibt es keine Pods.`,
  podsThere: (labels) => `Die Pods dort haben ${labels}.`,
  noLabels: "keine Labels",
  otherValue: (key, found, value) => `${key}=${found}, wo der Selector ${key}=${value} hat`,
  noLabel: (key) => `kein Label ${key}`,
  similarLabel: (similar, value, key) => `${similar}=${value} und kein Label ${key}`,
  onObject: (kind) =>
    ` Die Labels stehen am ${kind} selbst, bei metadata.labels; es zählen nur die Labels seiner Pods, bei spec.template.metadata.labels.`,
  podsOf: (what) => `die Pods von ${what}`,
  closest: (pods, differences, more) => `Am nächsten sind ${pods}, mit ${differences}.${more}`,
  selects: (name) => `Service ${name} wählt`,
  podHas: (name) => `Pod ${name} hat`,
  podsHave: (kind, name) => `Die Pods von ${kind} ${name} haben`,
  set: (path, value) => `${path} auf ${value} setzen`,
  setSelector: (value) => `spec.selector auf ${value} setzen`,
  labelPods: (labels) => `Den Pods das Label ${labels} geben`,
  zeroReplicas: (what) => `${what} hat 0 Replikate`,
  scaledToZero: (service, labels, what, so) =>
    `Service ${service} wählt ${labels}, die Labels der Pods von ${what}; das ist auf 0 skaliert, also gibt es keine Pods. ${so}`,
  oneReplica: (name) => `spec.replicas von ${name} auf 1 setzen`,
  noPodsMade: (what) => `${what} hat keine Pods angelegt`,
  wouldHave: (what, service, why, so) =>
    `Die Pods von ${what} hätten die Labels, die Service ${service} wählt, aber es gibt keine${why}. ${so}`,
  stateAndEvents: "sein Zustand und seine Events",
  whatHappened: "was dort geschah",
  needNodes: (labels, n) =>
    `: Seine Pods brauchen Nodes mit ${labels}, und kein Node hat ${n === 1 ? "dieses Label" : "diese Labels"}`,
  removeNodeSelector: "Den nodeSelector entfernen",
  podsElsewhere: (labels, namespaces) => `Die Pods mit ${labels} sind im Namespace ${namespaces}`,
  elsewhere: (service, namespace, labels, namespaces, so) =>
    `Service ${service} ist im Namespace ${namespace} und wählt ${labels}. Pods mit diesen Labels gibt es nur im Namespace ${namespaces}, und ein Selector reicht nie über den Namespace seines Service hinaus. ${so}`,
  podsIn: (namespaces) => `die Pods, in ${namespaces}`,
  createAlias: (name, there, here) =>
    `Service ${name} im Namespace ${there} anlegen und den in ${here} zu seinem Alias machen`,
  createThere: (name, there) =>
    `Service ${name} im Namespace ${there} anlegen (und den Namen ${name}.${there} benutzen)`,
  slicesAndServices: "die vorhandenen Slices und die Services in ihren Labels",
  neither: (service) => `Service ${service} hat weder Selector noch EndpointSlice`,
  noSlice: (service, namespace, label, name, strays, other, so) =>
    `Service ${service} hat keinen Selector, seine Endpoints müssen also von Hand angelegt werden, aber kein EndpointSlice im Namespace ${namespace} hat das Label ${label}: ${name}. ${strays}${other === undefined ? "" : `Das Endpoints-Objekt ${other} heißt anders als der Service und wird deshalb nicht für ihn gespiegelt. `}${so}`,
  strayUnlabelled: (name) => `EndpointSlice ${name} gibt es, er hat aber kein solches Label. `,
  strayNamed: (name, named) =>
    `EndpointSlice ${name} gibt es, sein Label nennt aber ${named}, und das ist kein Service. `,
  labelSlice: (slice, label, name) => `EndpointSlice ${slice} das Label ${label}: ${name} geben`,
  addSelector: (what) => `Den Selector ${what} hinzufügen`,
  createSlice: (name) => `EndpointSlice ${name}-1 anlegen (dann eigene Adressen eintragen)`,
  emptySlice: (service) => `Der EndpointSlice von Service ${service} führt keine Adresse`,
  emptySliceLong: (service, slice, so) =>
    `Service ${service} hat keinen Selector, und sein EndpointSlice ${slice} hat keine Endpoints. ${so}`,
  noName: "(kein Name)",
  noPortNamed: (name) => `Kein Port des EndpointSlice heißt ${name ?? "wie der des Service, der keinen Namen hat"}`,
  portNames: (port, service, name, slice, names) =>
    `Port ${port} von Service ${service} ${name === undefined ? "hat keinen Namen" : `heißt ${name}`}, aber die Ports von EndpointSlice ${slice} heißen ${names}. kube-proxy verbindet beide nach Name und Protokoll, also hat dieser Port keine Endpoints und wird abgewiesen.`,
  slicePorts: "die Namen seiner Ports",
  servicePorts: "die Namen der Ports des Service",
  namePort: (slice, name) => `Den Port von EndpointSlice ${slice} ${name} nennen`,
  severalOwners: "Pods von mehr als einem Eigentümer",
  sideBySide: "ihre Adressen nebeneinander",
  alsoSelects: (service) => `Service ${service} wählt auch Pods eines anderen Programms`,
  mixed: (labels, service, groups, all, share) =>
    `Der Selector ${labels} von Service ${service} passt auf die Pods von ${groups}, die verschiedene Images ausführen. Jede neue Verbindung geht zu einem zufälligen der ${all}, also werden etwa ${share} % der Anfragen vom falschen Programm beantwortet oder abgewiesen.`,
  balances: (service, n) => `Service ${service} verteilt auf ${n} Workloads`,
  canary: (labels, groups) =>
    `Der Selector ${labels} passt auf die Pods von ${groups}. Jeder erhält Anfragen im Verhältnis seiner Pods, wie bei einem Canary.`,
  labelAndSelect: (what, name) => `Den Pods von ${what} das Label component: ${name} geben und es auch auswählen`,
  addToSelector: (key, value) => `${key}: ${value} zum Selector hinzufügen`,
  leftCluster: (nodes, n) =>
    `${nodes} hat den Cluster verlassen, und ${n === 1 ? "ein Pod" : "Pods"} von dort ${n === 1 ? "ist" : "sind"} noch unter den Endpoints`,
  ranOn: (pods, nodes, n, all) =>
    `${pods} lief auf ${nodes}. Nichts markiert Pods eines gelöschten Nodes als nicht bereit: Die Pod-Garbage-Collection löscht sie 40 s nach dem Node, und bis dahin ${n === 1 ? "bleibt" : "bleiben"} ${n} von ${plural(all, { one: "# Verbindung", other: "# Verbindungen" })} ohne Antwort. kubectl drain verschiebt Pods, bevor ihr Node geht.`,
  noneOf: (nodes) => `kein ${nodes}`,
  stillListed: "die Adressen, die noch aufgeführt sind",
  deleteNow: (n) => `${n === 1 ? "Diesen Pod" : "Diese Pods"} jetzt löschen`,
};
