// The tables of storage classes and of what drivers of volumes keep.
import {
  BetaIsDefaultStorageClassAnnotation,
  type CSIDriver,
  type CSINode,
  type CSIStorageCapacity,
  IsDefaultStorageClassAnnotation,
  own,
  type StorageClass,
  type VolumeAttachment,
  type VolumeAttributesClass,
} from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { printer } from "./printer.ts";

const DEFAULT_ANNOTATIONS = [IsDefaultStorageClassAnnotation, BetaIsDefaultStorageClassAnnotation];

/** Whether claims without a class get this one. */
export function isDefaultClass({ metadata }: StorageClass): boolean {
  return DEFAULT_ANNOTATIONS.some((each) => own(metadata.annotations, each) === "true");
}

// Models kubernetes/pkg/printers/internalversion printStorageClass
export const storageClassPrinter = printer<StorageClass>(
  ["NAME", "PROVISIONER", "RECLAIMPOLICY", "VOLUMEBINDINGMODE", "ALLOWVOLUMEEXPANSION", "AGE"],
  (storage, { now }) => [
    `${storage.metadata.name}${isDefaultClass(storage) ? " (default)" : ""}`,
    storage.provisioner,
    storage.reclaimPolicy ?? "Delete",
    storage.volumeBindingMode ?? "Immediate",
    storage.allowVolumeExpansion ?? false,
    ageOf(storage.metadata.creationTimestamp, now),
  ],
);

// Models kubernetes/pkg/printers/internalversion printCSIDriver
export const csiDriverPrinter = printer<CSIDriver>(
  ["NAME", "ATTACHREQUIRED", "PODINFOONMOUNT", "STORAGECAPACITY", "TOKENREQUESTS", "REQUIRESREPUBLISH", "MODES", "AGE"],
  ({ metadata, spec }, { now }) => [
    metadata.name,
    spec.attachRequired ?? true,
    spec.podInfoOnMount ?? false,
    spec.storageCapacity ?? false,
    spec.tokenRequests === undefined ? "<unset>" : spec.tokenRequests.map((each) => each.audience).join(","),
    spec.requiresRepublish ?? false,
    (spec.volumeLifecycleModes ?? []).join(",") || "<none>",
    ageOf(metadata.creationTimestamp, now),
  ],
);

// Models kubernetes/pkg/printers/internalversion printCSINode
export const csiNodePrinter = printer<CSINode>(["NAME", "DRIVERS", "AGE"], ({ metadata, spec }, { now }) => [
  metadata.name,
  spec.drivers.length,
  ageOf(metadata.creationTimestamp, now),
]);

// Models kubernetes/pkg/printers/internalversion printVolumeAttachment
export const volumeAttachmentPrinter = printer<VolumeAttachment>(
  ["NAME", "ATTACHER", "PV", "NODE", "ATTACHED", "AGE"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec.attacher,
    spec.source.persistentVolumeName,
    spec.nodeName,
    status?.attached ?? false,
    ageOf(metadata.creationTimestamp, now),
  ],
);

// Models kubernetes/pkg/printers/internalversion printVolumeAttributesClass
export const volumeAttributesClassPrinter = printer<VolumeAttributesClass>(
  ["NAME", "DRIVERNAME", "AGE"],
  ({ metadata, driverName }, { now }) => [metadata.name, driverName, ageOf(metadata.creationTimestamp, now)],
);

// Models kubernetes/pkg/printers/internalversion printCSIStorageCapacity
export const csiStorageCapacityPrinter = printer<CSIStorageCapacity>(
  ["NAME", "STORAGECLASSNAME", "CAPACITY"],
  ({ metadata, storageClassName, capacity }) => [metadata.name, storageClassName, capacity ?? "<unset>"],
);
