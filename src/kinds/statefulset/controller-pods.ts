// The pods of a StatefulSet: their names, their identity, and what is to be done next.
import type { Pod, PodTemplateSpec, StatefulSet } from "../../cluster/api/types.gen.ts";
import {
  ControllerRevisionHashLabelKey,
  PodIndexLabel,
  StatefulSetPodNameLabel,
} from "../../cluster/api/well-known.ts";
import { availableAt, isPodTerminal, podFromTemplate } from "../../cluster/client-go/pods.ts";
import { resolveIntOrPercent } from "../../cluster/controllers/int-or-percent.ts";

/** The number at the end of a pod's name; undefined for a pod that is none of the set's. */
// Models kubernetes/pkg/controller/statefulset/stateful_set_utils.go getParentNameAndOrdinal
export function ordinalOf(set: StatefulSet, pod: Pod): number | undefined {
  const match = /^(.*)-(\d+)$/.exec(pod.metadata.name ?? "");
  return match !== null && match[1] === set.metadata.name ? Number(match[2]) : undefined;
}

/** A pod with the identity of its number: name, hostname, subdomain, labels, claims. Spec: [STS-2]. */
// Models kubernetes/pkg/controller/statefulset/stateful_set_utils.go newStatefulSetPod
export function podOf(set: StatefulSet, template: PodTemplateSpec, ordinal: number, revision: string): Pod {
  const pod = podFromTemplate(template, set);
  const name = `${set.metadata.name}-${ordinal}`;
  const { generateName: _unused, ...metadata } = pod.metadata;
  const claims = (set.spec?.volumeClaimTemplates ?? []).map(({ metadata: claim }) => claim.name ?? "");
  const volumes = [
    ...(template.spec?.volumes ?? []).filter((volume) => !claims.includes(volume.name)),
    ...claims.map((claim) => ({ name: claim, persistentVolumeClaim: { claimName: `${claim}-${name}` } })),
  ];
  return {
    ...pod,
    metadata: {
      ...metadata,
      generateName: `${set.metadata.name}-`,
      name,
      labels: {
        ...metadata.labels,
        [PodIndexLabel]: String(ordinal),
        [ControllerRevisionHashLabelKey]: revision,
        [StatefulSetPodNameLabel]: name,
      },
    },
    spec: {
      ...template.spec,
      containers: template.spec?.containers ?? [],
      hostname: name,
      ...((set.spec?.serviceName ?? "") === "" ? {} : { subdomain: set.spec?.serviceName }),
      ...(volumes.length === 0 ? {} : { volumes }),
    },
  };
}

/** What to do to a set's pods now. */
export interface Steps {
  readonly create: readonly number[];
  readonly remove: readonly Pod[];
  /** When a pod that is ready becomes available, in milliseconds since 1970. */
  readonly wakeAt?: number;
}

/** The state from which the next steps follow; `now` is in milliseconds since 1970. */
export interface SetState {
  readonly set: StatefulSet;
  readonly pods: readonly Pod[];
  readonly updateRevision: string;
  readonly now: number;
}

export function isParallel(set: StatefulSet): boolean {
  return set.spec?.podManagementPolicy === "Parallel";
}

export function firstOrdinal(set: StatefulSet): number {
  return set.spec?.ordinals?.start ?? 0;
}

function isAvailable(set: StatefulSet, pod: Pod, now: number): boolean {
  if (pod.metadata.deletionTimestamp !== undefined || pod.status?.phase !== "Running") return false;
  return (availableAt(pod, set.spec?.minReadySeconds ?? 0) ?? Number.POSITIVE_INFINITY) <= now;
}

/**
 * One pod at a time in the order of numbers, each waiting for the one before (OrderedReady), or all at once (Parallel); surplus
 * pods go from the highest number down; when all are Ready, one old pod after the other makes room for the new revision.
 * Spec: [STS-1] [STS-5].
 */
// Models kubernetes/pkg/controller/statefulset/stateful_set_control.go updateStatefulSet
export function nextSteps(state: SetState): Steps {
  const { set, now } = state;
  const start = firstOrdinal(set);
  const end = start + (set.spec?.replicas ?? 1);
  const numbered = [...state.pods]
    .flatMap((pod) => {
      const ordinal = ordinalOf(set, pod);
      return ordinal === undefined ? [] : [{ ordinal, pod }];
    })
    .sort((a, b) => a.ordinal - b.ordinal);
  const byOrdinal = new Map(numbered.map(({ ordinal, pod }) => [ordinal, pod]));
  const condemned = numbered.filter(({ ordinal }) => ordinal < start || ordinal >= end).reverse();
  const create: number[] = [];
  const remove: Pod[] = [];
  for (let ordinal = start; ordinal < end; ordinal++) {
    const pod = byOrdinal.get(ordinal);
    if (pod === undefined) create.push(ordinal);
    else if (isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined) remove.push(pod);
    const stands = pod !== undefined && isAvailable(set, pod, now);
    if (!stands && !isParallel(set)) return { create, remove, ...wake(set, pod) };
  }
  if (isParallel(set)) remove.push(...condemned.map(({ pod }) => pod).filter(isNotEnding));
  else if (condemned.length > 0) {
    const [last] = condemned;
    if (last !== undefined && isNotEnding(last.pod)) remove.push(last.pod);
    return { create, remove };
  }
  if (create.length > 0) return { create, remove };
  return { create, remove: [...remove, ...outdated(state, byOrdinal)] };
}

function isNotEnding(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined;
}

function wake(set: StatefulSet, pod: Pod | undefined): { wakeAt?: number } {
  const at = pod === undefined ? undefined : availableAt(pod, set.spec?.minReadySeconds ?? 0);
  return at === undefined ? {} : { wakeAt: at };
}

/** Pods of an old revision that may be replaced now: from the highest number down to the partition, while the rest are Ready. */
function outdated({ set, updateRevision, now }: SetState, byOrdinal: ReadonlyMap<number, Pod>): Pod[] {
  const { type = "RollingUpdate", rollingUpdate } = set.spec?.updateStrategy ?? {};
  if (type !== "RollingUpdate") return [];
  const replicas = set.spec?.replicas ?? 1;
  const allowed = Math.max(1, resolveIntOrPercent(rollingUpdate?.maxUnavailable ?? 1, replicas, "up"));
  const start = firstOrdinal(set);
  let unavailable = [...byOrdinal.values()].filter((pod) => !isAvailable(set, pod, now)).length;
  const chosen: Pod[] = [];
  for (let ordinal = start + replicas - 1; ordinal >= start + (rollingUpdate?.partition ?? 0); ordinal--) {
    const pod = byOrdinal.get(ordinal);
    if (pod === undefined) continue;
    const old = pod.metadata.labels?.[ControllerRevisionHashLabelKey] !== updateRevision;
    if (old && isNotEnding(pod)) {
      const broken = !isAvailable(set, pod, now);
      if (!broken && unavailable >= allowed) break;
      chosen.push(pod);
      if (!broken) unavailable++;
      if (chosen.length >= allowed) break;
    } else if (!isAvailable(set, pod, now) && allowed === 1) break;
  }
  return chosen;
}
