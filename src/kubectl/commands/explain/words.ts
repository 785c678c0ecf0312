// What `kubectl explain` says about fields, in our own words: those of Services and what stands around them. A table of data.

/** By struct, then by field; under the empty name, about the struct itself. */
export const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Service: {
    "": "A name and an address for a set of pods that come and go. It is rules on every node; nothing listens at its address.",
    spec: "Which pods are meant, and at which addresses and ports they are reached.",
    status:
      "What controllers found for it: the addresses of its load balancer, and conditions. Writing it by hand has no effect.",
  },
  ServiceSpec: {
    "": "What a Service is asked to be.",
    allocateLoadBalancerNodePorts:
      "Whether a Service of type LoadBalancer also gets node ports; true unless told. Switch it off only for balancers that lead to pods directly.",
    clusterIP:
      "The address inside the cluster. Left out, the API server takes a free one. None makes the Service headless: DNS then gives the pods' own addresses. It does not change while the type needs it.",
    clusterIPs: "All cluster addresses, one for each IP family; the first is clusterIP.",
    externalIPs:
      "Addresses of machines whose traffic to the ports is taken as the Service's. Kubernetes does not bring them there.",
    externalName: "For type ExternalName: the name that DNS answers with a CNAME. Nothing is forwarded.",
    externalTrafficPolicy:
      "Cluster (usual): a node leads traffic from outside to any endpoint and hides the client's address. Local: only to endpoints on the same node; the client's address stays, and nodes without endpoint drop.",
    healthCheckNodePort:
      "With externalTrafficPolicy Local: the port at which a load balancer asks a node whether it has endpoints.",
    internalTrafficPolicy: "Cluster (usual) or Local: whether traffic from inside may go to endpoints on other nodes.",
    ipFamilies: "IPv4 or IPv6, or both, in order.",
    ipFamilyPolicy: "How many IP families the Service has: SingleStack, PreferDualStack or RequireDualStack.",
    loadBalancerClass: "Which implementation is to make the load balancer; the provider's own when left out.",
    loadBalancerIP: "An address asked of the load balancer. Deprecated: providers differ in what they make of it.",
    loadBalancerSourceRanges: "Clients that the load balancer lets in, as CIDRs.",
    ports: "The ports of the Service. With more than one, each needs a name.",
    publishNotReadyAddresses: "Whether pods that are not ready count as endpoints too, as peers of a StatefulSet want.",
    selector:
      "Labels that a pod must have, all of them, in the same namespace. Without it nobody keeps the endpoints; they are written by hand.",
    sessionAffinity:
      "None (usual): each connection may go to another pod. ClientIP: a client's address keeps its pod for a while.",
    sessionAffinityConfig: "How long ClientIP lasts: 10800 seconds unless told.",
    trafficDistribution: "Endpoints that are preferred among the ready ones, as PreferSameZone or PreferSameNode.",
    type: "ClusterIP (usual): reached from inside. NodePort: also at a port of every node. LoadBalancer: also at an address of a provider. ExternalName: only a DNS name.",
  },
  ServicePort: {
    "": "One port of a Service.",
    appProtocol: "What is spoken over it, as a hint to others: http, https, kubernetes.io/h2c.",
    name: "The name of the port; needed when there are several, and part of SRV records.",
    nodePort:
      "The port of every node, 30000 to 32767, for types NodePort and LoadBalancer. Left out, a free one is taken.",
    port: "The port that clients of the Service use.",
    protocol: "TCP (usual), UDP or SCTP.",
    targetPort:
      "The port of the pods: a number, or the name of one of their container ports. Left out, it is the same as port. A headless Service does not use it.",
  },
  EndpointSlice: {
    "": "Endpoints of a Service, at most a hundred; the label kubernetes.io/service-name tells which Service.",
    addressType: "IPv4, IPv6 or FQDN, for all its endpoints.",
    endpoints: "The endpoints.",
    ports: "The ports that all of them have. Empty means none.",
  },
  Endpoint: {
    addresses: "The address, usually one.",
    conditions: "Whether it is ready, serving, terminating.",
    hints: "For which zones or nodes it is meant.",
    nodeName: "The node it stands on.",
    targetRef: "The pod behind it.",
    zone: "The zone of its node.",
  },
  EndpointConditions: {
    ready: "Whether it gets traffic: serving and not terminating, or always with publishNotReadyAddresses.",
    serving: "Whether it answers, terminating or not.",
    terminating: "Whether its pod is being deleted.",
  },
  Pod: {
    "": "Containers that run together on one node, with one address.",
    spec: "What is to run.",
    status: "What became of it: phase, address, conditions, containers. The kubelet writes it.",
  },
  PodSpec: {
    containers: "The containers; at least one. They do not change while the pod lives, except for their images.",
    dnsPolicy: "ClusterFirst (usual): names are asked of the cluster's DNS. Default: of the node's.",
    hostNetwork: "Whether the pod uses its node's network and address.",
    hostname: "The pod's host name; with subdomain, DNS knows it.",
    initContainers:
      "Containers that must end, one after the other, before the others start. With restartPolicy Always they stay beside them.",
    nodeName: "The node; the scheduler writes it. Written by hand, nobody checks whether the pod fits.",
    nodeSelector: "Labels that the node must have.",
    readinessGates: "Conditions beyond the probes that must be True before the pod is ready.",
    restartPolicy: "Always (usual), OnFailure or Never.",
    serviceAccountName: "The account that the pod acts as.",
    subdomain: "The headless Service in whose domain the pod has a name.",
    terminationGracePeriodSeconds: "How long the pod gets to end before it is killed; 30 unless told.",
    tolerations: "Taints of nodes that do not keep it away.",
    volumes: "What containers may mount.",
  },
  Container: {
    "": "One program of a pod.",
    args: "Arguments; they take the place of the image's CMD.",
    command: "The program; it takes the place of the image's ENTRYPOINT.",
    env: "Variables, which win over envFrom.",
    image: "The image.",
    imagePullPolicy: "Always, IfNotPresent or Never; Always for images tagged latest.",
    lifecycle: "What happens right after the start and right before the end.",
    livenessProbe: "When it fails the container is started again.",
    name: "The name; unique in the pod.",
    ports:
      "Ports it listens on. They open nothing: leaving them out changes only that named target ports do not find them.",
    readinessProbe: "As long as it fails the pod is no ready endpoint of its Services.",
    resources: "What it needs at least, and may use at most.",
    startupProbe: "The other probes wait until it has succeeded.",
    volumeMounts: "Where volumes stand in its files.",
  },
  ContainerPort: {
    containerPort: "The number.",
    hostPort: "A port of the node that leads here.",
    name: "The name that targetPort may use.",
    protocol: "TCP (usual), UDP or SCTP.",
  },
  Deployment: {
    "": "Keeps a number of equal pods, and replaces them step by step when their template changes.",
    spec: "How many pods, made how, and how they are replaced.",
    status: "What it came to.",
  },
  DeploymentSpec: {
    minReadySeconds: "How long a new pod must be ready before it counts as available.",
    paused: "Whether changes of the template wait.",
    progressDeadlineSeconds: "After how long without a step a roll-out counts as failed; 600 unless told.",
    replicas: "How many pods; 1 unless told.",
    revisionHistoryLimit: "How many old ReplicaSets are kept to go back to; 10 unless told.",
    selector: "Labels of its pods. It must fit the template and never changes.",
    strategy: "RollingUpdate (usual): step by step. Recreate: all old pods end first.",
    template: "What the pods are made from.",
  },
  Ingress: {
    "": "Rules by host and path for HTTP from outside. A controller has to be there to follow them.",
    spec: "The rules.",
  },
  IngressSpec: {
    defaultBackend: "Where requests go that no rule fits.",
    ingressClassName: "Which controller is meant.",
    rules: "Hosts, and paths with their Services.",
    tls: "Certificates by host.",
  },
  PodDisruptionBudgetSpec: {
    "": "How many pods of a set may be missing on purpose, as when a node is drained.",
    maxUnavailable: "How many may be missing: a number or a percentage.",
    minAvailable: "How many must stay: a number or a percentage.",
    selector: "The pods that are meant.",
    unhealthyPodEvictionPolicy:
      "Whether pods that are not ready may always go (AlwaysAllow), or only when enough others are (IfHealthyBudget).",
  },
  ObjectMeta: {
    annotations: "Texts for programs; nothing selects by them.",
    creationTimestamp: "When it was made; the API server writes it.",
    deletionTimestamp: "When it is to be gone; set when it is being deleted.",
    finalizers: "Who must agree before it is gone.",
    generateName: "The beginning of a name that the API server completes.",
    labels: "Keys and values that selectors look for.",
    name: "The name; unique among objects of its kind in its namespace.",
    namespace: "The namespace.",
    ownerReferences: "Objects it belongs to; it goes when all of them are gone.",
    resourceVersion: "Changes with every change; whoever writes it asks that nothing changed since.",
    uid: "One for each object that ever was.",
  },
};
