// The rules of a node as text, for those who want to read them.
import { nftablesList } from "./kube-proxy/nftables.ts";
import { iptablesSave } from "./network/netfilter/save.ts";
import type { World } from "./world.ts";

/** The rules of a node as its kernel has them now: the text of `iptables-save`, or the same decisions as nftables mode writes them. */
export function printRules(
  world: Pick<World, "rulesOf" | "settings">,
  node: string,
  form: "iptables" | "nftables" = "iptables",
): string {
  const { ruleset, ports, address } = world.rulesOf(node);
  if (form === "iptables") return iptablesSave(ruleset);
  return nftablesList(ports, {
    address,
    podCIDR: world.settings.podCIDR,
    serviceCIDR: world.settings.serviceCIDR,
  });
}
