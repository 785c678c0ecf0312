// HorizontalPodAutoscalers and PodDisruptionBudgets on their way into the store.
import type { HorizontalPodAutoscaler, PodDisruptionBudget, PodDisruptionBudgetSpec } from "../../api/types.gen.ts";
import { type FieldErrors, invalid, notSupported, required } from "../../apimachinery/field.ts";
import { validateLabelSelector } from "../../apimachinery/metadata.ts";
import { dns1123Subdomain } from "../../apimachinery/names.ts";
import type { Strategy } from "./strategy.ts";
import { validateAtMostAll, validateIntOrPercent } from "./workload.ts";

const CPU_UTILIZATION = 80;
const METRICS = ["ContainerResource", "External", "Object", "Pods", "Resource"];

/** HorizontalPodAutoscalers; nothing measures pods here. */
// Models kubernetes/pkg/apis/autoscaling/validation ValidateHorizontalPodAutoscaler
export const autoscaler: Strategy<HorizontalPodAutoscaler> = {
  checkName: dns1123Subdomain,
  setDefaults({ spec }) {
    if (spec === undefined) return;
    spec.minReplicas ??= 1;
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

/** PodDisruptionBudgets. */
// Models kubernetes/pkg/apis/policy/validation ValidatePodDisruptionBudgetSpec
export const budget: Strategy<PodDisruptionBudget> = {
  checkName: dns1123Subdomain,
  generation: true,
  prepareForCreate(object) {
    object.status ??= { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
  },
  validate: validateBudget,
  validateUpdate: validateBudget,
};

function validateBudget({ spec }: PodDisruptionBudget): FieldErrors {
  if (spec === undefined) return [];
  const { minAvailable, maxUnavailable } = spec;
  const errors: FieldErrors = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    errors.push(invalid("spec", goStruct(spec), "minAvailable and maxUnavailable cannot be both set"));
  errors.push(
    ...validateIntOrPercent(minAvailable, "spec.minAvailable"),
    ...validateAtMostAll(minAvailable, "spec.minAvailable"),
    ...validateIntOrPercent(maxUnavailable, "spec.maxUnavailable"),
    ...validateAtMostAll(maxUnavailable, "spec.maxUnavailable"),
  );
  return [...errors, ...validateLabelSelector(spec.selector, "spec.selector")];
}

/** As Go prints its own struct. */
const goStruct = (spec: PodDisruptionBudgetSpec): unknown => ({
  MinAvailable: spec.minAvailable ?? null,
  Selector: spec.selector ?? null,
  MaxUnavailable: spec.maxUnavailable ?? null,
  UnhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? null,
});
