// Rules as data: what a node's kernel is given, in the shape in which iptables tells it.
import type { Cidr } from "../ip.ts";
import type { EndpointCandidate, MatchedRule, Protocol, ServiceDecision } from "../packet.ts";

export type TableName = "nat" | "filter";

/** The Service port that a rule stands for: what the inspector says about a packet that matched. */
export interface RuleSubject {
  /** `namespace/name` of the Service. */
  readonly service: string;
  readonly namespace: string;
  readonly name: string;
  readonly portName: string;
  readonly clusterIP: string;
  readonly port: number;
  /** Every endpoint of the Service port as this node sees it, with its chance under one policy. */
  candidates(policy: "cluster" | "local", drawn: string | undefined): readonly EndpointCandidate[];
  /** Why there was nothing to choose from, in this cluster now; one clause. */
  whyNone(policy: "cluster" | "local"): string;
}

/** What a matching rule does. No target only counts the packet. */
export type Target =
  | { readonly kind: "jump"; readonly chain: Chain }
  | { readonly kind: "accept" | "drop" | "reject" | "return" }
  /** `masquerade` marks a packet for KUBE-POSTROUTING. */
  | { readonly kind: "mark-masquerade" | "unmark-masquerade" | "masquerade" }
  /** `text` is `address:port`. */
  | { readonly kind: "dnat"; readonly address: string; readonly port: number; readonly text: string };

/** One rule. Every field that is set must match. */
export interface Rule {
  readonly comment?: string;
  readonly states?: readonly ("NEW" | "INVALID" | "RELATED" | "ESTABLISHED")[];
  /** Whether the packet carries the masquerade mark. */
  readonly marked?: boolean;
  readonly protocol?: Protocol;
  readonly source?: Cidr;
  readonly notSource?: Cidr;
  readonly destination?: string;
  readonly notDestination?: Cidr;
  readonly sourceLocal?: boolean;
  readonly destinationLocal?: boolean;
  readonly destinationPort?: number;
  readonly probability?: number;
  /** Affinity: the source was seen at that endpoint chain within this many seconds. */
  readonly recentCheck?: { readonly name: string; readonly seconds: number };
  readonly recentSet?: string;
  readonly target?: Target;
  readonly subject?: RuleSubject;
  readonly via?: ServiceDecision["via"];
  /** Which policy's endpoints this rule uses. */
  readonly policy?: "cluster" | "local";
}

/** Rules in order under one name. */
export interface Chain {
  readonly name: string;
  /** All rules, in the order in which the kernel has them. */
  rules(): readonly Rule[];
  /** Those rules, in order, that can match this destination; a superset of what matches. */
  candidates(destination: string, port: number): readonly Rule[];
  /** Set when the last rules are an even spread: `rules()[spreadFrom..]` are alternatives of equal chance. */
  readonly spreadFrom?: number | undefined;
  /** The chain's rules as a trace shows them; made once per rule. */
  matched(rule: Rule): MatchedRule;
}

/** What one node's kernel holds. */
export interface Ruleset {
  chain(table: TableName, name: string): Chain | undefined;
  /** Every chain of a table in the order in which it is printed. */
  chains(table: TableName): readonly Chain[];
}
