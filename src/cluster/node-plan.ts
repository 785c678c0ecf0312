// What a node that people ask for may be, and how it is said where it may not.
import { LAST_NUMBER, NODE_FORMS, NODES_LIMIT, type NodePlan, PODS_LIMIT, rangeOf } from "./sim/machines.ts";
import type { ClusterSettings } from "./sim/settings.ts";

/** A field of a plan, and what it should be. */
export interface PlanProblem {
  readonly field: keyof typeof WORDS;
  readonly reason: string;
}

const LABEL =
  "must be empty or at most 63 letters, digits, '-', '_' and '.', and begin and end with a letter or a digit";

const WORDS = {
  name: "must be at most 63 small letters, digits, '-' and '.', and begin and end with a letter or a digit",
  zone: LABEL,
  region: LABEL,
  cpu: "must be a number of processors, such as 4, 0.5 or 500m",
  memory: "must be an amount of memory, such as 8Gi or 512Mi",
  pods: `must be a whole number from 1 to ${PODS_LIMIT}`,
} as const;

/** The first thing that is wrong with a plan by itself; undefined when it can be met. Spec: [NODE-12]. */
export function planProblem(plan: NodePlan): PlanProblem | undefined {
  const { pods } = plan;
  for (const [field, form] of NODE_FORMS) {
    const text = plan[field];
    if (text !== undefined && !form.test(text)) return { field, reason: WORDS[field] };
  }
  if (pods !== undefined && !(Number.isInteger(pods) && pods >= 1 && pods <= PODS_LIMIT))
    return { field: "pods", reason: WORDS.pods };
  return undefined;
}

/** Why no machine of that name may join; undefined when one may. */
export function whyNoNode(name: string, { nodes, clients }: ClusterSettings): string | undefined {
  if (clients.some((client) => client.name === name)) return `${name} is the name of a client outside the cluster`;
  if (nodes.some((node) => node.name === name)) return `there is a node ${name}`;
  if (nodes.length >= NODES_LIMIT) return `a cluster has at most ${NODES_LIMIT} nodes here`;
  return undefined;
}

/** The first name node-N that no machine has, of those whose range of pod addresses is free. */
export function freeName(settings: ClusterSettings, others: Iterable<string> = []): string {
  const names = new Set([...settings.nodes.map(({ name }) => name), ...others]);
  const ranges = new Set(settings.nodes.map(({ podCIDR }) => podCIDR));
  for (let number = 1; ; number++) {
    const isFree = number > LAST_NUMBER || !ranges.has(rangeOf(number, settings));
    if (isFree && !names.has(`node-${number}`)) return `node-${number}`;
  }
}
