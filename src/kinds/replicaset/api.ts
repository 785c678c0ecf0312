// ReplicaSets on their way into the store.
import type { ReplicaSet } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, required } from "../../cluster/apimachinery/field.ts";
import { unchanged } from "../../cluster/apimachinery/metadata.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import {
  validateCounts,
  validateSelector,
  validateWorkloadTemplate,
} from "../../cluster/apiserver/strategy/workload.ts";
import { setTemplateDefaults } from "../pod/api-spec-defaults.ts";
import { templateWarnings } from "../pod/api-warnings.ts";

/** ReplicaSets. Spec: [WORK-1] [WORK-2]. */
// Models kubernetes/pkg/registry/apps/replicaset, pkg/apis/apps/validation
export const replicaset: Strategy<ReplicaSet> = {
  generation: true,
  warnings: (object, old) => templateWarnings(object, old),
  selectableFields: ["status.replicas"],
  setDefaults(object) {
    if (object.spec === undefined) return;
    object.spec.template ??= {};
    setTemplateDefaults(object.spec.template);
    object.spec.replicas ??= 1;
  },
  prepareForCreate(object) {
    object.status ??= { replicas: 0 };
  },
  validate,
  validateUpdate: (object, old) => [
    ...validate(object),
    ...unchanged("spec.selector", object.spec?.selector, old.spec?.selector),
  ],
};

function validate({ spec }: ReplicaSet): FieldErrors {
  if (spec === undefined) return [required("spec.selector"), required("spec.template.spec.containers")];
  return [
    ...validateCounts(spec, ["replicas", "minReadySeconds"]),
    ...validateSelector(spec.selector, "deployment"),
    ...validateWorkloadTemplate(spec.template ?? {}, spec.selector, "ReplicaSet"),
  ];
}
