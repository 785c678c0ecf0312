// How many pods each ReplicaSet of a Deployment should have: rolling update, and sharing a change of scale.
import type { Deployment, ReplicaSet } from "../../cluster/api/types.gen.ts";
import { DesiredReplicasAnnotation, MaxReplicasAnnotation } from "../../cluster/api/well-known.ts";
import { resolveIntOrPercent } from "../../cluster/controllers/int-or-percent.ts";
import { byAge } from "./controller-revision.ts";

/** One ReplicaSet should have that many replicas. */
export interface Resize {
  readonly set: ReplicaSet;
  readonly replicas: number;
}

export function desiredReplicas(deployment: Deployment): number {
  return deployment.spec?.replicas ?? 1;
}

export function isRolling(deployment: Deployment): boolean {
  return (deployment.spec?.strategy?.type ?? "RollingUpdate") === "RollingUpdate";
}

/** How many pods more and fewer than wanted a rolling update may have; never both 0. Spec: [DEP-3]. */
// Models kubernetes/pkg/controller/deployment/util ResolveFenceposts
export function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  const { maxSurge = "25%", maxUnavailable = "25%" } = deployment.spec?.strategy?.rollingUpdate ?? {};
  const desired = desiredReplicas(deployment);
  const surge = resolveIntOrPercent(maxSurge, desired, "up");
  const unavailable = resolveIntOrPercent(maxUnavailable, desired, "down");
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

export function maxSurge(deployment: Deployment): number {
  return isRolling(deployment) ? fenceposts(deployment).surge : 0;
}

export function maxUnavailable(deployment: Deployment): number {
  const desired = desiredReplicas(deployment);
  return isRolling(deployment) && desired > 0 ? Math.min(fenceposts(deployment).unavailable, desired) : 0;
}

export function totalReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + (set.spec?.replicas ?? 1), 0);
}

export function availableReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + (set.status?.availableReplicas ?? 0), 0);
}

/** The replicas the new ReplicaSet may have now. Spec: [DEP-3]. */
// Models kubernetes/pkg/controller/deployment/util NewRSNewReplicas
export function newSetReplicas(
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  oldSets: readonly ReplicaSet[],
): number {
  const desired = desiredReplicas(deployment);
  if (!isRolling(deployment)) return desired;
  const current = newSet?.spec?.replicas ?? 0;
  const total = totalReplicas(oldSets) + (newSet === undefined ? 0 : (newSet.spec?.replicas ?? 1));
  const room = desired + maxSurge(deployment) - total;
  if (room <= 0) return current;
  return current + Math.min(room, desired - current);
}

/** What the old ReplicaSets give up now: pods that do not run first, then as many as availability allows. Spec: [DEP-4]. */
// Models kubernetes/pkg/controller/deployment/rolling.go reconcileOldReplicaSets
export function shrinkOldSets(deployment: Deployment, newSet: ReplicaSet, oldSets: readonly ReplicaSet[]): Resize[] {
  const active = oldSets.filter((set) => (set.spec?.replicas ?? 1) > 0);
  const oldTotal = totalReplicas(active);
  if (oldTotal === 0) return [];
  const all = [...active, newSet];
  const minAvailable = desiredReplicas(deployment) - maxUnavailable(deployment);
  const newUnavailable = (newSet.spec?.replicas ?? 1) - (newSet.status?.availableReplicas ?? 0);
  const maxScaledDown = totalReplicas(all) - minAvailable - newUnavailable;
  if (maxScaledDown <= 0) return [];
  const sizes = new Map(byAge(active).map((set) => [set, set.spec?.replicas ?? 1]));
  cleanUpUnhealthy(sizes, maxScaledDown);
  const spare = availableReplicas(all) - minAvailable;
  let left = spare;
  for (const [set, size] of sizes) {
    if (left <= 0) break;
    const down = Math.min(size, left);
    sizes.set(set, size - down);
    left -= down;
  }
  return resizes(sizes);
}

function cleanUpUnhealthy(sizes: Map<ReplicaSet, number>, limit: number): void {
  let left = limit;
  for (const [set, size] of sizes) {
    if (left <= 0) return;
    const down = Math.min(left, Math.max(0, size - (set.status?.availableReplicas ?? 0)));
    sizes.set(set, size - down);
    left -= down;
  }
}

