import type { EN } from "../en/simulated.ts";

export const DE: typeof EN = {
  title: "Was simuliert wird und was nicht",
  without: "Gespeichert und geprüft, ohne Wirkung",
  list: "Die Liste",
  what: "Was wird simuliert?",
  real: "Wie in einem echten Cluster",
  services:
    "Services jeder Art mit ihren Ports, Selectors, Traffic-Policies und Session-Affinität; EndpointSlices folgen den Pods.",
  packets:
    "Pakete: Jeder Node entscheidet nach den Regeln, die sein kube-proxy (iptables) bis dahin geschrieben hat: umgeschrieben, maskiert, abgewiesen, verworfen und für die Antwort zurückgesetzt.",
  policies:
    "NetworkPolicies, durchgesetzt, wo ein Netzwerk-Plugin es tut: Egress nach der Übersetzung durch den Service, Ingress am Node des Pods.",
  pods: "Pods: Platzierung, Probes, Neustarts, geordnetes Beenden; Deployments, StatefulSets, DaemonSets, Jobs und CronJobs.",
  dns: "DNS durch CoreDNS-Pods; Nodes, die ausfallen, geleert werden, hinzukommen und gehen.",
  api: "Die Vorgaben, Prüfungen und Fehlermeldungen des API-Servers; kubectl und eine Shell mit den üblichen Werkzeugen.",
  optional: "Nach dem Einschalten",
  balancers: "Die Load-Balancer einer Cloud mit ihren Kosten.",
  metrics: "Ein Metrics-Server: CPU nach den Anfragen, die Pods beantworten, für Autoscaler und kubectl top.",
  ingress: "Ein Ingress-Controller wie der von nginx und einer der Gateway API, beide in Pods.",
  simpler: "Einfacher als in einem echten Cluster",
  onePacket:
    "Eine Anfrage ist ein Paket und ihre Antwort ein weiteres: keine Handshakes, und nichts wird erneut gesendet außer auf einer verlustbehafteten Verbindung.",
  oneNetwork:
    "Ein IPv4-Netz. Kein Image wird geladen: Eine Tabelle sagt, wo jedes Image lauscht und was es antwortet; ein unbekanntes Programm bedient einfach.",
  virtual:
    "Die Zeit ist virtuell: Sie hält an, läuft zurück und läuft schneller. Der Zufall kommt aus einem Startwert; dieselben Schritte ergeben denselben Ablauf.",
  not: "Nicht simuliert",
  ipv6: "IPv6, Service-Meshes und TLS über den Namen eines Zertifikats hinaus.",
  limits: "Grenzen für Speicher und CPU über Quotas und die Platzierung hinaus, und Berechtigungen: Alle dürfen alles.",
  programs: "Was Programme berechnen und was Volumes vorher enthielten.",
};
