// The disruption controller: how many pods of each PodDisruptionBudget may go now.
import { keyOf, splitKey } from "../../cluster/api/objects.ts";
import type { Pod, PodDisruptionBudget, PodDisruptionBudgetStatus } from "../../cluster/api/types.gen.ts";
import { matches, selectorFromLabelSelector } from "../../cluster/apimachinery/labels.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, writeStatus } from "../../cluster/client-go/controller.ts";
import { BY_NAMESPACE, controllerOf, indexByNamespace } from "../../cluster/client-go/owners.ts";
import { isPodReady } from "../../cluster/client-go/pods.ts";
import { resolveIntOrPercent } from "../../cluster/controllers/int-or-percent.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { deepEqual } from "../../cluster/sim/values.ts";

/** How long an eviction that was allowed is believed in before the pod counts again. */
const DELETION_TIMEOUT_MS = 120_000;

/** Starts the controller. Spec: [PDB-1] [PDB-2]. */
// Models kubernetes/pkg/controller/disruption/disruption.go
export function startDisruptionController(context: ComponentContext): void {
  const budgets = context.informers.of("poddisruptionbudgets.policy");
  const pods = context.informers.of("pods");
  indexByNamespace(budgets);
  const queue = controllerQueue(
    context,
    (key) => {
      const recheck = sync(context, key);
      if (recheck !== undefined) queue.addAfter(key, recheck);
    },
    "poddisruptionbudgets.policy",
  );
  budgets.onChange((budget) => {
    if (budget !== undefined) queue.add(keyOf(budget));
  });
  pods.onChange((pod, old) => {
    for (const each of [pod, old === undefined || old.metadata.labels === pod?.metadata.labels ? undefined : old])
      for (const budget of each === undefined ? [] : budgets.byIndex(BY_NAMESPACE, each.metadata.namespace ?? ""))
        if (each !== undefined && covers(budget, each)) queue.add(keyOf(budget));
  });
}

function covers({ spec }: PodDisruptionBudget, { metadata }: Pod): boolean {
  return matches(selectorFromLabelSelector(spec?.selector), metadata.labels);
}

/** Writes the status; milliseconds after which to look again. */
function sync(context: ComponentContext, key: string): number | undefined {
  const { namespace = "", name } = splitKey(key);
  const budget = context.api.find("poddisruptionbudgets.policy", namespace, name);
  if (budget === undefined) return undefined;
  const pods = context.api.list("pods", { namespace }).filter((pod) => covers(budget, pod));
  if (pods.length === 0)
    context.recorder.record(budget, { type: "Normal", reason: "NoPods", message: "No matching pods found" });
  const now = context.settings().epoch + context.clock.now;
  const disrupted = stillDisrupted(budget, pods, now);
  const status = statusOf(context, budget, { pods, disrupted });
  if (!deepEqual(status, budget.status)) writeStatus(context, "poddisruptionbudgets.policy", { ...budget, status });
  const ends = Object.values(disrupted).map((since) => (parseTime(since) ?? 0) + DELETION_TIMEOUT_MS - now);
  return ends.length === 0 ? undefined : Math.max(1_000, Math.min(...ends));
}

/** Evictions that were allowed and whose pods are still there, unmarked. */
function stillDisrupted({ status }: PodDisruptionBudget, pods: readonly Pod[], now: number): Record<string, string> {
  const waiting = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const names = new Set(waiting.map(({ metadata }) => metadata.name));
  return Object.fromEntries(
    Object.entries(status?.disruptedPods ?? {}).filter(
      ([pod, since]) => names.has(pod) && (parseTime(since) ?? 0) + DELETION_TIMEOUT_MS > now,
    ),
  );
}

interface Counted {
  readonly pods: readonly Pod[];
  readonly disrupted: Readonly<Record<string, string>>;
}

