// Verdicts of a node's rules, reused while no rule changes.
import type { Rng } from "../../sim/rng.ts";
import type { Header } from "../packet.ts";
import { type Decision, type EvaluationContext, evaluate } from "./evaluate.ts";
import type { NodeRuleset } from "./node-ruleset.ts";

/** Kinds of packets remembered at most: a cluster has few, a scan of ports has many. */
const MOST = 4_096;

const PROTOCOLS = { TCP: 0, UDP: 1, SCTP: 2, ICMP: 3 } as const;

type How = Omit<EvaluationContext, "rng"> & { readonly rng: Rng };

/** One even draw, and what follows from each number drawn, as far as it came up. */
class Fork {
  readonly limit: number;
  readonly after: Array<Decision | undefined> = [];

  constructor(limit: number) {
    this.limit = limit;
  }
}

/** Draws for an evaluation, and notes how many there were. The first may have been made already. */
class Draws {
  count = 0;
  limit = 0;
  first = 0;
  readonly #rng: Rng;
  readonly #made: number | undefined;

  constructor(rng: Rng, made: number | undefined) {
    this.#rng = rng;
    this.#made = made;
  }

  int(limit: number): number {
    if (this.count++ > 0) return this.#rng.int(limit);
    this.limit = limit;
    this.first = this.#made ?? this.#rng.int(limit);
    return this.first;
  }

  next(): number {
    this.count += 2; // no even draw: nothing that could be repeated
    return this.#rng.next();
  }
}

/**
 * Verdicts by what rules can see of a packet: its addresses, the port it goes to, its protocol and where it was made. Rules that
 * look at anything else (session affinity) are walked for each packet.
 */
export class Verdicts {
  readonly #rules: NodeRuleset;
  #version = -1;
  #size = 0;
  /** By port, protocol and origin in one number, then by destination, then by source. */
  readonly #known = new Map<number, Map<string, Map<string, Decision | Fork>>>();

  constructor(rules: NodeRuleset) {
    this.#rules = rules;
  }

  /** What `evaluate` says, with the same draws taken. */
  of(header: Header, how: How): Decision {
    if (this.#version !== this.#rules.version || this.#size > MOST) this.#forget();
    const key = (header.destinationPort * 4 + PROTOCOLS[header.protocol]) * 2 + (how.origin === "here" ? 1 : 0);
    const known = this.#known.get(key)?.get(header.destination)?.get(header.source);
    if (known === undefined) return this.#judge(header, how, key);
    if (!(known instanceof Fork)) return known;
    const drawn = how.rng.int(known.limit);
    return known.after[drawn] ?? this.#judge(header, how, key, { fork: known, drawn });
  }

  #judge(header: Header, how: How, key: number, at?: { readonly fork: Fork; readonly drawn: number }): Decision {
    const draws = new Draws(how.rng, at?.drawn);
    const decision = evaluate(this.#rules, header, { ...how, rng: draws });
    if (!decision.isFixed || draws.count > 1) return decision;
    if (at !== undefined) {
      at.fork.after[draws.first] = decision;
      this.#size += 1;
    } else if (draws.count === 0) this.#keep(header, key, decision);
    else {
      const made = new Fork(draws.limit);
      made.after[draws.first] = decision;
      this.#keep(header, key, made);
    }
    return decision;
  }

  #keep({ destination, source }: Header, key: number, what: Decision | Fork): void {
    const byDestination = this.#known.get(key) ?? new Map<string, Map<string, Decision | Fork>>();
    this.#known.set(key, byDestination);
    const bySource = byDestination.get(destination) ?? new Map<string, Decision | Fork>();
    byDestination.set(destination, bySource);
    bySource.set(source, what);
    this.#size += 1;
  }

  #forget(): void {
    this.#known.clear();
    this.#size = 0;
    this.#version = this.#rules.version;
  }
}
