import type { EN } from "../en/why-outside.ts";

export const DE: typeof EN = {
  noCloud: "dieser Cluster hat keinen Cloudanbieter (und kein MetalLB oder Ähnliches), der einen bereitstellt",
  foreignClass: (name) => `seine loadBalancerClass ist ${name}, und kein Controller hier bedient diese Klasse`,
  pending: (service) => `EXTERNAL-IP von Service ${service} bleibt <pending>`,
  cloudOn: "Den Cloudanbieter einschalten",
  sendTo: (host, port) => `Stattdessen an ${host}:${port} senden`,
  inRules: (names, n, all, seconds) =>
    ` ${n === 1 ? "Sein Endpoint" : "Seine Endpoints"} ${names} ${n === 1 ? "ist" : "sind"} noch in den Regeln der anderen Nodes, also scheitern ${n} von ${all} Verbindungen, bis der Node als NotReady markiert wird, etwa ${seconds} s nachdem er verstummt ist.`,
  noPower: (node) => `${node} hat keinen Strom`,
  isNotReady: (node) => `${node} NotReady`,
  stillReady: (node) => `${node} noch Ready: nicht bemerkt`,
  noAnswer: "keine Antwort",
  noAddressThere: "keine Adresse auf diesem Node",
  stillListed: "die Adressen, die noch aufgeführt sind",
  switchOn: (node) => `${node} einschalten`,
  inNewPods: (what) => `${what}, in neuen Pods`,
  startProxy: (node) => `kube-proxy von ${node} starten`,
  startKubelet: (node) => `Das kubelet von ${node} starten`,
  uncordon: (node) => `Uncordon ${node}`,
  startDns: "CoreDNS wieder starten",
  openFirewall: "Die Firewall für Node-Ports öffnen",
  restoreRoute: (client) => `Die Route von ${client} zu den Nodes wiederherstellen`,
  repairNetwork: (both) => `Das Pod-Netz zwischen ${both} reparieren`,
  repairLink: (both) => `Die Verbindung zwischen ${both} reparieren`,
  returnReadiness: (pod) => `Die Bereitschaft von ${pod} wieder seinen Probes überlassen`,
  restorePort: (pod) => `Den Port wiederherstellen, auf dem ${pod} lauscht`,
  restoreStart: (name) => `Die Startzeit von ${name} wiederherstellen`,
  restoreStop: (name) => `Die Stoppzeit von ${name} wiederherstellen`,
  staleProxy: (node) =>
    `Ihm entgeht jeder Service und Endpoint, der sich seitdem geändert hat: Pakete, die bei ${node} eintreten oder beginnen, gehen zu den alten Endpoints oder nirgendwohin.`,
  unattended: "Sobald der Node NotReady ist, verlassen seine Pods die Endpoints, obwohl sie noch laufen.",
  notReadyLater: (node) => `${node} nach einer Weile NotReady`,
  onlyAddresses: "Adressen gehen noch; jeder Name scheitert.",
  noPod: "kein laufender Pod",
  securityGroup: (ports) =>
    `Eine Security-Group, die SSH und HTTPS erlaubt, aber nicht ${ports}, wirkt genauso: Pakete werden stillschweigend verworfen, während derselbe nodePort von innen antwortet.`,
  timedOutOutside: "Connection timed out, von außen",
  brokenOnPurpose: "was absichtlich gestört ist",
  likeKind:
    "So ist es mit kind, minikube oder Docker Desktop unter macOS oder Windows, wo der Node ein Container oder eine virtuelle Maschine ist: kind braucht extraPortMappings, minikube seinen Befehl service oder tunnel, und kubectl port-forward geht überall.",
  otherNetwork: "INTERNAL-IP: Adressen eines anderen Netzes",
  overlay:
    "Ein nodePort scheint dann nur auf den Nodes zu gehen, auf denen seine Pods laufen. Das ist bei nodePorts nicht normal: Das Overlay-Netz ist gestört, zum Beispiel weil eine Firewall VXLAN verwirft.",
  whatBroken: "was gestört ist",
  noAnswerFrom: (node) => `keine Antwort von einem Pod von ${node}`,
  noController: (name) => `Kein Ingress-Controller liest Ingress ${name}`,
  noControllerLong: (name) =>
    `Ingress ${name} ist angenommen und gespeichert, aber nichts handelt danach: Dafür braucht es einen Ingress-Controller, ein Programm in eigenen Pods, und keiner ist installiert. Sein ADDRESS bleibt leer, und kein Port ist für ihn offen.`,
  addressEmpty: "ADDRESS ist leer",
  install: "Einen Ingress-Controller installieren",
  anythingElse: "alles andere",
  backends: "die Backends und was mit ihnen nicht stimmt",
  noService: (service, rule) => `Hinter ${rule} gibt es keinen Service ${service}`,
  noServiceLong: (name, { rule, service }, namespace, names) =>
    `Ingress ${name} leitet ${rule} zu Service ${service}, aber der Namespace ${namespace} hat keinen Service dieses Namens (er hat ${names}). Der Ingress-Controller antwortet dort mit seinem eigenen Fehler.`,
  none: "keinen",
  noPort: (service, port) => `Service ${service} hat keinen Port ${port}`,
  noPortLong: (name, { rule, service }, port, ports) =>
    `Ingress ${name} leitet ${rule} zu Port ${port} von Service ${service}, der ${ports} hat. Der Ingress-Controller antwortet dort mit seinem eigenen Fehler.`,
  set: (path, value) => `${path} auf ${value} setzen`,
  stored: (what) => `${what} ist gespeichert, hat hier aber keine Wirkung`,
  fieldStored: (what, path) => `${what}: ${path} hat hier keine Wirkung`,
  asWritten: "es ist gespeichert wie geschrieben",
  appliesTo: (n, names) =>
    ` Es gilt für Pods von ${n === 1 ? "Service" : "Services"} ${names}, die antworten, als gäbe es sie nicht.`,
  pendingLong: (service, why) =>
    `Service ${service} verlangt einen Load-Balancer, aber ${why}. Also bleibt seine EXTERNAL-IP auf Dauer <pending>.`,
  portWorks: (where) => `Sein nodePort geht trotzdem: ${where}.`,
  portOpen: (where) => `Sein nodePort ist trotzdem offen: ${where}.`,
  silent: (name, address, noticed) =>
    `${name} (${address}) antwortet nicht${noticed ? ", und der Cluster hat ihn als NotReady markiert" : ", und die Control Plane hat es noch nicht bemerkt"}.`,
  gateLost: (where) => `Pakete an ${where} gehen verloren, obwohl derselbe nodePort auf jedem anderen Node geht.`,
};
