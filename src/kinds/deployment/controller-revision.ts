// Revisions: which ReplicaSet is the new one, which are old, and their annotations.
import type { Deployment, ReplicaSet } from "../../cluster/api/types.gen.ts";
import {
  DefaultDeploymentUniqueLabelKey,
  DesiredReplicasAnnotation,
  LastAppliedConfigAnnotation,
  MaxReplicasAnnotation,
  RevisionAnnotation,
  RevisionHistoryAnnotation,
} from "../../cluster/api/well-known.ts";
import { deepEqual, setOwn } from "../../cluster/sim/values.ts";

/** Annotations of a Deployment that its ReplicaSets do not get. */
const NOT_COPIED = new Set([
  LastAppliedConfigAnnotation,
  RevisionAnnotation,
  RevisionHistoryAnnotation,
  DesiredReplicasAnnotation,
  MaxReplicasAnnotation,
  "deprecated.deployment.rollback.to",
]);

/** The ReplicaSet made from the Deployment's present template: the oldest, should there be several. */
// Models kubernetes/pkg/controller/deployment/util FindNewReplicaSet. Spec: [DEP-2].
export function findNewReplicaSet(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  const wanted = deployment.spec?.template;
  return byAge(sets).find((set) => {
    const template = set.spec?.template;
    const { [DefaultDeploymentUniqueLabelKey]: _hash, ...labels } = template?.metadata?.labels ?? {};
    const { [DefaultDeploymentUniqueLabelKey]: _other, ...wantedLabels } = wanted?.metadata?.labels ?? {};
    return (
      deepEqual(template?.spec, wanted?.spec) &&
      deepEqual(labels, wantedLabels) &&
      deepEqual(template?.metadata?.annotations ?? {}, wanted?.metadata?.annotations ?? {})
    );
  });
}

/** Oldest first; sets of the same second by name. */
export function byAge(sets: readonly ReplicaSet[]): ReplicaSet[] {
  return [...sets].sort((a, b) => {
    const [older, younger] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
    if (older !== younger) return older < younger ? -1 : 1;
    return (a.metadata.name ?? "") < (b.metadata.name ?? "") ? -1 : 1;
  });
}

/** The revision number that an object carries; 0 when it carries none. */
export function revisionOf(object: Deployment | ReplicaSet): number {
  const text = object.metadata.annotations?.[RevisionAnnotation];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
}

/** The number that the new ReplicaSet gets: one more than any old one has. */
export function nextRevision(oldSets: readonly ReplicaSet[]): number {
  return Math.max(0, ...oldSets.map(revisionOf)) + 1;
}

/** The annotations of the new ReplicaSet, its former revision remembered when the number changes. */
// Models kubernetes/pkg/controller/deployment/util SetNewReplicaSetAnnotations
export function newSetAnnotations(
  deployment: Deployment,
  set: ReplicaSet | undefined,
  revision: number,
): Record<string, string> {
  const annotations: Record<string, string> = { ...set?.metadata.annotations };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {}))
    if (!NOT_COPIED.has(key)) setOwn(annotations, key, value);
  const old = set === undefined ? 0 : revisionOf(set);
  if (old >= revision) return annotations;
  annotations[RevisionAnnotation] = String(revision);
  if (old > 0) {
    const history = annotations[RevisionHistoryAnnotation];
    annotations[RevisionHistoryAnnotation] = history === undefined ? String(old) : `${history},${old}`;
  }
  return annotations;
}
