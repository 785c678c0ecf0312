// What pods and nodes say about belonging together: taints and tolerations, node selectors and node affinity.
import type { Node, NodeSelectorTerm, Pod, Taint, Toleration } from "../api/types.gen.ts";
import { hasAll, matches, type Requirement } from "../apimachinery/labels.ts";

/** Whether one toleration covers one taint. */
// Models kubernetes/staging/src/k8s.io/component-helpers/scheduling/corev1 Toleration.ToleratesTaint
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== "" && toleration.effect !== taint.effect) return false;
  if (toleration.key !== undefined && toleration.key !== "" && toleration.key !== taint.key) return false;
  if (toleration.operator === "Exists") return true;
  return (toleration.value ?? "") === (taint.value ?? "");
}

/** The first taint with one of `effects` that the pod does not tolerate. */
export function untolerated(pod: Pod, node: Node, effects: readonly string[]): Taint | undefined {
  const tolerations = pod.spec?.tolerations ?? [];
  const taints = node.spec?.taints ?? [];
  return taints.find((taint) => effects.includes(taint.effect) && !tolerations.some((each) => tolerates(each, taint)));
}

/** Whether the pod's nodeSelector and required node affinity let it onto the node. */
// Models kubernetes/staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity GetRequiredNodeAffinity
export function fitsNode(pod: Pod, node: Node): boolean {
  if (!hasAll(node.metadata.labels, pod.spec?.nodeSelector ?? {})) return false;
  const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || required.nodeSelectorTerms.some((term) => matchesTerm(term, node));
}

/** The node affinity of pods that DaemonSets place themselves names the node by this field. */
function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length === 0 && fields.length === 0) return false;
  const toRequirement = (each: { key: string; operator: string; values?: string[] | undefined }): Requirement => ({
    key: each.key,
    operator: each.operator as Requirement["operator"], // validation lets only these through
    values: each.values ?? [],
  });
  return (
    matches(expressions.map(toRequirement), node.metadata.labels) &&
    matches(fields.map(toRequirement), { "metadata.name": node.metadata.name ?? "" })
  );
}

/** Whether a node's Ready condition is True. */
export function isNodeReady(node: Node): boolean {
  const conditions = node.status?.conditions ?? [];
  return conditions.some((condition) => condition.type === "Ready" && condition.status === "True");
}
