import type { EN } from "../en/request.ts";

export const DE: typeof EN = {
  request: "Anfrage",
  sendOnce: "Einmal senden",
  predictTitle: "Fragt, wohin ein Paket geht, bevor es sich bewegt",
  predict: "Vorhersagen",
  from: "Von",
  node: (name, address) => `${name} (wie per ssh) · ${address}`,
  pod: (name) => `Pod ${name}`,
  to: "An",
  other: "Andere Adresse und Port",
  otherTitle: "Eine beliebige andere Adresse mit Port; mit /udp wird ein Datagramm gesendet",
  continuous: (n) => `Fortlaufender Traffic \`${n} pro Sekunde\``,
  keepTitle:
    "HTTP-Keep-Alive, HTTP/2, gRPC: Der Endpoint wird einmal gezogen, wenn sich die Verbindung öffnet; neue Pods bleiben also untätig",
  keep: "Keep-Alive: eine Verbindung für alle",
  startTraffic: "Traffic starten",
  stopTraffic: "Traffic anhalten",
  groups: {
    Ingress: "Ingress",
    Gateway: "Gateway",
    "Load balancers": "Load-Balancer",
    "Node ports": "Node-Ports",
    "Cluster IPs": "Cluster-IPs",
    Names: "Namen",
    Pods: "Pods",
  },
  clusterSettings: "Clustereinstellungen",
  cloud: "Cloudanbieter",
  cloudAbout: "Gibt Services vom Typ LoadBalancer eine Adresse; ohne ihn bleiben sie <pending>.",
  ingress: "Ingress-Controller",
  ingressAbout:
    "Installiert einen Controller wie nginx als Pods im Namespace ingress-nginx. Ohne ihn bewirkt ein Ingress nichts.",
  gateway: "Gateway API",
  gatewayAbout:
    "Installiert ihre Arten und im Namespace podpath-gateway einen Controller, der für jedes Gateway Pods und einen Service anlegt.",
  networkPolicies: "NetworkPolicies",
  networkPoliciesAbout:
    "Das Netzwerk-Plugin setzt sie durch. Ohne eines, das das kann, werden sie gespeichert, und jedes Paket kommt durch.",
  vip: "geben Pakete unverändert weiter (ipMode VIP)",
  proxy: "beenden Verbindungen (ipMode Proxy)",
  hostname: "beenden Verbindungen, haben nur einen Namen",
  newBalancers: "Neue Load-Balancer",
  price: "Preis je Load-Balancer, $ pro Stunde",
  estimate:
    "Eine Schätzung: Große Clouds verlangen laut Liste etwa 0,0225 (AWS) bis 0,025 (Google, Azure) für einen einfachen in den Vereinigten Staaten, ohne Traffic. Eigenen Preis eintragen.",
};
