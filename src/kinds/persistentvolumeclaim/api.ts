// PersistentVolumeClaims and PersistentVolumes on their way into the store.
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  StorageClass,
} from "../../cluster/api/types.gen.ts";
import { IsDefaultStorageClassAnnotation } from "../../cluster/api/well-known.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { validateLabelSelector } from "../../cluster/apimachinery/metadata.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { nanosOf } from "../pod/api-container-validation.ts";

const ACCESS_MODES = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
const VOLUME_MODES = ["Block", "Filesystem"];
const FROZEN =
  "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

/** PersistentVolumeClaims; one that names no class gets the default one. */
// Models kubernetes/pkg/apis/core/validation ValidatePersistentVolumeClaim
export const claim: Strategy<PersistentVolumeClaim> = {
  checkName: dns1123Subdomain,
  setDefaults(object) {
    if (object.spec !== undefined) object.spec.volumeMode ??= "Filesystem";
  },
  // Models kubernetes/plugin/pkg/admission/storage/storageclass/setdefault
  admit(object, old, context) {
    if (old !== undefined || object.spec === undefined || object.spec.storageClassName !== undefined) return;
    const classes = context.all("storageclasses.storage.k8s.io") as StorageClass[];
    const name = classes.find(({ metadata }) => metadata.annotations?.[IsDefaultStorageClassAnnotation] === "true")
      ?.metadata.name;
    if (name !== undefined) object.spec = { ...object.spec, storageClassName: name };
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

/** PersistentVolumes: defaults only. */
export const volume: Strategy<PersistentVolume> = {
  checkName: dns1123Subdomain,
  setDefaults({ spec }) {
    if (spec === undefined) return;
    spec.persistentVolumeReclaimPolicy ??= "Retain";
    spec.volumeMode ??= "Filesystem";
  },
  prepareForCreate(object) {
    object.status ??= { phase: "Pending" };
  },
};

function validate({ spec }: PersistentVolumeClaim): FieldErrors {
  return validateClaimSpec(spec ?? {}, "spec");
}

/** A claim under `path`, as in a StatefulSet too. */
// Models kubernetes/pkg/apis/core/validation ValidatePersistentVolumeClaimSpec, which tells the modes at their list
export function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: string): FieldErrors {
  const { accessModes: modes = [], volumeMode } = spec;
  const at = `${path}.accessModes`;
  const errors: FieldErrors = modes.length === 0 ? [required(at, "at least 1 access mode is required")] : [];
  errors.push(...validateLabelSelector(spec.selector, `${path}.selector`));
  for (const mode of modes) if (!ACCESS_MODES.includes(mode)) errors.push(notSupported(at, mode, ACCESS_MODES));
  const isShared = modes.some((mode) => mode !== "ReadWriteOncePod" && ACCESS_MODES.includes(mode));
  if (modes.includes("ReadWriteOncePod") && isShared)
    errors.push(forbidden(at, "may not use ReadWriteOncePod with other access modes"));
  const size = spec.resources?.requests?.storage;
  if (size === undefined) errors.push(required(`${path}.resources[storage]`));
  else if (nanosOf(size) <= 0n) errors.push(invalid(`${path}.resources[storage]`, size, "must be greater than zero"));
  if (volumeMode !== undefined && !VOLUME_MODES.includes(volumeMode))
    errors.push(notSupported(`${path}.volumeMode`, volumeMode, VOLUME_MODES));
  return errors;
}
