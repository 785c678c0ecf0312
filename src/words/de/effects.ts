import type { EN } from "../en/effects.ts";

export const DE: typeof EN = {
  access: "Berechtigungen werden hier nicht geprüft: Alle dürfen alles.",
  admission: "Es prüft und ändert keine Anfragen: Der API-Server hier hat nur seine eingebaute Admission.",
  devices: "Pods warten hier nicht auf Geräte und bekommen keine.",
  storage: "Hier läuft kein Speichertreiber, der es läse.",
  flow: "Anfragen an den API-Server werden hier weder eingereiht noch begrenzt.",
  hpa: "Er skaliert nichts, solange hier kein Metrics-Server läuft (`sim metrics on`), wie auf einem echten Cluster ohne ihn.",
  apiService: "Ein anderer API-Server wird hier nicht aufgerufen.",
  priority: "Hier wird nichts verdrängt: Kein Pod macht einem anderen Platz.",
  serviceCidr: "ClusterIPs kommen nur aus dem eigenen Bereich des Clusters.",
  csr: "Hier signiert ihn niemand.",
  podTemplate: "Kein Controller legt Pods daraus an.",
  networkPolicy:
    "Sie verwirft keine Pakete: Niemand setzt Policies durch, solange das Netzwerk-Plugin hier es nicht tut (`sim cni policy on`), wie auf einem echten Cluster, dessen Plugin sie nicht unterstützt.",
  clusterPolicy: "Sie erlaubt und verbietet nichts: Das Netzwerk-Plugin hier setzt nur NetworkPolicies durch.",
  spread:
    "Der Scheduler hier ignoriert topologySpreadConstraints; er verteilt die Pods eines Workloads immer über die Nodes.",
  podAffinity: "Der Scheduler hier ignoriert podAffinity.",
  podAntiAffinity:
    "Der Scheduler hier ignoriert podAntiAffinity; er verteilt die Pods eines Workloads immer über die Nodes.",
  appProtocol: "appProtocol ist ein Hinweis für Ingress-Controller und Meshes; hier liest es nichts.",
  timeZone: "Zeitpläne laufen hier in UTC, welche Zeitzone auch immer dasteht.",
  cloudBalancer: "der Load-Balancer-Controller einer Cloud",
  google: "die Controller von Google",
  aws: "der Load-Balancer-Controller von AWS",
  haproxy: "der HAProxy-Ingress-Controller",
  podSecurity: "die Pod-Security-Admission",
  autoscaler: "der Cluster-Autoscaler",
  nginx: (key) => `Der Ingress-Controller hier liest ${key} nicht.`,
  foreign: (who, key) => `${key} ist für einen anderen Leser gedacht (${who}), der hier nicht läuft.`,
  annotations: "Annotationen und Labels anderer Controller",
  annotationsSay: (owners, read) =>
    `Hier liest nichts, was für andere gemeint ist (${owners.join(", ")}), noch für ingress-nginx über ${read} hinaus.`,
};
