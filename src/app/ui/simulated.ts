// What a learner may rely on, and what not: README's table in short.

interface Group {
  readonly title: string;
  readonly says: readonly string[];
}

export const SIMULATED: readonly Group[] = [
  {
    title: "As in a real cluster",
    says: [
      "Services of every type, with their ports, selectors, traffic policies and session affinity; EndpointSlices follow the pods.",
      "Packets: each Node decides by the rules that its kube-proxy (iptables) has written by then: rewritten, masqueraded, refused, dropped, and reversed for the answer.",
      "NetworkPolicies, enforced where a network plugin does it: egress behind the Service's translation, ingress at the pod's Node.",
      "Pods: scheduling, probes, restarts, graceful termination; Deployments, StatefulSets, DaemonSets and Jobs.",
      "DNS by CoreDNS pods; Nodes that fail, drain, join and leave.",
      "The API server's defaults, checks and error messages; kubectl, and a shell with the usual tools.",
    ],
  },
  {
    title: "Once you switch it on",
    says: [
      "A cloud's load balancers, with their cost.",
      "An ingress controller like nginx's, and one of the Gateway API, which run as pods.",
    ],
  },
  {
    title: "Simpler than in a real cluster",
    says: [
      "A request is one packet and its answer another: no handshakes, and nothing is sent again except on a lossy link.",
      "One IPv4 network. No image is pulled: a table says where each image listens and what it answers; an unknown program just serves.",
      "Time is virtual: it pauses, goes back and runs faster. Chance comes from a seed, so the same steps give the same run.",
    ],
  },
  {
    title: "Not simulated",
    says: [
      "IPv6, service meshes, and TLS beyond the name of a certificate.",
      "Limits of memory and CPU, quotas, and permissions: everyone may do everything.",
      "What programs compute, and what volumes held before.",
    ],
  },
];
