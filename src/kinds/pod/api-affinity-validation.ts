// What affinity, spread and tolerations of a pod must be: the field errors, in the API server's order.
import type {
  Affinity,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  PodSpec,
  Toleration,
} from "../../cluster/api/types.gen.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { validateLabelSelector } from "../../cluster/apimachinery/metadata.ts";
import { labelValue, qualifiedName } from "../../cluster/apimachinery/names.ts";

const NEEDED = "requiredDuringSchedulingIgnoredDuringExecution";
const WISHED = "preferredDuringSchedulingIgnoredDuringExecution";

/** Where the pod wants to be. */
// Models kubernetes/pkg/apis/core/validation validateAffinity
export function validateAffinity(affinity: Affinity | undefined, path: string): FieldErrors {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  const terms = nodeAffinity?.[NEEDED]?.nodeSelectorTerms;
  const at = `${path}.nodeAffinity.${NEEDED}.nodeSelectorTerms`;
  return [
    ...(terms?.length === 0 ? [required(at, "must have at least one node selector term")] : []),
    ...(terms ?? []).flatMap((term, i) => validateNodeTerm(term, `${at}[${i}]`)),
    ...(nodeAffinity?.[WISHED] ?? []).flatMap(({ weight, preference }, i) => [
      ...weightErrors(weight, `${path}.nodeAffinity.${WISHED}[${i}].weight`),
      ...validateNodeTerm(preference, `${path}.nodeAffinity.${WISHED}[${i}].preference`),
    ]),
    ...validatePodAffinity(podAffinity, `${path}.podAffinity`),
    ...validatePodAffinity(podAntiAffinity, `${path}.podAntiAffinity`),
  ];
}

const weightErrors = (weight: number, at: string): FieldErrors =>
  weight > 0 && weight <= 100 ? [] : [invalid(at, weight, "must be in the range 1-100")];

// Models kubernetes/pkg/apis/core/validation ValidateNodeSelectorRequirement
function validateNodeTerm({ matchExpressions = [] }: NodeSelectorTerm, path: string): FieldErrors {
  return matchExpressions.flatMap(({ key, operator, values = [] }, i) => {
    const at = `${path}.matchExpressions[${i}]`;
    const errors: FieldErrors = [];
    if (["In", "NotIn"].includes(operator)) {
      if (values.length === 0)
        errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (["Exists", "DoesNotExist"].includes(operator)) {
      if (values.length > 0)
        errors.push(forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
    } else if (["Gt", "Lt"].includes(operator)) {
      if (values.length !== 1)
        errors.push(required(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
    } else errors.push(invalid(`${at}.operator`, operator, "not a valid selector operator"));
    return [...errors, ...invalidEach(`${at}.key`, key, qualifiedName(key))];
  });
}

function validatePodAffinity(affinity: PodAffinity | undefined, path: string): FieldErrors {
  return [
    ...(affinity?.[NEEDED] ?? []).flatMap((term, i) => validatePodTerm(term, `${path}.${NEEDED}[${i}]`)),
    ...(affinity?.[WISHED] ?? []).flatMap(({ weight, podAffinityTerm }, i) => [
      ...weightErrors(weight, `${path}.${WISHED}[${i}].weight`),
      ...validatePodTerm(podAffinityTerm, `${path}.${WISHED}[${i}].podAffinityTerm`),
    ]),
  ];
}

function validatePodTerm({ labelSelector, namespaceSelector, topologyKey }: PodAffinityTerm, at: string): FieldErrors {
  return [
    ...validateLabelSelector(labelSelector, `${at}.labelSelector`),
    ...validateLabelSelector(namespaceSelector, `${at}.namespaceSelector`),
    ...(topologyKey === "" ? [required(`${at}.topologyKey`, "can not be empty")] : []),
    ...invalidEach(`${at}.topologyKey`, topologyKey, qualifiedName(topologyKey)),
  ];
}

/** How evenly the pods are to lie. */
export function validateSpread(spec: PodSpec, path: string): FieldErrors {
  return (spec.topologySpreadConstraints ?? []).flatMap(({ maxSkew, topologyKey, whenUnsatisfiable }, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldErrors = [];
    if (maxSkew <= 0) errors.push(invalid(`${at}.maxSkew`, maxSkew, "must be greater than zero"));
    if (topologyKey === "") errors.push(required(`${at}.topologyKey`, "can not be empty"));
    if (!["DoNotSchedule", "ScheduleAnyway"].includes(whenUnsatisfiable))
      errors.push(notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable, ["DoNotSchedule", "ScheduleAnyway"]));
    return errors;
  });
}

/** Which taints the pod bears. */
// Models kubernetes/pkg/apis/core/validation ValidateTolerations
export function validateTolerations(tolerations: readonly Toleration[], path: string): FieldErrors {
  return tolerations.flatMap(({ key = "", operator = "", value = "", effect = "", tolerationSeconds }, i) => {
    const at = `${path}[${i}]`;
    const errors = key === "" ? [] : invalidEach(`${at}.key`, key, qualifiedName(key));
    if (key === "" && operator !== "Exists")
      errors.push(
        invalid(
          `${at}.operator`,
          operator,
          'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ),
      );
    if (tolerationSeconds !== undefined && effect !== "NoExecute")
      errors.push(invalid(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    if (["", "Equal"].includes(operator)) {
      const reasons = labelValue(value);
      if (reasons.length > 0) errors.push(invalid(`${at}.operator`, value, reasons.join(";")));
    } else if (operator !== "Exists") errors.push(notSupported(`${at}.operator`, operator, ["Equal", "Exists"]));
    else if (value !== "")
      errors.push(invalid(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'"));
    if (effect !== "" && !EFFECTS.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, EFFECTS));
    return errors;
  });
}

/** What a taint may do, in the order they are reported. */
export const EFFECTS: readonly string[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
