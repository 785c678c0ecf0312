// The rules of a node, as text.
import { spoken } from "../language.ts";

export const EN = {
  rulesOf: (node: string) => `Rules of ${node}`,
  goTo: (chain: string) => `Go to chain ${chain}`,
  form: "Form of the rules",
  rulesOfForm: (node: string, form: string) => `Rules of ${node}, ${form}`,
  find: "Find in the rules",
  placeholder: "Find: a Service, an address, a chain",
  noPacket: "No packet has matched these rules yet.",
  lines: (n: number) => `${n} ${n === 1 ? "line" : "lines"}`,
  highlighted: (chosen: boolean, nftables: boolean, gone: number) =>
    `Highlighted: what ${chosen ? "this packet" : "the last packet"} matched${nftables ? ", as nftables mode would write it; iptables rules are in effect here" : ""}${gone > 0 ? `; ${gone} of its rules ${gone === 1 ? "no longer exists" : "no longer exist"}` : ""}.`,
  next: "Next highlighted rule",
};

export const W = spoken("rules", EN);
