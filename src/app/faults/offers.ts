// What can be broken where: the entries of the menu, as data.
import { deepEqual, type Fault, type FaultyWorkload, faultId, splitKey } from "../../cluster/index.ts";
import { W } from "../../words/en/faults.ts";
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
  title: W.coredns,
  note: W.corednsNote,
};

const FIREWALL: Offer = {
  fault: { kind: "firewall" },
  title: W.firewall,
  note: W.firewallNote,
};

function noRoute(client: string): Offer {
  return {
    fault: { kind: "no-route", client },
    title: W.route(client),
    note: W.routeNote,
  };
}

function nodeOffers(node: string, nodes: readonly string[]): readonly Offer[] {
  return [
    { fault: { kind: "node-power", node }, title: W.power, note: W.powerNote },
    {
      fault: { kind: "kubelet", node },
      title: W.kubelet,
      note: W.kubeletNote,
    },
    { fault: { kind: "kube-proxy", node }, title: W.proxy, note: W.proxyNote },
    { fault: { kind: "cordon", node }, title: W.cordon, note: W.cordonNote },
    ...nodes.flatMap((other) => (other === node ? [] : [podNetwork(node, other)])),
  ];
}

function podNetwork(node: string, other: string): Offer {
  const [a, b] = [node, other].sort();
  return {
    fault: { kind: "pod-network", between: [a ?? node, b ?? other] },
    title: W.podNetwork(other),
    note: W.podNetworkNote,
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
      title: W.readiness,
      note: W.readinessNote,
    },
    {
      fault: { kind: "listen", ...pod, loopback: true },
      title: W.loopback,
      note: W.loopbackNote,
    },
  ];
}

/** A pod's program on another port. */
export function otherPort(namespace: string, pod: string): AmountOffer {
  const make = (port: number): Fault => ({ kind: "listen", namespace, pod, loopback: false, port });
  return { title: W.listen, unit: "", initial: 9_000, limit: 65_535, make };
}

/** Slow pods of a workload. */
export function slowness(workload: FaultyWorkload): readonly AmountOffer[] {
  const make =
    (kind: "slow-start" | "slow-shutdown") =>
    (seconds: number): Fault => ({ kind, ...workload, seconds });
  return [
    { title: W.slowStart, unit: "s", initial: 10, limit: 3_600, make: make("slow-start") },
    { title: W.slowShutdown, unit: "s", initial: 20, limit: 3_600, make: make("slow-shutdown") },
  ];
}
