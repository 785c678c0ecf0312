// The table of HorizontalPodAutoscalers.
import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";

// Models kubernetes/pkg/printers/internalversion printHorizontalPodAutoscaler
const horizontalPodAutoscalerPrinter = printer<HorizontalPodAutoscaler>(
  ["NAME", "REFERENCE", "TARGETS", "MINPODS", "MAXPODS", "REPLICAS", "AGE"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    `${spec?.scaleTargetRef.kind}/${spec?.scaleTargetRef.name}`,
    metricsCell(spec?.metrics ?? [], status?.currentMetrics ?? []),
    spec?.minReplicas ?? "<unset>",
    spec?.maxReplicas,
    status?.currentReplicas ?? 0,
    ageOf(metadata.creationTimestamp, now),
  ],
);

const METRICS_SHOWN = 2;

// Models kubernetes/pkg/printers/internalversion formatHPAMetrics
function metricsCell(specs: readonly MetricSpec[], statuses: readonly MetricStatus[]): string {
  if (specs.length === 0) return "<none>";
  const list = specs.map((spec, index) => metricText(spec, statuses[index]));
  const shown = list.slice(0, METRICS_SHOWN).join(", ");
  return list.length > METRICS_SHOWN ? `${shown} + ${list.length - METRICS_SHOWN} more...` : shown;
}

function metricText(spec: MetricSpec, status: MetricStatus | undefined): string {
  const { resource, containerResource, pods, object, external } = spec;
  if (resource !== undefined) return resourceText(resource.name, resource.target, status?.resource?.current);
  if (containerResource !== undefined)
    return resourceText(containerResource.name, containerResource.target, status?.containerResource?.current);
  if (pods !== undefined)
    return `${status?.pods?.current.averageValue ?? "<unknown>"}/${pods.target.averageValue ?? ""}`;
  if (object !== undefined) return valueText(object.target, status?.object?.current);
  if (external !== undefined) return valueText(external.target, status?.external?.current);
  return "<unknown type>";
}

function resourceText(name: string, target: MetricTarget, current: MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined)
    return `${name}: ${current?.averageValue ?? "<unknown>"}/${target.averageValue}`;
  const percent = (value: number | undefined, missing: string) => (value === undefined ? missing : `${value}%`);
  return `${name}: ${percent(current?.averageUtilization, "<unknown>")}/${percent(target.averageUtilization, "<auto>")}`;
}

function valueText(target: MetricTarget, current: MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined) return `${current?.averageValue ?? "<unknown>"}/${target.averageValue} (avg)`;
  return `${current?.value ?? "<unknown>"}/${target.value ?? ""}`;
}

export const printers: Printers = { "horizontalpodautoscalers.autoscaling": horizontalPodAutoscalerPrinter };
