// What Deployments, ReplicaSets, StatefulSets, DaemonSets and Jobs have in common: replicas, selector, template.

import { validateTemplate } from "../../../kinds/pod/api-spec-validation.ts";
import type { LabelSelector, PodTemplateSpec } from "../../api/types.gen.ts";
import { type FieldErrors, forbidden, invalid, invalidEach, notSupported, required } from "../../apimachinery/field.ts";
import { matches, selectorFromLabelSelector } from "../../apimachinery/labels.ts";
import { isEmptySelector, validateLabelSelector } from "../../apimachinery/metadata.ts";
import { nonNegative } from "../../apimachinery/names.ts";

/** Numbers that must not be negative, where they are given; `fields` in the order they are reported. */
export function validateCounts<T extends object>(spec: T, fields: ReadonlyArray<keyof T & string>): FieldErrors {
  return fields.flatMap((field) => {
    const value = spec[field];
    return typeof value === "number" ? invalidEach(`spec.${field}`, value, nonNegative(value)) : [];
  });
}

/** A selector that is there, well-formed and not empty; `kind` as the message names it. */
export function validateSelector(selector: LabelSelector | undefined, kind: string): FieldErrors {
  if (selector === undefined) return [required("spec.selector")];
  const errors = validateLabelSelector(selector, "spec.selector");
  if (isEmptySelector(selector))
    errors.push(invalid("spec.selector", selector, `empty selector is invalid for ${kind}`));
  return errors;
}

/** That the template's pods, which may also mount volumes of these `claims`, are the ones the selector selects, always restarted; and the template itself. */
// Models kubernetes/pkg/apis/apps/validation ValidatePodTemplateSpecForReplicaSet
export function validateWorkloadTemplate(
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
  kind: string,
  claims: readonly string[] = [],
): FieldErrors {
  if (!isSound(selector))
    return [invalid("spec.selector", selector ?? null, kind === "ReplicaSet" ? "invalid label selector" : "")];
  const errors: FieldErrors = [];
  const labels = template.metadata?.labels;
  const isMatch =
    selector !== undefined && (isEmptySelector(selector) || matches(selectorFromLabelSelector(selector), labels));
  if (!isMatch)
    errors.push(
      invalid("spec.template.metadata.labels", labels ?? null, "`selector` does not match template `labels`"),
    );
  errors.push(...validateTemplate(template, "spec.template", claims));
  const policy = template.spec?.restartPolicy ?? "";
  if (policy !== "Always") errors.push(notSupported("spec.template.spec.restartPolicy", policy, ["Always"]));
  if (template.spec?.activeDeadlineSeconds !== undefined)
    errors.push(
      forbidden("spec.template.spec.activeDeadlineSeconds", `activeDeadlineSeconds in ${kind} is not Supported`),
    );
  return errors;
}

/** Whether every term of a selector can be understood. */
// Models k8s.io/apimachinery/pkg/apis/meta/v1 LabelSelectorAsSelector
function isSound(selector: LabelSelector | undefined): boolean {
  return validateLabelSelector(selector, "").length === 0;
}

/** A count or a percentage, not below zero. */
// Models kubernetes/pkg/apis/apps/validation ValidatePositiveIntOrPercent
export function validateIntOrPercent(value: number | string | undefined, path: string): FieldErrors {
  if (typeof value === "number") return invalidEach(path, value, nonNegative(value));
  if (value === undefined || /^[0-9]+%$/.test(value)) return [];
  return [
    invalid(
      path,
      value,
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    ),
  ];
}

/** Whether a count or percentage is zero. */
export const isNone = (value: number | string | undefined): boolean =>
  typeof value === "number" ? value === 0 : value === undefined || Number.parseInt(value, 10) === 0;

/** A percentage of at most a hundred. */
export function validateAtMostAll(value: number | string | undefined, path: string): FieldErrors {
  if (typeof value !== "string" || Number.parseInt(value, 10) <= 100 || !/^[0-9]+%$/.test(value)) return [];
  return [invalid(path, value, "must not be greater than 100%")];
}
