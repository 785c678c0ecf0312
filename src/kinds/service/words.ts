// What is said about the fields of Services.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Service: {
    "": "A name and an address for a changing set of pods. It consists of rules on every node; nothing listens at its address.",
    spec: "The pods it selects, and the addresses and ports at which they are reached.",
    status:
      "What controllers found for it: the addresses of its load balancer, and conditions. Editing it has no effect.",
  },
  ServiceSpec: {
    "": "The desired Service.",
    allocateLoadBalancerNodePorts:
      "Whether a Service of type LoadBalancer also gets node ports; default true. Turn it off only for load balancers that send directly to pods.",
    clusterIP:
      "The address inside the cluster. By default, the API server assigns a free one. None makes the Service headless: DNS then returns the pods' own addresses. It can't change while the type needs it.",
    clusterIPs: "All cluster addresses, one for each IP family; the first is clusterIP.",
    externalIPs:
      "Addresses at which nodes accept traffic for the Service's ports. Kubernetes does not route these addresses to the nodes.",
    externalName: "For type ExternalName: the name that DNS answers with a CNAME. Nothing is forwarded.",
    externalTrafficPolicy:
      "Cluster (default): a node sends traffic from outside to any endpoint and hides the client's address. Local: only to endpoints on the same node; the client's address is kept, and nodes without endpoints drop the traffic.",
    healthCheckNodePort:
      "With externalTrafficPolicy Local: the port at which a load balancer asks a node whether it has endpoints.",
    internalTrafficPolicy:
      "Cluster (default) or Local: whether traffic from inside may go to endpoints on other nodes.",
    ipFamilies: "IPv4 or IPv6, or both, in order.",
    ipFamilyPolicy: "How many IP families the Service has: SingleStack, PreferDualStack or RequireDualStack.",
    loadBalancerClass: "Which implementation provides the load balancer; by default the cloud provider's.",
    loadBalancerIP: "The requested address of the load balancer. Deprecated: providers treat it differently.",
    loadBalancerSourceRanges: "Clients that the load balancer accepts, as CIDRs.",
    ports: "The ports of the Service. With more than one, each needs a name.",
    publishNotReadyAddresses:
      "Whether pods that are not ready also count as endpoints, for example so that the pods of a StatefulSet can find each other.",
    selector:
      "Labels that a pod must have, all of them, in the same namespace. Without a selector, you must create the endpoints yourself.",
    sessionAffinity:
      "None (default): each connection may go to a different pod. ClientIP: a client's address is sent to the same pod for a while.",
    sessionAffinityConfig: "How long ClientIP lasts: 10800 seconds by default.",
    trafficDistribution: "Which ready endpoints are preferred, for example PreferSameZone or PreferSameNode.",
    type: "ClusterIP (default): reachable inside the cluster. NodePort: also at a port of every node. LoadBalancer: also at an address from a provider. ExternalName: only a DNS name.",
  },
  ServicePort: {
    "": "One port of a Service.",
    appProtocol: "The application protocol, as a hint: http, https, kubernetes.io/h2c.",
    name: "The name of the port; required if there are several, and part of SRV records.",
    nodePort:
      "The port on every node, 30000 to 32767, for types NodePort and LoadBalancer. By default, a free one is assigned.",
    port: "The port that clients of the Service use.",
    protocol: "TCP (default), UDP or SCTP.",
    targetPort:
      "The port of the pods: a number, or the name of one of their container ports. By default, the same as port. A headless Service doesn't use it.",
  },
  ServiceStatus: { conditions: "What controllers report.", loadBalancer: "What the load balancer's controller wrote." },
  SessionAffinityConfig: { clientIP: "How long ClientIP lasts." },
  ClientIPConfig: {
    timeoutSeconds:
      "After how many seconds without a new connection a client is forgotten; default 10800, at most 86400.",
  },
  LoadBalancerStatus: { ingress: "The addresses of the load balancer; its controller writes them." },
  LoadBalancerIngress: {
    hostname: "The name of the load balancer, where it has a name instead of an address.",
    ip: "The address of the load balancer.",
    ipMode:
      "VIP: packets keep its address, and nodes handle them directly. Proxy: the load balancer sends them from its own address.",
  },
};
