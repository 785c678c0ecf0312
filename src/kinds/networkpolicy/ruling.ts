// What comes of a connection at one of its pods: admitted by some policy, or dropped.
import type { MatchedRule } from "../../cluster/index.ts";
import { W } from "../../words/en/policy-said.ts";
import { judge } from "./judge.ts";
import { admitting, type Connection, type Direction, otherEnd, type Policy, type PolicyPod } from "./rules.ts";
import { endText, podText, policyText, portText } from "./text.ts";

/** What the policies that apply to a pod make of a connection. With none of them the pod is not isolated. */
export class Ruling {
  readonly direction: Direction;
  readonly pod: PolicyPod;
  /** Those that select the pod and have this direction. */
  readonly policies: readonly Policy[];
  readonly connection: Connection;
  /** The policy and the rule that admit; the first of several. */
  readonly by: { readonly policy: Policy; readonly rule: number } | undefined;
  /** For the record of a packet: the policy that admits, or all that don't. */
  readonly rules: readonly MatchedRule[];
  readonly isAdmitted: boolean;
  #why: string | undefined;
  #before: readonly MatchedRule[] | undefined;
  #behind: readonly MatchedRule[] = [];

  constructor(policies: readonly Policy[], direction: Direction, pod: PolicyPod, connection: Connection) {
    this.direction = direction;
    this.pod = pod;
    this.policies = policies;
    this.connection = connection;
    for (const policy of policies) {
      const rule = admitting(policy, direction, connection);
      if (rule === undefined) continue;
      this.by = { policy, rule };
      break;
    }
    this.isAdmitted = this.by !== undefined || policies.length === 0;
    const said = this.by === undefined ? policies : [this.by.policy];
    this.rules = said.map((policy) => new PolicyMatch(policy, this));
  }

  /** The rules that a packet matched before, and these; the same list for the same ones. */
  behind(before: readonly MatchedRule[]): readonly MatchedRule[] {
    if (before.length === 0) return this.rules;
    if (this.#before !== before) {
      this.#before = before;
      this.#behind = [...before, ...this.rules];
    }
    return this.#behind;
  }

  /** Why a packet is dropped, as a sentence without its full stop; empty for one that isn't. Spec: [NETPOL-8]. */
  get why(): string {
    this.#why ??= this.isAdmitted ? "" : whyDropped(this);
    return this.#why;
  }
}

/** A policy in the record of a packet. */
class PolicyMatch implements MatchedRule {
  readonly table = "policy";
  readonly #policy: Policy;
  readonly #ruling: Ruling;

  constructor(policy: Policy, ruling: Ruling) {
    this.#policy = policy;
    this.#ruling = ruling;
  }

  get chain(): string {
    return `${policyText(this.#policy)} (${this.#ruling.direction})`;
  }

  get text(): string {
    const { direction, pod, connection } = this.#ruling;
    const { verdict, why } = judge(this.#policy, direction, pod, connection);
    return `${this.chain} ${verdict}: ${why}`;
  }

  get says(): string {
    const { by, direction } = this.#ruling;
    if (by === undefined) return "";
    return W.admitsIt(by.rule + 1, policyText(by.policy), direction.toLowerCase());
  }
}

function whyDropped({ policies, direction, pod, connection }: Ruling): string {
  const judged = policies.map((policy) => judge(policy, direction, pod, connection));
  const [first] = judged.sort((a, b) => NEAR.indexOf(a.misses) - NEAR.indexOf(b.misses));
  if (first === undefined) return "";
  const other = endText(otherEnd(direction, connection));
  const what = `${portText(connection)} ${(direction === "Ingress" ? W.from : W.to)(other)}`;
  const way = direction.toLowerCase();
  if (judged.length === 1) return W.isolates(policyText(first.policy), podText(pod), way, what, first.why);
  return W.isolate(judged.length, podText(pod), way, what, `${first.policy.name}: ${first.why}`);
}

/** What a nearest rule misses, the smallest miss first. */
const NEAR: readonly unknown[] = ["ports", "peers", "both", undefined];
