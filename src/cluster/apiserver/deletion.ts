// How an object ends: at once, after its grace period, or when its finalizers are gone.
import type { KubeObject } from "../api/objects.ts";
import type { ResourceName } from "../api/scheme.ts";
import type { Namespace, Pod } from "../api/types.gen.ts";
import { type StatusError, statusError } from "../apimachinery/errors.ts";
import { formatTime } from "../sim/time.ts";
import type { DeleteOptions } from "./options.ts";

const IMMORTAL = new Set(["default", "kube-system", "kube-public"]);

/** Refuses what may never be deleted, and preconditions that do not hold. @throws StatusError Forbidden, Conflict */
export function checkDeletion(resource: ResourceName, object: KubeObject, options: DeleteOptions): void {
  const name = object.metadata.name ?? "";
  if (resource === "namespaces" && IMMORTAL.has(name))
    throw statusError("Forbidden", `namespaces "${name}" is forbidden: this namespace may not be deleted`);
  const { uid, resourceVersion } = options.preconditions ?? {};
  if (uid !== undefined && uid !== object.metadata.uid)
    throw preconditionFailed(`UID in precondition: ${uid}, UID in object meta: ${object.metadata.uid}`);
  if (resourceVersion !== undefined && resourceVersion !== object.metadata.resourceVersion)
    throw preconditionFailed(
      `ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${object.metadata.resourceVersion}`,
    );
}

function preconditionFailed(what: string): StatusError {
  return statusError("Conflict", `Precondition failed: ${what}`);
}

/** The object as it waits for its end (the same object when it already does), or undefined when it goes at once. */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/registry/rest BeforeDelete
export function markDeleted(
  resource: ResourceName,
  object: KubeObject,
  options: DeleteOptions,
  now: number,
): KubeObject | undefined {
  const grace = gracePeriod(resource, object, options);
  const finalizers = finalizersFor(object, options);
  if (finalizers.length === 0 && namespaceFinalizers(object) === 0 && grace === 0) return undefined;
  const { metadata } = object;
  const shorter = grace < (metadata.deletionGracePeriodSeconds ?? Number.POSITIVE_INFINITY);
  if (metadata.deletionTimestamp !== undefined && !shorter) return object;
  const marked = {
    ...object,
    metadata: {
      ...metadata,
      ...(finalizers.length === 0 ? {} : { finalizers }),
      deletionTimestamp: formatTime(now + grace * 1000),
      deletionGracePeriodSeconds: grace,
      ...(metadata.generation === undefined ? {} : { generation: metadata.generation + 1 }),
    },
  };
  if (resource !== "namespaces") return marked;
  return { ...marked, status: { ...(object as Namespace).status, phase: "Terminating" } } as KubeObject;
}

/** Whether an object that is being deleted has nothing left to wait for. */
export function isFinished(object: KubeObject): boolean {
  const { deletionTimestamp, finalizers, deletionGracePeriodSeconds } = object.metadata;
  if (deletionTimestamp === undefined || (finalizers?.length ?? 0) > 0 || (deletionGracePeriodSeconds ?? 0) > 0)
    return false;
  return namespaceFinalizers(object) === 0;
}

function namespaceFinalizers(object: KubeObject): number {
  return object.kind === "Namespace" ? ((object as Namespace).spec?.finalizers?.length ?? 0) : 0;
}

/** Seconds an object gets to end. Pods that no kubelet runs, or that have ended, get none. */
// Models kubernetes/pkg/registry/core/pod/strategy.go CheckGracefulDelete
function gracePeriod(resource: ResourceName, object: KubeObject, options: DeleteOptions): number {
  if (resource !== "pods") return 0;
  const pod = object as Pod;
  const phase = pod.status?.phase;
  if ((pod.spec?.nodeName ?? "") === "" || phase === "Succeeded" || phase === "Failed") return 0;
  return options.gracePeriodSeconds ?? pod.spec?.terminationGracePeriodSeconds ?? 30;
}

function finalizersFor(object: KubeObject, options: DeleteOptions): string[] {
  const finalizers = new Set(object.metadata.finalizers ?? []);
  if (options.propagationPolicy === undefined) return [...finalizers];
  finalizers.delete("orphan");
  finalizers.delete("foregroundDeletion");
  if (options.propagationPolicy === "Orphan") finalizers.add("orphan");
  if (options.propagationPolicy === "Foreground") finalizers.add("foregroundDeletion");
  return [...finalizers];
}
