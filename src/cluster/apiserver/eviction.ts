// The eviction subresource: whether the disruption budgets let a pod go.
import type { Pod, PodDisruptionBudget } from "../api/types.gen.ts";
import { statusError } from "../apimachinery/errors.ts";
import { matches, selectorFromLabelSelector } from "../apimachinery/labels.ts";

const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";

/** The pod's budget with one disruption less, to be written; undefined when none is needed. @throws StatusError TooManyRequests when none is left. Spec: [PDB-3]. */
// Models kubernetes/pkg/registry/core/pod/storage/eviction.go EvictionREST.Create
export function takeDisruption(
  pod: Pod,
  budgets: readonly PodDisruptionBudget[],
  timestamp: string,
): PodDisruptionBudget | undefined {
  if (pod.status?.phase !== "Running" || pod.metadata.deletionTimestamp !== undefined) return undefined;
  const [budget, second] = budgets.filter(({ spec }) =>
    matches(selectorFromLabelSelector(spec?.selector), pod.metadata.labels),
  );
  if (second !== undefined)
    throw statusError(
      "",
      "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
    );
  if (budget === undefined || mayGoUnready(pod, budget)) return undefined;
  const { metadata, status = {} } = budget;
  const { disruptionsAllowed = 0, observedGeneration = 0 } = status;
  if (observedGeneration < (metadata.generation ?? 0) || disruptionsAllowed <= 0)
    throw statusError("TooManyRequests", REFUSED);
  const disruptedPods = { ...status.disruptedPods, [pod.metadata.name ?? ""]: timestamp };
  return { ...budget, status: { ...status, disruptionsAllowed: disruptionsAllowed - 1, disruptedPods } };
}

/** A pod that is not ready does not count: it may go when enough others do, or when the budget says so. */
function mayGoUnready(pod: Pod, { spec, status }: PodDisruptionBudget): boolean {
  if (pod.status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True")) return false;
  if (spec?.unhealthyPodEvictionPolicy === "AlwaysAllow") return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

/** The pod with the condition that says why it goes. */
export function asDisrupted(pod: Pod, timestamp: string): Pod {
  const conditions = (pod.status?.conditions ?? []).filter(({ type }) => type !== "DisruptionTarget");
  const condition = {
    lastTransitionTime: timestamp,
    message: "Eviction API: evicting",
    reason: "EvictionByEvictionAPI",
    status: "True",
    type: "DisruptionTarget",
  };
  return { ...pod, status: { ...pod.status, conditions: [...conditions, condition] } };
}
