// DaemonSets on their way into the store.
import type { DaemonSet, DaemonSetSpec } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, invalid, notSupported, required } from "../../cluster/apimachinery/field.ts";
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

/** DaemonSets. Spec: [WORK-1] [WORK-2]. */
// Models kubernetes/pkg/registry/apps/daemonset, pkg/apis/apps/validation
export const daemonset: Strategy<DaemonSet> = {
  generation: true,
  warnings: (object, old) => templateWarnings(object, old),
  setDefaults(object) {
    if (object.spec === undefined) return;
    const { spec } = object;
    setTemplateDefaults(spec.template);
    spec.updateStrategy ??= {};
    if ((spec.updateStrategy.type ?? "") === "") spec.updateStrategy.type = "RollingUpdate";
    if (spec.updateStrategy.type === "RollingUpdate")
      spec.updateStrategy.rollingUpdate = { maxSurge: 0, maxUnavailable: 1, ...spec.updateStrategy.rollingUpdate };
    spec.revisionHistoryLimit ??= 10;
  },
  prepareForCreate(object) {
    object.status ??= { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 };
  },
  validate: (object) => validateSpec(object.spec),
  validateUpdate: (object, old) => [
    ...validateSpec(object.spec),
    ...unchanged("spec.selector", object.spec?.selector, old.spec?.selector),
  ],
};

// Models kubernetes/pkg/apis/apps/validation ValidateDaemonSetSpec
function validateSpec(spec: DaemonSetSpec | undefined): FieldErrors {
  if (spec === undefined) return [required("spec.selector"), required("spec.template.spec.containers")];
  return [
    ...(spec.selector === undefined ? [] : validateSelector(spec.selector, "daemonset")),
    ...validateWorkloadTemplate(spec.template, spec.selector, "DaemonSet"),
    ...validateCounts(spec, ["minReadySeconds"]),
    ...validateUpdateStrategy(spec),
    ...validateCounts(spec, ["revisionHistoryLimit"]),
  ];
}

function validateUpdateStrategy({ updateStrategy = {} }: DaemonSetSpec): FieldErrors {
  const path = "spec.updateStrategy";
  const { type = "", rollingUpdate } = updateStrategy;
  if (type === "OnDelete") return [];
  if (type !== "RollingUpdate") return [notSupported(`${path}.type`, type, ["RollingUpdate", "OnDelete"])];
  const { maxUnavailable, maxSurge } = rollingUpdate ?? {};
  const errors = [
    ...validateIntOrPercent(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`),
    ...validateIntOrPercent(maxSurge, `${path}.rollingUpdate.maxSurge`),
    ...validateAtMostAll(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`),
    ...validateAtMostAll(maxSurge, `${path}.rollingUpdate.maxSurge`),
  ];
  if (isNone(maxUnavailable) && isNone(maxSurge))
    errors.push(required(`${path}.rollingUpdate.maxUnavailable`, "cannot be 0 when maxSurge is 0"));
  if (!isNone(maxUnavailable) && !isNone(maxSurge))
    errors.push(invalid(`${path}.rollingUpdate.maxSurge`, maxSurge, "may not be set when maxUnavailable is non-zero"));
  return errors;
}
