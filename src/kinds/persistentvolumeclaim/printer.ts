// The tables of PersistentVolume and PersistentVolumeClaim.
import { BetaStorageClassAnnotation, type PersistentVolume, type PersistentVolumeClaim } from "../../cluster/index.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { accessModesText } from "../../kubectl/text.ts";

/** The class of a volume or claim: the old annotation wins. */
export function storageClassOf(object: PersistentVolume | PersistentVolumeClaim): string {
  return object.metadata.annotations?.[BetaStorageClassAnnotation] ?? object.spec?.storageClassName ?? "";
}

// Models kubernetes/pkg/printers/internalversion printPersistentVolume
const persistentVolumePrinter = printer<PersistentVolume>(
  [
    "NAME",
    "CAPACITY",
    "ACCESS MODES",
    "RECLAIM POLICY",
    "STATUS",
    "CLAIM",
    "STORAGECLASS",
    "VOLUMEATTRIBUTESCLASS",
    "REASON",
    "AGE",
    "VOLUMEMODE*",
  ],
  (volume, { now }) => {
    const { metadata, spec, status } = volume;
    const claim = spec?.claimRef;
    return [
      metadata.name,
      spec?.capacity?.storage ?? "0",
      accessModesText(spec?.accessModes),
      spec?.persistentVolumeReclaimPolicy,
      metadata.deletionTimestamp === undefined ? status?.phase : "Terminating",
      claim === undefined ? "" : `${claim.namespace ?? ""}/${claim.name ?? ""}`,
      storageClassOf(volume),
      spec?.volumeAttributesClassName ?? "<unset>",
      status?.reason,
      ageOf(metadata.creationTimestamp, now),
      spec?.volumeMode ?? "<unset>",
    ];
  },
);

// Models kubernetes/pkg/printers/internalversion printPersistentVolumeClaim
const persistentVolumeClaimPrinter = printer<PersistentVolumeClaim>(
  [
    "NAME",
    "STATUS",
    "VOLUME",
    "CAPACITY",
    "ACCESS MODES",
    "STORAGECLASS",
    "VOLUMEATTRIBUTESCLASS",
    "AGE",
    "VOLUMEMODE*",
  ],
  (claim, { now }) => {
    const { metadata, spec, status } = claim;
    const bound = spec?.volumeName !== undefined && spec.volumeName !== "";
    return [
      metadata.name,
      metadata.deletionTimestamp === undefined ? status?.phase : "Terminating",
      spec?.volumeName,
      bound ? (status?.capacity?.storage ?? "0") : "",
      bound ? accessModesText(status?.accessModes) : "",
      storageClassOf(claim),
      spec?.volumeAttributesClassName ?? "<unset>",
      ageOf(metadata.creationTimestamp, now),
      spec?.volumeMode ?? "<unset>",
    ];
  },
);

export const printers: Printers = {
  persistentvolumeclaims: persistentVolumeClaimPrinter,
  persistentvolumes: persistentVolumePrinter,
};
