// What a node that people ask for may be: its name, zone and size, and how many there may be.
import { dns1123Subdomain, labelValue } from "./apimachinery/names.ts";
import { parseQuantity } from "./apimachinery/quantity.ts";
import { NODES_LIMIT, type NodePlan } from "./sim/machines.ts";
import type { ClusterSettings } from "./sim/settings.ts";

/** Most pods of one node: its range of addresses holds no more. */
export const PODS_LIMIT = 250;
/** As a label value, which kubernetes.io/hostname makes of it. */
const NAME_LIMIT = 63;

/** A field of a plan, and what it should be. */
export interface PlanProblem {
  readonly field: "name" | "zone" | "region" | "cpu" | "memory" | "pods";
  readonly reason: string;
}

/** The first thing that is wrong with a plan by itself; undefined when it can be met. Spec: [NODE-12]. */
export function planProblem({ name, zone, region, cpu, memory, pods }: NodePlan): PlanProblem | undefined {
  const [reason] =
    name.length > NAME_LIMIT ? [`must be no more than ${NAME_LIMIT} characters`] : dns1123Subdomain(name);
  if (reason !== undefined) return { field: "name", reason };
  for (const [field, value = ""] of [
    ["zone", zone],
    ["region", region],
  ] as const) {
    const [wrong] = labelValue(value);
    if (wrong !== undefined) return { field, reason: wrong };
  }
  if (cpu !== undefined && !isAmount(cpu, "1m", "1024"))
    return { field: "cpu", reason: "must be a number of processors from 1m to 1024, such as 4 or 500m" };
  if (memory !== undefined && !isAmount(memory, "1Mi", "64Ti"))
    return { field: "memory", reason: "must be an amount of memory from 1Mi to 64Ti, such as 8Gi" };
  if (pods !== undefined && !(Number.isInteger(pods) && pods >= 1 && pods <= PODS_LIMIT))
    return { field: "pods", reason: `must be a whole number from 1 to ${PODS_LIMIT}` };
  return undefined;
}

function isAmount(text: string, least: string, most: string): boolean {
  const amount = nanos(text);
  return amount !== undefined && amount >= (nanos(least) ?? 0n) && amount <= (nanos(most) ?? 0n);
}

function nanos(text: string): bigint | undefined {
  const quantity = parseQuantity(text);
  return "error" in quantity ? undefined : quantity.nanos;
}

/** Why no machine of that name may join; undefined when one may. */
export function whyNoNode(name: string, { nodes, clients }: ClusterSettings): string | undefined {
  if (clients.some((client) => client.name === name)) return `${name} is the name of a client outside the cluster`;
  if (nodes.some((node) => node.name === name)) return `there is a node ${name}`;
  if (nodes.length >= NODES_LIMIT) return `a cluster has at most ${NODES_LIMIT} nodes here`;
  return undefined;
}
