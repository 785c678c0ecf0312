// A node's kernel: what its kube-proxy configured, and what it remembers of the packets that came by.
import type { Rng } from "../sim/rng.ts";
import { Conntrack } from "./conntrack.ts";
import { type Decision, evaluate } from "./netfilter/evaluate.ts";
import { NodeRuleset } from "./netfilter/node-ruleset.ts";
import { RecentLists } from "./netfilter/session-affinity.ts";
import { Verdicts } from "./netfilter/verdicts.ts";
import type { Header, Place } from "./packet.ts";

/** One node's packet filter and connection tracking. */
export class Machine {
  readonly name: string;
  readonly address: string;
  readonly place: Place;
  readonly rules = new NodeRuleset();
  readonly conntrack = new Conntrack();
  readonly recent = new RecentLists();
  readonly #verdicts = new Verdicts(this.rules);
  readonly isLocal = (address: string): boolean => address === this.address || address.startsWith("127.");

  constructor(name: string, address: string) {
    this.name = name;
    this.address = address;
    this.place = { kind: "node", name };
  }

  /** Runs the first packet of a connection through the rules; without `rng` all alternatives are listed. */
  judge(header: Header, how: { readonly origin: "here" | "wire"; readonly now: number; readonly rng?: Rng }): Decision {
    const { origin, now, rng } = how;
    const { isLocal, recent } = this;
    return rng === undefined
      ? evaluate(this.rules, header, { isLocal, origin, now, recent })
      : this.#verdicts.of(header, { isLocal, origin, now, recent, rng });
  }

  /** Forgets everything: the power was cut. */
  clear(): void {
    this.rules.clear();
    this.conntrack.clear();
    this.recent.clear();
  }
}
