// What somebody broke on purpose, and is not an object: each with its undoing.
import { type ActiveFault, describeFault, type Fault, type Pod } from "../../cluster/index.ts";
import type { Cure, Evidence, FailureClass, Finding, ObjectRef } from "../finding.ts";
import { listed } from "../words.ts";
import type { World } from "../world.ts";

/** The undoing of a fault. */
export function restore({ id, fault }: ActiveFault): Cure {
  return {
    label: restoreLabel(fault),
    remedy: { kind: "action", action: { kind: "restore", id }, command: `sim restore ${id}` },
  };
}

function restoreLabel(fault: Fault): string {
  switch (fault.kind) {
    case "kube-proxy":
      return `Start the kube-proxy of ${fault.node}`;
    case "kubelet":
      return `Start the kubelet of ${fault.node}`;
    case "node-power":
      return `Switch ${fault.node} on`;
    case "cordon":
      return `Uncordon ${fault.node}`;
    case "coredns":
      return "Start CoreDNS again";
    case "firewall":
      return "Open the firewall for node ports";
    case "no-route":
      return `Give the ${fault.client} a route to the nodes`;
    case "pod-network":
      return `Mend the pod network between ${listed(fault.between)}`;
    case "link":
      return `Mend the link between ${listed(fault.between)}`;
    case "readiness":
      return `Let the probes of ${fault.pod} speak again`;
    case "listen":
      return `Let the program of ${fault.pod} listen as before`;
    case "slow-start":
      return `Let ${fault.name} start as fast as before`;
    case "slow-shutdown":
      return `Let ${fault.name} stop as fast as before`;
  }
}

/** Spec: [DIAG-17]. Power and readiness are told with the Services that they hurt. */
export function faultFindings(world: World): readonly Finding[] {
  return world.cluster.faults.list().flatMap((active) => {
    const told = toldOf(world, active.fault);
    return told === undefined ? [] : [faultFinding(active, told)];
  });
}

interface Told {
  readonly object: ObjectRef;
  readonly severity: Finding["severity"];
  readonly step: Finding["step"];
  readonly more: string;
  readonly evidence: readonly Evidence[];
  readonly symptoms: readonly FailureClass[];
}

function faultFinding(active: ActiveFault, { object, more, ...told }: Told): Finding {
  const sentence = describeFault(active.fault);
  return {
    id: `fault ${active.id}`,
    class: `fault-${active.fault.kind}`,
    service: object,
    title: sentence.replace(/[.:].*$/, ""),
    explanation: `${sentence} ${more}`,
    responsible: { object, path: [] },
    cures: [restore(active)],
    ...told,
  };
}

function portRange({ cluster }: World): string {
  const { from, to } = cluster.settings.nodePortRange;
  return `${from}-${to}`;
}

const node = (name: string): ObjectRef => ({ apiVersion: "v1", kind: "Node", namespace: undefined, name });
const thing = (kind: string, name: string): ObjectRef => ({ apiVersion: "", kind, namespace: undefined, name });

function toldOf(world: World, fault: Fault): Told | undefined {
  const door = `${world.someNode().address}:${world.nodePorts()[0] ?? "NODE-PORT"}`;
  switch (fault.kind) {
    case "kube-proxy":
      return {
        object: node(fault.node),
        severity: "warning",
        step: 6,
        more: `Services and endpoints that changed since then are unknown to it: what comes in at ${fault.node} or starts there goes to the endpoints of before, or nowhere.`,
        evidence: [
          { command: `sim rules ${fault.node}`, shows: "rules that stay as they are" },
          { command: `ssh ${fault.node} curl -s localhost:10256/healthz`, shows: "nobody answers" },
        ],
        symptoms: ["refused", "timeout"],
      };
    case "kubelet":
      return {
        object: node(fault.node),
        severity: "warning",
        step: 6,
        more: "Its pods leave the endpoints as soon as the node is NotReady, although they still run.",
        evidence: [{ command: "kubectl get nodes", shows: `${fault.node} NotReady after a while` }],
        symptoms: [],
      };
    case "coredns":
      return {
        object: { apiVersion: "v1", kind: "Service", namespace: "kube-system", name: "kube-dns" },
        severity: "error",
        step: 0,
        more: "Addresses go on working; every name fails.",
        evidence: [{ command: "kubectl get pods -n kube-system -l k8s-app=kube-dns", shows: "No resources found" }],
        symptoms: ["unresolved"],
      };
    case "firewall":
      return {
        object: thing("Firewall", "before the nodes"),
        severity: "warning",
        step: 5,
        more: `A security group that opens 22 and 443 and forgets ${portRange(world)} does just this: packets are dropped without a word, while the same nodePort answers from inside.`,
        evidence: [
          { command: `curl -m 3 http://${door}`, shows: "Connection timed out, from outside" },
          { command: `ssh ${world.someNode().name} curl -s http://${door}`, shows: "an answer, from a node" },
        ],
        symptoms: ["timeout"],
      };
    case "no-route":
      return {
        object: thing("Client", fault.client),
        severity: "warning",
        step: 5,
        more: "So it is with kind, minikube or Docker Desktop on a Mac or Windows machine, where the node is a container or a virtual machine: kind needs extraPortMappings, minikube its service or tunnel command, and kubectl port-forward works everywhere.",
        evidence: [{ command: "kubectl get nodes -o wide", shows: "INTERNAL-IP: addresses of another network" }],
        symptoms: ["timeout"],
      };
    case "pod-network":
      return {
        object: thing("Link", fault.between.join(" – ")),
        severity: "warning",
        step: 6,
        more: "A nodePort then seems to work only at the nodes where its pods run. That is not how nodePorts are meant to be: the overlay network is broken, for example as a firewall drops VXLAN.",
        evidence: [
          { command: `ssh ${fault.between[0]} ping -c 1 POD-IP`, shows: `no answer from pods of ${fault.between[1]}` },
          { command: "kubectl get pods -o wide", shows: "which node each pod is on" },
        ],
        symptoms: ["timeout"],
      };
    case "link":
      return {
        object: thing("Link", fault.between.join(" – ")),
        severity: fault.loss > 0 ? "warning" : "info",
        step: 6,
        more: "",
        evidence: [{ command: "sim faults", shows: "what is broken" }],
        symptoms: fault.loss > 0 ? ["timeout"] : [],
      };
    default:
      return undefined;
  }
}

/** The faults that change how programs of these pods listen, with their undoing. */
export function podFaults(world: World, pods: readonly Pod[]): readonly ActiveFault[] {
  return world.cluster.faults.list().filter(({ fault }) => {
    if (fault.kind === "listen")
      return pods.some(({ metadata }) => metadata.name === fault.pod && metadata.namespace === fault.namespace);
    if (fault.kind !== "slow-start") return false;
    return pods.some((pod) => {
      const object = world.workloadOf(pod)?.object;
      return object?.metadata.name === fault.name && object.metadata.namespace === fault.namespace;
    });
  });
}
