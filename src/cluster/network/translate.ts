// What a node does to a packet that comes by: conntrack for what belongs to a known flow, rules for what is new.
import type { Rng } from "../sim/rng.ts";
import type { Traveller } from "./call.ts";
import { type Flow, reversed } from "./conntrack.ts";
import type { Machine } from "./machine.ts";
import type { Decision, DnatTarget } from "./netfilter/evaluate.ts";
import type { RuleSubject } from "./netfilter/rule.ts";
import type { Header, MatchedRule, Rewrite, ServiceDecision } from "./packet.ts";

/** A node's work on one packet. */
export interface Work {
  readonly verdict: "go" | "reject" | "drop";
  readonly header: Header;
  readonly rewrites: readonly Rewrite[];
  readonly rules: readonly MatchedRule[];
  readonly service?: ServiceDecision | undefined;
  readonly reason?: string | undefined;
  /** `namespace/name` of the Service and `ip:port`, when an endpoint was drawn for a new connection. */
  readonly drawn?: { readonly service: string; readonly endpoint: string } | undefined;
}

const NOTHING: readonly never[] = [];

/** Passes the packet on as it is. */
export function untouched(header: Header): Work {
  return { verdict: "go", header, rewrites: NOTHING, rules: NOTHING };
}

/** The circumstances of one step. */
export interface Step {
  readonly origin: "here" | "wire";
  readonly now: number;
  readonly rng: Rng;
}

/** Runs a packet through a node's kernel. */
export function translate(traveller: Traveller, machine: Machine, step: Step): Work {
  if (traveller.kind === "icmp-unreachable") return translateError(traveller, machine, step.now);
  if (traveller.kind !== "request") return translateReply(traveller.header, machine, step.now);
  const known = machine.conntrack.findOriginal(traveller.header, step.now);
  if (known !== undefined) return repeat(known);
  const decision = machine.judge(traveller.header, step);
  if (decision.verdict !== "ACCEPT") return stopped(traveller.header, machine, decision);
  return rewritten(traveller, machine, { decision, step });
}

function stopped(header: Header, machine: Machine, decision: Decision): Work {
  const { subject } = decision;
  return {
    verdict: decision.verdict === "REJECT" ? "reject" : "drop",
    header,
    rewrites: NOTHING,
    rules: decision.rules,
    service: subject === undefined ? undefined : new Choice(subject, decision, undefined),
    reason: stopReason(header, machine, decision),
  };
}

function stopReason(header: Header, machine: Machine, decision: Decision): string {
  const { subject } = decision;
  if (subject === undefined) return `a rule of ${machine.name} stopped it`;
  const service = `Service ${subject.namespace}/${subject.name}`;
  if (decision.verdict === "REJECT") return `${service} has no endpoints: ${subject.whyNone("cluster")}`;
  if (decision.rules.some((rule) => rule.chain === "KUBE-PROXY-FIREWALL"))
    return `loadBalancerSourceRanges of ${service} does not list ${header.source}, so ${machine.name} dropped it`;
  const policy = decision.via === "clusterIP" ? "internalTrafficPolicy" : "externalTrafficPolicy";
  return `${service} has ${policy} Local and no usable endpoint on ${machine.name}: ${subject.whyNone("local")}`;
}

/** The decision as the record shows it; its candidates are listed only when somebody looks. */
class Choice implements ServiceDecision {
  readonly via: ServiceDecision["via"];
  readonly #subject: RuleSubject;
  readonly #policy: "cluster" | "local";
  readonly #drawn: string | undefined;

  constructor(subject: RuleSubject, decision: Decision, drawn: string | undefined) {
    this.via = decision.via ?? "clusterIP";
    this.#subject = subject;
    this.#policy = decision.policy;
    this.#drawn = drawn;
  }

  get namespace(): string {
    return this.#subject.namespace;
  }

  get name(): string {
    return this.#subject.name;
  }

  get portName(): string {
    return this.#subject.portName;
  }

  get clusterIP(): string {
    return this.#subject.clusterIP;
  }

  get port(): number {
    return this.#subject.port;
  }

  get candidates(): ServiceDecision["candidates"] {
    return this.#subject.candidates(this.#policy, this.#drawn);
  }

  toJSON(): ServiceDecision {
    const { namespace, name, portName, clusterIP, port, via, candidates } = this;
    return { namespace, name, portName, clusterIP, port, via, candidates };
  }
}

