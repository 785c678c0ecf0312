// The ReplicaSet and ReplicationController controllers: as many active pods as asked for.
import { makeKey, splitKey } from "../../cluster/api/objects.ts";
import type { Pod, ReplicaSet, ReplicationController } from "../../cluster/api/types.gen.ts";
import { matches, type Selector, selectorFromLabelSelector } from "../../cluster/apimachinery/labels.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, writeStatus } from "../../cluster/client-go/controller.ts";
import type { Informer } from "../../cluster/client-go/informer.ts";
import { BY_CONTROLLER, controllerOf, indexByController, indexByNamespace } from "../../cluster/client-go/owners.ts";
import { availableAt, isPodActive, isPodTerminal, podFromTemplate } from "../../cluster/client-go/pods.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import { claim } from "../../cluster/controllers/claim.ts";
import { watchOwned } from "../../cluster/controllers/enqueue.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { calculateStatus, type StatusInput } from "./controller-status.ts";
import { chooseVictims } from "./controller-victims.ts";

/** A ReplicaSet, or what came before it. */
type Set = ReplicaSet | ReplicationController;

/** Which of the two a controller looks after. */
interface Kind {
  readonly context: ComponentContext;
  readonly resource: "replicasets.apps" | "replicationcontrollers";
  readonly kind: "ReplicaSet" | "ReplicationController";
}

/** Starts the controller. Spec: [RS-1] and following. */
// Models kubernetes/pkg/controller/replicaset/replica_set.go
export function startReplicaSetController(context: ComponentContext): void {
  start({ context, resource: "replicasets.apps", kind: "ReplicaSet" });
}

/** Starts the controller of ReplicationControllers, which work as ReplicaSets do. Spec: [RC-2]. */
// Models kubernetes/pkg/controller/replication/replication_controller.go, conversion.go
export function startReplicationController(context: ComponentContext): void {
  start({ context, resource: "replicationcontrollers", kind: "ReplicationController" });
}

function start(of: Kind): void {
  const { context, resource, kind } = of;
  const sets: Informer<Set> = context.informers.of(resource);
  const pods = context.informers.of("pods");
  indexByController(pods);
  indexByController(sets);
  indexByNamespace(sets);
  const queue: WorkQueue = controllerQueue(context, (key) => sync(of, queue, key), resource);
  sets.onChange((set, old) => {
    const changed = set ?? old;
    if (changed !== undefined) queue.add(makeKey(changed.metadata.namespace, changed.metadata.name ?? ""));
  });
  watchOwned({
    owned: pods,
    owners: sets,
    kind,
    selectorOf,
    queue,
  });
}

function selectorOf(set: Set): Selector {
  const labels = isController(set) ? { matchLabels: set.spec?.selector ?? {} } : set.spec?.selector;
  return selectorFromLabelSelector(labels);
}

function isController(set: Set): set is ReplicationController {
  return set.kind === "ReplicationController";
}

/** Whether pods could not be created, so that it is to be tried again. */
function sync(of: Kind, queue: WorkQueue, key: string): boolean {
  const { context, resource } = of;
  const set: Set | undefined = context.informers.of(resource).get(key);
  if (set === undefined) return false;
  const pods = claim(context, "pods", {
    owner: set,
    selector: selectorOf(set),
    mayAdopt: (pod) => !isPodTerminal(pod),
  });
  const active = pods.filter(isPodActive);
  const failure = set.metadata.deletionTimestamp === undefined ? manage(of, set, active) : undefined;
  const terminating = pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined && !isPodTerminal(pod)).length;
  const now = context.settings().epoch + context.clock.now;
  updateStatus(of, key, { active, terminating, failure, now, timestamp: context.timestamp() });
  wakeWhenAvailable(queue, set, { active, now });
  return failure !== undefined;
}

/** Pods that one round creates or deletes at most; the next round continues. */
// Models kubernetes/pkg/controller/replicaset/replica_set.go BurstReplicas
const BURST_REPLICAS = 500;

/** Creates what is missing and deletes what is too much. */
// Models kubernetes/pkg/controller/replicaset/replica_set.go manageReplicas. Spec: [RS-1] [RS-2] [RS-4] [RS-7].
function manage(of: Kind, set: Set, active: readonly Pod[]): StatusInput["failure"] {
  const missing = (set.spec?.replicas ?? 1) - active.length;
  if (missing > 0) return create(of.context, set, Math.min(missing, BURST_REPLICAS));
  const { context } = of;
  if (missing < 0) {
    const now = context.settings().epoch + context.clock.now;
    for (const pod of chooseVictims(active, Math.min(-missing, BURST_REPLICAS), neighbours(of, set), now)) {
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

function create(context: ComponentContext, set: Set, count: number): StatusInput["failure"] {
  const template = set.spec?.template;
  // Validation sees to it that a set's pods match its selector; without that it would create pods forever.
  if (template === undefined || !matches(selectorOf(set), template.metadata?.labels)) return undefined;
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

/** How many active pods of this set and its sister sets (of the same Deployment) are on a node. */
function neighbours({ context, resource }: Kind, set: Set): (node: string) => number {
  const owner = controllerOf(set);
  const all: Informer<Set> = context.informers.of(resource);
  const sets = owner === undefined ? [set] : all.byIndex(BY_CONTROLLER, owner.uid);
  const counts = new Map<string, number>();
  for (const each of sets)
    for (const pod of context.informers.of("pods").byIndex(BY_CONTROLLER, each.metadata.uid ?? "")) {
      const node = pod.spec?.nodeName;
      if (node !== undefined && isPodActive(pod)) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
  return (node) => counts.get(node) ?? 0;
}

function updateStatus({ context, resource }: Kind, key: string, input: StatusInput): void {
  const { namespace, name } = splitKey(key);
  const set: Set | undefined = context.api.find(resource, namespace, name);
  if (set === undefined) return;
  const { terminatingReplicas, ...both } = calculateStatus(set, input);
  const status = resource === "replicasets.apps" ? { ...both, terminatingReplicas } : both;
  if (!deepEqual(status, set.status)) writeStatus(context, resource, { ...set, status });
}

/** A pod that is ready but not yet available changes the status by the mere passing of time. */
function wakeWhenAvailable(
  queue: WorkQueue,
  set: Set,
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