// Models kubernetes/pkg/controller/disruption/disruption.go updatePdbStatus and countHealthyPods
function statusOf(
  context: ComponentContext,
  budget: PodDisruptionBudget,
  { pods, disrupted }: Counted,
): PodDisruptionBudgetStatus {
  const healthy = pods.filter(
    (pod) =>
      pod.metadata.deletionTimestamp === undefined &&
      !Object.hasOwn(disrupted, pod.metadata.name ?? "") &&
      isPodReady(pod),
  ).length;
  const { expected, desired } = expectedPods(context, budget, pods);
  const allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
  const generation = budget.metadata.generation ?? 0;
  return {
    conditions: [disruptionAllowed(budget, { allowed, generation, timestamp: context.timestamp() })],
    currentHealthy: healthy,
    desiredHealthy: desired,
    ...(Object.keys(disrupted).length === 0 ? {} : { disruptedPods: disrupted }),
    disruptionsAllowed: allowed,
    expectedPods: expected,
    observedGeneration: generation,
  };
}

function disruptionAllowed(
  { status }: PodDisruptionBudget,
  { allowed, generation, timestamp }: { allowed: number; generation: number; timestamp: string },
) {
  const is = allowed > 0 ? "True" : "False";
  const before = status?.conditions?.find(({ type }) => type === "DisruptionAllowed");
  return {
    lastTransitionTime: before?.status === is ? before.lastTransitionTime : timestamp,
    message: "",
    observedGeneration: generation,
    reason: allowed > 0 ? "SufficientPods" : "InsufficientPods",
    status: is,
    type: "DisruptionAllowed",
  };
}

// Models kubernetes/pkg/controller/disruption/disruption.go getExpectedPodCount
function expectedPods(
  context: ComponentContext,
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
): { expected: number; desired: number } {
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  if (maxUnavailable === undefined && typeof minAvailable === "number")
    return { expected: pods.length, desired: minAvailable };
  if (maxUnavailable === undefined && minAvailable === undefined) return { expected: 0, desired: 0 };
  const expected = scaleOf(context, budget, pods);
  const rounded = (value: number | string | undefined) => resolveIntOrPercent(value, expected, "up");
  if (maxUnavailable === undefined) return { expected, desired: rounded(minAvailable) };
  return { expected, desired: Math.max(0, expected - rounded(maxUnavailable)) };
}

/** How many pods the controllers of these pods were asked for, all together. */
// Models kubernetes/pkg/controller/disruption/disruption.go getExpectedScale
function scaleOf(context: ComponentContext, budget: PodDisruptionBudget, pods: readonly Pod[]): number {
  const scales = new Map<string, number>();
  let unmanaged = false;
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (owner === undefined) unmanaged = true;
    else scales.set(...askedFor(context, pod.metadata.namespace, owner));
  }
  if (unmanaged)
    context.recorder.record(budget, {
      type: "Warning",
      reason: "UnmanagedPods",
      message: `Pods selected by this PodDisruptionBudget (selector: ${JSON.stringify(budget.spec?.selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`,
    });
  return [...scales.values()].reduce((sum, each) => sum + each, 0);
}

/** A controller, or the Deployment above it, and its replicas. */
function askedFor(
  { api }: ComponentContext,
  namespace: string | undefined,
  owner: { readonly kind: string; readonly name: string; readonly uid: string },
): [uid: string, replicas: number] {
  const replicas = (object: { readonly spec?: { readonly replicas?: number | undefined } | undefined } | undefined) =>
    object === undefined ? 0 : (object.spec?.replicas ?? 1);
  if (owner.kind === "StatefulSet") return [owner.uid, replicas(api.find("statefulsets.apps", namespace, owner.name))];
  if (owner.kind !== "ReplicaSet") return [owner.uid, 0];
  const set = api.find("replicasets.apps", namespace, owner.name);
  const above = set === undefined ? undefined : controllerOf(set);
  if (above?.kind !== "Deployment") return [owner.uid, replicas(set)];
  return [above.uid, replicas(api.find("deployments.apps", namespace, above.name))];
}
