import type { EN } from "../en/gallery.ts";

export const DE: typeof EN = {
  gallery: "Die Galerie",
  examples: "Beispiele",
  intro:
    "Jedes Beispiel öffnet sich in einem neuen Cluster. Die bisherige Arbeit bleibt unter „Meine Arbeit“ erhalten.",
  label: "Galerie",
  sketch: "Skizze",
  about: {
    nodeport: "Drei Pods hinter Port 30080 jedes Nodes.",
    "my-app-service": "Ein Service, erreichbar über seine ClusterIP und seinen nodePort.",
    "load-balancer": "Ohne Cloudanbieter „pending“ und doch schon erreichbar.",
    "three-load-balancers": "Jeder Service hat seine eigene Adresse und seine eigene Rechnung.",
    ingress: "Dieselben drei Anwendungen hinter einer Adresse, verteilt nach Host und Pfad.",
    gateway: "Dieselben drei Anwendungen hinter drei Load-Balancern, einem Ingress und einem Gateway mit Canary.",
    clusterip: "Ein interner Service und ein Pod, der ihn aufruft.",
    headless: "clusterIP: None. DNS liefert die Adressen der Pods, targetPort wird ignoriert.",
    "external-name": "Ein CNAME auf einen externen Host und ein Pod, der ihm folgt.",
    "no-selector": "Von Hand geschriebene Endpoints.",
    "three-ports": "targetPort, port und nodePort eines Service.",
    "nodeport-8080": "30007 am Node, 8080 an der ClusterIP, 80 am Pod.",
    "named-port": "Der Pod legt fest, welche Portnummer der Name meint.",
    "multi-port": "Zwei Ports, jeder mit eigenem Namen und Ziel.",
    "http-https": "Benannte Ports des Service, zugeordnet benannten Ports des Containers.",
    "broken-selector": "Drei laufende Pods, und jedes Paket wird abgewiesen.",
    "port-forward": "Geht auch, wenn der Service nicht geht: direkt zu einem Pod, an allen Regeln vorbei.",
    "rolling-update": "Mit und ohne Readiness-Probe: zwei Zweige zum Vergleichen.",
    bookshop: "Dreizehn Schichten mit ConfigMaps, Secrets und Probes.",
  },
};
