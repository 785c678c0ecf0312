// Why something outside, a node or a fault is in the way.
import { spoken } from "../language.ts";

/** Where a rule of an Ingress leads. */
interface Routed {
  readonly rule: string;
  readonly service: string;
}

export const EN = {
  noCloud: "this cluster has no cloud provider (and no MetalLB or similar) to provide one",
  foreignClass: (name: string) => `its loadBalancerClass is ${name}, and no controller here handles that class`,
  pending: (service: string) => `EXTERNAL-IP of Service ${service} stays <pending>`,
  cloudOn: "Turn the cloud provider on",
  sendTo: (host: string | undefined, port: number | undefined) => `Send to ${host}:${port} instead`,
  inRules: (names: string, n: number, all: number, seconds: number) =>
    ` Its ${n === 1 ? "endpoint" : "endpoints"} ${names} ${n === 1 ? "is" : "are"} still in the rules of the other nodes, so ${n} of ${all} connections fail until the node is marked NotReady, about ${seconds} s after it stopped responding.`,
  noPower: (node: string) => `${node} has no power`,
  isNotReady: (node: string) => `${node} NotReady`,
  stillReady: (node: string) => `${node} still Ready: not noticed yet`,
  noAnswer: "no answer",
  noAddressThere: "no address on that node",
  stillListed: "the addresses that are still listed",
  switchOn: (node: string) => `Switch ${node} on`,
  inNewPods: (what: string) => `${what}, in new pods`,
  startProxy: (node: string) => `Start the kube-proxy of ${node}`,
  startKubelet: (node: string) => `Start the kubelet of ${node}`,
  uncordon: (node: string) => `Uncordon ${node}`,
  startDns: "Start CoreDNS again",
  openFirewall: "Open the firewall for node ports",
  restoreRoute: (client: string) => `Restore the route from the ${client} to the nodes`,
  repairNetwork: (both: string) => `Repair the pod network between ${both}`,
  repairLink: (both: string) => `Repair the link between ${both}`,
  returnReadiness: (pod: string) => `Return the readiness of ${pod} to its probes`,
  restorePort: (pod: string) => `Restore the port that ${pod} listens on`,
  restoreStart: (name: string) => `Restore the start time of ${name}`,
  restoreStop: (name: string) => `Restore the stop time of ${name}`,
  staleProxy: (node: string) =>
    `It misses every Service and endpoint that changed since then: packets that enter or start at ${node} go to the old endpoints, or nowhere.`,
  unattended: "Once the node is NotReady, its pods leave the endpoints, although they still run.",
  notReadyLater: (node: string) => `${node} NotReady after a while`,
  onlyAddresses: "Addresses still work; every name fails.",
  noPod: "no running pod",
  securityGroup: (ports: string) =>
    `A security group that allows SSH and HTTPS but not ${ports} has the same effect: packets are dropped silently, while the same nodePort answers from inside.`,
  timedOutOutside: "Connection timed out, from outside",
  brokenOnPurpose: "what is broken on purpose",
  likeKind:
    "This is the case with kind, minikube or Docker Desktop on macOS or Windows, where the node is a container or a virtual machine: kind needs extraPortMappings, minikube its service or tunnel command, and kubectl port-forward works everywhere.",
  otherNetwork: "INTERNAL-IP: addresses of another network",
  overlay:
    "A nodePort then seems to work only on the nodes where its pods run. That is not normal for nodePorts: the overlay network is broken, for example because a firewall drops VXLAN.",
  whatBroken: "what is broken",
  noAnswerFrom: (node: string) => `no answer from a pod of ${node}`,
  noController: (name: string) => `No ingress controller reads Ingress ${name}`,
  noControllerLong: (name: string) =>
    `Ingress ${name} is accepted and stored, but nothing acts on it: that takes an ingress controller, a program that runs in its own pods, and none is installed. Its ADDRESS stays empty, and no port is open for it.`,
  addressEmpty: "ADDRESS is empty",
  install: "Install an ingress controller",
  anythingElse: "anything else",
  backends: "the backends and what is wrong with them",
  noService: (service: string, rule: string) => `There is no Service ${service} behind ${rule}`,
  noServiceLong: (name: string, { rule, service }: Routed, namespace: string, names: string) =>
    `Ingress ${name} routes ${rule} to Service ${service}, but namespace ${namespace} has no Service with that name (it has ${names}). The ingress controller answers with its own error there.`,
  none: "none",
  noPort: (service: string, port: string | number | undefined) => `Service ${service} has no port ${port}`,
  noPortLong: (name: string, { rule, service }: Routed, port: string | number | undefined, ports: string) =>
    `Ingress ${name} routes ${rule} to port ${port} of Service ${service}, which has ${ports}. The ingress controller answers with its own error there.`,
  set: (path: string, value: unknown) => `Set ${path} to ${value}`,
  stored: (what: string) => `${what} is stored but has no effect here`,
  fieldStored: (what: string, path: string) => `${what}: ${path} has no effect here`,
  asWritten: "it is stored as written",
  appliesTo: (n: number, names: string) =>
    ` It applies to pods of ${n === 1 ? "Service" : "Services"} ${names}, which answer as if it didn't exist.`,
  pendingLong: (service: string, why: string) =>
    `Service ${service} asks for a load balancer, but ${why}. So its EXTERNAL-IP stays <pending> indefinitely.`,
  portWorks: (where: string) => `Its nodePort still works: ${where}.`,
  portOpen: (where: string) => `Its nodePort is still open: ${where}.`,
  silent: (name: string, address: string, noticed: boolean) =>
    `${name} (${address}) doesn't respond${noticed ? ", and the cluster has marked it NotReady" : ", and the control plane hasn't noticed yet"}.`,
  gateLost: (where: string) => `Packets to ${where} are lost, although the same nodePort works on every other node.`,
};

export const W = spoken("why-outside", EN);
