// The rules of a node as text, for those who want to read them.
import type { Cluster } from "./cluster.ts";
import { nftablesList } from "./kube-proxy/nftables.ts";
import { iptablesSave } from "./network/netfilter/save.ts";

/** The rules of a node as its kernel has them now: the text of `iptables-save`, or the same decisions as nftables mode writes them. */
export function printRules(cluster: Cluster, node: string, form: "iptables" | "nftables" = "iptables"): string {
  const { ruleset, ports, address } = cluster.rulesOf(node);
  if (form === "iptables") return iptablesSave(ruleset);
  return nftablesList(ports, {
    address,
    podCIDR: cluster.settings.podCIDR,
    serviceCIDR: cluster.settings.serviceCIDR,
  });
}
