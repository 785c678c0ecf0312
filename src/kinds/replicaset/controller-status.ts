// The status of a ReplicaSet as its pods give it.
import type {
  Pod,
  ReplicaSet,
  ReplicaSetCondition,
  ReplicaSetStatus,
  ReplicationController,
} from "../../cluster/api/types.gen.ts";
import { hasAll } from "../../cluster/apimachinery/labels.ts";
import { availableAt, isPodReady } from "../../cluster/client-go/pods.ts";

/** What the status is made from; `now` is in milliseconds since 1970. */
export interface StatusInput {
  readonly active: readonly Pod[];
  readonly terminating: number;
  /** Why pods could not be created or deleted in this round. */
  readonly failure: { readonly reason: "FailedCreate" | "FailedDelete"; readonly message: string } | undefined;
  readonly now: number;
  readonly timestamp: string;
}

/** Computes the status. Spec: [RS-6]. */
// Models kubernetes/pkg/controller/replicaset/replica_set_utils.go calculateStatus
export function calculateStatus(set: ReplicaSet | ReplicationController, input: StatusInput): ReplicaSetStatus {
  const minReady = set.spec?.minReadySeconds ?? 0;
  const template = set.spec?.template?.metadata?.labels ?? {};
  let fullyLabeled = 0;
  let ready = 0;
  let available = 0;
  for (const pod of input.active) {
    if (hasAll(pod.metadata.labels, template)) fullyLabeled++;
    if (!isPodReady(pod)) continue;
    ready++;
    if ((availableAt(pod, minReady) ?? Number.POSITIVE_INFINITY) <= input.now) available++;
  }
  const conditions = failureConditions(set, input);
  return {
    ...(available === 0 ? {} : { availableReplicas: available }),
    ...(conditions.length === 0 ? {} : { conditions }),
    ...(fullyLabeled === 0 ? {} : { fullyLabeledReplicas: fullyLabeled }),
    ...(set.metadata.generation === undefined ? {} : { observedGeneration: set.metadata.generation }),
    ...(ready === 0 ? {} : { readyReplicas: ready }),
    replicas: input.active.length,
    terminatingReplicas: input.terminating,
  };
}

function failureConditions(set: ReplicaSet | ReplicationController, input: StatusInput): ReplicaSetCondition[] {
  const conditions = set.status?.conditions ?? [];
  const others = conditions.filter((condition) => condition.type !== "ReplicaFailure");
  if (input.failure === undefined) return others;
  const before = conditions.find((condition) => condition.type === "ReplicaFailure");
  if (before !== undefined) return conditions;
  const { reason, message } = input.failure;
  return [...others, { type: "ReplicaFailure", status: "True", reason, message, lastTransitionTime: input.timestamp }];
}
