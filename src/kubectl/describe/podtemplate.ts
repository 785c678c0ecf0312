// The pod template of a workload, and the pods it has, as descriptions show them.
import {
  compareText,
  type KubeObject,
  type PodTemplateSpec,
  type Toleration,
  type TopologySpreadConstraint,
} from "../../cluster/index.ts";
import { formatLabelSelector } from "../text.ts";
import { writeContainers } from "./containers.ts";
import { controllerOf, type DescribeContext } from "./describer.ts";
import { Page } from "./page.ts";
import { writeVolumes } from "./volumes.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe DescribePodTemplate
export function writePodTemplate(page: Page, template: PodTemplateSpec | undefined): void {
  page.line(0, "Pod Template:");
  if (template === undefined) {
    page.raw("  <unset>");
    return;
  }
  const { metadata, spec } = template;
  page.labels("  Labels", metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) page.annotations("  Annotations", metadata?.annotations);
  if (spec?.serviceAccountName) page.field("Service Account", spec.serviceAccountName, 1);
  const { initContainers = [], containers = [] } = spec ?? {};
  if (initContainers.length > 0)
    writeContainers(page, { title: "Init Containers", containers: initContainers, indent: "  " });
  writeContainers(page, { title: "Containers", containers, indent: "  " });
  writeVolumes(page, spec?.volumes, "  ");
  writeSpread(page, spec?.topologySpreadConstraints, "  ");
  if (spec?.priorityClassName) page.field("Priority Class Name", spec.priorityClassName, 1);
  page.labels("  Node-Selectors", spec?.nodeSelector);
  page.list("  Tolerations", tolerationTexts(spec?.tolerations));
}

/** The template with its tabs as they are, which is how `rollout history` prints it. */
export function rawPodTemplate(template: PodTemplateSpec | undefined): string {
  const page = new Page();
  writePodTemplate(page, template);
  return page.unaligned();
}

/** Sorted by key, as `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe printTolerationsMultilineWithIndent
export function tolerationTexts(tolerations: readonly Toleration[] | undefined): string[] {
  const sorted = [...(tolerations ?? [])].sort((a, b) => compareText(a.key ?? "", b.key ?? ""));
  return sorted.map(({ key = "", value = "", effect = "", operator, tolerationSeconds }) => {
    let text = `${key}${value === "" ? "" : `=${value}`}${effect === "" ? "" : `:${effect}`}`;
    if (operator === "Exists" && value === "") text += text === "" ? "op=Exists" : " op=Exists";
    return tolerationSeconds === undefined ? text : `${text} for ${tolerationSeconds}s`;
  });
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeTopologySpreadConstraints
export function writeSpread(
  page: Page,
  constraints: readonly TopologySpreadConstraint[] | undefined,
  indent: string,
): void {
  if (constraints === undefined || constraints.length === 0) return;
  const texts = [...constraints]
    .sort((a, b) => compareText(a.topologyKey, b.topologyKey))
    .map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
      const selector = labelSelector === undefined ? "" : ` for selector ${formatLabelSelector(labelSelector)}`;
      return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`;
    });
  page.list("Topology Spread Constraints", texts, indent);
}

/** `2 Running / 0 Waiting / 0 Succeeded / 0 Failed`: the pods that this object controls. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe getPodStatusForController
export function podStatusText(object: KubeObject, { api }: DescribeContext): string {
  const { namespace, uid } = object.metadata;
  const count = { Running: 0, Pending: 0, Succeeded: 0, Failed: 0 };
  for (const pod of api.list("pods", namespace === undefined ? {} : { namespace })) {
    if (controllerOf(pod)?.uid !== uid) continue;
    const phase = pod.status?.phase;
    if (phase === "Running" || phase === "Pending" || phase === "Succeeded" || phase === "Failed") count[phase]++;
  }
  return `${count.Running} Running / ${count.Pending} Waiting / ${count.Succeeded} Succeeded / ${count.Failed} Failed`;
}
