// Which workloads can be slow.
import { type FaultyWorkload, type KubeObject, type Pod, splitKey } from "../../cluster/index.ts";
import { isSystem, workloadOf } from "../store/derive.ts";
import type { Objects } from "../store/objects.ts";

const RESOURCES = {
  Deployment: "deployments.apps",
  ReplicaSet: "replicasets.apps",
  StatefulSet: "statefulsets.apps",
  DaemonSet: "daemonsets.apps",
} as const;

/** The most workloads that the cluster's menu lists. */
const LISTED = 6;

/** The workload whose pods are slow together with this one; the pod itself when it has none. */
export function workloadOfPod(pod: KubeObject | undefined, itself: FaultyWorkload): FaultyWorkload {
  const owner = pod === undefined ? undefined : workloadOf(pod as Pod); // found among the pods
  if (owner === undefined || !Object.hasOwn(RESOURCES, owner.kind)) return itself;
  return { ...itself, resource: RESOURCES[owner.kind as keyof typeof RESOURCES], name: owner.name };
}

/** The visitor's own workloads, as many as a menu may list. */
export function workloadsIn(objects: Objects): readonly FaultyWorkload[] {
  const found = Object.values(RESOURCES).flatMap((resource) =>
    [...(objects.get(resource) ?? [])].flatMap(([key, object]): FaultyWorkload[] => {
      const owned = object.metadata.ownerReferences?.some((each) => each.controller === true) ?? false;
      const { namespace = "default", name } = splitKey(key);
      return owned || isSystem(object) ? [] : [{ resource, namespace, name }];
    }),
  );
  return found.slice(0, LISTED);
}
