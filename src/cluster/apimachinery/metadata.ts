// What every object's metadata must be, when it is created and when it changes.
import type { LabelSelector, ObjectMeta } from "../api/types.gen.ts";
import { deepEqual } from "../sim/values.ts";
import { duplicate, type FieldErrors, forbidden, invalid, invalidEach, required } from "./field.ts";
import { asPrefix, dns1123Label, labelValue, qualifiedName, type TextCheck } from "./names.ts";

type Labels = Readonly<Record<string, string>>;

const MOST_ANNOTATION_BYTES = 262144;
const CORE_FINALIZERS = ["foregroundDeletion", "kubernetes", "orphan"];

/** Label keys and values. */
// Models k8s.io/apimachinery/pkg/apis/meta/v1/validation ValidateLabels
export function validateLabels(labels: Labels | undefined, path: string): FieldErrors {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...invalidEach(path, key, qualifiedName(key)),
    ...invalidEach(path, value, labelValue(value)),
  ]);
}

/** Annotation keys and their size together. */
// Models k8s.io/apimachinery/pkg/api/validation ValidateAnnotations
export function validateAnnotations(annotations: Labels | undefined, path: string): FieldErrors {
  const entries = Object.entries(annotations ?? {});
  const errors = entries.flatMap(([key]) => invalidEach(path, key, qualifiedName(key.toLowerCase())));
  const size = entries.reduce((sum, [key, value]) => sum + utf8Length(key) + utf8Length(value), 0);
  if (size > MOST_ANNOTATION_BYTES)
    errors.push({
      type: "Too long",
      field: path,
      detail: `may not be more than ${MOST_ANNOTATION_BYTES} bytes`,
    });
  return errors;
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Everything about the metadata of a new object. */
// Models k8s.io/apimachinery/pkg/api/validation ValidateObjectMeta
export function validateObjectMeta(meta: ObjectMeta, namespaced: boolean, checkName: TextCheck): FieldErrors {
  const errors: FieldErrors = [];
  if (meta.generateName !== undefined && meta.generateName !== "")
    errors.push(...invalidEach("metadata.generateName", meta.generateName, asPrefix(checkName)(meta.generateName)));
  if (meta.name === undefined || meta.name === "")
    errors.push(required("metadata.name", "name or generateName is required"));
  else errors.push(...invalidEach("metadata.name", meta.name, checkName(meta.name)));
  if (namespaced && (meta.namespace ?? "") === "") errors.push(required("metadata.namespace"));
  else if (namespaced)
    errors.push(...invalidEach("metadata.namespace", meta.namespace, dns1123Label(meta.namespace ?? "")));
  else if ((meta.namespace ?? "") !== "") errors.push(forbidden("metadata.namespace", "not allowed on this type"));
  errors.push(...validateLabels(meta.labels, "metadata.labels"));
  errors.push(...validateAnnotations(meta.annotations, "metadata.annotations"));
  errors.push(...validateOwners(meta), ...validateFinalizers(meta.finalizers ?? []));
  return errors;
}

function validateOwners(meta: ObjectMeta): FieldErrors {
  const path = "metadata.ownerReferences";
  const owners = meta.ownerReferences ?? [];
  const errors = owners.flatMap((owner) => {
    const [version = ""] = owner.apiVersion.split("/").slice(-1);
    return [
      ...(version === "" ? [invalid(`${path}.apiVersion`, owner.apiVersion, "version must not be empty")] : []),
      ...(owner.kind === "" ? [invalid(`${path}.kind`, owner.kind, "must not be empty")] : []),
      ...(owner.name === "" ? [invalid(`${path}.name`, owner.name, "must not be empty")] : []),
      ...(owner.uid === "" ? [invalid(`${path}.uid`, owner.uid, "must not be empty")] : []),
    ];
  });
  const controllers = owners.filter((owner) => owner.controller === true);
  const [first, second] = controllers;
  if (first !== undefined && second !== undefined)
    errors.push(
      invalid(
        path,
        owners.map(({ apiVersion, kind, name, uid, ...rest }) => ({ apiVersion, kind, name, uid, ...rest })), // as Go's struct
        `Only one reference can have Controller set to true. Found "true" in references for ${first.kind}/${first.name} and ${second.kind}/${second.name}`,
      ),
    );
  return errors;
}

// Models kubernetes/pkg/apis/core/validation ValidateFinalizerName
function validateFinalizers(finalizers: readonly string[]): FieldErrors {
  const path = "metadata.finalizers";
  const errors = finalizers.flatMap((each) => invalidEach(path, each, qualifiedName(each)));
  const bare = finalizers.flatMap((each, i) => {
    const reasons = invalidEach(path, each, qualifiedName(each));
    const isBare = reasons.length === 0 && !each.includes("/") && !CORE_FINALIZERS.includes(each);
    return isBare
      ? [invalid(`${path}[${i}]`, each, "name is neither a standard finalizer name nor is it fully qualified")]
      : [];
  });
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion"))
    errors.push(invalid(path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set"));
  return [...errors, ...bare];
}

/** What may not change in metadata, and that what it became is well-formed. */
// Models k8s.io/apimachinery/pkg/api/validation ValidateObjectMetaUpdate
export function validateObjectMetaUpdate(meta: ObjectMeta, old: ObjectMeta): FieldErrors {
  const errors: FieldErrors = [];
  if (old.deletionTimestamp !== undefined) {
    const known = new Set(old.finalizers ?? []);
    const added = (meta.finalizers ?? []).filter((each) => !known.has(each));
    if (added.length > 0)
      errors.push(
        forbidden(
          "metadata.finalizers",
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((each) => JSON.stringify(each)).join(", ")}}`,
        ),
      );
  }
  for (const field of ["name", "namespace", "uid"] as const)
    if (meta[field] !== old[field]) errors.push(immutable(`metadata.${field}`, meta[field] ?? ""));
  errors.push(...validateLabels(meta.labels, "metadata.labels"));
  errors.push(...validateAnnotations(meta.annotations, "metadata.annotations"));
  errors.push(...validateOwners(meta));
  return [...errors, ...validateFinalizers(meta.finalizers ?? [])];
}

/** `path: Invalid value: VALUE: field is immutable`. */
export function immutable(field: string, value: unknown): FieldErrors[number] {
  return invalid(field, value, "field is immutable");
}

/** An error when the two differ. */
export function unchanged(field: string, value: unknown, old: unknown): FieldErrors {
  return deepEqual(value, old) ? [] : [immutable(field, value ?? null)];
}

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"];

/** A LabelSelector: labels to match and expressions. */
// Models k8s.io/apimachinery/pkg/apis/meta/v1/validation ValidateLabelSelector
export function validateLabelSelector(selector: LabelSelector | undefined, path: string): FieldErrors {
  if (selector === undefined) return [];
  const errors = validateLabels(selector.matchLabels, `${path}.matchLabels`);
  for (const [i, term] of (selector.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${i}]`;
    const values = term.values ?? [];
    if (!OPERATORS.includes(term.operator))
      errors.push(invalid(`${at}.operator`, term.operator, "not a valid selector operator"));
    else if (term.operator.endsWith("In")) {
      if (values.length === 0)
        errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (values.length > 0)
      errors.push(forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
    errors.push(...invalidEach(`${at}.key`, term.key, qualifiedName(term.key)));
    for (const [j, value] of values.entries())
      errors.push(...invalidEach(`${at}.values[${j}]`, value, labelValue(value)));
  }
  return errors;
}

/** Whether a LabelSelector has no terms. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

/** The second and later of equal values, as Duplicate errors. */
export function duplicates(values: ReadonlyArray<{ value: unknown; field: string }>): FieldErrors {
  const seen = new Set<unknown>();
  return values.flatMap(({ value, field }) => {
    const again = seen.has(value);
    seen.add(value);
    return again ? [duplicate(field, value)] : [];
  });
}
