// The tables of volumes, claims and storage classes.
import type {
  CSIDriver,
  CSINode,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  VolumeAttachment,
} from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { accessModesText } from "../text.ts";
import { printer } from "./printer.ts";

const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

/** The class of a volume or claim: the old annotation wins. */
export function storageClassOf(object: PersistentVolume | PersistentVolumeClaim): string {
  return object.metadata.annotations?.[CLASS_ANNOTATION] ?? object.spec?.storageClassName ?? "";
}

// Models kubernetes/pkg/printers/internalversion printPersistentVolume
export const persistentVolumePrinter = printer<PersistentVolume>(
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
export const persistentVolumeClaimPrinter = printer<PersistentVolumeClaim>(
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

const DEFAULT_ANNOTATIONS = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

/** Whether claims without a class get this one. */
export function isDefaultClass({ metadata }: StorageClass): boolean {
  return DEFAULT_ANNOTATIONS.some((each) => metadata.annotations?.[each] === "true");
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
