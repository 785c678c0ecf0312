// A cluster as it is read: what panels, explanations and completions may know of it, whatever is behind it.
import type { ApiServer } from "./apiserver/server.ts";
import type { ActiveFault } from "./fault.ts";
import type { NftPort } from "./kube-proxy/nftables.ts";
import type { DnsAnswer } from "./network/dns-message.ts";
import type { Ruleset } from "./network/netfilter/rule.ts";
import type { Network } from "./network/network.ts";
import type { RouteAnswer, RouteQuestion } from "./network/route.ts";
import type { Trace } from "./network/trace.ts";
import type { TrafficRequest } from "./network/traffic.ts";
import type { Emitter } from "./sim/emitter.ts";
import type { ClusterSettings } from "./sim/settings.ts";

/** The objects of a cluster, read and watched. */
export type ObjectReader = Pick<ApiServer, "find" | "get" | "kinds" | "list" | "managedFieldsOf" | "watch">;

/** Who is where: addresses, power, open ports, and what each node remembers of its clients. */
export type Places = Pick<
  Network,
  | "addressOf"
  | "affinityOf"
  | "balancers"
  | "clientsOf"
  | "flowsOf"
  | "isOn"
  | "nodeAt"
  | "outsideNames"
  | "podNamed"
  | "socketsOf"
>;

/** What decides about the packets of a node. */
export interface NodeRules {
  /** The rules that act. */
  readonly ruleset: Ruleset;
  /** The Service ports that kube-proxy wrote them for. */
  readonly ports: readonly NftPort[];
  readonly address: string;
}

/**
 * One cluster to read. A simulated run is one; a cluster that is watched through its API is another, and has no kubelets, no sender
 * of requests and no faults of ours. Nothing here changes the cluster or lets time pass.
 */
export interface World {
  readonly api: ObjectReader;
  /** Virtual milliseconds since time 0. */
  readonly clock: { readonly now: number };
  /** What packets did. */
  readonly trace: Trace;
  /** Nodes, clients and address ranges, and how the cluster is set up. */
  readonly settings: ClusterSettings;
  readonly settingsChanged: Pick<Emitter<ClusterSettings>, "on">;
  readonly network: Places;
  /** What is broken, as far as someone knows. */
  readonly faults: { list(): readonly ActiveFault[]; readonly changed: Pick<Emitter<void>, "on"> };
  /** The continuous requests that run, oldest first. */
  listTraffic(): ReadonlyArray<{ readonly id: number; readonly request: TrafficRequest }>;
  readonly trafficChanged: Pick<Emitter<void>, "on">;
  /** How long the cloud's load balancers have existed, added up, in virtual milliseconds. */
  balancerMs(): number;
  /** What the rules of one node would do with a packet: `sim route`. @throws Error for a sender that has no address. */
  route(question: RouteQuestion): RouteAnswer;
  /** What the cluster's DNS answers to a full name, owner names with their final dot. */
  resolve(name: string, type: string): DnsAnswer;
  /** The variables of a container as of its start; undefined where no kubelet runs it. */
  environment(namespace: string, pod: string, container?: string): Readonly<Record<string, string>> | undefined;
  /** The rules of a node as its kernel has them now, for `printRules`. */
  rulesOf(node: string): NodeRules;
}
