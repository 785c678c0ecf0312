// PodDisruptionBudgets on their way into the store.
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, invalid } from "../../cluster/apimachinery/field.ts";
import { validateLabelSelector } from "../../cluster/apimachinery/metadata.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { validateAtMostAll, validateIntOrPercent } from "../../cluster/apiserver/strategy/workload.ts";

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
