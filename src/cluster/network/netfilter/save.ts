// A whole ruleset as iptables-save prints it.
import type { Ruleset, TableName } from "./rule.ts";
import { chainLines } from "./text.ts";

/** The kernel's own chains by table, in the order in which iptables-save declares them. */
const BUILT_IN: Readonly<Record<TableName, readonly string[]>> = {
  filter: ["INPUT", "FORWARD", "OUTPUT"],
  nat: ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
};

/** Text of both tables: chains first, then rules chain by chain, then COMMIT. Spec: [NAT-4]. */
export function iptablesSave(ruleset: Ruleset): string {
  return (["filter", "nat"] as const).map((table) => saveTable(ruleset, table)).join("");
}

function saveTable(ruleset: Ruleset, table: TableName): string {
  const chains = ruleset.chains(table);
  const own = chains.filter((chain) => !BUILT_IN[table].includes(chain.name));
  const lines = [
    `*${table}`,
    ...BUILT_IN[table].map((name) => `:${name} ACCEPT [0:0]`),
    ...own.map((chain) => `:${chain.name} - [0:0]`),
    ...chains.flatMap(chainLines),
    "COMMIT",
  ];
  return `${lines.join("\n")}\n`;
}
