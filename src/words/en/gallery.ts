// The gallery of examples.
import { spoken } from "../language.ts";

export const EN = {
  gallery: "The gallery",
  examples: "Examples",
  intro: "Each example opens in a new cluster. Your current work is kept under “Your work”.",
  label: "Gallery",
  sketch: "Sketch",
  about: {
    nodeport: "Three pods behind port 30080 of every node.",
    "my-app-service": "One Service, reached by its ClusterIP and by its nodePort.",
    "load-balancer": "Pending without a cloud provider, yet already reachable.",
    "three-load-balancers": "Each Service has its own address, and its own bill.",
    ingress: "The same three apps behind one address, routed by host and path.",
    gateway: "The same three apps behind three load balancers, one Ingress and one Gateway with a canary.",
    clusterip: "An internal Service, and a pod to call it from.",
    headless: "clusterIP: None. DNS returns the pods' addresses, and targetPort is ignored.",
    "external-name": "A CNAME to an external host, and a pod that follows it.",
    "no-selector": "Endpoints written by hand.",
    "three-ports": "targetPort, port and nodePort of one Service.",
    "nodeport-8080": "30007 on the node, 8080 on the ClusterIP, 80 on the pod.",
    "named-port": "The pod defines which port number the name refers to.",
    "multi-port": "Two ports, each with its own name and target.",
    "http-https": "Named Service ports mapped to named container ports.",
    "broken-selector": "Three running pods, and every packet is refused.",
    "port-forward": "Works when the Service doesn't: straight to one pod, bypassing every rule.",
    "rolling-update": "With and without a readiness probe: two branches to compare.",
    bookshop: "Thirteen tiers with ConfigMaps, Secrets and probes.",
  },
};

export const W = spoken("gallery", EN);
