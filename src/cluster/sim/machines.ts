// Which machines a cluster has: what is asked for, and the names, addresses and pod ranges that follow from it.
import type { ClusterSettings, NodeSettings } from "./settings.ts";

/** Most nodes of a cluster. */
export const NODES_LIMIT = 100;

/** A machine as it is asked for. What is left out is as it was; for a machine that joins, the cluster chooses it. */
export type NodePlan = Pick<NodeSettings, "name"> & Partial<NodeSettings>;

/** Settings to be changed, with machines as they are asked for. */
export type SettingsChange = Partial<Omit<ClusterSettings, "nodes"> & { readonly nodes: readonly NodePlan[] }>;

/** The zones that new machines get in turn. */
const ZONES = ["zone-a", "zone-b", "zone-c"];
/** Machine N has pod range N of the cluster and the N-th address from this one on that no client has. */
const FIRST_ADDRESS = 11;
const SEGMENT = "192.168.1";
const LAST_NUMBER = 254;

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
  const taken = settled.flatMap(({ podCIDR }) => podCIDR ?? []);
  const addresses = new Set(settled.flatMap(({ address }) => address ?? []));
  return settled.map((plan) => {
    const { zone, address, podCIDR } = plan;
    if (zone !== undefined && address !== undefined && podCIDR !== undefined)
      return { ...plan, zone, address, podCIDR };
    const number = podCIDR === undefined ? freeNumber(plan.name, taken, settings) : numberOf(podCIDR);
    const range = podCIDR ?? rangeOf(number, settings);
    taken.push(range);
    const own = address ?? addressOf(number, addresses, settings);
    addresses.add(own);
    return { ...plan, zone: zone ?? ZONES[(number - 1) % ZONES.length] ?? "", address: own, podCIDR: range };
  });
}

/** The number in a name, if it is free, else the lowest that is. */
function freeNumber(name: string, taken: readonly string[], settings: ClusterSettings): number {
  const isFree = (number: number) => !taken.some((range) => covers(range, rangeOf(number, settings)));
  const own = Number(/^node-([1-9]\d{0,2})$/.exec(name)?.[1] ?? 0);
  if (own >= 1 && own <= LAST_NUMBER && isFree(own)) return own;
  let number = 1;
  while (number < LAST_NUMBER && !isFree(number)) number++;
  return number;
}

/** The first name that no machine has, of those whose number is free. */
export function freeName(settings: ClusterSettings, others: Iterable<string> = []): string {
  const names = new Set([...settings.nodes.map(({ name }) => name), ...others]);
  const ranges = settings.nodes.map(({ podCIDR }) => podCIDR);
  for (let number = 1; ; number++) {
    const isFree = !ranges.some((range) => covers(range, rangeOf(number, settings)));
    if (!names.has(`node-${number}`) && (isFree || number > LAST_NUMBER)) return `node-${number}`;
  }
}

function rangeOf(number: number, { podCIDR }: ClusterSettings): string {
  const [first, second] = podCIDR.split(".");
  return `${first}.${second}.${number}.0/24`;
}

function numberOf(range: string): number {
  return Number(range.split(".")[2] ?? 0);
}

/** Whether a range holds the other one, or is it. */
export function covers(range: string, other: string): boolean {
  const [own, theirs] = [parts(range), parts(other)];
  const size = 2 ** (32 - own.prefix);
  return own.prefix <= theirs.prefix && Math.floor(own.address / size) === Math.floor(theirs.address / size);
}

function parts(range: string): { readonly address: number; readonly prefix: number } {
  const [address = "", prefix = "32"] = range.split("/");
  return { address: address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0), prefix: Number(prefix) };
}

/** The address of a number; the lowest free one where another machine has it. */
function addressOf(number: number, taken: ReadonlySet<string>, { clients }: ClusterSettings): string {
  const outside = new Set(clients.map(({ address }) => address));
  const all: string[] = [];
  for (let last = FIRST_ADDRESS; last <= LAST_NUMBER; last++)
    if (!outside.has(`${SEGMENT}.${last}`)) all.push(`${SEGMENT}.${last}`);
  const own = all[number - 1];
  if (own !== undefined && !taken.has(own)) return own;
  return all.find((address) => !taken.has(address)) ?? `${SEGMENT}.${LAST_NUMBER}`;
}
