// The form of a request, and the settings of the cluster.
import { spoken } from "../language.ts";

export const EN = {
  request: "Request",
  sendOnce: "Send once",
  predictTitle: "Asks where a packet goes before it moves",
  predict: "Predict",
  from: "From",
  node: (name: string, address: string) => `${name} (as by ssh) · ${address}`,
  pod: (name: string | undefined) => `pod ${name}`,
  to: "To",
  other: "Other address and port",
  otherTitle: "Any other address and port; add /udp to send a datagram",
  continuous: (n: number) => `Continuous traffic \`${n} a second\``,
  keepTitle:
    "HTTP keep-alive, HTTP/2, gRPC: the endpoint is drawn once, when the connection opens, so new pods stay idle",
  keep: "Keep-alive: one connection for all",
  startTraffic: "Start traffic",
  stopTraffic: "Stop traffic",
  groups: {
    Ingress: "Ingress",
    Gateway: "Gateway",
    "Load balancers": "Load balancers",
    "Node ports": "Node ports",
    "Cluster IPs": "Cluster IPs",
    Names: "Names",
    Pods: "Pods",
  },
  clusterSettings: "Cluster settings",
  cloud: "Cloud provider",
  cloudAbout: "Gives Services of type LoadBalancer an address; without one they stay <pending>.",
  ingress: "Ingress controller",
  ingressAbout:
    "Installs an nginx-like controller as pods in namespace ingress-nginx. Without one an Ingress does nothing.",
  gateway: "Gateway API",
  gatewayAbout:
    "Installs its kinds and a controller in namespace podpath-gateway, which makes pods and a Service for each Gateway.",
  networkPolicies: "NetworkPolicies",
  networkPoliciesAbout:
    "The network plugin enforces them. Without one that does, they are stored, and every packet passes.",
  vip: "pass packets on as is (ipMode VIP)",
  proxy: "end connections (ipMode Proxy)",
  hostname: "end connections, have only a name",
  newBalancers: "New load balancers",
  price: "Price per load balancer, $ per hour",
  estimate:
    "An estimate: large clouds list about 0.0225 (AWS) to 0.025 (Google, Azure) for a basic one in the United States, excluding traffic. Enter your own.",
};

export const W = spoken("request", EN);
