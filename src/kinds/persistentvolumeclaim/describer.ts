// kubectl describe of PersistentVolumeClaim and PersistentVolume.
import { compareText, type PersistentVolume, type PersistentVolumeClaim } from "../../cluster/index.ts";
import { type Describers, describer, writeEvents, writeLabels } from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { ageOf } from "../../kubectl/duration.ts";
import { accessModesText } from "../../kubectl/text.ts";
import { storageClassOf } from "./printer.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describePersistentVolumeClaim
const describePersistentVolumeClaim = describer<PersistentVolumeClaim>((page, claim, context) => {
  const { metadata, spec, status } = claim;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("StorageClass", storageClassOf(claim));
  const deleted = metadata.deletionTimestamp;
  page.field("Status", deleted === undefined ? status?.phase : `Terminating (lasts ${ageOf(deleted, context.now)})`);
  page.field("Volume", spec?.volumeName);
  writeLabels(page, claim);
  page.field("Finalizers", `[${(metadata.finalizers ?? []).join(" ")}]`);
  const bound = spec?.volumeName !== undefined && spec.volumeName !== "";
  page.field("Capacity", bound ? (status?.capacity?.storage ?? "0") : "");
  page.field("Access Modes", bound ? accessModesText(status?.accessModes) : "");
  if (spec?.volumeMode !== undefined) page.field("VolumeMode", spec.volumeMode);
  writeDataSource(page, claim);
  const users = context.api
    .list("pods", metadata.namespace === undefined ? {} : { namespace: metadata.namespace })
    .filter((pod) => pod.spec?.volumes?.some((each) => each.persistentVolumeClaim?.claimName === metadata.name))
    .map((pod) => pod.metadata.name ?? "");
  page.list("Used By", users.sort(compareText));
  writeEvents(page, claim, context);
});

function writeDataSource(page: Page, { spec }: PersistentVolumeClaim): void {
  const source = spec?.dataSource;
  if (source === undefined) return;
  page.line(0, "DataSource:");
  if (source.apiGroup !== undefined) page.field("APIGroup", source.apiGroup, 1);
  page.field("Kind", source.kind, 1);
  page.field("Name", source.name, 1);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describePersistentVolume
const describePersistentVolume = describer<PersistentVolume>((page, volume, context) => {
  const { metadata, spec, status } = volume;
  page.field("Name", metadata.name);
  writeLabels(page, volume);
  page.field("Finalizers", `[${(metadata.finalizers ?? []).join(" ")}]`);
  page.field("StorageClass", storageClassOf(volume));
  const deleted = metadata.deletionTimestamp;
  page.field("Status", deleted === undefined ? status?.phase : `Terminating (lasts ${ageOf(deleted, context.now)})`);
  const claim = spec?.claimRef;
  page.field("Claim", claim === undefined ? "" : `${claim.namespace}/${claim.name}`);
  page.field("Reclaim Policy", spec?.persistentVolumeReclaimPolicy);
  page.field("Access Modes", accessModesText(spec?.accessModes));
  if (spec?.volumeMode !== undefined) page.field("VolumeMode", spec.volumeMode);
  page.field("Capacity", spec?.capacity?.storage ?? "0");
  page.field("Node Affinity", "<none>");
  page.field("Message", status?.message);
  page.line(0, "Source:");
  writeVolumeSource(page, volume);
  writeEvents(page, volume, context);
});

function writeVolumeSource(page: Page, { spec }: PersistentVolume): void {
  const { hostPath, nfs, csi, local } = spec ?? {};
  if (hostPath !== undefined) {
    page.field("Type", "HostPath (bare host directory volume)", 2);
    page.field("Path", hostPath.path, 2);
    page.field("HostPathType", hostPath.type ?? "<none>", 2);
  } else if (nfs !== undefined) {
    page.field("Type", "NFS (an NFS mount that lasts the lifetime of a pod)", 2);
    page.field("Server", nfs.server, 2);
    page.field("Path", nfs.path, 2);
    page.field("ReadOnly", nfs.readOnly ?? false, 2);
  } else if (csi !== undefined) {
    page.field("Type", "CSI (a Container Storage Interface (CSI) volume source)", 2);
    page.field("Driver", csi.driver, 2);
    page.field("FSType", csi.fsType, 2);
    page.field("VolumeHandle", csi.volumeHandle, 2);
    page.field("ReadOnly", csi.readOnly ?? false, 2);
  } else if (local !== undefined) {
    page.field("Type", "LocalVolume (a persistent volume backed by local storage on a node)", 2);
    page.field("Path", local.path, 2);
  } else page.line(1, "<unknown>");
}

export const describers: Describers = {
  persistentvolumeclaims: describePersistentVolumeClaim,
  persistentvolumes: describePersistentVolume,
};
