// What happened to packets: what a hop did, how an exchange ended, and why packets are lost.
import { spoken } from "../language.ts";

export const EN = {
  pod: (name: string) => `pod ${name}`,
  podIn: (namespace: string, name: string) => `pod ${namespace}/${name}`,
  the: (name: string) => `the ${name}`,
  refused: (to: string, target: string, why: string) => `${to} refused ${target}: ${why}`,
  nobody: "nothing listens there",
  dropped: (who: string, target: string, why: string) => `${who} ${target} without an answer: ${why}`,
  rule: "a rule drops it",
  noRouteTo: (to: string, target: string, why: string) => `${to} found no route to ${target}: ${why}`,
  noRoute: "no route",
  lost: (target: string, why: string) => `the packet for ${target} was lost: ${why}`,
  nothing: "nothing was there",
  own: (address: string) => `the node's own endpoints of ${address}`,
  rules: (address: string) => `the rules of ${address}`,
  joined: (which: string, chains: string) => `joined ${which} (${chains})`,
  sent: (target: string, way: string) => `sent a packet for ${target} ${way}`,
  passed: (target: string, way: string) => `passed on a packet for ${target} ${way}`,
  itself: "to itself",
  to: (place: string) => `to ${place}`,
  because: (what: string) => `${what}, and `,
  kubelet: (node: string) => `the kubelet of ${node}`,
  back: (sender: string, to: string) => `${sender} sent the answer back through the port-forward to ${to}`,
  forward: (from: string, to: string, pod: string) =>
    `the port-forward of ${from} took the bytes in its own connection to ${to}, for ${pod} alone: no Service rule was used`,
  inside: (from: string, target: string, pod: string) =>
    `the kubelet of ${from} connected to ${target} inside ${pod}: no Service rule was used`,
  onward: (from: string, to: string) =>
    `${from} passed the bytes of the port-forward on to the kubelet of ${to}: no Service rule was used`,
  changedAndTook: (to: string, changes: string) => `, and ${to} ${changes} and took it`,
  whichTook: ", which took it",
  andTook: (to: string) => `, and ${to} took it`,
  defaultRoute: (from: string) => `${from} sent the packet by its default route, where nothing answers for`,
  droppedThe: (to: string) => `${to} dropped the packet for`,
  source: (from: string, to: string) => `the source ${from} to ${to}`,
  destination: (from: string, to: string, why: string) => `the destination ${from} to ${to}${why}`,
  backTo: (from: string, to: string) => `${from} back to ${to}`,
  knew: (parts: string) => `knew the connection and turned ${parts}`,
  and: " and ",
  rewrote: (rules: string | undefined, parts: string) =>
    `${rules === undefined ? "" : `${rules} and `}rewrote ${parts}`,
  asBefore: " as for earlier packets of this connection",
  only: "its only usable endpoint",
  drawn: (n: number) => `drawn from ${n} ready endpoints`,
  awaits: (from: string, aim: string) => `${from} waits for an answer from ${aim}`,
  got: (from: string, what: string, by: string, endpoint: string, seen: string) =>
    `${from} got ${what} from ${by} at ${endpoint}, which saw ${seen} as the sender`,
  wasRefused: (from: string, aim: string, why: string) => `${from} was refused by ${aim}: ${why}`,
  gaveUp: (from: string, aim: string, seconds: string, why: string) =>
    `${from} gave up on ${aim} after ${seconds} s: ${why}`,
  cannotReach: (from: string, aim: string, why: string) => `${from} cannot reach ${aim}: ${why}`,
  unresolved: (from: string, aim: string, why: string) => `${from} could not resolve the name of ${aim}: ${why}`,
  closed: (from: string, aim: string, why: string) => `the connection of ${from} to ${aim} was closed: ${why}`,
  inAll: (seconds: string) => `${seconds} s in all`,
  waitsLong: (who: string, aim: string, most: string, why: string) =>
    `${who} waits for an answer from ${aim}, ${most}: ${why}`,
  again: (who: string, aim: string, most: string, why: string) =>
    `${who} has no answer from ${aim} yet and will try again, for ${most}: ${why}`,
  forName: (aim: string) => `waits for the name of ${aim}`,
  forIt: (aim: string) => `waits for ${aim}`,
  unaware: (who: string, what: string, most: string, why: string) =>
    `${who} doesn't know it yet and ${what}, ${most}: ${why}`,
  echo: "an echo",
  answerBy: (protocol: string) => `an answer by ${protocol}`,
  icmp: (address: string, echo: boolean) => `${address} (${echo ? "an echo" : "an error message"} by ICMP)`,
  nobodyOutside: (address: string) => `nothing out there answers for ${address}`,
  noRule: (address: string, port: number) => `no rule matches ${address}:${port}, and no machine has that address`,
  podAddress: (address: string) => `${address} is a pod's address, which only the cluster's nodes and pods can reach`,
  clusterAddress: (address: string) =>
    `${address} is a cluster IP, which exists only in the rules of the cluster's nodes`,
  loopback: (owner: string, port: number) =>
    `the program in ${owner} listens on 127.0.0.1:${port} only, which nothing outside can reach`,
  port: (n: number) => `port ${n}`,
  protocolPort: (protocol: string, n: number) => `${protocol} port ${n}`,
  nothingOn: (name: string, owner: string, hint: string | undefined) =>
    `nothing listens on ${name} of ${owner}${hint === undefined ? "" : `; ${hint}`}`,
  noPorts: (name: string, owner: string) => `nothing listens on ${name} of ${owner}; it has no open ports`,
  otherPorts: (name: string, owner: string, open: string) =>
    `nothing listens on ${name} of ${owner}; it listens on ${open}`,
  unexpected: (address: string, port: number, source: string) =>
    `nothing at ${address}:${port} expects a packet from ${source}`,
  unknownName: (who: string, host: string) =>
    `the resolver of ${who} doesn't know ${host}; only the cluster's DNS, which pods use, knows the names of Services`,
  silentServer: (server: string, host: string, why: string) =>
    `the name server ${server} gave no answer for ${host}: ${why}`,
  noDns: "it does not speak DNS",
  past: "so no Service rule applies and no port is translated",
  tookAlias: (host: string, alias: string, leads: string) => `took ${host} for its alias ${alias}, as DNS said${leads}`,
  podsAddress: "the pod's address",
  firstOf: (n: number) => `the first of the ${n} pod addresses`,
  tookAddress: (which: string, host: string, past: string) => `took ${which} that DNS gave for ${host}, ${past}`,
  badAlias: (host: string, alias: string) => `${host} is an alias of ${alias}, which the cluster's DNS can't resolve`,
  noAddressFor: (server: string, names: string) => `${server} knows no address for ${names}`,
  or: " or ",
  noProgram: (port: number, name: string) => `no program listens on port ${port} of the ${name}`,
  offNetwork: (namespace: string, name: string) => `pod ${namespace}/${name} is not on the network`,
  wasGone: (namespace: string, name: string) => `pod ${namespace}/${name} was gone when the packet arrived`,
  noPowerThere: (node: string) => `${node}, where the pod runs, has no power`,
  noPower: (name: string) => `${name} has no power`,
  hasLeft: (name: string) => `${name} has left the cluster`,
  triedNext: "was refused, tried the next address from DNS",
  inFlight: "the answer was still in flight when the sender gave up",
  isOff: (who: string) => `${who} is not on the network`,
  accepted: (where: string) => `the program at ${where} accepted it and has not answered`,
  podEnded: (namespace: string, name: string) => `pod ${namespace}/${name} ended before it answered`,
  programEnded: (where: string) => `the program at ${where} ended before it answered`,
  balancerPort: (service: string, port: string) => `the load balancer for ${service} has no port ${port}`,
  balancerSource: (service: string, source: string) =>
    `loadBalancerSourceRanges of ${service} does not list ${source}, so the load balancer dropped it`,
  noHealthyNode: (service: string) => `no node passes the load balancer's health check for ${service}`,
  noNodePort: (service: string) => `${service} has no node port that its load balancer could connect to`,
  balancer: "the load balancer",
  noSuchConnection: "the load balancer has no such connection",
  wayOut: "the pod network's way out",
  kubeletStopped: (node: string) => `the kubelet of ${node}, which carries port-forwards, is stopped`,
  podGone: (namespace: string, name: string) =>
    `pod ${namespace}/${name} is gone, and a port-forward stays with the pod it chose`,
  stopped: (node: string) => `a rule of ${node} stopped it`,
  noEndpoints: (service: string, why: string) => `${service} has no endpoints: ${why}`,
  sourceRanges: (service: string, source: string, node: string) =>
    `loadBalancerSourceRanges of ${service} does not list ${source}, so ${node} dropped it`,
  noLocal: (service: string, policy: string, node: string, why: string) =>
    `${service} has ${policy} Local and no usable endpoint on ${node}: ${why}`,
  gone: (node: string, address: string) => `no pod on ${node} has the address ${address} any more`,
  noRange: (address: string) => `no node has the range of pod addresses that ${address} is in`,
  noMachine: (address: string) => `no machine has the address ${address}`,
  separate: (client: string) => `the nodes are in a separate network, to which the ${client} has no route`,
  firewall: "the firewall in front of the nodes lets nothing through to node ports",
  podNetwork: (a: string, b: string) => `the pod network between ${a} and ${b} is broken`,
  lossy: (a: string, b: string, percent: number) =>
    `the link between ${a} and ${b} loses ${percent} % of all packets, including this one`,
  noNodeName: "its endpoints have no nodeName",
  readyOn: (nodes: string) => `its ready endpoints are on ${nodes}`,
  deleted: (node: string) => `it was deleted, and the rules of ${node} are not yet up to date`,
  lastTerminating: "its last endpoints are terminating and no longer serving",
  noSelector: "it has no selector, and no EndpointSlice is labelled with its name",
  noneReady: "none of the endpoints in its EndpointSlices is ready",
  noSlicePort: (which: string) => `its EndpointSlices have no endpoint with a port ${which}`,
  noPod: (namespace: string, labels: string) => `no pod in namespace ${namespace} has the labels ${labels}`,
  finished: (names: string) => `its pods have finished: ${names}`,
  addressless: (names: string) => `its pods have no address yet: ${names}`,
  unready: (names: string) => `its pods are not ready: ${names}`,
  noNamedPort: (protocol: string, name: string) =>
    `its pods have no ${protocol} port named ${name}, which its targetPort refers to`,
  notYet: (node: string) => `its ready pods haven't reached its EndpointSlices or the rules of ${node}`,
  more: (names: string, n: number) => `${names} and ${n} more`,
  unnamed: "without a name",
  named: (name: string) => `named ${name}`,
  nodePortFor: (port: number, service: string, is: string, not: string) =>
    `the nodePort ${port} of ${service} is for ${is}, not ${not}`,
  hasNodePort: (service: string, nodePort: number, port: number) =>
    `${service} has the nodePort ${nodePort} for its port ${port}`,
  unmatched: (namespace: string, name: string, address: string, ports: string, port: number, protocol: string) =>
    `Service ${namespace}/${name} at ${address} has ${ports}, not ${port}/${protocol}, so no rule matches`,
};

export const W = spoken("network", EN);
