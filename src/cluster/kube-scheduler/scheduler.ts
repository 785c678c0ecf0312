// The scheduler: gives each pod that has no node one that can take it.
import { keyOf } from "../api/objects.ts";
import type { Node, Pod, PodCondition } from "../api/types.gen.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { controllerQueue, ignoreRefusal, writeStatus } from "../client-go/controller.ts";
import { isPodActive, podCondition } from "../client-go/pods.ts";
import { Ledger } from "./ledger.ts";
import { choose, failureMessage, type Obstacle, obstacle } from "./place.ts";

const NAME = "default-scheduler";

/** Starts the scheduler. Spec: [SCHED-1] and following. */
// Models kubernetes/pkg/scheduler/schedule_one.go
export function startScheduler(context: ComponentContext): void {
  const ledger = new Ledger();
  const waiting = new Set<string>();
  const pods = context.informers.of("pods");
  const queue = controllerQueue(
    context,
    (key) => {
      const pod = pods.get(key);
      waiting.delete(key);
      if (pod === undefined || !isMine(pod)) return;
      if (!schedule(context, ledger, pod)) waiting.add(key);
    },
    "pods",
  );
  const retryAll = () => {
    for (const key of waiting) queue.add(key);
  };
  context.informers.of("nodes").onChange((node, old) => {
    if (node === undefined) ledger.removeNode(old?.metadata.name ?? "");
    else ledger.setNode(node);
    if (node !== undefined && changesPlaces(node, old)) retryAll();
  });
  pods.onChange((pod, old) => {
    ledger.change(pod, old);
    const freed = old?.spec?.nodeName !== undefined && (pod === undefined || (!isPodActive(pod) && isPodActive(old)));
    if (freed) retryAll();
    if (pod !== undefined && isMine(pod) && (pod.spec !== old?.spec || pod.metadata.labels !== old?.metadata.labels))
      queue.add(keyOf(pod));
  });
}

function isMine(pod: Pod): boolean {
  const { nodeName, schedulerName, schedulingGates } = pod.spec ?? {};
  if (nodeName !== undefined && nodeName !== "") return false;
  return isPodActive(pod) && (schedulerName ?? NAME) === NAME && (schedulingGates?.length ?? 0) === 0;
}

/** Whether pods that found no node may find one now. */
function changesPlaces(node: Node, old: Node | undefined): boolean {
  return (
    old === undefined ||
    node.spec !== old.spec ||
    node.metadata.labels !== old.metadata.labels ||
    node.status?.allocatable !== old.status?.allocatable
  );
}

function schedule(context: ComponentContext, ledger: Ledger, pod: Pod): boolean {
  const accounts = ledger.accounts();
  const obstacles: Obstacle[] = [];
  const feasible = accounts.filter((account) => {
    const found = obstacle(pod, account);
    if (found !== undefined) obstacles.push(found);
    return found === undefined;
  });
  const chosen = choose(pod, feasible, context.rng);
  if (chosen === undefined) {
    fail(context, pod, failureMessage(obstacles));
    return false;
  }
  const nodeName = chosen.node.metadata.name ?? "";
  bind(context, pod, nodeName);
  context.recorder.record(pod, {
    type: "Normal",
    reason: "Scheduled",
    message: `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${nodeName}`,
  });
  return true;
}

/** Binding sets the node and the condition PodScheduled in one write. Spec: [SCHED-1]. */
function bind(context: ComponentContext, pod: Pod, nodeName: string): void {
  const scheduled: PodCondition = {
    observedGeneration: pod.metadata.generation,
    type: "PodScheduled",
    status: "True",
    lastProbeTime: undefined,
    lastTransitionTime: context.timestamp(),
  };
  const spec = { ...pod.spec, containers: pod.spec?.containers ?? [], nodeName };
  const conditions = withCondition(pod, scheduled);
  ignoreRefusal(() =>
    context.api.update(
      "pods",
      { ...pod, spec, status: { ...pod.status, conditions } },
      { subresource: "binding", trusted: true },
    ),
  );
}

/** Says why the pod waits, as its condition and as an event. Spec: [SCHED-4]. */
function fail(context: ComponentContext, pod: Pod, message: string): void {
  context.recorder.record(pod, { type: "Warning", reason: "FailedScheduling", message });
  const before = podCondition(pod, "PodScheduled");
  if (before?.status === "False" && before.message === message) return;
  const since = before?.status === "False" ? before.lastTransitionTime : context.timestamp();
  const condition: PodCondition = {
    observedGeneration: pod.metadata.generation,
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message,
    lastTransitionTime: since ?? context.timestamp(),
  };
  writeStatus(context, "pods", {
    ...pod,
    status: { phase: "Pending", ...pod.status, conditions: withCondition(pod, condition) },
  });
}

function withCondition(pod: Pod, condition: PodCondition): PodCondition[] {
  const others = (pod.status?.conditions ?? []).filter((each) => each.type !== condition.type);
  return [...others, condition];
}