function resizes(sizes: ReadonlyMap<ReplicaSet, number>): Resize[] {
  return [...sizes]
    .filter(([set, size]) => size !== (set.spec?.replicas ?? 1))
    .map(([set, replicas]) => ({ set, replicas }));
}

/** Whether the Deployment was scaled since its ReplicaSets were last sized for it. */
// Models kubernetes/pkg/controller/deployment/sync.go isScalingEvent
export function isScalingEvent(deployment: Deployment, sets: readonly ReplicaSet[]): boolean {
  return sets.some((set) => {
    const text = set.metadata.annotations?.[DesiredReplicasAnnotation];
    return (set.spec?.replicas ?? 1) > 0 && text !== undefined && Number(text) !== desiredReplicas(deployment);
  });
}

/**
 * Shares a change of scale: one active ReplicaSet takes all of it, several (in the middle of a roll-out) their part in
 * proportion to their size, a complete roll-out empties the old ones. Spec: [DEP-5].
 */
// Models kubernetes/pkg/controller/deployment/sync.go scale
export function shareScale(
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  oldSets: readonly ReplicaSet[],
): Resize[] {
  const desired = desiredReplicas(deployment);
  const active = [...oldSets, ...(newSet === undefined ? [] : [newSet])].filter((set) => (set.spec?.replicas ?? 1) > 0);
  const only = active.length > 1 ? undefined : (active[0] ?? newSet ?? byAge(oldSets).at(-1));
  if (only !== undefined) return [{ set: only, replicas: desired }];
  if (newSet !== undefined && isSaturated(deployment, newSet))
    return oldSets.filter((set) => (set.spec?.replicas ?? 1) > 0).map((set) => ({ set, replicas: 0 }));
  return isRolling(deployment) ? proportions(deployment, active) : [];
}

// Models kubernetes/pkg/controller/deployment/util IsSaturated
function isSaturated(deployment: Deployment, set: ReplicaSet): boolean {
  const desired = desiredReplicas(deployment);
  const annotated = Number(set.metadata.annotations?.[DesiredReplicasAnnotation]);
  return (
    (set.spec?.replicas ?? 1) === desired && annotated === desired && (set.status?.availableReplicas ?? 0) === desired
  );
}

function proportions(deployment: Deployment, active: readonly ReplicaSet[]): Resize[] {
  const desired = desiredReplicas(deployment);
  const allowed = desired > 0 ? desired + maxSurge(deployment) : 0;
  const toAdd = allowed - totalReplicas(active);
  const bySize = [...active].sort((a, b) => {
    const difference = (b.spec?.replicas ?? 1) - (a.spec?.replicas ?? 1);
    if (difference !== 0) return difference;
    const [first, second] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
    return (first < second ? -1 : 1) * (toAdd > 0 ? -1 : 1);
  });
  let added = 0;
  const sizes = bySize.map((set): Resize => {
    const size = set.spec?.replicas ?? 1;
    const share = toAdd === 0 ? 0 : part(deployment, set, { toAdd, added });
    added += share;
    return { set, replicas: size + share };
  });
  return sizes.map((resize, index) =>
    index === 0 ? { set: resize.set, replicas: Math.max(0, resize.replicas + toAdd - added) } : resize,
  );
}

/** The share of one ReplicaSet, rounded, and never more than what is left. */
// Models kubernetes/pkg/controller/deployment/util GetReplicaSetProportion
function part(
  deployment: Deployment,
  set: ReplicaSet,
  sum: { readonly toAdd: number; readonly added: number },
): number {
  const size = set.spec?.replicas ?? 1;
  if (size === 0 || sum.toAdd === sum.added) return 0;
  const annotated = Number(set.metadata.annotations?.[MaxReplicasAnnotation] ?? 0);
  const before = annotated > 0 ? annotated : (deployment.status?.replicas ?? 0);
  const target = desiredReplicas(deployment) + maxSurge(deployment);
  const fraction =
    desiredReplicas(deployment) === 0 ? -size : Math.round((size * target) / (before === 0 ? 1 : before)) - size;
  const left = sum.toAdd - sum.added;
  return sum.toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
}
