// What can be broken where: the entries of the menu, as data.
import { deepEqual, type Fault, type FaultyWorkload, faultId, splitKey } from "../../cluster/index.ts";
import type { AppState, Breakable } from "../store/state.ts";

/** A fault without amounts, with what it is called in the menu. */
export interface Offer {
  readonly fault: Fault;
  readonly title: string;
  readonly note: string;
}

/** A fault with one number that a person chooses. */
export interface AmountOffer {
  readonly title: string;
  readonly unit: string;
  readonly initial: number;
  readonly limit: number;
  make(amount: number): Fault;
}

/** Whether an entry's fault is active now, with these very amounts where it has some that tell entries apart. */
export function isActive(faults: AppState["faults"], fault: Fault): boolean {
  return faults.some((each) => each.id === faultId(fault) && (fault.kind !== "listen" || deepEqual(each.fault, fault)));
}

/** What can be switched at a place. */
export function offersFor(what: Breakable, nodes: readonly string[], clients: readonly string[]): readonly Offer[] {
  switch (what.kind) {
    case "node":
      return nodeOffers(what.name, nodes);
    case "client":
      return [noRoute(what.name), FIREWALL];
    case "pod":
      return podOffers(splitKey(what.key));
    case "cluster":
      return [COREDNS, FIREWALL, ...clients.map(noRoute)];
  }
}

const COREDNS: Offer = {
  fault: { kind: "coredns" },
  title: "Stop CoreDNS",
  note: "Pods can no longer resolve the names of Services",
};

const FIREWALL: Offer = {
  fault: { kind: "firewall" },
  title: "Firewall in front of node ports",
  note: "Packets from clients to node ports are dropped",
};

function noRoute(client: string): Offer {
  return {
    fault: { kind: "no-route", client },
    title: `No route from the ${client} to the nodes`,
    note: "As when the cluster runs in a virtual machine; port-forward still works",
  };
}

function nodeOffers(node: string, nodes: readonly string[]): readonly Offer[] {
  return [
    { fault: { kind: "node-power", node }, title: "Power off", note: "Nothing on it answers; NotReady after a while" },
    {
      fault: { kind: "kubelet", node },
      title: "Stop the kubelet",
      note: "Its pods keep running; NotReady after a while",
    },
    { fault: { kind: "kube-proxy", node }, title: "Stop kube-proxy", note: "Its rules no longer follow the endpoints" },
    { fault: { kind: "cordon", node }, title: "Cordon", note: "No new pods are placed here" },
    ...nodes.flatMap((other) => (other === node ? [] : [podNetwork(node, other)])),
  ];
}

function podNetwork(node: string, other: string): Offer {
  const [a, b] = [node, other].sort();
  return {
    fault: { kind: "pod-network", between: [a ?? node, b ?? other] },
    title: `Break the pod network to ${other}`,
    note: "Packets to pods are lost between the two nodes",
  };
}

function podOffers({
  namespace = "default",
  name,
}: {
  namespace?: string | undefined;
  name: string;
}): readonly Offer[] {
  const pod = { namespace, pod: name };
  return [
    {
      fault: { kind: "readiness", ...pod, ready: false },
      title: "Fail the readiness probe",
      note: "Its endpoint becomes not ready",
    },
    {
      fault: { kind: "listen", ...pod, loopback: true },
      title: "Listen on 127.0.0.1 only",
      note: "Refused from outside the pod; port-forward works",
    },
  ];
}

/** A pod's program on another port. */
export function otherPort(namespace: string, pod: string): AmountOffer {
  const make = (port: number): Fault => ({ kind: "listen", namespace, pod, loopback: false, port });
  return { title: "Listen on port", unit: "", initial: 9_000, limit: 65_535, make };
}

/** Slow pods of a workload. */
export function slowness(workload: FaultyWorkload): readonly AmountOffer[] {
  const make =
    (kind: "slow-start" | "slow-shutdown") =>
    (seconds: number): Fault => ({ kind, ...workload, seconds });
  return [
    { title: "New pods serve after", unit: "s", initial: 10, limit: 3_600, make: make("slow-start") },
    { title: "Keep running after SIGTERM for", unit: "s", initial: 20, limit: 3_600, make: make("slow-shutdown") },
  ];
}
