// What travels: packets as data, hop by hop, and the exchange they belong to.

/** Layer 4 protocols that Services know, as Kubernetes spells them. */
export type Protocol = "TCP" | "UDP" | "SCTP";

/** Somewhere a packet can be. A Service is not a place: it is rules on every node. */
export type Place =
  | { readonly kind: "client"; readonly name: string }
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "pod"; readonly namespace: string; readonly name: string }
  /** Beyond the cluster and the clients: the internet, a default route, a cloud's load balancer. */
  | { readonly kind: "outside"; readonly name: string };

/** Addresses as on the wire. */
export interface Header {
  readonly protocol: Protocol | "ICMP";
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

/** A rule that a packet matched, in the order of evaluation. */
export interface MatchedRule {
  readonly table: "nat" | "filter" | "policy";
  /** For a policy, the policy and the direction. */
  readonly chain: string;
  /** The rule as `iptables-save` prints it; for a policy, its verdict and why. */
  readonly text: string;
  /** What the sentence about the hop ends with because of it. */
  readonly says?: string;
}

/** One change of a header: what changed it and why. */
export interface Rewrite {
  readonly kind: "dnat" | "masquerade" | "conntrack-reply";
  readonly from: string;
  readonly to: string;
  /** Chain or mechanism: `KUBE-SEP-…`, `KUBE-POSTROUTING`, `conntrack`. */
  readonly by: string;
}

/** A candidate that the rules could or could not draw. */
export interface EndpointCandidate {
  /** `ip:port`; port 0 when the target port does not resolve. */
  readonly endpoint: string;
  readonly pod?: { readonly namespace: string; readonly name: string };
  readonly node?: string;
  /** In or out, with the reason. */
  readonly state: "drawn" | "eligible" | "not-ready" | "terminating" | "other-node" | "other-zone" | "no-port";
  /** Chance of being drawn in [0, 1]; 0 when out. */
  readonly chance: number;
}

/** The Service whose rules decided, and what they could choose from. */
export interface ServiceDecision {
  readonly namespace: string;
  readonly name: string;
  /** Name of the Service port, "" when unnamed. */
  readonly portName: string;
  readonly clusterIP: string;
  readonly port: number;
  /** Which of the Service's addresses the packet came to. */
  readonly via: "clusterIP" | "nodePort" | "externalIP" | "loadBalancerIP";
  readonly candidates: readonly EndpointCandidate[];
}

/** The outcome of a packet where a hop ends; `flying` until it arrives. */
export type Verdict = "flying" | "forwarded" | "delivered" | "refused" | "dropped" | "unreachable" | "lost";

/** One leg of a packet's route. It shows all that `from` did to the packet before it left. Times are virtual milliseconds. */
export interface Hop {
  readonly packet: number;
  /** Counts from 0 within the packet. */
  readonly index: number;
  readonly from: Place;
  readonly to: Place;
  /** As the packet came to (or was made at) `from`. */
  readonly received: Header;
  /** As it is on the wire between `from` and `to`. */
  readonly header: Header;
  readonly rewrites: readonly Rewrite[];
  readonly rules: readonly MatchedRule[];
  /** Present when the rules of a Service at `from` chose the way: the route is drawn past that Service's card. */
  readonly service?: ServiceDecision | undefined;
  /** Present when `kubectl port-forward` carried the bytes on this leg, to or from the one pod it chose. */
  readonly forward?: Forwarded | undefined;
  readonly sentAt: number;
  readonly arrivesAt: number;
  readonly verdict: Verdict;
  /** What `to` did to the packet when its route ended there: refused or dropped by rules, or translated to a process of the node itself. */
  readonly end?: HopEnd | undefined;
  /** Why the packet was refused, dropped or lost at `to`; one sentence, absent when it went on. */
  readonly reason?: string | undefined;
  /** On the first leg: what made the sender choose this address, or answer so, as a clause that continues after the sender's name. */
  readonly because?: string | undefined;
}

/** The pod that a port-forward leads to; `back` on the way to the client. */
export interface Forwarded {
  readonly namespace: string;
  readonly name: string;
  readonly back: boolean;
}

/** The work of the last place of a route, as `received` to `header` is the work of the place a hop leaves. */
export interface HopEnd {
  readonly header: Header;
  readonly rewrites: readonly Rewrite[];
  readonly rules: readonly MatchedRule[];
  readonly service?: ServiceDecision | undefined;
}

/** A packet: a request or what comes back. */
export interface Packet {
  readonly id: number;
  readonly exchange: number;
  readonly kind: "request" | "reply" | "reset" | "icmp-unreachable";
  readonly hops: readonly Hop[];
}

/** What a request came to. */
export type Outcome =
  | { readonly kind: "pending" }
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly servedBy: Place;
      readonly endpoint: string;
      readonly clientSeen: string;
      /** Present when the port takes TLS handshakes. */
      readonly tls?: true | undefined;
      /** Names that the certificate shown by a TLS port is for; none: signed by itself. Absent where no certificate is simulated. */
      readonly certificate?: readonly string[] | undefined;
    }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "timeout"; readonly reason: string }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "unresolved"; readonly reason: string }
  /** `closed`: ended in order, without an answer; else cut. */
  | { readonly kind: "reset"; readonly reason: string; readonly closed?: boolean };

