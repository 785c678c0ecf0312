// The ReplicaSet controller: as many active pods as asked for.
import { makeKey, splitKey } from "../../api/objects.ts";
import type { Pod, ReplicaSet } from "../../api/types.gen.ts";
import { matches, selectorFromLabelSelector } from "../../apimachinery/labels.ts";
import type { ComponentContext } from "../../client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, writeStatus } from "../../client-go/controller.ts";
import { BY_CONTROLLER, controllerOf, indexByController, indexByNamespace } from "../../client-go/owners.ts";
import { availableAt, isPodActive, isPodTerminal, podFromTemplate } from "../../client-go/pods.ts";
import type { WorkQueue } from "../../client-go/workqueue.ts";
import { deepEqual } from "../../sim/values.ts";
import { claim } from "../claim.ts";
import { watchOwned } from "../enqueue.ts";
import { calculateStatus, type StatusInput } from "./status.ts";
import { chooseVictims } from "./victims.ts";

/** Starts the controller. Spec: [RS-1] and following. */
// Models kubernetes/pkg/controller/replicaset/replica_set.go
export function startReplicaSetController(context: ComponentContext): void {
  const sets = context.informers.of("replicasets.apps");
  const pods = context.informers.of("pods");
  indexByController(pods);
  indexByController(sets);
  indexByNamespace(sets);
  const queue: WorkQueue = controllerQueue(context, (key) => sync(context, queue, key));
  sets.onChange((set, old) => {
    const changed = set ?? old;
    if (changed !== undefined) queue.add(makeKey(changed.metadata.namespace, changed.metadata.name ?? ""));
  });
  watchOwned({
    owned: pods,
    owners: sets,
    kind: "ReplicaSet",
    selectorOf: (set) => selectorFromLabelSelector(set.spec?.selector),
    queue,
  });
}

function sync(context: ComponentContext, queue: WorkQueue, key: string): void {
  const set = context.informers.of("replicasets.apps").get(key);
  if (set === undefined) return;
  const pods = claim(context, "pods", {
    owner: set,
    selector: selectorFromLabelSelector(set.spec?.selector),
    mayAdopt: (pod) => !isPodTerminal(pod),
  });
  const active = pods.filter(isPodActive);
  const failure = set.metadata.deletionTimestamp === undefined ? manage(context, set, active) : undefined;
  const terminating = pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined && !isPodTerminal(pod)).length;
  const now = context.settings().epoch + context.clock.now;
  updateStatus(context, key, { active, terminating, failure, now, timestamp: context.timestamp() });
  wakeWhenAvailable(queue, set, { active, now });
}

/** Pods that one round creates or deletes at most; the next round goes on. */
// Models kubernetes/pkg/controller/replicaset/replica_set.go BurstReplicas
const BURST_REPLICAS = 500;

/** Creates what is missing and deletes what is too much. */
// Models kubernetes/pkg/controller/replicaset/replica_set.go manageReplicas. Spec: [RS-1] [RS-2] [RS-4] [RS-7].
function manage(context: ComponentContext, set: ReplicaSet, active: readonly Pod[]): StatusInput["failure"] {
  const missing = (set.spec?.replicas ?? 1) - active.length;
  if (missing > 0) return create(context, set, Math.min(missing, BURST_REPLICAS));
  if (missing < 0) {
    const now = context.settings().epoch + context.clock.now;
    for (const pod of chooseVictims(active, Math.min(-missing, BURST_REPLICAS), neighbours(context, set), now)) {
      deleteObject(context, "pods", pod);
      context.recorder.record(set, {
        type: "Normal",
        reason: "SuccessfulDelete",
        message: `Deleted pod: ${pod.metadata.name}`,
      });
    }
  }
  return undefined;
}

function create(context: ComponentContext, set: ReplicaSet, count: number): StatusInput["failure"] {
  const template = set.spec?.template;
  // Validation sees to it that a set's pods match its selector; without that it would create pods for ever.
  const selector = selectorFromLabelSelector(set.spec?.selector);
  if (template === undefined || !matches(selector, template.metadata?.labels)) return undefined;
  const pod = podFromTemplate(template, set);
  for (let i = 0; i < count; i++) {
    let name: string | undefined;
    const refusal = ignoreRefusal(() => {
      name = context.api.create("pods", set.metadata.namespace, pod, { trusted: true }).object.metadata.name;
    });
    if (refusal !== undefined) {
      const message = `Error creating: ${refusal.message}`;
      context.recorder.record(set, { type: "Warning", reason: "FailedCreate", message });
      return { reason: "FailedCreate", message: refusal.message };
    }
    context.recorder.record(set, { type: "Normal", reason: "SuccessfulCreate", message: `Created pod: ${name}` });
  }
  return undefined;
}

/** How many active pods of this set and its sister sets (of the same Deployment) stand on a node. */
function neighbours(context: ComponentContext, set: ReplicaSet): (node: string) => number {
  const owner = controllerOf(set);
  const sets = owner === undefined ? [set] : context.informers.of("replicasets.apps").byIndex(BY_CONTROLLER, owner.uid);
  const counts = new Map<string, number>();
  for (const each of sets)
    for (const pod of context.informers.of("pods").byIndex(BY_CONTROLLER, each.metadata.uid ?? "")) {
      const node = pod.spec?.nodeName;
      if (node !== undefined && isPodActive(pod)) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
  return (node) => counts.get(node) ?? 0;
}

function updateStatus(context: ComponentContext, key: string, input: StatusInput): void {
  const { namespace, name } = splitKey(key);
  const set = context.api.find("replicasets.apps", namespace, name);
  if (set === undefined) return;
  const status = calculateStatus(set, input);
  if (!deepEqual(status, set.status)) writeStatus(context, "replicasets.apps", { ...set, status });
}

/** A pod that is ready but not yet available changes the status by the mere passing of time. */
function wakeWhenAvailable(
  queue: WorkQueue,
  set: ReplicaSet,
  state: { readonly active: readonly Pod[]; readonly now: number },
): void {
  const minReady = set.spec?.minReadySeconds ?? 0;
  if (minReady === 0) return;
  const due = state.active
    .map((pod) => availableAt(pod, minReady))
    .filter((at) => at !== undefined && at > state.now)
    .sort((a, b) => (a ?? 0) - (b ?? 0))[0];
  if (due !== undefined) queue.addAfter(makeKey(set.metadata.namespace, set.metadata.name ?? ""), due - state.now);
}
