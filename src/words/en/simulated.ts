// What is simulated and what is not.
import { spoken } from "../language.ts";

export const EN = {
  title: "What is simulated and what is not",
  without: "Stored and checked, without effect",
  list: "The list",
  what: "What is simulated",
  real: "As in a real cluster",
  services:
    "Services of every type, with their ports, selectors, traffic policies and session affinity; EndpointSlices follow the pods.",
  packets:
    "Packets: each node decides by the rules that its kube-proxy (iptables) has written by then: rewritten, masqueraded, refused, dropped, and reversed for the answer.",
  policies:
    "NetworkPolicies, enforced where a network plugin does it: egress after the Service's translation, ingress at the pod's node.",
  pods: "Pods: scheduling, probes, restarts, graceful termination; Deployments, StatefulSets, DaemonSets, Jobs and CronJobs.",
  dns: "DNS by CoreDNS pods; nodes that fail, drain, join and leave.",
  api: "The API server's defaults, checks and error messages; kubectl, and a shell with the usual tools.",
  optional: "Once you switch it on",
  balancers: "A cloud's load balancers, with their cost.",
  metrics: "A metrics server: CPU by the requests that pods answer, for autoscalers and kubectl top.",
  ingress: "An ingress controller like nginx's, and one of the Gateway API, which run as pods.",
  simpler: "Simpler than in a real cluster",
  onePacket:
    "A request is one packet and its answer another: no handshakes, and nothing is sent again except on a lossy link.",
  oneNetwork:
    "One IPv4 network. No image is pulled: a table says where each image listens and what it answers; an unknown program just serves.",
  virtual:
    "Time is virtual: it pauses, goes back and runs faster. Chance comes from a seed, so the same steps give the same run.",
  not: "Not simulated",
  ipv6: "IPv6, service meshes, and TLS beyond the name of a certificate.",
  limits: "Limits of memory and CPU beyond quotas and scheduling, and permissions: everyone may do everything.",
  programs: "What programs compute, and what volumes held before.",
};

export const W = spoken("simulated", EN);
