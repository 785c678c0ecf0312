// kubectl describe horizontalpodautoscaler.
import type {
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from "../../cluster/index.ts";
import { type Describers, describer, writeEvents, writeHead } from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { longDate } from "../../kubectl/duration.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeHorizontalPodAutoscalerV2
const describeHorizontalPodAutoscaler = describer<HorizontalPodAutoscaler>((page, scaler, context) => {
  const { metadata, spec, status } = scaler;
  writeHead(page, scaler);
  page.field("CreationTimestamp", longDate(metadata.creationTimestamp));
  page.field("Reference", `${spec?.scaleTargetRef.kind}/${spec?.scaleTargetRef.name}`);
  page.field("Metrics", "( current / target )");
  for (const [index, metric] of (spec?.metrics ?? []).entries())
    page.line(1, metricText(metric, status?.currentMetrics?.[index]));
  page.field("Min replicas", spec?.minReplicas ?? "<unset>");
  page.field("Max replicas", spec?.maxReplicas);
  if (spec?.behavior !== undefined) page.line(0, "Behavior:");
  writeBehavior(page, "Scale Up", spec?.behavior?.scaleUp);
  writeBehavior(page, "Scale Down", spec?.behavior?.scaleDown);
  const replicas = `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`;
  page.field(`${spec?.scaleTargetRef.kind} pods`, replicas);
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    page.line(0, "Conditions:");
    page.row(1, ["Type", "Status", "Reason", "Message"]);
    page.row(1, ["----", "------", "------", "-------"]);
  }
  for (const each of conditions) page.row(1, [each.type, each.status, each.reason, each.message]);
  writeEvents(page, scaler, context);
});

const UNKNOWN = "<unknown>";

function metricText(spec: MetricSpec, status: MetricStatus | undefined): string {
  const { resource, containerResource, pods, object, external } = spec;
  if (resource !== undefined)
    return resourceText(`resource ${resource.name} on pods`, resource.target, status?.resource?.current);
  if (containerResource !== undefined) {
    const subject = `resource ${containerResource.name} of container "${containerResource.container}" on pods`;
    return resourceText(subject, containerResource.target, status?.containerResource?.current);
  }
  if (pods !== undefined)
    return `"${pods.metric.name}" on pods:\t${status?.pods?.current.averageValue ?? UNKNOWN} / ${pods.target.averageValue ?? ""}`;
  if (object !== undefined) {
    const subject = `"${object.metric.name}" on ${object.describedObject.kind}/${object.describedObject.name}`;
    return valueText(subject, object.target, status?.object?.current);
  }
  if (external !== undefined) return valueText(`"${external.metric.name}"`, external.target, status?.external?.current);
  return `<unknown metric type ${JSON.stringify(spec.type)}>`;
}

function resourceText(subject: string, target: MetricTarget, current: MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined)
    return `${subject}:\t${current?.averageValue ?? UNKNOWN} / ${target.averageValue}`;
  const used = current?.averageUtilization;
  const now = used === undefined ? UNKNOWN : `${used}% (${current?.averageValue ?? "0"})`;
  const wanted = target.averageUtilization === undefined ? "<auto>" : `${target.averageUtilization}%`;
  return `${subject}  (as a percentage of request):\t${now} / ${wanted}`;
}

function valueText(subject: string, target: MetricTarget, current: MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined)
    return `${subject} (target average value):\t${current?.averageValue ?? UNKNOWN} / ${target.averageValue}`;
  return `${subject} (target value):\t${current?.value ?? UNKNOWN} / ${target.value ?? ""}`;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe printDirectionBehavior
function writeBehavior(page: Page, title: string, rules: HPAScalingRules | undefined): void {
  if (rules === undefined) return;
  page.line(1, `${title}:`);
  if (rules.stabilizationWindowSeconds !== undefined)
    page.line(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`);
  const policies = rules.policies ?? [];
  if (policies.length === 0) return;
  page.line(2, `Select Policy: ${rules.selectPolicy ?? "Max"}`);
  page.line(2, "Policies:");
  for (const { type, value, periodSeconds } of policies)
    page.row(3, [`- Type: ${type}`, `Value: ${value}`, `Period: ${periodSeconds} seconds`]);
}

export const describers: Describers = { "horizontalpodautoscalers.autoscaling": describeHorizontalPodAutoscaler };
