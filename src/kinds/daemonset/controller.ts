// The DaemonSet controller: one pod on every node that may have it.
import { keyOf, splitKey } from "../../cluster/api/objects.ts";
import type { DaemonSet, DaemonSetStatus, Node, Pod, Toleration } from "../../cluster/api/types.gen.ts";
import {
  ControllerRevisionHashLabelKey,
  TaintNodeDiskPressure,
  TaintNodeMemoryPressure,
  TaintNodeNetworkUnavailable,
  TaintNodeNotReady,
  TaintNodePIDPressure,
  TaintNodeUnreachable,
  TaintNodeUnschedulable,
} from "../../cluster/api/well-known.ts";
import { matches, selectorFromLabelSelector } from "../../cluster/apimachinery/labels.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, writeStatus } from "../../cluster/client-go/controller.ts";
import { fitsNode, untolerated } from "../../cluster/client-go/nodes.ts";
import { indexByController, indexByNamespace } from "../../cluster/client-go/owners.ts";
import { availableAt, isPodReady, isPodTerminal, podFromTemplate } from "../../cluster/client-go/pods.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import { claim } from "../../cluster/controllers/claim.ts";
import { watchOwned } from "../../cluster/controllers/enqueue.ts";
import { resolveIntOrPercent } from "../../cluster/controllers/int-or-percent.ts";
import { currentRevision, trimRevisions } from "../../cluster/controllers/revisions.ts";
import { deepEqual } from "../../cluster/sim/values.ts";

const TEMPLATE_GENERATION = "pod-template-generation";

/** Starts the controller. Spec: [DS-1] and following. */
// Models kubernetes/pkg/controller/daemon/daemon_controller.go
export function startDaemonSetController(context: ComponentContext): void {
  const sets = context.informers.of("daemonsets.apps");
  const pods = context.informers.of("pods");
  indexByController(pods);
  indexByNamespace(sets);
  const queue: WorkQueue = controllerQueue(context, (key) => sync(context, queue, key), "daemonsets.apps");
  sets.onChange((set, old) => {
    const changed = set ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  const selectorOf = (set: DaemonSet) => selectorFromLabelSelector(set.spec?.selector);
  watchOwned({ owned: pods, owners: sets, kind: "DaemonSet", selectorOf, queue });
  context.informers.of("nodes").onChange((node, old) => {
    const same = node?.spec === old?.spec && node?.metadata.labels === old?.metadata.labels;
    if (node === undefined || old === undefined || !same) for (const set of sets.list()) queue.add(keyOf(set));
  });
}

/** Nodes that are ill keep their daemons. */
const TOLERATIONS: readonly Toleration[] = [
  { key: TaintNodeNotReady, operator: "Exists", effect: "NoExecute" },
  { key: TaintNodeUnreachable, operator: "Exists", effect: "NoExecute" },
  { key: TaintNodeDiskPressure, operator: "Exists", effect: "NoSchedule" },
  { key: TaintNodeMemoryPressure, operator: "Exists", effect: "NoSchedule" },
  { key: TaintNodePIDPressure, operator: "Exists", effect: "NoSchedule" },
  { key: TaintNodeUnschedulable, operator: "Exists", effect: "NoSchedule" },
];

/** A pod of the set, bound by affinity to one node; the scheduler places it there. Spec: [DS-2]. */
// Models kubernetes/pkg/controller/daemon/util CreatePodTemplate, ReplaceDaemonSetPodNodeNameNodeAffinity
function podFor(set: DaemonSet, node: string, hash: string): Pod {
  const pod = podFromTemplate(set.spec?.template ?? {}, set);
  const spec = set.spec?.template.spec;
  const network: Toleration[] =
    spec?.hostNetwork === true ? [{ key: TaintNodeNetworkUnavailable, operator: "Exists", effect: "NoSchedule" }] : [];
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const onNode = [{ key: "metadata.name", operator: "In", values: [node] }];
  const terms = required?.nodeSelectorTerms ?? [{}];
  const selector = { nodeSelectorTerms: terms.map((term) => ({ ...term, matchFields: onNode })) };
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: {
        ...pod.metadata.labels,
        [ControllerRevisionHashLabelKey]: hash,
        [TEMPLATE_GENERATION]: String(set.metadata.generation ?? 1),
      },
    },
    spec: {
      ...spec,
      containers: spec?.containers ?? [],
      affinity: {
        ...spec?.affinity,
        nodeAffinity: {
          ...spec?.affinity?.nodeAffinity,
          requiredDuringSchedulingIgnoredDuringExecution: selector,
        },
      },
      tolerations: [...(spec?.tolerations ?? []), ...TOLERATIONS, ...network],
    },
  };
}

