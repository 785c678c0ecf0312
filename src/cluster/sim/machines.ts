// Which machines a cluster has: what is asked for, and the names, addresses and pod ranges that follow from it.
import type { ClusterSettings, NodeSettings } from "./settings.ts";

/** Most nodes of a cluster. */
export const NODES_LIMIT = 100;

/** Most pods of one node: its range of addresses holds no more. */
export const PODS_LIMIT = 250;

const LABEL = /^([a-zA-Z0-9]([-\w.]{0,61}[a-zA-Z0-9])?)?$/;
/** How the texts of a plan are written. Spec: [NODE-12]. */
export const NODE_FORMS = [
  ["name", /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/],
  ["zone", LABEL],
  ["region", LABEL],
  ["cpu", /^(?=.*[1-9])(\d{1,4}(\.\d{1,3})?|\d{1,7}m)$/],
  ["memory", /^(?=.*[1-9])\d{1,15}(\.\d{1,3})?([KMGT]i|[kMGT])?$/],
] as const;

/** A machine as it is asked for. What is left out is as it was; for a machine that joins, the cluster chooses it. */
export type NodePlan = Pick<NodeSettings, "name"> & Partial<NodeSettings>;

/** Settings to be changed, with machines as they are asked for. */
export type SettingsChange = Partial<Omit<ClusterSettings, "nodes"> & { readonly nodes: readonly NodePlan[] }>;

/** The zones that new machines get in turn. */
const ZONES = ["zone-a", "zone-b", "zone-c"];
/** Machine N has pod range N of the cluster and the N-th address from this one on that no client has. */
const FIRST_ADDRESS = 11;
const SEGMENT = "192.168.1";
/** The highest number of a machine. */
export const LAST_NUMBER = 254;

/** The settings after a change. Spec: [NODE-12]. */
export function changed(settings: ClusterSettings, change: SettingsChange): ClusterSettings {
  const { nodes, ...others } = change;
  const next = { ...settings, ...others };
  return nodes === undefined ? next : { ...next, nodes: machinesOf(nodes, next) };
}

/** The machines that a plan means: those that are there stay what they are, others get what is free. */
function machinesOf(plans: readonly NodePlan[], settings: ClusterSettings): readonly NodeSettings[] {
  const before = new Map(settings.nodes.map((node) => [node.name, node]));
  const settled = plans.map((plan): NodePlan => ({ ...before.get(plan.name), ...plan }));
  const taken = new Set(settled.flatMap(({ podCIDR = "", address = "" }) => [podCIDR, address]));
  const take = (text: string) => {
    taken.add(text);
    return text;
  };
  const addresses = addressesOf(settings);
  return settled.map((plan) => {
    const podCIDR = plan.podCIDR ?? take(freeRange(plan.name, taken, settings));
    const number = Number(podCIDR.split(".")[2]);
    const isFree = (address: string | undefined) => !taken.has(address ?? "");
    const address = plan.address ?? take([addresses[number - 1], ...addresses].find(isFree) ?? "");
    return { ...plan, zone: plan.zone ?? ZONES[(number - 1) % ZONES.length] ?? "", address, podCIDR };
  });
}

/** The range of the number in a name, if it is free, else the first that is. */
function freeRange(name: string, taken: ReadonlySet<string>, settings: ClusterSettings): string {
  const own = Number(/^node-([1-9]\d?\d?)$/.exec(name)?.[1] ?? 1);
  const range = rangeOf(own, settings);
  if (own <= LAST_NUMBER && !taken.has(range)) return range;
  let number = 1;
  while (number < LAST_NUMBER && taken.has(rangeOf(number, settings))) number++;
  return rangeOf(number, settings);
}

/** The range of pod addresses of machine N. */
export function rangeOf(number: number, { podCIDR }: ClusterSettings): string {
  const [first, second] = podCIDR.split(".");
  return `${first}.${second}.${number}.0/24`;
}

/** The addresses that machines may have, in the order of their numbers. */
function addressesOf({ clients }: ClusterSettings): readonly string[] {
  const outside = new Set(clients.map(({ address }) => address));
  const all = Array.from({ length: LAST_NUMBER - FIRST_ADDRESS + 1 }, (_, at) => `${SEGMENT}.${FIRST_ADDRESS + at}`);
  return all.filter((address) => !outside.has(address));
}
