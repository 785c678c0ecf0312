// Why a port does not answer.
import { spoken } from "../language.ts";

export const EN = {
  affects: (n: number, all: number, share: number) =>
    ` This affects ${n} of its ${all} ready endpoints, so about ${share} % of the requests fail.`,
  noTarget: (port: number) => ` Without a targetPort, the Service's own port, ${port}, is used.`,
  headless: (service: string, port: number, reached: number) =>
    `Service ${service} is headless, so its name resolves to the pods' own addresses, and a client that calls port ${port} reaches port ${reached} of a pod`,
  maps: (port: number, service: string, target: number | string | undefined, is: string) =>
    `Port ${port} of Service ${service} maps to targetPort ${target}${is}`,
  nobody: (port: number, pod: string | undefined) =>
    `Nothing listens on port ${port} of ${pod === undefined ? "the pods" : `pod ${pod}`}`,
  nobodyLong: (leads: string, pods: string, listens: string, part: string, forgot: string) =>
    `${leads}, where no program in ${pods} listens: ${listens}. The endpoints exist and are ready, but each pod refuses the connection itself.${part}${forgot}`,
  loopback: (port: number) => `The program listens on 127.0.0.1:${port} only`,
  loopbackLong: (
    port: number,
    service: string,
    target: number,
    pods: string,
    address: string | undefined,
    part: string,
  ) =>
    `Port ${port} of Service ${service} maps to port ${target} of ${pods}. The program there is bound to 127.0.0.1:${target}, which nothing outside the pod can reach, so the pod refuses every connection to its own address ${address}. It answers inside the pod and through kubectl port-forward, because both use 127.0.0.1.${part}`,
  whatBinds: "what binds it to 127.0.0.1",
  notMapped: (port: number, target: number | string | undefined) =>
    `A headless Service doesn't map port ${port} to ${target}`,
  notMappedLong: (service: string, name: string, port: number, target: number | string | undefined, ports: string) =>
    `Service ${service} is headless (clusterIP: None): its name resolves to the pods' own addresses, and no rule rewrites a port. A client that calls ${name}:${port} reaches port ${port} of a pod, where nothing listens; targetPort ${target} is ignored. The pods listen on ${ports}.`,
  podAddresses: "the pods' addresses, not a ClusterIP",
  setBoth: (path: string, value: number | undefined) => `Set ${path} to ${value} (clients must call that port too)`,
  set: (path: string, value: number | string) => `Set ${path} to ${value}`,
  addProbe: "Add a readiness probe, so that pods are ready only once they listen",
  itself: "the pod itself refuses",
  answerFrom: (port: number) => `an answer from port ${port}`,
  endpointsExist: "the endpoints exist, so the selector is right",
  otherProtocol: (port: number, is: string, wanted: string) =>
    `port ${port} is open for ${is}, but the Service sends ${wanted}`,
  noPorts: "it has no open ports",
  listensOn: (ports: string) => `it listens on ${ports}`,
  pod: (name: string | undefined) => `pod ${name}`,
  podsOf: (name: string | undefined) => `the pods of ${name}`,
  wrongThere: (name: string, is: string, wanted: string) =>
    `${name} is a ${is} port there, but the Service needs ${wanted}`,
  declare: (name: string, protocol: string) => `Declare the container port ${name} for ${protocol}`,
  namePort: (name: string) => `Name the container port ${name}`,
  unset: "PORTS is <unset>, although ENDPOINTS lists addresses",
  noSuchPort: "no such port in PORTS",
  declared: "the ports it declares",
  separateSlice: "a separate slice, without a port",
  fromOutside: (where: string) => `packets from outside to ${where}`,
  fromPods: (nodes: string, address: string | undefined, port: string | number | undefined) =>
    `packets from pods on ${nodes} to ${address}:${port}`,
  drop: (nodes: string, n: number, service: string) =>
    `${nodes} drop${n === 1 ? "s" : ""} the packets of Service ${service}`,
  local: (field: string, service: string, nodes: string, empty: string, n: number, what: string, balanced: boolean) =>
    `${field} of Service ${service} is Local, so each node uses only its own endpoints. Its ready endpoints are on ${nodes}; ${empty} ${n === 1 ? "has" : "have"} none and drop${n === 1 ? "s" : ""} ${what} without an answer, so the sender waits until it times out.${balanced ? " The load balancer's health check fails for them, so it sends them nothing." : ""}`,
  nodeNever: (nodes: string, never: string) => `NODE is ${nodes}, never ${never}`,
  dropRule: "the rule that drops them",
  excluded: (who: string) => `loadBalancerSourceRanges exclude ${who}`,
  the: (name: string) => `the ${name}`,
  onlyFrom: (service: string, address: string, ranges: string, who: string) =>
    `Service ${service} accepts packets for its load balancer's address ${address} only from ${ranges}. ${who}, so those packets are dropped without an answer. The nodePorts are not restricted: anyone can use them.`,
  noneYet: "(none yet)",
  theIs: (name: string, address: string) => `The ${name} is ${address}`,
  alsoAllow: (address: string | undefined) => `Also allow ${address}/32`,
  removeRanges: "Remove the source ranges",
  affinityHeadless: (service: string) =>
    `Service ${service} is headless, so no node's rules apply and sessionAffinity: ClientIP has no effect: the client chooses among the addresses from DNS.`,
  affinityLong: (seconds: number) =>
    `If a node saw a source address in the last ${seconds} s, it sends it to the same pod again. The key is the address that the node sees, and each node keeps its own list: clients behind one address share a pod, and a client that uses two nodes may get two pods.`,
  affinityNoEffect: "sessionAffinity has no effect here",
  affinityStick: "Clients stick to one pod",
  affinityNone: "Set spec.sessionAffinity to None",
  declaresNone: (n: number) => `${n === 1 ? "it declares" : "they declare"} no ports`,
  unnamed: (n: number, ports: string) => `${n === 1 ? "its" : "their"} container ports (${ports}) have no names`,
  noneNamed: (name: string, protocol: string | undefined) =>
    `No container port of the pods is named ${name}${protocol === undefined ? "" : ` for ${protocol}`}`,
  noneNamedLong: (port: number, service: string, name: string, protocol: string | undefined, instead: string) =>
    `Port ${port} of Service ${service} targets the container port named ${name}, but no pod behind it has ${protocol === undefined ? "one with that name" : `one for ${protocol}`}: ${instead}. So the EndpointSlice lists the pods without a port.`,
  refusesPort: (address: string | undefined, port: number, nodePort: number | undefined) =>
    `Its name resolves to ${address}, but every node immediately refuses packets to port ${port}${nodePort === undefined ? "" : ` and :${nodePort}`}.`,
  someLack: (n: number, pod: string | undefined, name: string) =>
    `${n === 1 ? `Pod ${pod} has` : `${n} pods have`} no container port named ${name}`,
  someMatch: (n: number, pods: string, service: string, port: number, name: string) =>
    `${n === 1 ? `Pod ${pods} matches` : `Pods ${pods} match`} the selector of Service ${service}, and port ${port} targets the container port named ${name}, which ${n === 1 ? "it doesn't" : "they don't"} have`,
  someGet: (n: number, serving: number) =>
    `So ${n === 1 ? "it gets" : "they get"} none of the requests; ${serving === 1 ? "the one other ready pod takes" : `the ${serving} other ready pods take`} them all. No request fails because of this.`,
  portsNamed: (n: number, names: string) => `${n === 1 ? "its" : "their"} ports are named ${names}`,
  setCluster: (field: string) =>
    `Set spec.${field} to Cluster${field === "externalTrafficPolicy" ? " (pods then see the node's address as the client's)" : ""}`,
  spread: (n: number, what: string) => `Run ${n} replicas of ${what}, which the scheduler spreads over the nodes`,
};

export const W = spoken("why-ports", EN);
