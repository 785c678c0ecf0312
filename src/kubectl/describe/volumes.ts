// The volumes of a pod or of a pod template, as descriptions show them.
import type { ProjectedVolumeSource, Volume } from "../../cluster/index.ts";
import { accessModesText, formatLabels } from "../text.ts";
import type { Page } from "./page.ts";

type Line = readonly [name: string, value: string | number | boolean | undefined];

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeVolumes
export function writeVolumes(page: Page, volumes: readonly Volume[] | undefined, indent: string): void {
  if (volumes === undefined || volumes.length === 0) {
    page.raw(`${indent}Volumes:\t<none>\n`);
    return;
  }
  page.raw(`${indent}Volumes:\n`);
  for (const volume of volumes) {
    page.line(1, `${indent === "" ? "" : " "}${volume.name}:`);
    const lines = sourceLines(volume);
    if (lines === undefined) page.line(1, "<unknown>");
    for (const [name, value] of lines ?? []) page.field(name, value, 2);
  }
}

function sourceLines(volume: Volume): readonly Line[] | undefined {
  return commonSource(volume) ?? claimSource(volume) ?? otherSource(volume);
}

function commonSource({ hostPath, emptyDir, secret, configMap, projected }: Volume): readonly Line[] | undefined {
  if (hostPath !== undefined)
    return [
      ["Type", "HostPath (bare host directory volume)"],
      ["Path", hostPath.path],
      ["HostPathType", hostPath.type ?? "<none>"],
    ];
  if (emptyDir !== undefined)
    return [
      ["Type", "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ["Medium", emptyDir.medium],
      ["SizeLimit", emptyDir.sizeLimit === undefined ? "<unset>" : emptyDir.sizeLimit],
    ];
  if (secret !== undefined)
    return [
      ["Type", "Secret (a volume populated by a Secret)"],
      ["SecretName", secret.secretName],
      ["Optional", secret.optional ?? false],
    ];
  if (configMap !== undefined)
    return [
      ["Type", "ConfigMap (a volume populated by a ConfigMap)"],
      ["Name", configMap.name],
      ["Optional", configMap.optional ?? false],
    ];
  return projected === undefined ? undefined : projectedLines(projected);
}

function projectedLines({ sources = [] }: ProjectedVolumeSource): readonly Line[] {
  const lines: Line[] = [["Type", "Projected (a volume that contains injected data from multiple sources)"]];
  for (const { secret, downwardAPI, configMap, serviceAccountToken } of sources) {
    if (secret !== undefined) lines.push(["SecretName", secret.name], ["Optional", secret.optional ?? false]);
    else if (downwardAPI !== undefined) lines.push(["DownwardAPI", true]);
    else if (configMap !== undefined)
      lines.push(["ConfigMapName", configMap.name], ["Optional", configMap.optional ?? false]);
    else if (serviceAccountToken !== undefined)
      lines.push(["TokenExpirationSeconds", serviceAccountToken.expirationSeconds ?? 3600]);
  }
  return lines;
}

function claimSource({ persistentVolumeClaim, ephemeral }: Volume): readonly Line[] | undefined {
  if (persistentVolumeClaim !== undefined)
    return [
      ["Type", "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)"],
      ["ClaimName", persistentVolumeClaim.claimName],
      ["ReadOnly", persistentVolumeClaim.readOnly ?? false],
    ];
  if (ephemeral === undefined) return undefined;
  const spec = ephemeral.volumeClaimTemplate?.spec;
  return [
    ["Type", "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)"],
    ["StorageClass", spec?.storageClassName],
    ["Volume", ""],
    ["Labels", formatLabels(ephemeral.volumeClaimTemplate?.metadata?.labels)],
    ["Annotations", formatLabels(ephemeral.volumeClaimTemplate?.metadata?.annotations)],
    ["Capacity", ""],
    ["Access Modes", accessModesText(undefined)],
    ["VolumeMode", spec?.volumeMode ?? "Filesystem"],
  ];
}

function otherSource({ nfs, csi, downwardAPI, image }: Volume): readonly Line[] | undefined {
  if (nfs !== undefined)
    return [
      ["Type", "NFS (an NFS mount that lasts the lifetime of a pod)"],
      ["Server", nfs.server],
      ["Path", nfs.path],
      ["ReadOnly", nfs.readOnly ?? false],
    ];
  if (csi !== undefined)
    return [
      ["Type", "CSI (a Container Storage Interface (CSI) volume source)"],
      ["Driver", csi.driver],
      ["FSType", csi.fsType],
      ["ReadOnly", csi.readOnly ?? false],
    ];
  if (image !== undefined)
    return [
      ["Type", "Image (a container image or OCI artifact)"],
      ["Reference", image.reference],
      ["PullPolicy", image.pullPolicy],
    ];
  if (downwardAPI === undefined) return undefined;
  const items = (downwardAPI.items ?? []).map(({ path, fieldRef, resourceFieldRef }): Line => {
    const from = fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? "";
    return [`  ${from} -> ${path}`, ""];
  });
  return [["Type", "DownwardAPI (a volume populated by information about the pod)"], ["Items", ""], ...items];
}
