// Why a Service has no endpoints, or the wrong ones.
import { plural, spoken } from "../language.ts";

export const EN = {
  headlessName: "Its name does not resolve (NXDOMAIN): DNS answers for a headless Service with its endpoints only.",
  portAndNodePort: (port: number, nodePort: number) => `${port} and :${nodePort}`,
  refusesPorts: (address: string | undefined, n: number, ports: string) =>
    `Its name resolves to ${address}, but every node immediately refuses packets to ${n === 1 ? "port" : "ports"} ${ports}.`,
  noneMatch: "<none>: no pod has all the labels",
  podLabels: "the labels that the pods have",
  noPodHas: (labels: string) => `No pod has the labels ${labels}`,
  noPod: (service: string, wanted: string, namespace: string, n: number, rest: string, so: string) =>
    `Service ${service} selects pods with ${wanted} in namespace ${namespace}, but no pod has ${n === 1 ? "that label" : "all of them"}, so it has no endpoints. ${rest} ${so}`,
  noPods: (namespace: string) => `There are no pods in namespace ${namespace}.`,
  podsThere: (labels: string) => `The pods there have ${labels}.`,
  noLabels: "no labels",
  otherValue: (key: string, found: string, value: string) => `${key}=${found} where the selector has ${key}=${value}`,
  noLabel: (key: string) => `no label ${key}`,
  similarLabel: (similar: string, value: string | undefined, key: string) => `${similar}=${value} and no label ${key}`,
  onObject: (kind: string) =>
    ` The labels are on the ${kind} itself, at metadata.labels; only the labels of its pods, at spec.template.metadata.labels, count.`,
  podsOf: (what: string) => `the pods of ${what}`,
  closest: (pods: string, differences: string, more: string) =>
    `The closest match is ${pods}, with ${differences}.${more}`,
  selects: (name: string) => `Service ${name} selects`,
  podHas: (name: string | undefined) => `Pod ${name} has`,
  podsHave: (kind: string, name: string | undefined) => `${kind} ${name}'s pods have`,
  set: (path: string, value: string) => `Set ${path} to ${value}`,
  setSelector: (value: string) => `Set spec.selector to ${value}`,
  labelPods: (labels: string) => `Label the pods ${labels}`,
  zeroReplicas: (what: string) => `${what} has 0 replicas`,
  scaledToZero: (service: string, labels: string, what: string, so: string) =>
    `Service ${service} selects ${labels}, the labels of the pods of ${what}, which is scaled to 0, so there are no pods. ${so}`,
  oneReplica: (name: string) => `Set spec.replicas of ${name} to 1`,
  noPodsMade: (what: string) => `${what} has created no pods`,
  wouldHave: (what: string, service: string, why: string, so: string) =>
    `The pods of ${what} would have the labels that Service ${service} selects, but there are none${why}. ${so}`,
  stateAndEvents: "its state and events",
  whatHappened: "what happened there",
  needNodes: (labels: string, n: number) =>
    `: its pods need nodes with ${labels}, and no node has ${n === 1 ? "that label" : "these labels"}`,
  removeNodeSelector: "Remove the nodeSelector",
  podsElsewhere: (labels: string, namespaces: string) => `The pods with ${labels} are in namespace ${namespaces}`,
  elsewhere: (service: string, namespace: string, labels: string, namespaces: string, so: string) =>
    `Service ${service} is in namespace ${namespace} and selects ${labels}. Pods with these labels exist only in namespace ${namespaces}, and a selector never reaches beyond its Service's own namespace. ${so}`,
  podsIn: (namespaces: string) => `the pods, in ${namespaces}`,
  createAlias: (name: string, there: string, here: string) =>
    `Create Service ${name} in namespace ${there}, and make the one in ${here} its alias`,
  createThere: (name: string, there: string) =>
    `Create Service ${name} in namespace ${there} (and use the name ${name}.${there})`,
  slicesAndServices: "the existing slices, and the Services in their labels",
  neither: (service: string) => `Service ${service} has no selector and no EndpointSlice`,
  noSlice: (
    service: string,
    namespace: string,
    label: string,
    name: string,
    strays: string,
    other: string | undefined,
    so: string,
  ) =>
    `Service ${service} has no selector, so you must create its endpoints yourself, but no EndpointSlice in namespace ${namespace} has the label ${label}: ${name}. ${strays}${other === undefined ? "" : `The Endpoints object ${other} has a different name from the Service, so it isn't mirrored for it. `}${so}`,
  strayUnlabelled: (name: string | undefined) => `EndpointSlice ${name} exists, but has no such label. `,
  strayNamed: (name: string | undefined, named: string) =>
    `EndpointSlice ${name} exists, but its label names ${named}, which isn't a Service. `,
  labelSlice: (slice: string | undefined, label: string, name: string) =>
    `Label EndpointSlice ${slice} with ${label}: ${name}`,
  addSelector: (what: string) => `Add the selector ${what}`,
  createSlice: (name: string) => `Create EndpointSlice ${name}-1 (then enter your own addresses)`,
  emptySlice: (service: string) => `The EndpointSlice of Service ${service} lists no address`,
  emptySliceLong: (service: string, slice: string | undefined, so: string) =>
    `Service ${service} has no selector, and its EndpointSlice ${slice} has no endpoints. ${so}`,
  noName: "(no name)",
  noPortNamed: (name: string | undefined) =>
    `No port of the EndpointSlice is named ${name ?? "like the Service's, which has no name"}`,
  portNames: (port: number, service: string, name: string | undefined, slice: string | undefined, names: string) =>
    `Port ${port} of Service ${service} ${name === undefined ? "has no name" : `is named ${name}`}, but the ports of EndpointSlice ${slice} are named ${names}. kube-proxy joins the two by name and protocol, so this port has no endpoints and is refused.`,
  slicePorts: "the names of its ports",
  servicePorts: "the names of the Service's ports",
  namePort: (slice: string | undefined, name: string) => `Name the port of EndpointSlice ${slice} ${name}`,
  severalOwners: "pods of more than one owner",
  sideBySide: "their addresses side by side",
  alsoSelects: (service: string) => `Service ${service} also selects pods of another program`,
  mixed: (labels: string, service: string, groups: string, all: number, share: number) =>
    `The selector ${labels} of Service ${service} matches the pods of ${groups}, which run different images. Each new connection goes to a random one of the ${all}, so about ${share} % of the requests are answered, or refused, by the wrong program.`,
  balances: (service: string, n: number) => `Service ${service} balances over ${n} workloads`,
  canary: (labels: string, groups: string) =>
    `The selector ${labels} matches the pods of ${groups}. Each gets a share of the requests in proportion to its pods, as in a canary.`,
  labelAndSelect: (what: string, name: string) => `Label the pods of ${what} component: ${name}, and select that too`,
  addToSelector: (key: string, value: string) => `Add ${key}: ${value} to the selector`,
  leftCluster: (nodes: string, n: number) =>
    `${nodes} left the cluster, and ${n === 1 ? "a pod" : "pods"} from there ${n === 1 ? "is" : "are"} still in the endpoints`,
  ranOn: (pods: string, nodes: string, n: number, all: number) =>
    `${pods} ran on ${nodes}. Nothing marks pods of a deleted node as not ready: the pod garbage collector deletes them 40 s after the node, and until then ${n} of ${plural(all, { one: "# connection", other: "# connections" })} ${n === 1 ? "gets" : "get"} no answer. kubectl drain moves pods before their node leaves.`,
  noneOf: (nodes: string) => `no ${nodes}`,
  stillListed: "the addresses that are still listed",
  deleteNow: (n: number) => `Delete ${n === 1 ? "that pod" : "those pods"} now`,
};

export const W = spoken("why-selector", EN);
