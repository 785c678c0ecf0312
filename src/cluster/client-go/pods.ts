// What the state of a pod means: ready, active, ended; and pods made from templates.
import type { KubeObject } from "../api/objects.ts";
import type { Container, Pod, PodCondition, PodTemplateSpec } from "../api/types.gen.ts";
import { parseTime } from "../sim/time.ts";
import { controllerReference } from "./owners.ts";

/** The condition of this type, if the pod has one. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  const conditions = pod.status?.conditions;
  return conditions?.find((condition) => condition.type === type);
}

/** Whether the pod's Ready condition is True. */
// Models kubernetes/pkg/api/v1/pod/util.go IsPodReady
export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, "Ready")?.status === "True";
}

/** Whether all containers have ended for good. */
// Models kubernetes/pkg/api/v1/pod/util.go IsPodTerminal
export function isPodTerminal(pod: Pod): boolean {
  const phase = pod.status?.phase;
  return phase === "Succeeded" || phase === "Failed";
}

/** Whether the pod still counts for its owner: not ended and not being deleted. */
// Models kubernetes/pkg/controller/controller_utils.go IsPodActive
export function isPodActive(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** When the pod has been ready for `minReadySeconds`, in milliseconds since 1970; undefined when it is not ready. */
// Models kubernetes/pkg/api/v1/pod/util.go IsPodAvailable
export function availableAt(pod: Pod, minReadySeconds: number): number | undefined {
  const ready = podCondition(pod, "Ready");
  if (ready?.status !== "True") return undefined;
  return (parseTime(ready.lastTransitionTime) ?? 0) + minReadySeconds * 1000;
}

/** All containers and restartable (sidecar) init containers: those that run as long as the pod does. */
export function lastingContainers(pod: Pod): Container[] {
  const sidecars = (pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === "Always");
  return [...(pod.spec?.containers ?? []), ...sidecars];
}

/** How often the container that was restarted most has been restarted. */
export function maxRestarts(pod: Pod): number {
  return Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status) => status.restartCount));
}

/** A pod of `owner` made from a template, without a name; the spec is shared with the template. */
// Models kubernetes/pkg/controller/controller_utils.go GetPodFromTemplate
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      generateName: `${owner.metadata.name}-`,
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    ...(template.spec === undefined ? {} : { spec: template.spec }),
  };
}
