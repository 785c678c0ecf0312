// StatefulSets on their way into the store.
import type { StatefulSet, StatefulSetSpec } from "../../cluster/api/types.gen.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { dns1123Label, nonNegative } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import {
  validateCounts,
  validateSelector,
  validateWorkloadTemplate,
} from "../../cluster/apiserver/strategy/workload.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { validateClaimSpec } from "../persistentvolumeclaim/api.ts";
import { setTemplateDefaults } from "../pod/api-spec-defaults.ts";
import { templateWarnings } from "../pod/api-warnings.ts";

/** StatefulSets. Spec: [WORK-1] [WORK-2] [WORK-3]. */
// Models kubernetes/pkg/registry/apps/statefulset, pkg/apis/apps/validation
export const statefulset: Strategy<StatefulSet> = {
  checkName: dns1123Label,
  generation: true,
  warnings: (object, old) => templateWarnings(object, old),
  setDefaults(object) {
    if (object.spec === undefined) return;
    const { spec } = object;
    setTemplateDefaults(spec.template);
    if ((spec.podManagementPolicy ?? "") === "") spec.podManagementPolicy = "OrderedReady";
    spec.updateStrategy ??= {};
    if ((spec.updateStrategy.type ?? "") === "") {
      spec.updateStrategy.type = "RollingUpdate";
      spec.updateStrategy.rollingUpdate ??= { partition: 0 };
    }
    if (spec.updateStrategy.rollingUpdate !== undefined) spec.updateStrategy.rollingUpdate.partition ??= 0;
    spec.persistentVolumeClaimRetentionPolicy = {
      whenDeleted: "Retain",
      whenScaled: "Retain",
      ...spec.persistentVolumeClaimRetentionPolicy,
    };
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    for (const claim of spec.volumeClaimTemplates ?? []) {
      claim.metadata ??= {}; // a struct in Go: what was not written is there and empty
      if (claim.spec !== undefined) claim.spec.volumeMode ??= "Filesystem";
      claim.status = { phase: "Pending" };
    }
  },
  prepareForCreate(object) {
    object.status ??= { replicas: 0, availableReplicas: 0 };
  },
  validate: (object) => validateSpec(object.spec),
  validateUpdate(object, old) {
    const errors = validateSpec(object.spec);
    if (!deepEqual(fixedPart(object.spec), fixedPart(old.spec))) errors.push(forbidden("spec", FROZEN));
    return errors;
  },
};

const RETENTIONS = ["Retain", "Delete"];
const FROZEN =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

function fixedPart(spec: StatefulSetSpec | undefined): unknown {
  const { podManagementPolicy, selector, serviceName, volumeClaimTemplates } = spec ?? ({} as StatefulSetSpec);
  return { podManagementPolicy, selector, serviceName, volumeClaimTemplates };
}

// Models kubernetes/pkg/apis/apps/validation ValidateStatefulSetSpec
function validateSpec(spec: StatefulSetSpec | undefined): FieldErrors {
  if (spec === undefined) return [required("spec.selector"), required("spec.template.spec.containers")];
  const { podManagementPolicy = "" } = spec;
  const errors: FieldErrors = [];
  if (!["OrderedReady", "Parallel"].includes(podManagementPolicy))
    errors.push(invalid("spec.podManagementPolicy", podManagementPolicy, "must be 'OrderedReady' or 'Parallel'"));
  errors.push(...validateUpdateStrategy(spec));
  const { whenDeleted = "", whenScaled = "" } = spec.persistentVolumeClaimRetentionPolicy ?? {};
  for (const [field, policy] of Object.entries({ whenDeleted, whenScaled }))
    if (!RETENTIONS.includes(policy))
      errors.push(notSupported(`spec.persistentVolumeClaimRetentionPolicy.${field}`, policy, RETENTIONS));
  spec.volumeClaimTemplates?.forEach((each, at) => {
    errors.push(...validateClaimSpec(each.spec ?? {}, `spec.volumeClaimTemplates[${at}].spec`));
  });
  errors.push(...validateCounts(spec, ["replicas", "minReadySeconds"]));
  const start = spec.ordinals?.start ?? 0;
  errors.push(...invalidEach("spec.ordinals.start", start, nonNegative(start)));
  errors.push(...validateSelector(spec.selector, "statefulset"));
  const claims = spec.volumeClaimTemplates ?? [];
  const names = claims.map(({ metadata }) => metadata?.name ?? "");
  return [...errors, ...validateWorkloadTemplate(spec.template, spec.selector, "StatefulSet", names)];
}

function validateUpdateStrategy({ updateStrategy = {} }: StatefulSetSpec): FieldErrors {
  const path = "spec.updateStrategy";
  const { type = "", rollingUpdate } = updateStrategy;
  // As Go prints its own structs, whose fields are in capitals.
  const { partition: Partition = 0, maxUnavailable: MaxUnavailable = null } = rollingUpdate ?? {};
  const RollingUpdate = rollingUpdate === undefined ? null : { Partition, MaxUnavailable };
  if (type === "OnDelete")
    return rollingUpdate === undefined
      ? []
      : [invalid(`${path}.rollingUpdate`, RollingUpdate, "only allowed for updateStrategy 'RollingUpdate'")];
  if (type !== "RollingUpdate")
    return [invalid(path, { Type: type, RollingUpdate }, "must be 'RollingUpdate' or 'OnDelete'")];
  const partition = rollingUpdate?.partition ?? 0;
  return partition >= 0
    ? []
    : [invalid(`${path}.rollingUpdate.partition`, partition, "must be greater than or equal to 0")];
}
