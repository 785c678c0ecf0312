// The gallery's examples: their titles, and the questions that they answer.
import { spoken } from "../language.ts";

export const EN = {
  questions: [
    "How do I get in from outside?",
    "How do pods reach each other?",
    "Which port is which?",
    "Why does it fail?",
    "How do the parts fit together?",
  ],
  /** By name. */
  titles: {
    nodeport: "NodePort",
    "my-app-service": "Inside and outside",
    "load-balancer": "LoadBalancer",
    "three-load-balancers": "Three load balancers",
    ingress: "Ingress",
    gateway: "Three ways in",
    clusterip: "ClusterIP",
    headless: "Headless",
    "external-name": "ExternalName",
    "no-selector": "Without a selector",
    "three-ports": "Three ports",
    "nodeport-8080": "Three different ports",
    "named-port": "Named targetPort",
    "multi-port": "Several ports",
    "http-https": "http and https",
    "broken-selector": "Find the mistake",
    "port-forward": "Port-forward",
    "rolling-update": "Rolling update",
    bookshop: "A bookshop",
  },
  theExample: (title: string) => `The example “${title}”`,
};

export const W = spoken("examples", EN);
