// PersistentVolumeClaims on their way into the store.
import type { PersistentVolumeClaim } from "../../api/types.gen.ts";
import { type FieldErrors, forbidden, notSupported, required } from "../../apimachinery/field.ts";
import { dns1123Subdomain } from "../../apimachinery/names.ts";
import { deepEqual } from "../../sim/values.ts";
import type { Strategy } from "./strategy.ts";

const ACCESS_MODES = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
const FROZEN =
  "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

/** PersistentVolumeClaims; nothing binds them here. */
// Models kubernetes/pkg/apis/core/validation ValidatePersistentVolumeClaim
export const claim: Strategy<PersistentVolumeClaim> = {
  checkName: dns1123Subdomain,
  setDefaults(object) {
    if (object.spec !== undefined) object.spec.volumeMode ??= "Filesystem";
  },
  prepareForCreate(object) {
    object.status ??= { phase: "Pending" };
  },
  validate,
  validateUpdate(object, old) {
    const fixed = ({ spec }: PersistentVolumeClaim) => ({ ...spec, resources: undefined, volumeName: undefined });
    return [...validate(object), ...(deepEqual(fixed(object), fixed(old)) ? [] : [forbidden("spec", FROZEN)])];
  },
};

function validate({ spec }: PersistentVolumeClaim): FieldErrors {
  const modes = spec?.accessModes ?? [];
  const errors: FieldErrors =
    modes.length === 0 ? [required("spec.accessModes", "at least 1 access mode is required")] : [];
  for (const [i, mode] of modes.entries())
    if (!ACCESS_MODES.includes(mode)) errors.push(notSupported(`spec.accessModes[${i}]`, mode, ACCESS_MODES));
  if (spec?.resources?.requests?.storage === undefined) errors.push(required("spec.resources[storage]"));
  return errors;
}