function rewritten(
  traveller: Traveller,
  machine: Machine,
  { decision, step }: { decision: Decision; step: Step },
): Work {
  const { header } = traveller;
  const drawn = decision.destinations[0];
  if (drawn === undefined && !decision.masquerade)
    return { verdict: "go", header, rewrites: NOTHING, rules: decision.rules };
  const aimed = drawn === undefined ? header : aimedAt(header, drawn);
  const next = decision.masquerade ? masqueraded(aimed, machine, step.rng) : aimed;
  const masked = decision.masquerade
    ? rewrite("masquerade", source(header), source(next), "KUBE-POSTROUTING")
    : undefined;
  const flow = machine.conntrack.add(header, next, step.now);
  traveller.call.flows.push({ conntrack: machine.conntrack, flow });
  const { subject, rules } = decision;
  if (drawn === undefined)
    return { verdict: "go", header: next, rewrites: masked === undefined ? NOTHING : [masked], rules };
  const dnat = rewrite("dnat", target(header), drawn.text, drawn.by);
  const rewrites = masked === undefined ? [dnat] : [dnat, masked];
  if (subject === undefined) return { verdict: "go", header: next, rewrites, rules };
  return {
    verdict: "go",
    header: next,
    rewrites,
    rules,
    service: new Choice(subject, decision, drawn.text),
    drawn: { service: subject.service, endpoint: drawn.text },
  };
}

function aimedAt(header: Header, { address, port }: DnatTarget): Header {
  return {
    protocol: header.protocol,
    source: header.source,
    sourcePort: header.sourcePort,
    destination: address,
    destinationPort: port,
  };
}

/** Gives a packet the node's address and a random free port, as MASQUERADE --random-fully does. */
export function masqueraded(header: Header, machine: Pick<Machine, "address" | "conntrack">, rng: Rng): Header {
  for (let attempt = 0; ; attempt++) {
    const next: Header = {
      protocol: header.protocol,
      source: machine.address,
      sourcePort: 1024 + rng.int(64_512),
      destination: header.destination,
      destinationPort: header.destinationPort,
    };
    if (attempt > 100 || machine.conntrack.isFree(next)) return next;
  }
}

function repeat(flow: Flow): Work {
  return {
    verdict: "go",
    header: flow.translated,
    rewrites: differences(flow.original, flow.translated, "dnat"),
    rules: NOTHING,
  };
}

function translateReply(header: Header, machine: Machine, now: number): Work {
  const flow = machine.conntrack.findReply(header, now);
  if (flow === undefined) return untouched(header);
  const next = reversed(flow.original);
  return { verdict: "go", header: next, rewrites: differences(header, next, "conntrack-reply"), rules: NOTHING };
}

/** An ICMP error finds its way by the header it carries. */
function translateError(traveller: Traveller, machine: Machine, now: number): Work {
  const { about, header } = traveller;
  const flow = about === undefined ? undefined : machine.conntrack.findReply(reversed(about), now);
  if (flow === undefined) return untouched(header);
  traveller.about = flow.original;
  const next = { ...header, destination: flow.original.source };
  return { verdict: "go", header: next, rewrites: differences(header, next, "conntrack-reply"), rules: NOTHING };
}

// Written as literals, not pushed: an array that grew keeps room for many more, and the record holds thousands of these.
function differences(before: Header, after: Header, kind: "dnat" | "conntrack-reply"): readonly Rewrite[] {
  const isAimed = before.destination !== after.destination || before.destinationPort !== after.destinationPort;
  const isMasked = before.source !== after.source || before.sourcePort !== after.sourcePort;
  if (!isAimed && !isMasked) return NOTHING;
  const how = kind === "dnat" ? "masquerade" : kind;
  if (!isMasked) return [rewrite(kind, target(before), target(after))];
  const masked = rewrite(how, source(before), source(after));
  return isAimed ? [rewrite(kind, target(before), target(after)), masked] : [masked];
}

function rewrite(kind: Rewrite["kind"], from: string, to: string, by = "conntrack"): Rewrite {
  return { kind, from, to, by };
}

function source(header: Header): string {
  return `${header.source}:${header.sourcePort}`;
}

function target(header: Header): string {
  return `${header.destination}:${header.destinationPort}`;
}
