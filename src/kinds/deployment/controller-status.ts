// The status of a Deployment: counts, and the conditions Available, Progressing and ReplicaFailure.
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from "../../cluster/api/types.gen.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { availableReplicas, desiredReplicas, maxUnavailable } from "./controller-scale.ts";

const DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;
/** The deadline that means none: the largest int32. */
const NO_DEADLINE = 2_147_483_647;

/** The time as the conditions need it. */
export interface Now {
  readonly timestamp: string;
  /** Milliseconds since 1970. */
  readonly instant: number;
}

type Conditions = readonly DeploymentCondition[];

export function findCondition(conditions: Conditions | undefined, type: string): DeploymentCondition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** A condition put after the others in place of the one of its type; one that says the same already stays as it is. */
// Models kubernetes/pkg/controller/deployment/util SetDeploymentCondition
export function setCondition(
  conditions: Conditions,
  news: { type: string; status: "True" | "False" | "Unknown"; reason: string; message: string },
  now: Now,
): Conditions {
  const before = findCondition(conditions, news.type);
  if (before?.status === news.status && before.reason === news.reason) return conditions;
  const since = before?.status === news.status ? before.lastTransitionTime : now.timestamp;
  const condition = { ...news, lastTransitionTime: since ?? now.timestamp, lastUpdateTime: now.timestamp };
  return [...conditions.filter((each) => each.type !== news.type), condition];
}

/** What the ReplicaSets add up to. Spec: [DEP-7]. */
// Models kubernetes/pkg/controller/deployment/sync.go calculateStatus
export function calculateStatus(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
  now: Now,
): DeploymentStatus {
  const sum = (count: (set: ReplicaSet) => number | undefined) =>
    sets.reduce((total, set) => total + (count(set) ?? 0), 0);
  const available = availableReplicas(sets);
  const total = sum((set) => set.spec?.replicas ?? 1);
  const counts = {
    availableReplicas: available,
    readyReplicas: sum((set) => set.status?.readyReplicas),
    replicas: sum((set) => set.status?.replicas),
    unavailableReplicas: Math.max(0, total - available),
    updatedReplicas: newSet?.status?.replicas ?? 0,
  };
  const enough = available >= desiredReplicas(deployment) - maxUnavailable(deployment);
  const conditions = setCondition(
    deployment.status?.conditions ?? [],
    enough
      ? {
          type: "Available",
          status: "True",
          reason: "MinimumReplicasAvailable",
          message: "Deployment has minimum availability.",
        }
      : {
          type: "Available",
          status: "False",
          reason: "MinimumReplicasUnavailable",
          message: "Deployment does not have minimum availability.",
        },
    now,
  );
  const { collisionCount } = deployment.status ?? {};
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
    ...(collisionCount === undefined ? {} : { collisionCount }),
    conditions: [...conditions],
    ...(deployment.metadata.generation === undefined ? {} : { observedGeneration: deployment.metadata.generation }),
    terminatingReplicas: sum((set) => set.status?.terminatingReplicas),
  };
}

export function hasProgressDeadline(deployment: Deployment): boolean {
  return deployment.spec?.progressDeadlineSeconds !== NO_DEADLINE;
}

/** Whether every pod is of the present template, available, and no old one is left. */
// Models kubernetes/pkg/controller/deployment/util DeploymentComplete
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const desired = desiredReplicas(deployment);
  return (
    (status.updatedReplicas ?? 0) === desired &&
    (status.replicas ?? 0) === desired &&
    (status.availableReplicas ?? 0) === desired &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

// Models kubernetes/pkg/controller/deployment/util DeploymentProgressing
function isProgressing(deployment: Deployment, status: DeploymentStatus): boolean {
  const old = deployment.status ?? {};
  const oldPods = (each: DeploymentStatus) => (each.replicas ?? 0) - (each.updatedReplicas ?? 0);
  return (
    (status.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) ||
    oldPods(status) < oldPods(old) ||
    (status.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  );
}

/** When the present roll-out counts as stuck, in milliseconds since 1970; undefined when it cannot. */
// Models kubernetes/pkg/controller/deployment/util DeploymentTimedOut
export function progressDeadline(deployment: Deployment, conditions: Conditions | undefined): number | undefined {
  const condition = findCondition(conditions, "Progressing");
  if (!hasProgressDeadline(deployment) || condition === undefined) return undefined;
  if (condition.reason === "NewReplicaSetAvailable" || condition.reason === "ProgressDeadlineExceeded")
    return undefined;
  const seconds = deployment.spec?.progressDeadlineSeconds ?? DEFAULT_PROGRESS_DEADLINE_SECONDS;
  return (parseTime(condition.lastUpdateTime) ?? 0) + seconds * 1000;
}

/** The status with its Progressing and ReplicaFailure conditions. Spec: [DEP-8]. */
// Models kubernetes/pkg/controller/deployment/progress.go syncRolloutStatus
export function rolloutStatus(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
  now: Now,
): DeploymentStatus {
  const status = calculateStatus(deployment, sets, newSet, now);
  let conditions: Conditions = status.conditions ?? [];
  if (!hasProgressDeadline(deployment)) conditions = conditions.filter((each) => each.type !== "Progressing");
  else conditions = progressConditions(deployment, { status, newSet, now });
  conditions = conditions.filter((each) => each.type !== "ReplicaFailure");
  const failure = [newSet, ...sets].flatMap((set) => set?.status?.conditions ?? [])[0];
  if (failure !== undefined) {
    const { status: state, reason = "", message = "" } = failure;
    const news = { type: "ReplicaFailure", status: state === "True" ? "True" : "False", reason, message } as const;
    conditions = setCondition(conditions, news, now);
  }
  return { ...status, conditions: [...conditions] };
}

function progressConditions(
  deployment: Deployment,
  next: { readonly status: DeploymentStatus; readonly newSet: ReplicaSet | undefined; readonly now: Now },
): Conditions {
  const { status, newSet, now } = next;
  const conditions = status.conditions ?? [];
  const current = findCondition(deployment.status?.conditions, "Progressing");
  const done = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === "NewReplicaSetAvailable";
  if (done) return conditions;
  const who =
    newSet === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${newSet.metadata.name}"`;
  if (isComplete(deployment, status)) {
    const message = `${who} has successfully progressed.`;
    return setCondition(
      conditions,
      { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable", message },
      now,
    );
  }
  if (isProgressing(deployment, status)) return progressed(conditions, `${who} is progressing.`, now);
  const deadline = progressDeadline(deployment, deployment.status?.conditions);
  if (current?.reason !== "ProgressDeadlineExceeded" && (deadline === undefined || now.instant < deadline))
    return conditions;
  const message = `${who} has timed out progressing.`;
  return setCondition(
    conditions,
    { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message },
    now,
  );
}

/** Every progress renews the condition, and with it the deadline, though status and reason stay the same. */
function progressed(conditions: Conditions, message: string, now: Now): Conditions {
  const before = findCondition(conditions, "Progressing");
  const since = before?.status === "True" ? before.lastTransitionTime : now.timestamp;
  return [
    ...conditions.filter((each) => each.type !== "Progressing"),
    {
      type: "Progressing",
      status: "True",
      reason: "ReplicaSetUpdated",
      message,
      lastTransitionTime: since ?? now.timestamp,
      lastUpdateTime: now.timestamp,
    },
  ];
}
