// A node's kernel: what its kube-proxy told it, and what it remembers of the packets that came by.
import type { Rng } from "../sim/rng.ts";
import { Conntrack } from "./conntrack.ts";
import { type Decision, evaluate } from "./netfilter/evaluate.ts";
import { NodeRuleset } from "./netfilter/node-ruleset.ts";
import { RecentLists } from "./netfilter/recent.ts";
import type { Header } from "./packet.ts";

/** One node's packet filter and connection tracking. */
export class Machine {
  readonly name: string;
  readonly address: string;
  readonly rules = new NodeRuleset();
  readonly conntrack = new Conntrack();
  readonly recent = new RecentLists();
  readonly isLocal = (address: string): boolean => address === this.address || address.startsWith("127.");

  constructor(name: string, address: string) {
    this.name = name;
    this.address = address;
  }

  /** Runs the first packet of a connection through the rules; without `rng` all alternatives are listed. */
  judge(header: Header, how: { readonly origin: "here" | "wire"; readonly now: number; readonly rng?: Rng }): Decision {
    return evaluate(this.rules, header, {
      isLocal: this.isLocal,
      origin: how.origin,
      now: how.now,
      recent: this.recent,
      rng: how.rng,
    });
  }

  /** Forgets everything: the power was cut. */
  clear(): void {
    this.rules.clear();
    this.conntrack.clear();
    this.recent.clear();
  }
}
