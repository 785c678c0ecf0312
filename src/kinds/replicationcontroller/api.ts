// ReplicationControllers on their way into the store.
import type { ReplicationController } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { matches, selectorFromLabelSelector } from "../../cluster/apimachinery/labels.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { validateCounts } from "../../cluster/apiserver/strategy/workload.ts";
import { setTemplateDefaults } from "../pod/api-spec-defaults.ts";
import { validateTemplate } from "../pod/api-spec-validation.ts";
import { templateWarnings } from "../pod/api-warnings.ts";

/** ReplicationControllers: what came before ReplicaSets. Spec: [RC-1]. */
// Models kubernetes/pkg/registry/core/replicationcontroller, pkg/apis/core/v1 SetDefaults_ReplicationController
export const replicationcontroller: Strategy<ReplicationController> = {
  generation: true,
  selectableFields: ["status.replicas"],
  setDefaults(object) {
    if (object.spec === undefined) return;
    const { spec } = object;
    if (spec.template !== undefined) setTemplateDefaults(spec.template);
    const labels = spec.template?.metadata?.labels;
    if (labels !== undefined) {
      if (Object.keys(spec.selector ?? {}).length === 0) spec.selector = labels;
      if (Object.keys(object.metadata.labels ?? {}).length === 0) object.metadata.labels = { ...labels };
    }
    spec.replicas ??= 1;
  },
  prepareForCreate(object) {
    object.status ??= { replicas: 0 };
  },
  validate,
  validateUpdate: validate,
  warnings: (object, old) => templateWarnings(object, old),
};

// Models kubernetes/pkg/apis/core/validation ValidateReplicationControllerSpec
function validate({ spec = {} }: ReplicationController): FieldErrors {
  const { selector = {}, template } = spec;
  const isEmpty = Object.keys(selector).length === 0;
  const errors = validateCounts(spec, ["minReadySeconds"]);
  if (isEmpty) errors.push(required("spec.selector"));
  errors.push(...validateCounts(spec, ["replicas"]));
  if (template === undefined) return [...errors, required("spec.template")];
  const labels = template.metadata?.labels;
  if (!isEmpty && !matches(selectorFromLabelSelector({ matchLabels: selector }), labels))
    errors.push(
      invalid("spec.template.metadata.labels", labels ?? null, "`selector` does not match template `labels`"),
    );
  errors.push(...validateTemplate(template, "spec.template"));
  const at = "spec.template.spec";
  if (template.spec?.restartPolicy !== "Always")
    errors.push(notSupported(`${at}.restartPolicy`, template.spec?.restartPolicy, ["Always"]));
  if (template.spec?.activeDeadlineSeconds !== undefined)
    errors.push(
      forbidden(`${at}.activeDeadlineSeconds`, "activeDeadlineSeconds in ReplicationController is not Supported"),
    );
  return errors;
}
