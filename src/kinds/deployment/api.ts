// Deployments on their way into the store.
import type { Deployment, DeploymentSpec } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { unchanged } from "../../cluster/apimachinery/metadata.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import {
  isNone,
  validateAtMostAll,
  validateCounts,
  validateIntOrPercent,
  validateSelector,
  validateWorkloadTemplate,
} from "../../cluster/apiserver/strategy/workload.ts";
import { setTemplateDefaults } from "../pod/api-spec-defaults.ts";
import { templateWarnings } from "../pod/api-warnings.ts";

/** Deployments. Spec: [WORK-1] [WORK-2]. */
// Models kubernetes/pkg/registry/apps/deployment, pkg/apis/apps/validation
export const deployment: Strategy<Deployment> = {
  generation: true,
  setDefaults(object) {
    if (object.spec === undefined) return;
    const { spec } = object;
    setTemplateDefaults(spec.template);
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    spec.strategy ??= {};
    if ((spec.strategy.type ?? "") === "") spec.strategy.type = "RollingUpdate";
    if (spec.strategy.type !== "RollingUpdate") return;
    spec.strategy.rollingUpdate = { maxUnavailable: "25%", maxSurge: "25%", ...spec.strategy.rollingUpdate };
  },
  prepareForCreate(object) {
    object.status ??= {};
  },
  validate: (object) => validateSpec(object.spec),
  validateUpdate: (object, old) => [
    ...validateSpec(object.spec),
    ...unchanged("spec.selector", object.spec?.selector, old.spec?.selector),
  ],
  warnings: (object, old) => templateWarnings(object, old),
};

// Models kubernetes/pkg/apis/apps/validation ValidateDeploymentSpec
function validateSpec(spec: DeploymentSpec | undefined): FieldErrors {
  const given = spec ?? ({ template: { spec: { containers: [] } } } as unknown as DeploymentSpec); // Go's zero value
  const errors = [
    ...validateCounts(given, ["replicas"]),
    ...validateSelector(given.selector, "deployment"),
    ...validateWorkloadTemplate(given.template, given.selector, "ReplicaSet"),
    ...validateStrategy(given),
    ...validateCounts(given, ["minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"]),
  ];
  const deadline = given.progressDeadlineSeconds;
  if (deadline !== undefined && deadline <= (given.minReadySeconds ?? 0))
    errors.push(invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"));
  return errors;
}

function validateStrategy({ strategy = {} }: DeploymentSpec): FieldErrors {
  const path = "spec.strategy.rollingUpdate";
  const { type = "", rollingUpdate } = strategy;
  if (type === "Recreate")
    return rollingUpdate === undefined
      ? []
      : [forbidden(path, "may not be specified when strategy `type` is 'Recreate'")];
  if (type !== "RollingUpdate") return [notSupported("spec.strategy.type", type, ["Recreate", "RollingUpdate"])];
  if (rollingUpdate === undefined) return [required(path, "this should be defaulted and never be nil")];
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const errors = [
    ...validateIntOrPercent(maxUnavailable, `${path}.maxUnavailable`),
    ...validateIntOrPercent(maxSurge, `${path}.maxSurge`),
  ];
  if (isNone(maxUnavailable) && isNone(maxSurge))
    errors.push(invalid(`${path}.maxUnavailable`, maxUnavailable, "may not be 0 when `maxSurge` is 0"));
  return [...errors, ...validateAtMostAll(maxUnavailable, `${path}.maxUnavailable`)];
}
