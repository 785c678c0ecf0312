// HorizontalPodAutoscalers on their way into the store.
import type { HorizontalPodAutoscaler } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, invalid, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";

const CPU_UTILIZATION = 80;
const METRICS = ["ContainerResource", "External", "Object", "Pods", "Resource"];

const PERCENT = { type: "Percent", value: 100, periodSeconds: 15 };
const PODS = { type: "Pods", value: 4, periodSeconds: 15 };

/** HorizontalPodAutoscalers on their way into the store. */
// Models kubernetes/pkg/apis/autoscaling/validation ValidateHorizontalPodAutoscaler
export const autoscaler: Strategy<HorizontalPodAutoscaler> = {
  checkName: dns1123Subdomain,
  setDefaults({ spec }) {
    if (spec === undefined) return;
    spec.minReplicas ??= 1;
    const { behavior } = spec;
    if (behavior !== undefined)
      spec.behavior = {
        scaleDown: { policies: [PERCENT], selectPolicy: "Max", ...behavior.scaleDown },
        scaleUp: { policies: [PODS, PERCENT], selectPolicy: "Max", stabilizationWindowSeconds: 0, ...behavior.scaleUp },
      };
    if ((spec.metrics?.length ?? 0) === 0)
      spec.metrics = [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: CPU_UTILIZATION } },
        },
      ];
  },
  prepareForCreate(object) {
    object.status ??= { desiredReplicas: 0, currentMetrics: undefined };
  },
  validate: validateAutoscaler,
  validateUpdate: validateAutoscaler,
};

function validateAutoscaler({ spec }: HorizontalPodAutoscaler): FieldErrors {
  if (spec === undefined) return [required("spec.scaleTargetRef")];
  const errors: FieldErrors = [];
  const { minReplicas = 1, maxReplicas, scaleTargetRef } = spec;
  if (minReplicas < 1) errors.push(invalid("spec.minReplicas", minReplicas, "must be greater than or equal to 1"));
  if (maxReplicas < 1) errors.push(invalid("spec.maxReplicas", maxReplicas, "must be greater than 0"));
  if (maxReplicas < minReplicas)
    errors.push(invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`"));
  if ((scaleTargetRef.kind ?? "") === "") errors.push(required("spec.scaleTargetRef.kind"));
  if ((scaleTargetRef.name ?? "") === "") errors.push(required("spec.scaleTargetRef.name"));
  for (const [i, metric] of (spec.metrics ?? []).entries()) {
    const source = metric.type === "" ? "" : `${metric.type[0]?.toLowerCase()}${metric.type.slice(1)}`;
    if (!METRICS.includes(metric.type)) errors.push(notSupported(`spec.metrics[${i}].type`, metric.type, METRICS));
    else if (!Object.entries(metric).some(([key, value]) => key === source && value !== undefined))
      errors.push(required(`spec.metrics[${i}].${source}`, "must populate information for the given metric source"));
  }
  return errors;
}
