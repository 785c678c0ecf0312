// The StatefulSet controller: pods with numbers, one by one.
import { keyOf, splitKey } from "../../cluster/api/objects.ts";
import type { PersistentVolumeClaim, Pod, StatefulSet, StatefulSetStatus } from "../../cluster/api/types.gen.ts";
import { ControllerRevisionHashLabelKey } from "../../cluster/api/well-known.ts";
import { matches, selectorFromLabelSelector } from "../../cluster/apimachinery/labels.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, writeStatus } from "../../cluster/client-go/controller.ts";
import { indexByController, indexByNamespace } from "../../cluster/client-go/owners.ts";
import { availableAt, isPodReady } from "../../cluster/client-go/pods.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import { claim } from "../../cluster/controllers/claim.ts";
import { watchOwned } from "../../cluster/controllers/enqueue.ts";
import { currentRevision, revisionsOf, trimRevisions } from "../../cluster/controllers/revisions.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { nextSteps, ordinalOf, podOf } from "./controller-pods.ts";

/** Starts the controller. Spec: [STS-1] and following. */
// Models kubernetes/pkg/controller/statefulset/stateful_set.go
export function startStatefulSetController(context: ComponentContext): void {
  const sets = context.informers.of("statefulsets.apps");
  const pods = context.informers.of("pods");
  indexByController(pods);
  indexByNamespace(sets);
  const queue: WorkQueue = controllerQueue(context, (key) => sync(context, queue, key), "statefulsets.apps");
  sets.onChange((set, old) => {
    const changed = set ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  const selectorOf = (set: StatefulSet) => selectorFromLabelSelector(set.spec?.selector);
  watchOwned({ owned: pods, owners: sets, kind: "StatefulSet", selectorOf, queue });
}

function sync(context: ComponentContext, queue: WorkQueue, key: string): void {
  const { namespace, name } = splitKey(key);
  const set = context.api.find("statefulsets.apps", namespace, name);
  if (set === undefined) return;
  const selector = selectorFromLabelSelector(set.spec?.selector);
  if (!matches(selector, set.spec?.template?.metadata?.labels)) return;
  const mayAdopt = (pod: Pod) => ordinalOf(set, pod) !== undefined;
  const pods = claim(context, "pods", { owner: set, selector, mayAdopt });
  const now = context.settings().epoch + context.clock.now;
  const updateRevision = currentRevision(context, set).metadata.name ?? "";
  if (set.metadata.deletionTimestamp === undefined) {
    const steps = nextSteps({ set, pods, updateRevision, now });
    for (const ordinal of steps.create) create(context, set, ordinal, updateRevision);
    for (const pod of steps.remove) remove(context, set, pod);
    if (steps.wakeAt !== undefined && steps.wakeAt > now) queue.addAfter(key, steps.wakeAt - now);
  }
  report(context, key, updateRevision);
}

/** A pod below the partition that comes back has the revision it had. Spec: [STS-5]. */
function create(context: ComponentContext, set: StatefulSet, ordinal: number, updateRevision: string): void {
  const template = set.spec?.template;
  if (template === undefined) return;
  const partition = set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  const current = set.status?.currentRevision;
  const old = ordinal < partition && current !== undefined && current !== updateRevision ? current : undefined;
  const oldTemplate = old === undefined ? undefined : templateOf(context, set, old);
  const pod = podOf(set, oldTemplate ?? template, ordinal, oldTemplate === undefined ? updateRevision : (old ?? ""));
  claims(context, set, pod.metadata.name ?? "");
  const { namespace } = set.metadata;
  const refusal = ignoreRefusal(() => context.api.create("pods", namespace, pod, { trusted: true }));
  const what = `create Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
  if (refusal === undefined)
    context.recorder.record(set, { type: "Normal", reason: "SuccessfulCreate", message: `${what} successful` });
  else
    context.recorder.record(set, {
      type: "Warning",
      reason: "FailedCreate",
      message: `${what} failed error: ${refusal.message}`,
    });
}

function templateOf(
  context: ComponentContext,
  set: StatefulSet,
  revision: string,
): NonNullable<StatefulSet["spec"]>["template"] | undefined {
  const found = revisionsOf(context, set).find(({ metadata }) => metadata.name === revision);
  const data = found?.data as { spec?: { template?: Record<string, unknown> } } | undefined; // written by this controller
  const { $patch: _patch, ...template } = data?.spec?.template ?? {};
  return data?.spec?.template === undefined ? undefined : template;
}

/** The claims of one pod; they outlive it. */
function claims(context: ComponentContext, set: StatefulSet, pod: string): void {
  for (const template of set.spec?.volumeClaimTemplates ?? []) {
    const { namespace } = set.metadata;
    const name = `${template.metadata.name}-${pod}`;
    if (context.api.find("persistentvolumeclaims", namespace, name) !== undefined) continue;
    const claimed: PersistentVolumeClaim = {
      ...template,
      metadata: {
        ...template.metadata,
        name,
        ...(namespace === undefined ? {} : { namespace }),
        labels: { ...template.metadata.labels, ...set.spec?.selector.matchLabels },
      },
    };
    ignoreRefusal(() => context.api.create("persistentvolumeclaims", namespace, claimed, { trusted: true }));
  }
}

function remove(context: ComponentContext, set: StatefulSet, pod: Pod): void {
  deleteObject(context, "pods", pod);
  const message = `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`;
  context.recorder.record(set, { type: "Normal", reason: "SuccessfulDelete", message });
}

function report(context: ComponentContext, key: string, updateRevision: string): void {
  const { namespace, name } = splitKey(key);
  const set = context.api.find("statefulsets.apps", namespace, name);
  if (set === undefined) return;
  const selector = selectorFromLabelSelector(set.spec?.selector);
  const pods = claim(context, "pods", { owner: set, selector, mayAdopt: () => false });
  const status = statusOf(set, pods, {
    updateRevision,
    now: context.settings().epoch + context.clock.now,
  });
  if (!deepEqual(status, set.status)) writeStatus(context, "statefulsets.apps", { ...set, status });
  trimRevisions(context, set, new Set([status.currentRevision ?? "", status.updateRevision ?? ""]));
}

/** Spec: [STS-7]. */
// Models kubernetes/pkg/controller/statefulset/stateful_set_control.go updateStatefulSet, completeRollingUpdate
export function statusOf(
  set: StatefulSet,
  pods: readonly Pod[],
  { updateRevision, now }: { readonly updateRevision: string; readonly now: number },
): StatefulSetStatus {
  const own = pods.filter((pod) => ordinalOf(set, pod) !== undefined);
  const minReady = set.spec?.minReadySeconds ?? 0;
  const of = (revision: string) =>
    own.filter(
      ({ metadata }) =>
        metadata.labels?.[ControllerRevisionHashLabelKey] === revision && metadata.deletionTimestamp === undefined,
    ).length;
  const ready = own.filter((pod) => pod.status?.phase === "Running" && isPodReady(pod));
  const available = ready.filter((pod) => (availableAt(pod, minReady) ?? Number.POSITIVE_INFINITY) <= now);
  const updated = of(updateRevision);
  const before = set.status?.currentRevision ?? updateRevision;
  const rolled = updated === own.length && ready.length === own.length;
  const rolling = (set.spec?.updateStrategy?.type ?? "RollingUpdate") === "RollingUpdate";
  const currentRevision = rolling && rolled ? updateRevision : before;
  const { generation } = set.metadata;
  const current = of(currentRevision);
  return {
    availableReplicas: available.length,
    collisionCount: 0,
    ...(current === 0 ? {} : { currentReplicas: current }),
    currentRevision,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    ...(ready.length === 0 ? {} : { readyReplicas: ready.length }),
    replicas: own.length,
    updateRevision,
    ...(updated === 0 ? {} : { updatedReplicas: updated }),
  };
}
