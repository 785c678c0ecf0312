import type { EN } from "../en/fault-words.ts";

export const DE: typeof EN = {
  kinds: {
    node: (name) => [`Den Strom von ${name} abschalten`, `Den Strom von ${name} wieder einschalten`],
    kubelet: (name) => [`Das kubelet von ${name} anhalten`, `Das kubelet von ${name} starten`],
    "kube-proxy": (name) => [`kube-proxy von ${name} anhalten`, `kube-proxy von ${name} starten`],
    cordon: (name) => [`Cordon ${name}`, `Uncordon ${name}`],
    route: (name) => [
      `Die Route von ${name} zu den Nodes unterbrechen`,
      `Die Route von ${name} zu den Nodes wiederherstellen`,
    ],
    link: (both) => [`Die Verbindung zwischen ${both} stören`, `Die Verbindung zwischen ${both} wiederherstellen`],
    network: (both) => [`Das Pod-Netz zwischen ${both} unterbrechen`, `Das Pod-Netz zwischen ${both} wiederherstellen`],
    coredns: () => ["CoreDNS anhalten", "CoreDNS starten"],
    firewall: () => ["Die Firewall vor den Nodes errichten", "Die Firewall vor den Nodes entfernen"],
  },
  options: {
    "--readiness": (of) => [
      `Die Bereitschaft von ${of} überschreiben`,
      `Die Bereitschaft von ${of} wieder den Probes überlassen`,
    ],
    "--listen": (of) => [`Den Port ändern, auf dem ${of} lauscht`, `Den Port wiederherstellen, auf dem ${of} lauscht`],
    "--slow-start": (of) => [`Den Start von ${of} verlangsamen`, `Den Start von ${of} wiederherstellen`],
    "--slow-shutdown": (of) => [
      `Das Herunterfahren von ${of} verlangsamen`,
      `Das Herunterfahren von ${of} wiederherstellen`,
    ],
  },
  other: (_name, id) => [`${id} stören`, `${id} wiederherstellen`],
  both: (names) => names.join(" und "),
};