/** Nothing of an exchange is on its way to its sender any more, and the sender does not know: it waits. Times are virtual milliseconds. */
export interface Loss {
  /** When it came to that. */
  readonly at: number;
  /** The outcome of the packet, one sentence without its full stop. */
  readonly reason: string;
  /** What the sender will have seen in the end, unless it is sent again and arrives. */
  readonly ends: "timeout" | "unreachable" | "unresolved";
  /** When the sender gives up, as things are. */
  readonly until: number;
  /** When it is sent again, if that comes before the sender gives up. */
  readonly again?: number | undefined;
  /** A program has the request and has not answered: it may still do so. */
  readonly taken?: true | undefined;
}

/** What someone asked of the network: one request and all packets that belong to it. */
export interface Exchange {
  readonly id: number;
  readonly from: Place;
  /** What was asked for, as typed: `192.168.1.12:30080`, `http://web/path`. */
  readonly target: string;
  readonly purpose: "request" | "traffic" | "probe" | "dns";
  /** Absent for TCP. */
  readonly protocol?: Protocol | "ICMP" | undefined;
  /** What was asked over HTTP; absent where something else was spoken. */
  readonly asked?: { readonly method: string; readonly path: string } | undefined;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly outcome: Outcome;
  /** Present from the moment that a packet was lost without word to the sender, until an answer comes anyway. */
  readonly loss?: Loss | undefined;
  /** Ids of its packets, in order. */
  readonly packets: readonly number[];
  /** The exchange that needed this one, e.g. the request whose name a DNS query resolves. */
  readonly parent?: number | undefined;
}

/** What to send. */
export interface SendRequest {
  readonly from: Place;
  /** An IP address or a name; names are resolved by the sender's own resolver. */
  readonly host: string;
  readonly port: number;
  /** TCP by default; ICMP is an echo request, which machines answer themselves, its port 0. */
  readonly protocol?: Protocol | "ICMP";
  /** HTTP details; ignored by programs that don't speak HTTP. */
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Give up after this many virtual milliseconds; 130,000 (the kernel's SYN retries) by default. */
  readonly timeoutMs?: number;
  /** Give up after this many virtual milliseconds unless a process has taken the request by then. */
  readonly connectTimeoutMs?: number;
  readonly purpose?: Exchange["purpose"];
  readonly parent?: number;
  /** Why this address: see `Hop.because`. */
  readonly because?: string;
  /** The name in the greeting of TLS, "" for none; absent where TLS is not spoken, or nothing is known of it. */
  readonly serverName?: string;
  /** Text shown as the target; default `host:port`. */
  readonly target?: string;
  /**
   * Keeps to one connection (TCP) or socket (UDP): requests with the same source port to the same address are one flow, so every
   * node repeats the translation that it made for the first. Absent: each request is a connection of its own.
   */
  readonly sourcePort?: number;
}