/** Whether the set's pods may start, and may stay, on a node. Spec: [DS-1]. */
// Models kubernetes/pkg/controller/daemon NodeShouldRunDaemonPod
export function nodeTakes(set: DaemonSet, node: Node): { readonly run: boolean; readonly keep: boolean } {
  const pod = podFor(set, node.metadata.name ?? "", "");
  const wanted = set.spec?.template.spec?.nodeName;
  if (wanted !== undefined && wanted !== "" && wanted !== node.metadata.name) return { run: false, keep: false };
  if (!fitsNode(pod, node)) return { run: false, keep: false };
  const run = untolerated(pod, node, ["NoSchedule", "NoExecute"]) === undefined;
  return { run, keep: run || untolerated(pod, node, ["NoExecute"]) === undefined };
}

function targetOf(pod: Pod): string | undefined {
  const { nodeName, affinity } = pod.spec ?? {};
  if (nodeName !== undefined && nodeName !== "") return nodeName;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms?.[0]?.matchFields?.find(({ key }) => key === "metadata.name")?.values?.[0];
}

function sync(context: ComponentContext, queue: WorkQueue, key: string): void {
  const { namespace, name } = splitKey(key);
  const set = context.api.find("daemonsets.apps", namespace, name);
  if (set === undefined) return;
  const selector = selectorFromLabelSelector(set.spec?.selector);
  if (!matches(selector, set.spec?.template.metadata?.labels)) return;
  const hash = (currentRevision(context, set).metadata.name ?? "").slice((set.metadata.name ?? "").length + 1);
  const pods = claim(context, "pods", { owner: set, selector, mayAdopt: () => true });
  const nodes = context.api.list("nodes");
  if (set.metadata.deletionTimestamp === undefined) {
    manage(context, set, { pods, nodes, hash });
    roll(context, set, { pods: claim(context, "pods", { owner: set, selector, mayAdopt: () => true }), nodes, hash });
  }
  report(context, queue, key, { nodes, hash });
  trimRevisions(context, set, new Set([`${name}-${hash}`]));
}

interface State {
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly hash: string;
}

function podsByNode(pods: readonly Pod[]): Map<string, Pod[]> {
  const byNode = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = targetOf(pod);
    if (node !== undefined) byNode.set(node, [...(byNode.get(node) ?? []), pod]);
  }
  return byNode;
}

/** Makes missing pods; removes ended ones, surplus ones and those on nodes that do not want them. */
// Models kubernetes/pkg/controller/daemon podsShouldBeOnNode
function manage(context: ComponentContext, set: DaemonSet, { pods, nodes, hash }: State): void {
  const byNode = podsByNode(pods);
  for (const node of nodes) {
    const nodeName = node.metadata.name ?? "";
    const here = (byNode.get(nodeName) ?? []).filter((pod) => pod.metadata.deletionTimestamp === undefined);
    const { run, keep } = nodeTakes(set, node);
    const ended = here.filter(isPodTerminal);
    for (const pod of ended) remove(context, set, pod);
    const living = here.filter((pod) => !ended.includes(pod));
    const terminating = (byNode.get(nodeName) ?? []).length > here.length;
    const isFree = surgeOf(set, nodes.length) > 0 ? living.length === 0 : here.length === 0 && !terminating;
    if (run && isFree) create(context, set, podFor(set, nodeName, hash));
    if (!keep) for (const pod of living) remove(context, set, pod);
  }
  for (const [node, left] of byNode)
    if (!nodes.some(({ metadata }) => metadata.name === node))
      for (const pod of left) if (pod.metadata.deletionTimestamp === undefined) remove(context, set, pod);
}

