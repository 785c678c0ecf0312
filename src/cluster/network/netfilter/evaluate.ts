// Runs a packet through the rules of one node: the verdict, the rewrites and which rules matched.
import type { Rng } from "../../sim/rng.ts";
import { contains, parseIPv4 } from "../ip.ts";
import type { Header, MatchedRule, ServiceDecision } from "../packet.ts";
import { Choice } from "./choice.ts";
import type { Chain, Rule, RuleSubject, Ruleset } from "./rule.ts";
import type { RecentLists } from "./session-affinity.ts";

/** What the rules need to know of the node around them. */
export interface EvaluationContext {
  /** Whether an address is one of this node's own (127.0.0.0/8 included). */
  isLocal(address: string): boolean;
  /** Whether the packet was made on this node (hook OUTPUT) or came in (hook PREROUTING). */
  readonly origin: "here" | "wire";
  /** Draws for `statistic`; absent: every alternative is followed and affinity is left out. */
  readonly rng?: Pick<Rng, "int" | "next"> | undefined;
  readonly recent?: RecentLists;
  readonly now: number;
}

/** Where a rule sends packets. */
export interface DnatTarget {
  readonly address: string;
  readonly port: number;
  /** `address:port`. */
  readonly text: string;
  /** The chain that says so. */
  readonly by: string;
}

/** What the rules of one node say about the first packet of a connection. */
export interface Decision {
  readonly verdict: "ACCEPT" | "REJECT" | "DROP";
  /** New destinations: one when drawn, all that may be drawn when every alternative was followed. */
  readonly destinations: readonly DnatTarget[];
  readonly masquerade: boolean;
  /** A filter rule accepted it by name (the health check port). */
  readonly acceptedByRule: boolean;
  readonly rules: readonly MatchedRule[];
  /** The list of session affinity on which a rule puts the sender. */
  readonly affinity: string | undefined;
  readonly subject: RuleSubject | undefined;
  readonly via: ServiceDecision["via"] | undefined;
  /** What the record says of the Service whose rules decided. */
  readonly service: ServiceDecision | undefined;
  /** `namespace/name` of the Service and `ip:port`, when an endpoint was drawn. */
  readonly drawn: { readonly service: string; readonly endpoint: string } | undefined;
  /** Whether the rules say the same, with the same draw, whenever such a packet comes: neither time nor affinity took part. */
  readonly isFixed: boolean;
}

/** How a chain ended for a packet; `undefined` means the next rule of the caller is looked at. */
type End = "accept" | "drop" | "reject" | "dnat" | "return" | undefined;

/** Chains deeper than this are a loop in the rules; iptables refuses to load one. */
const MAX_DEPTH = 16;

class Evaluation {
  readonly rules: MatchedRule[] = [];
  readonly destinations: DnatTarget[] = [];
  marked = false;
  everMarked = false;
  masquerade = false;
  affinity: string | undefined;
  subject: RuleSubject | undefined;
  via: ServiceDecision["via"] | undefined;
  policy: "cluster" | "local" = "cluster";
  isFixed = true;
  destination: string;
  port: number;
  readonly #header: Header;
  readonly #context: EvaluationContext;
  readonly #source: number | undefined;

  constructor(header: Header, context: EvaluationContext) {
    this.#header = header;
    this.#context = context;
    this.#source = parseIPv4(header.source);
    this.destination = header.destination;
    this.port = header.destinationPort;
  }

  run(chain: Chain | undefined): End {
    return chain === undefined ? undefined : this.#run(chain, 0);
  }

  #run(chain: Chain, depth: number): End {
    if (depth > MAX_DEPTH) throw new Error(`netfilter: chains jump in a circle at ${chain.name}`);
    const rules = chain.candidates(this.destination, this.port);
    const { rng } = this.#context;
    const end = rng === undefined ? rules.length : (chain.spreadFrom ?? rules.length);
    for (let i = 0; i < end; i++) {
      const rule = rules[i];
      if (rule === undefined || !this.#matches(rule)) continue;
      const ended = this.#apply(chain, rule, depth);
      if (ended === "return") return undefined;
      if (ended !== undefined && (rule.probability === undefined || rng !== undefined)) return ended;
    }
    if (rng === undefined || end >= rules.length) return undefined;
    // The alternatives 1/n, 1/(n-1), … 1 of the kernel's rules are one even draw.
    const drawn = rules[end + rng.int(rules.length - end)];
    return drawn === undefined ? undefined : this.#apply(chain, drawn, depth);
  }

  #apply(chain: Chain, rule: Rule, depth: number): End {
    if (rule.subject !== undefined) {
      this.subject = rule.subject;
      this.via = rule.via;
    }
    if (rule.policy !== undefined) this.policy = rule.policy;
    if (rule.recentSet !== undefined && this.#context.rng !== undefined) this.affinity = rule.recentSet;
    const { target } = rule;
    if (target === undefined || target.kind === "return") return target === undefined ? undefined : "return";
    const before = this.rules.length;
    this.rules.push(chain.matched(rule));
    if (target.kind === "jump") {
      const ended = this.#run(target.chain, depth + 1);
      if (ended === undefined && this.rules.length === before + 1) this.rules.pop(); // nothing came of it
      return ended;
    }
    return this.#act(chain, target);
  }

