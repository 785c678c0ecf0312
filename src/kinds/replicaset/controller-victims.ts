// Which pods go first when there are too many.
import type { Pod } from "../../cluster/api/types.gen.ts";
import { PodDeletionCost } from "../../cluster/api/well-known.ts";
import { isPodReady, maxRestarts, podCondition } from "../../cluster/client-go/pods.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { own } from "../../cluster/sim/values.ts";

const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** A pod with all that decides its turn, read once. */
interface Candidate {
  readonly pod: Pod;
  readonly assigned: boolean;
  readonly phase: number;
  readonly ready: boolean;
  readonly cost: number;
  readonly neighbours: number;
  readonly readyAt: number;
  readonly restarts: number;
  readonly createdAt: number;
}

/**
 * The `count` pods to delete first. `neighbours` tells how many related pods share a node, `now` is in milliseconds since 1970.
 */
// Models kubernetes/pkg/controller/controller_utils.go ActivePodsWithRanks, replicaset/replica_set.go getPodsToDelete. Spec: [RS-4].
export function chooseVictims(
  pods: readonly Pod[],
  count: number,
  neighbours: (node: string) => number,
  now: number,
): Pod[] {
  if (count >= pods.length) return [...pods];
  const candidates = pods.map((pod) => candidate(pod, neighbours));
  candidates.sort((a, b) => compare(a, b, now));
  return candidates.slice(0, count).map(({ pod }) => pod);
}

function candidate(pod: Pod, neighbours: (node: string) => number): Candidate {
  const ready = isPodReady(pod);
  const node = pod.spec?.nodeName;
  return {
    pod,
    assigned: node !== undefined,
    phase: own(PHASES, pod.status?.phase ?? "Pending") ?? 0,
    ready,
    cost: deletionCost(pod),
    neighbours: node === undefined ? 0 : neighbours(node),
    readyAt: ready ? (parseTime(podCondition(pod, "Ready")?.lastTransitionTime) ?? 0) : 0,
    restarts: maxRestarts(pod),
    createdAt: parseTime(pod.metadata.creationTimestamp) ?? 0,
  };
}

function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[PodDeletionCost];
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : 0;
}

function compare(a: Candidate, b: Candidate, now: number): number {
  if (a.assigned !== b.assigned) return a.assigned ? 1 : -1;
  if (a.phase !== b.phase) return a.phase - b.phase;
  if (a.ready !== b.ready) return a.ready ? 1 : -1;
  if (a.cost !== b.cost) return a.cost - b.cost;
  if (a.neighbours !== b.neighbours) return b.neighbours - a.neighbours;
  if (a.ready && a.readyAt !== b.readyAt) return younger(a, b, (each) => now - each.readyAt);
  if (a.restarts !== b.restarts) return b.restarts - a.restarts;
  if (a.createdAt !== b.createdAt) return younger(a, b, (each) => now - each.createdAt);
  return 0;
}

/** Ages are compared in powers of two, so that pods of about the same age go by chance (their uids). */
function younger(a: Candidate, b: Candidate, ageMs: (each: Candidate) => number): number {
  const difference = logarithm(ageMs(a)) - logarithm(ageMs(b));
  if (difference !== 0) return difference;
  return (a.pod.metadata.uid ?? "") < (b.pod.metadata.uid ?? "") ? -1 : 1;
}

function logarithm(ageMs: number): number {
  return ageMs > 0 ? Math.floor(Math.log2(ageMs * 1_000_000)) : -1;
}