function create(context: ComponentContext, set: DaemonSet, pod: Pod): void {
  let name: string | undefined;
  const refusal = ignoreRefusal(() => {
    name = context.api.create("pods", set.metadata.namespace, pod, { trusted: true }).object.metadata.name;
  });
  if (refusal === undefined)
    context.recorder.record(set, { type: "Normal", reason: "SuccessfulCreate", message: `Created pod: ${name}` });
  else {
    const message = `Error creating: ${refusal.message}`;
    context.recorder.record(set, { type: "Warning", reason: "FailedCreate", message });
  }
}

function remove(context: ComponentContext, set: DaemonSet, pod: Pod): void {
  deleteObject(context, "pods", pod);
  const message = `Deleted pod: ${pod.metadata.name}`;
  context.recorder.record(set, { type: "Normal", reason: "SuccessfulDelete", message });
}

/** How many pods an update may start beside those that they replace; any percentage of a node is one. */
// Models kubernetes/pkg/controller/daemon/util SurgeCount
function surgeOf({ spec }: DaemonSet, wanted: number): number {
  const { type = "RollingUpdate", rollingUpdate } = spec?.updateStrategy ?? {};
  return type === "RollingUpdate" ? resolveIntOrPercent(rollingUpdate?.maxSurge, wanted, "up") : 0;
}

/** When a pod of the set counts as available; never while it is not ready. */
function availableFrom(set: DaemonSet, pod: Pod): number {
  return availableAt(pod, set.spec?.minReadySeconds ?? 0) ?? Number.POSITIVE_INFINITY;
}

/** Replaces pods of an old template, as many at a time as maxUnavailable or maxSurge allows. Spec: [DS-3] [DS-5]. */
// Models kubernetes/pkg/controller/daemon/update.go rollingUpdate
function roll(context: ComponentContext, set: DaemonSet, { pods, nodes, hash }: State): void {
  const { type = "RollingUpdate", rollingUpdate } = set.spec?.updateStrategy ?? {};
  if (type !== "RollingUpdate") return;
  const now = context.settings().epoch + context.clock.now;
  const isAvailable = (pod: Pod) => availableFrom(set, pod) <= now;
  const wanted = nodes.filter((node) => nodeTakes(set, node).run).length;
  const living = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined && !isPodTerminal(pod));
  const room = surgeOf(set, wanted);
  if (room > 0) {
    surge(context, set, { pods: living, nodes, hash, room, wanted, isAvailable });
    return;
  }
  const allowed = Math.max(1, resolveIntOrPercent(rollingUpdate?.maxUnavailable ?? 1, wanted, "up"));
  const old = living.filter((pod) => !isCurrent(pod, hash));
  let left = allowed - (wanted - living.filter(isAvailable).length);
  for (const pod of old.filter((each) => !isAvailable(each))) remove(context, set, pod);
  for (const pod of old.filter(isAvailable)) {
    if (left-- <= 0) return;
    remove(context, set, pod);
  }
}

function isCurrent(pod: Pod, hash: string): boolean {
  return pod.metadata.labels?.[ControllerRevisionHashLabelKey] === hash;
}

interface Surge extends State {
  readonly room: number;
  readonly wanted: number;
  readonly isAvailable: (pod: Pod) => boolean;
}

