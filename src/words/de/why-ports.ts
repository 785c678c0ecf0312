import type { EN } from "../en/why-ports.ts";

export const DE: typeof EN = {
  affects: (n, all, share) =>
    ` Das betrifft ${n} seiner ${all} bereiten Endpoints, also scheitern etwa ${share} % der Anfragen.`,
  noTarget: (port) => ` Ohne targetPort gilt der eigene Port des Service, ${port}.`,
  headless: (service, port, reached) =>
    `Service ${service} ist headless, sein Name wird also zu den Adressen der Pods aufgelöst, und ein Client, der Port ${port} aufruft, erreicht Port ${reached} eines Pods`,
  maps: (port, service, target, is) => `Port ${port} von Service ${service} führt zu targetPort ${target}${is}`,
  nobody: (port, pod) => `Auf Port ${port} ${pod === undefined ? "der Pods" : `von Pod ${pod}`} lauscht nichts`,
  nobodyLong: (leads, pods, listens, part, forgot) =>
    `${leads}, wo kein Programm in ${pods} lauscht: ${listens}. Die Endpoints gibt es, und sie sind bereit, aber jeder Pod weist die Verbindung selbst ab.${part}${forgot}`,
  loopback: (port) => `Das Programm lauscht nur auf 127.0.0.1:${port}`,
  loopbackLong: (port, service, target, pods, address, part) =>
    `Port ${port} von Service ${service} führt zu Port ${target} von ${pods}. Das Programm dort ist an 127.0.0.1:${target} gebunden, was außerhalb des Pods nichts erreicht, also weist der Pod jede Verbindung zu seiner eigenen Adresse ${address} ab. Es antwortet im Pod und über kubectl port-forward, denn beide benutzen 127.0.0.1.${part}`,
  whatBinds: "was es an 127.0.0.1 bindet",
  notMapped: (port, target) => `Ein Headless-Service führt Port ${port} nicht zu ${target}`,
  notMappedLong: (service, name, port, target, ports) =>
    `Service ${service} ist headless (clusterIP: None): Sein Name wird zu den Adressen der Pods aufgelöst, und keine Regel schreibt einen Port um. Ein Client, der ${name}:${port} aufruft, erreicht Port ${port} eines Pods, wo nichts lauscht; targetPort ${target} wird ignoriert. Die Pods lauschen auf ${ports}.`,
  podAddresses: "die Adressen der Pods, keine ClusterIP",
  setBoth: (path, value) => `${path} auf ${value} setzen (Clients müssen dann auch diesen Port aufrufen)`,
  set: (path, value) => `${path} auf ${value} setzen`,
  addProbe: "Eine Readiness-Probe hinzufügen, damit Pods erst bereit sind, wenn sie lauschen",
  itself: "der Pod selbst weist ab",
  answerFrom: (port) => `eine Antwort von Port ${port}`,
  endpointsExist: "die Endpoints gibt es, also stimmt der Selector",
  otherProtocol: (port, is, wanted) => `Port ${port} ist für ${is} offen, aber der Service sendet ${wanted}`,
  noPorts: "er hat keine offenen Ports",
  listensOn: (ports) => `er lauscht auf ${ports}`,
  pod: (name) => `Pod ${name}`,
  podsOf: (name) => `den Pods von ${name}`,
  wrongThere: (name, is, wanted) => `${name} ist dort ein ${is}-Port, aber der Service braucht ${wanted}`,
  declare: (name, protocol) => `Den Containerport ${name} für ${protocol} deklarieren`,
  namePort: (name) => `Den Containerport ${name} nennen`,
  unset: "PORTS ist <unset>, obwohl ENDPOINTS Adressen führt",
  noSuchPort: "kein solcher Port in PORTS",
  declared: "die Ports, die er deklariert",
  separateSlice: "ein eigener Slice ohne Port",
  fromOutside: (where) => `Pakete von außen an ${where}`,
  fromPods: (nodes, address, port) => `Pakete von Pods auf ${nodes} an ${address}:${port}`,
  drop: (nodes, n, service) => `${nodes} ${n === 1 ? "verwirft" : "verwerfen"} die Pakete von Service ${service}`,
  local: (field, service, nodes, empty, n, what, balanced) =>
    `${field} von Service ${service} ist Local, also benutzt jeder Node nur seine eigenen Endpoints. Seine bereiten Endpoints sind auf ${nodes}; ${empty} ${n === 1 ? "hat" : "haben"} keine und ${n === 1 ? "verwirft" : "verwerfen"} ${what} ohne Antwort, sodass der Absender wartet, bis seine Zeit abläuft.${balanced ? " Die Zustandsprüfung des Load-Balancers scheitert bei ihnen, deshalb sendet er ihnen nichts." : ""}`,
  nodeNever: (nodes, never) => `NODE ist ${nodes}, nie ${never}`,
  dropRule: "die Regel, die sie verwirft",
  excluded: (who) => `loadBalancerSourceRanges schließen ${who} aus`,
  the: (name) => `${name}`,
  onlyFrom: (service, address, ranges, who) =>
    `Service ${service} nimmt Pakete an die Adresse seines Load-Balancers ${address} nur von ${ranges} an. ${who}, also werden diese Pakete ohne Antwort verworfen. Die nodePorts sind nicht beschränkt: Jeder kann sie benutzen.`,
  noneYet: "(noch keine)",
  theIs: (name, address) => `${name} ist ${address}`,
  alsoAllow: (address) => `Auch ${address}/32 zulassen`,
  removeRanges: "Die Quellbereiche entfernen",
  affinityHeadless: (service) =>
    `Service ${service} ist headless, also gelten keine Regeln eines Nodes, und sessionAffinity: ClientIP hat keine Wirkung: Der Client wählt unter den Adressen aus dem DNS.`,
  affinityLong: (seconds) =>
    `Hat ein Node in den letzten ${seconds} s eine Quelladresse gesehen, sendet er sie wieder zum selben Pod. Der Schlüssel ist die Adresse, die der Node sieht, und jeder Node führt seine eigene Liste: Clients hinter einer Adresse teilen sich einen Pod, und ein Client, der zwei Nodes benutzt, kann zwei Pods bekommen.`,
  affinityNoEffect: "sessionAffinity hat hier keine Wirkung",
  affinityStick: "Clients bleiben bei einem Pod",
  affinityNone: "spec.sessionAffinity auf None setzen",
  declaresNone: (n) => `${n === 1 ? "er deklariert" : "sie deklarieren"} keine Ports`,
  unnamed: (n, ports) => `${n === 1 ? "seine" : "ihre"} Containerports (${ports}) haben keine Namen`,
  noneNamed: (name, protocol) =>
    `Kein Containerport der Pods heißt ${name}${protocol === undefined ? "" : ` für ${protocol}`}`,
  noneNamedLong: (port, service, name, protocol, instead) =>
    `Port ${port} von Service ${service} zielt auf den Containerport namens ${name}, aber kein Pod dahinter hat ${protocol === undefined ? "einen dieses Namens" : `einen für ${protocol}`}: ${instead}. Also führt der EndpointSlice die Pods ohne Port.`,
  refusesPort: (address, port, nodePort) =>
    `Sein Name wird zu ${address} aufgelöst, aber jeder Node weist Pakete an Port ${port}${nodePort === undefined ? "" : ` und :${nodePort}`} sofort ab.`,
  someLack: (n, pod, name) => `${n === 1 ? `Pod ${pod} hat` : `${n} Pods haben`} keinen Containerport namens ${name}`,
  someMatch: (n, pods, service, port, name) =>
    `${n === 1 ? `Pod ${pods} passt` : `Die Pods ${pods} passen`} zum Selector von Service ${service}, und Port ${port} zielt auf den Containerport namens ${name}, den ${n === 1 ? "er nicht hat" : "sie nicht haben"}`,
  someGet: (n, serving) =>
    `Also ${n === 1 ? "bekommt er" : "bekommen sie"} keine der Anfragen; ${serving === 1 ? "der eine andere bereite Pod übernimmt" : `die ${serving} anderen bereiten Pods übernehmen`} alle. Keine Anfrage scheitert deshalb.`,
  portsNamed: (n, names) => `${n === 1 ? "seine" : "ihre"} Ports heißen ${names}`,
  setCluster: (field) =>
    `spec.${field} auf Cluster setzen${field === "externalTrafficPolicy" ? " (Pods sehen dann die Adresse des Nodes als die des Clients)" : ""}`,
  spread: (n, what) => `${n} Replikate von ${what} ausführen, die der Scheduler auf die Nodes verteilt`,
};
