// Why one request failed.
import { spoken } from "../language.ts";

export const EN = {
  noPing: (address: string | undefined) => `${address} doesn't answer ping, which is normal`,
  noPingLong: (address: string | undefined, service: string, ports: string) =>
    `${address} belongs to no machine; it exists only in the nodes' rules, one for each protocol and port that Service ${service} declares: ${ports}. An echo request (ICMP) has no port, so no rule matches it and nothing answers. That says nothing about the Service.`,
  isNodePort: (port: number) => `${port} is its nodePort, which is open on the nodes' addresses, not on its ClusterIP`,
  isTarget: (port: number, own: number) =>
    `${port} is its targetPort, on which its pods listen; its own port is ${own}`,
  has: (ports: string) => `it has ${ports}`,
  noPort: (service: string, port: number, protocol: string) => `Service ${service} has no port ${port}${protocol}`,
  noPortLong: (address: string | undefined, service: string, what: string, port: number, legal: string) =>
    `${address} is an address of Service ${service}, and ${what}. No node has a rule for ${address}:${port}, so the packet leaves the node by its default route and nothing ever answers. ${legal}`,
  portsWithRules: "the ports that have rules",
  nodePort: (port: number) => `nodePort ${port}`,
  port: (port: number) => `port ${port}`,
  setProtocol: (path: string, name: string, protocol: string) => `Set ${path} of ${name} to ${protocol}`,
  sendOver: (protocol: string) => `Send it over ${protocol} instead`,
  protocolOnly: (nodePort: boolean, port: number, service: string, own: string, was: string) =>
    `${nodePort ? "NodePort" : "Port"} ${port} of Service ${service} is for ${own}, but this was ${was}`,
  protocolLong: (
    address: string | undefined,
    service: string | undefined,
    number: string,
    own: string,
    was: string,
    port: number,
  ) =>
    `${address} is ${service === undefined ? "a node's address" : `an address of Service ${service}`}, and its ${number} is only for ${own}; the request used ${was}. A rule matches protocol and port together, so none matches ${address}:${port}/${was}. A Service port without a protocol is TCP.`,
  onlyInside: (address: string | undefined) => `${address} exists only inside the cluster`,
  onlyInsideLong: (address: string | undefined, service: string, sender: string, clusterIP: boolean) =>
    `${address} is the ClusterIP of Service ${service}. It belongs to no machine: it exists only in the rules of the cluster's nodes, and the router of the ${sender} has no route to it. From outside, use nodeIP:nodePort${clusterIP ? `, but Service ${service} is of type ClusterIP and has no nodePort` : ""}.`,
  fromNode: "from a node, the same address works",
  noNodePort: (port: number, node: string) => `No nodePort ${port} is open at ${node}`,
  itself: (address: string | undefined, node: string, what: string, open: string, legal: string) =>
    `${address} is ${node} itself. ${what} ${open} A Service doesn't listen on the node: without a rule for the port, the node's kernel refuses the connection. ${legal}`,
  meantPort: (port: number, own: boolean, service: string, nodePort: number | undefined) =>
    `${port} is ${own ? "the port" : "the targetPort"} of Service ${service}, which the nodes expose as nodePort ${nodePort}.`,
  innerPort: (port: number, service: string, type: string) =>
    `${port} is a port of Service ${service}, which is of type ${type} and has no nodePort.`,
  noSuchNodePort: "No Service has that nodePort.",
  noneOpen: "No nodePort is open at all.",
  openAre: (ports: string) => `Open are ${ports}.`,
  nothingOn: (port: number) => `nothing on ${port}`,
  meansNothing: (port: number, nodePort: boolean, service: string) =>
    ` ${port} is the ${nodePort ? "nodePort" : "port"} of Service ${service}, but that means nothing at a pod's own address: no rule rewrites it there.`,
  podLoopback: (pod: string, port: number) => `Pod ${pod} listens on 127.0.0.1:${port} only`,
  podNobody: (port: number, pod: string) => `Nothing listens on port ${port} of pod ${pod}`,
  podAddress: (address: string | undefined, pod: string, open: string | undefined, what: string, legal: string) =>
    `${address} is the address of pod ${pod}, which ${open === undefined ? "has no open ports" : `listens on ${open}`}.${what} ${legal}`,
  podRefuses: "the pod itself refuses",
  podInside: (address: string | undefined) => `${address} is a pod's address, which only the cluster can reach`,
  podInsideLong: (
    address: string | undefined,
    pod: string,
    node: string | undefined,
    sender: string,
    services: string | undefined,
  ) =>
    `${address} is pod ${pod} on ${node}. Pod addresses are routed between the cluster's nodes and nowhere else, so no packet from the ${sender} gets there.${services === undefined ? " No Service selects the pod." : ` Service ${services} selects it.`}`,
  ipAndNode: "IP and NODE of the pod",
  usePortForward: "Use kubectl port-forward",
  legal: "Three pairs work: clusterIP:port (or the Service's name with it), nodeIP:nodePort, and podIP:targetPort.",
  sendTo: (host: string, port: number) => `Send to ${host}:${port} instead`,
  setNodePort: (service: string) => `Set spec.type of ${service} to NodePort (and send to a node at that port)`,
  pod: (name: string) => `pod ${name}`,
  reused: (pod: string) => `It used an open connection, so it went to ${pod} again`,
  reusedLong: (node: string | undefined, endpoint: string, service: string, ready: number) =>
    `The endpoint is drawn once per connection: ${node ?? "the node"} knew this one (conntrack) and sent the request to ${endpoint} like the earlier ones, whatever the rules would draw now. Service ${service} has ${ready} ready ${ready === 1 ? "endpoint" : "endpoints"}; new pods get nothing from connections that stay open (keep-alive, HTTP/2, gRPC, databases). To balance them, open new connections from time to time, or balance over the pods themselves: with a headless Service, a proxy or a mesh.`,
  toChoose: "the endpoints to choose from",
  newConnection: "Send it on a new connection",
  senderOff: (node: string) => `${node}, where the sender runs, has no power`,
  senderOffLong: (node: string, pod: string | undefined) =>
    `${pod === undefined ? node : `Pod ${pod} is on ${node}, and that`} is switched off: nothing leaves it, whatever the state of the Service.`,
  notReadyLater: (node: string) => `${node} NotReady, once the control plane notices`,
  switchOn: (node: string) => `Switch ${node} on`,
  sawNode: (seen: string, who: string) => `The pod saw ${seen}, not the ${who}`,
  sawNodeLong: (node: string, own: string, seen: string, service: string, policy: string) =>
    `${node} replaced ${own} with its own address ${seen} (masquerade), because externalTrafficPolicy of Service ${service} is ${policy}: the pod may be on another node, and its answer must come back through ${node} to be rewritten. So programs log and rate-limit by the node's address. With Local, a node uses only its own pods and keeps the sender's address; nodes without a pod then drop the packet.`,
  setLocal: "Set spec.externalTrafficPolicy to Local",
  podAt: (pod: string, endpoint: string) => `pod ${pod} at ${endpoint}`,
  bytesThrough: (port: number, service: string, target: number) =>
    ` Port ${port} of Service ${service} maps to port ${target} there, and a Service passes bytes through unchanged: neither the number ${port} nor https in the URL makes a program speak TLS.`,
  noTls: (who: string) => `${who} does not speak TLS`,
  noTlsLong: (who: string, port: number, led: string) =>
    `The request reached ${who}: name, Service, endpoints and rules are all right. The sender began a TLS handshake (https), but the program on port ${port} answered in plain HTTP, so the sender gave up.${led}`,
  tlsFails: "TLS fails at the pod itself",
  portMapped: "the port that it maps to",
  sendHttp: (host: string, port: number) => `Send to http://${host}:${port} instead`,
  setTls: (path: string, port: number) => `Set ${path} to ${port}, where the pod speaks TLS`,
  shuttingDown: (pod: string) => `Pod ${pod} was shutting down`,
  shuttingDownLong: (pod: string) =>
    `The rules of the node still led to pod ${pod}, which was being stopped. When a pod is deleted, two things start at once: the kubelet sends SIGTERM to its program, and the endpoint is removed from the EndpointSlice, which reaches the rules of each node up to a second later. A program that exits immediately still gets connections in between. A preStop pause keeps it answering until the rules have changed.`,
  no: (what: string) => `no ${what}`,
  preStop: (name: string | undefined) => `Make the pods of ${name} wait 5 s before they stop (preStop sleep)`,
  sendAgain: "Send it again",
  forwardGone: (pod: string) => `The port-forward's pod ${pod} is gone`,
  forwardRefused: (pod: string) => `Pod ${pod} didn't accept it`,
  forwardLong: (pod: string, gone: boolean) =>
    `kubectl port-forward chose pod ${pod} when it started and carries every connection to that pod's loopback interface, bypassing the Service's rules. ${gone ? "The pod is gone, and the port-forward doesn't switch to another: start it again." : "It proves nothing about the Service."}`,
  portsNow: "its ports and endpoints now",
  rulesNow: "where the rules lead now",
  passed: "The problem has passed",
  noCause: "The objects show no cause",
  hasNow: (service: string | undefined) =>
    `${service === undefined ? "It" : `Service ${service}`} has what it needs now, and the node's rules would accept the packet: when it was sent, they were missing or an endpoint was changing.`,
  nothingNow: (service: string | undefined) =>
    `${service === undefined ? "Nothing" : `Nothing about Service ${service}`} in the current cluster explains it.`,
  waitedFor: (seconds: number) => `The sender waited ${seconds} s, and the packet was still in flight`,
  slow: (ms: number, hop: number | undefined) =>
    `Nothing refused or dropped the packet: each hop takes ${ms} ms in this cluster${hop === undefined ? "" : `, and it was on hop ${hop}`} when its sender gave up.`,
  latency: (ms: number) => `hop latency ${ms} ms`,
  noTimeout: "Send it again without a timeout",
  faster: "Make hops take 50 ms",
  program: "the program",
  answeredItself: (status: number) => `The program itself answered ${status}`,
  arrived: (who: string, endpoint: string, status: number, path: string | undefined) =>
    `The packet arrived: ${who} answered at ${endpoint}. Status ${status} comes from the program${path === undefined ? "" : `, which has nothing at ${path}`}; name, Service, endpoints and rules are all right.`,
  fromPod: (status: number) => `${status} from the pod itself`,
  requestRoot: "Request / instead",
  noRule: (what: string) => `No Ingress has a rule for ${what}`,
  noRuleLong: (what: string, rules: string | undefined) =>
    `The ingress controller matches the Host header, then the path. ${what} matches no rule, so it answers 404 itself, and no Service is involved. There are rules for ${rules ?? "nothing"}.`,
  sendHost: (host: string) => `Send Host: ${host} instead`,
  nodeNetwork:
    "It is in the nodes' network, so the sender's machine asks for it there, hears nothing for 3 s and reports that there is no route to the host",
  defaultRoute:
    "The packet left by the default route, and nothing reports that it was lost, so the sender waits until it times out",
  noMachine: (address: string | undefined) => `No machine has the address ${address}`,
  knownMachines: (ends: string, known: string) => `${ends}. The known machines are ${known}.`,
  noInternal: (address: string | undefined) => `no INTERNAL-IP ${address}`,
  serviceAt: (name: string, address: string | undefined) => `Service ${name} (${address})`,
  portOf: (port: number, n: number, names: string) => ` Port ${port} ${n === 1 ? "has" : "have"} ${names}.`,
  noServiceHas: (address: string | undefined) => `No Service has the address ${address}`,
  noPodHas: (address: string | undefined) => `No pod has the address ${address}`,
  inServiceRange: (address: string | undefined, range: string, others: string) =>
    `${address} is in the ClusterIP range (${range}), but no Service has it now. A Service that is deleted and recreated gets a new address, so a stored address goes stale; its name doesn't.${others}`,
  inPodRange: (address: string | undefined) =>
    `${address} is in a node's range of pod addresses, but no pod has it now. A replaced pod gets a new address; its Service keeps its own.`,
  nothingWith: (address: string | undefined) => `nothing with ${address}`,
  nodePortThere: (port: number, what: string, who: string) =>
    ` ${port} is the nodePort of ${what}: it is open at the addresses of the nodes, not on the ${who}, just as with kind, minikube or Docker Desktop, where the node is a container or a virtual machine.`,
  portThere: (port: number, what: string) =>
    ` ${port} is a port of ${what}, which answers at its own name and address.`,
  isSelf: (host: string, who: string, pod: boolean) => `${host} is ${pod ? "" : "the "}${who} itself`,
  isSelfLong: (host: string, port: number, who: string, pod: boolean, what: string) =>
    `${host}:${port} never leaves ${pod ? "" : "the "}${who}, and no program there listens on ${port}.${what}`,
  internalIp: "INTERNAL-IP: where nodePorts are open",
};

export const W = spoken("why-requests", EN);