/** Starts new pods beside old ones, and deletes an old one once its new one is available or it is itself no longer ready. Spec: [DS-5]. */
// Models kubernetes/pkg/controller/daemon/update.go rollingUpdate, daemon_controller.go podsShouldBeOnNode
function surge(
  context: ComponentContext,
  set: DaemonSet,
  { pods, nodes, hash, room, wanted, isAvailable }: Surge,
): void {
  const byNode = podsByNode(pods);
  const start: string[] = [];
  const candidates: string[] = [];
  const misplaced: Pod[] = [];
  let surging = 0;
  let available = 0;
  for (const node of nodes) {
    const name = node.metadata.name ?? "";
    const here = byAge(byNode.get(name) ?? []);
    const [fresh, ...moreFresh] = here.filter((pod) => isCurrent(pod, hash));
    const [old, ...moreOld] = here.filter((pod) => !isCurrent(pod, hash));
    for (const pod of [...moreFresh, ...moreOld]) remove(context, set, pod);
    const counted = old ?? fresh;
    if (counted !== undefined && isAvailable(counted)) available++;
    if (old === undefined) continue;
    if (fresh !== undefined) {
      if (isAvailable(fresh) || !isPodReady(old)) remove(context, set, old);
      else surging++;
    } else if (!nodeTakes(set, node).run) {
      if (isAvailable(old)) misplaced.push(old);
      else remove(context, set, old);
    } else if (isAvailable(old)) candidates.push(name);
    else start.push(name);
  }
  for (const pod of misplaced.slice(0, Math.max(0, available - wanted))) remove(context, set, pod);
  for (const name of [...start, ...candidates.slice(0, Math.max(0, room - surging))])
    create(context, set, podFor(set, name, hash));
}

/** Pods from the oldest. */
// Models kubernetes/pkg/controller/daemon podByCreationTimestampAndPhase
function byAge(pods: readonly Pod[]): readonly Pod[] {
  const key = ({ metadata, spec }: Pod) =>
    `${(spec?.nodeName ?? "") === "" ? 1 : 0} ${metadata.creationTimestamp} ${metadata.name}`;
  return pods.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function report(context: ComponentContext, queue: WorkQueue, key: string, { nodes, hash }: Omit<State, "pods">): void {
  const { namespace, name } = splitKey(key);
  const set = context.api.find("daemonsets.apps", namespace, name);
  if (set === undefined) return;
  const selector = selectorFromLabelSelector(set.spec?.selector);
  const pods = claim(context, "pods", { owner: set, selector, mayAdopt: () => false });
  const now = context.settings().epoch + context.clock.now;
  const status = statusOf(set, { pods, nodes, hash }, now);
  if (!deepEqual(status, set.status)) writeStatus(context, "daemonsets.apps", { ...set, status });
  const next = Math.min(...pods.map((pod) => availableFrom(set, pod)).filter((at) => at > now));
  queue.wake(key, Number.isFinite(next) ? next - now : undefined);
}

/** Spec: [DS-4]. */
// Models kubernetes/pkg/controller/daemon updateDaemonSetStatus
export function statusOf(set: DaemonSet, { pods, nodes, hash }: State, now: number): DaemonSetStatus {
  const byNode = podsByNode(pods.filter((pod) => pod.metadata.deletionTimestamp === undefined));
  const counts = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 };
  for (const node of nodes) {
    const here = byNode.get(node.metadata.name ?? "") ?? [];
    if (!nodeTakes(set, node).run) {
      if (here.length > 0) counts.misscheduled++;
      continue;
    }
    counts.desired++;
    const [pod] = byAge(here);
    if (pod === undefined) continue;
    counts.current++;
    if (isPodReady(pod)) counts.ready++;
    if (availableFrom(set, pod) <= now) counts.available++;
    if (isCurrent(pod, hash)) counts.updated++;
  }
  const unavailable = counts.desired - counts.available;
  const { generation } = set.metadata;
  return {
    currentNumberScheduled: counts.current,
    desiredNumberScheduled: counts.desired,
    ...(counts.available === 0 ? {} : { numberAvailable: counts.available }),
    numberMisscheduled: counts.misscheduled,
    numberReady: counts.ready,
    ...(unavailable === 0 ? {} : { numberUnavailable: unavailable }),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    ...(counts.updated === 0 ? {} : { updatedNumberScheduled: counts.updated }),
  };
}
