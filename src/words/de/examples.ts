import type { EN } from "../en/examples.ts";

export const DE: typeof EN = {
  questions: [
    "Wie komme ich von außen hinein?",
    "Wie erreichen Pods einander?",
    "Welcher Port ist welcher?",
    "Warum scheitert es?",
    "Wie greifen die Teile ineinander?",
  ],
  titles: {
    nodeport: "NodePort",
    "my-app-service": "Innen und außen",
    "load-balancer": "LoadBalancer",
    "three-load-balancers": "Drei Load-Balancer",
    ingress: "Ingress",
    gateway: "Drei Wege hinein",
    clusterip: "ClusterIP",
    headless: "Headless",
    "external-name": "ExternalName",
    "no-selector": "Ohne Selector",
    "three-ports": "Drei Ports",
    "nodeport-8080": "Drei verschiedene Ports",
    "named-port": "Benannter targetPort",
    "multi-port": "Mehrere Ports",
    "http-https": "http und https",
    "broken-selector": "Finde den Fehler",
    "port-forward": "Port-forward",
    "rolling-update": "Rolling Update",
    bookshop: "Ein Buchladen",
  },
  theExample: (title) => `Das Beispiel „${title}“`,
};