  #act(chain: Chain, target: Exclude<Rule["target"], undefined | { kind: "jump" }>): End {
    switch (target.kind) {
      case "mark-masquerade":
        this.marked = true;
        this.everMarked = true;
        return undefined;
      case "unmark-masquerade":
        this.marked = false;
        return undefined;
      case "masquerade":
        this.masquerade = true;
        return "accept";
      case "dnat":
        this.destinations.push({ address: target.address, port: target.port, text: target.text, by: chain.name });
        return "dnat";
      default:
        return target.kind;
    }
  }

  #matches(rule: Rule): boolean {
    const header = this.#header;
    if (rule.destinationPort !== undefined && rule.destinationPort !== this.port) return false;
    if (rule.destination !== undefined && rule.destination !== this.destination) return false;
    if (rule.protocol !== undefined && rule.protocol !== header.protocol) return false;
    if (rule.states !== undefined && !rule.states.includes("NEW")) return false;
    if (rule.marked !== undefined && rule.marked !== this.marked) return false;
    if (rule.source !== undefined && !contains(rule.source, this.#source)) return false;
    if (rule.notSource !== undefined && contains(rule.notSource, this.#source)) return false;
    if (rule.notDestination !== undefined && contains(rule.notDestination, parseIPv4(this.destination))) return false;
    if (rule.destinationLocal === true && !this.#context.isLocal(this.destination)) return false;
    if (rule.sourceLocal === true && !this.#context.isLocal(header.source)) return false;
    return this.#isRecent(rule) && this.#falls(rule);
  }

  #isRecent(rule: Rule): boolean {
    if (rule.recentCheck === undefined) return true;
    this.isFixed = false;
    const { rng, recent, now } = this.#context;
    if (rng === undefined || recent === undefined) return false;
    const { name, seconds } = rule.recentCheck;
    return recent.seenAt(name, this.#header.source, { seconds, now }) !== undefined;
  }

  /** `statistic`: only met one by one where a chain does not say that its rules are an even spread. */
  #falls(rule: Rule): boolean {
    const { rng } = this.#context;
    if (rule.probability === undefined || rng === undefined) return true;
    this.isFixed = false;
    return rng.next() < rule.probability;
  }
}

const HERE_TO_HERE = ["OUTPUT", "INPUT"] as const;
const HERE_TO_ELSEWHERE = ["OUTPUT", "FORWARD"] as const;
const WIRE_TO_HERE = ["INPUT"] as const;
const WIRE_TO_ELSEWHERE = ["FORWARD"] as const;

/** Where a packet goes through the filter table. */
function filterHooks(origin: "here" | "wire", local: boolean): readonly string[] {
  // Unlike the kernel: a packet made here and bound elsewhere also meets FORWARD's rules, because upstream's packet tracer
  // (and so everything that was recorded with it) asks KUBE-EXTERNAL-SERVICES for such packets too.
  if (origin === "here") return local ? HERE_TO_HERE : HERE_TO_ELSEWHERE;
  return local ? WIRE_TO_HERE : WIRE_TO_ELSEWHERE;
}

/**
 * Runs the first packet of a connection through nat, filter and nat again, as the kernel would on this node.
 *
 * With `rng` one alternative is drawn; without, all are followed and `destinations` lists every endpoint that may be drawn.
 */
// Models kubernetes/pkg/proxy/iptables/proxier_test.go tracePacket. Spec: [NAT-1].
export function evaluate(ruleset: Ruleset, header: Header, context: EvaluationContext): Decision {
  const run = new Evaluation(header, context);
  run.run(ruleset.chain("nat", context.origin === "here" ? "OUTPUT" : "PREROUTING"));
  const first = run.destinations[0];
  if (first !== undefined) {
    run.destination = first.address;
    run.port = first.port;
  }
  let end: End;
  for (const hook of filterHooks(context.origin, context.isLocal(run.destination))) {
    end = run.run(ruleset.chain("filter", hook));
    if (end === "drop" || end === "reject" || end === "accept") break;
  }
  const stopped = end === "drop" || end === "reject";
  if (!stopped) run.run(ruleset.chain("nat", "POSTROUTING"));
  const destinations = stopped ? [] : run.destinations;
  const endpoint = destinations[0]?.text;
  const { subject, via, policy } = run;
  return {
    verdict: end === "drop" ? "DROP" : end === "reject" ? "REJECT" : "ACCEPT",
    destinations,
    masquerade: run.masquerade || (context.rng === undefined && run.everMarked),
    acceptedByRule: end === "accept",
    rules: run.rules.slice(), // without the room that a growing array keeps: the record holds thousands of these
    affinity: run.affinity,
    subject,
    via,
    service: subject === undefined ? undefined : new Choice(subject, { via, policy, drawn: endpoint }),
    drawn: subject === undefined || endpoint === undefined ? undefined : { service: subject.service, endpoint },
    isFixed: run.isFixed,
  };
}
