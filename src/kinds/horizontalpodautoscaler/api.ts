// HorizontalPodAutoscalers on their way into the store.
import type { HorizontalPodAutoscaler, HPAScalingRules, MetricTarget } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { nanosOf } from "../pod/api-container-validation.ts";

const CPU_UTILIZATION = 80;
const METRICS = ["ContainerResource", "External", "Object", "Pods", "Resource"];

const TARGETS = ["Utilization", "Value", "AverageValue"];
const SELECT = ["Disabled", "Max", "Min"];
const POLICIES = ["Percent", "Pods"];
const LONGEST_WINDOW_S = 3_600;
const LONGEST_PERIOD_S = 1_800;

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
    const at = `spec.metrics[${i}]`;
    const source = metric.type === "" ? "" : `${metric.type[0]?.toLowerCase()}${metric.type.slice(1)}`;
    const { resource, containerResource } = metric;
    if (resource !== undefined) errors.push(...validateTarget(resource.target, `${at}.resource.target`));
    if (containerResource !== undefined)
      errors.push(...validateTarget(containerResource.target, `${at}.containerResource.target`));
    if (!METRICS.includes(metric.type)) errors.push(notSupported(`${at}.type`, metric.type, METRICS));
    else if (!Object.entries(metric).some(([key, value]) => key === source && value !== undefined))
      errors.push(required(`${at}.${source}`, "must populate information for the given metric source"));
  }
  for (const way of ["scaleUp", "scaleDown"] as const)
    errors.push(...validateRules(spec.behavior?.[way], `spec.behavior.${way}`));
  return errors;
}

/** The target of a resource's metric. */
// Models kubernetes/pkg/apis/autoscaling/validation validateMetricTarget, validateResourceSource
function validateTarget({ type, value, averageValue, averageUtilization }: MetricTarget, at: string): FieldErrors {
  const errors: FieldErrors = [];
  if ((type ?? "") === "") errors.push(required(`${at}.type`, "must specify a metric target type"));
  if (!TARGETS.includes(type))
    errors.push(invalid(`${at}.type`, type ?? "", "must be either Utilization, Value, or AverageValue"));
  for (const [name, amount] of Object.entries({ value, averageValue }))
    if (amount !== undefined && nanosOf(amount) <= 0n)
      errors.push(invalid(`${at}.${name}`, amount, "must be positive"));
  if (averageUtilization !== undefined && averageUtilization < 1)
    errors.push(invalid(`${at}.averageUtilization`, averageUtilization, "must be greater than 0"));
  if (averageUtilization === undefined && averageValue === undefined)
    errors.push(required(`${at}.averageUtilization`, "must set either a target raw value or a target utilization"));
  if (averageUtilization !== undefined && averageValue !== undefined)
    errors.push(forbidden(`${at}.averageValue`, "may not set both a target raw value and a target utilization"));
  return errors;
}

// Models kubernetes/pkg/apis/autoscaling/validation validateScalingRules, validateScalingPolicy
function validateRules(rules: HPAScalingRules | undefined, at: string): FieldErrors {
  if (rules === undefined) return [];
  const errors: FieldErrors = [];
  const { stabilizationWindowSeconds: window = 0, selectPolicy = "Max", policies = [] } = rules;
  const windowAt = `${at}.stabilizationWindowSeconds`;
  if (window < 0) errors.push(invalid(windowAt, window, "must be greater than or equal to zero"));
  if (window > LONGEST_WINDOW_S)
    errors.push(invalid(windowAt, window, `must be less than or equal to ${LONGEST_WINDOW_S}`));
  if (!SELECT.includes(selectPolicy)) errors.push(notSupported(`${at}.selectPolicy`, selectPolicy, SELECT));
  for (const [i, { type, value = 0, periodSeconds = 0 }] of policies.entries()) {
    const policy = `${at}.policies[${i}]`;
    if (!POLICIES.includes(type)) errors.push(notSupported(`${policy}.type`, type, POLICIES));
    if (value <= 0) errors.push(invalid(`${policy}.value`, value, "must be greater than zero"));
    if (periodSeconds <= 0) errors.push(invalid(`${policy}.periodSeconds`, periodSeconds, "must be greater than zero"));
    if (periodSeconds > LONGEST_PERIOD_S)
      errors.push(
        invalid(`${policy}.periodSeconds`, periodSeconds, `must be less than or equal to ${LONGEST_PERIOD_S}`),
      );
  }
  return errors;
}
