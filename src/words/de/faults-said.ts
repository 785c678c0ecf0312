import type { EN } from "../en/faults-said.ts";

export const DE: typeof EN = {
  power: (node) => `${node} hat keinen Strom.`,
  kubelet: (node) =>
    `Das kubelet von ${node} ist angehalten: Seine Pods laufen unbeaufsichtigt weiter, und der Node wird NotReady.`,
  proxy: (node) => `kube-proxy von ${node} ist angehalten: Seine Regeln ändern sich nicht mehr.`,
  cordon: (node) => `${node} ist im Zustand Cordon: Dort werden keine neuen Pods platziert.`,
  coredns: "CoreDNS ist angehalten: Namen von Services lassen sich nicht auflösen.",
  firewall: "Eine Firewall vor den Nodes hält allen Verkehr von außen zu Node-Ports auf.",
  route: (client) => `${client} hat keine Route zu den Nodes: Sie sind in einem getrennten Netz.`,
  network: (both) => `Das Pod-Netz zwischen ${both} ist unterbrochen: Pakete an Pods gehen dort verloren.`,
  link: (both, how) => `Die Verbindung zwischen ${both} ${how}.`,
  heldReady: (pod) => `Pod ${pod} gilt als bereit, was immer seine Probes sagen.`,
  heldUnready: (pod) => `Pod ${pod} gilt als nicht bereit, als scheiterte seine Readiness-Probe.`,
  listens: (pod, on) => `Das Programm in Pod ${pod} lauscht auf ${on}.`,
  slowStart: (of, seconds) => `Programme von ${of} öffnen ihre Ports ${seconds} s nach dem Start.`,
  slowEnd: (of, seconds) => `Programme von ${of} laufen nach SIGTERM ${seconds} s weiter.`,
  late: (ms) => `braucht ${ms} ms länger`,
  loses: (percent) => `verliert ${percent} % aller Pakete`,
  normal: "arbeitet normal",
  and: " und ",
  otherPort: (port) => `Port ${port} statt auf seinem eigenen`,
  loopback: (port) => `nur 127.0.0.1:${port}`,
  anyLoopback: "nur 127.0.0.1",
};
