// Volumes for claims: the smallest that fits, or a new one made by the class's provisioner; and the phases of both.
import { keyOf, makeKey } from "../../cluster/api/objects.ts";
import type { ObjectReference, PersistentVolume, PersistentVolumeClaim } from "../../cluster/api/types.gen.ts";
import { AnnBindCompleted, AnnBoundByController, AnnDynamicallyProvisioned } from "../../cluster/api/well-known.ts";
import { matches, selectorFromLabelSelector } from "../../cluster/apimachinery/labels.ts";
import { PROVISIONER } from "../../cluster/apiserver/bootstrap.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import {
  controllerQueue,
  deleteObject,
  ignoreRefusal,
  write,
  writeStatus,
} from "../../cluster/client-go/controller.ts";
import { nanosOf } from "../pod/api-container-validation.ts";

const CLAIMS = "persistentvolumeclaims";
const VOLUMES = "persistentvolumes";

/** Starts the binder, and the provisioner of the cluster's own class. Spec: [PVC-2] [PVC-3]. */
// Models kubernetes/pkg/controller/volume/persistentvolume pv_controller.go
export function startVolumeController(context: ComponentContext, provisioner: ComponentContext): void {
  const claims = context.informers.of(CLAIMS);
  const queue = controllerQueue(
    context,
    (key) => {
      const claim = claims.get(key);
      if (claim === undefined) release(context, key);
      else if (claim.spec?.volumeName !== undefined) complete(context, claim);
      else seek(context, provisioner, claim);
    },
    CLAIMS,
  );
  claims.onChange((claim, old) => {
    const object = claim ?? old;
    if (object !== undefined) queue.add(keyOf(object));
  });
  context.informers.of("pods").onChange((pod, old) => {
    if (pod?.spec?.nodeName === undefined || old?.spec?.nodeName !== undefined) return;
    for (const { persistentVolumeClaim: source } of pod.spec.volumes ?? [])
      if (source !== undefined) queue.add(makeKey(pod.metadata.namespace, source.claimName));
  });
  context.informers.of(VOLUMES).onChange((volume) => {
    if (volume !== undefined && volume.spec?.claimRef === undefined && volume.status?.phase !== "Available")
      setPhase(context, volume, "Available");
    for (const claim of claims.list()) if (claim.status?.phase !== "Bound") queue.add(keyOf(claim));
  });
}

/** A volume for a claim that has none: one that is there, or a new one if its class and its time allow. */
function seek(context: ComponentContext, provisioner: ComponentContext, claim: PersistentVolumeClaim): void {
  const volume = fitting(context, claim);
  if (volume !== undefined) {
    bind(context, claim, volume);
    return;
  }
  const name = claim.spec?.storageClassName ?? "";
  const say = (reason: string, message: string, type: "Normal" | "Warning" = "Normal") =>
    context.recorder.record(claim, { type, reason, message });
  if (name === "") {
    say("FailedBinding", "no persistent volumes available for this claim and no storage class is set");
    return;
  }
  const found = context.api.find("storageclasses.storage.k8s.io", undefined, name);
  if (found === undefined) {
    say("ProvisioningFailed", `storageclass.storage.k8s.io "${name}" not found`, "Warning");
  } else if (found.volumeBindingMode === "WaitForFirstConsumer" && !isUsed(context, claim)) {
    say("WaitForFirstConsumer", "waiting for first consumer to be created before binding");
  } else {
    const how = `either by the external provisioner '${found.provisioner}' or manually by the system administrator`;
    const advice =
      "If volume creation is delayed, please verify that the provisioner is running and correctly registered.";
    say("ExternalProvisioning", `Waiting for a volume to be created ${how}. ${advice}`);
    if (found.provisioner === PROVISIONER) provision(provisioner, claim, found.reclaimPolicy);
  }
}

function isUsed({ informers }: ComponentContext, { metadata: claim }: PersistentVolumeClaim): boolean {
  for (const { metadata, spec } of informers.of("pods").list()) {
    if (metadata.namespace !== claim.namespace || spec?.nodeName === undefined) continue;
    if (spec.volumes?.some(({ persistentVolumeClaim: source }) => source?.claimName === claim.name)) return true;
  }
  return false;
}

/** The smallest free volume of the claim's class that has its modes and its labels. */
// Models kubernetes/staging/src/k8s.io/component-helpers/storage/volume FindMatchingVolume
function fitting({ informers }: ComponentContext, claim: PersistentVolumeClaim): PersistentVolume | undefined {
  const { spec = {}, metadata } = claim;
  const selector = spec.selector === undefined ? undefined : selectorFromLabelSelector(spec.selector);
  const size = (volume: PersistentVolume) => nanosOf(volume.spec?.capacity?.storage ?? "0");
  const wanted = nanosOf(spec.resources?.requests?.storage ?? "0");
  let best: PersistentVolume | undefined;
  for (const volume of informers.of(VOLUMES).list()) {
    const { accessModes = [], claimRef, storageClassName = "", volumeMode = "Filesystem" } = volume.spec ?? {};
    if (claimRef !== undefined && (claimRef.name !== metadata.name || claimRef.namespace !== metadata.namespace))
      continue;
    if (claimRef?.uid !== undefined && claimRef.uid !== metadata.uid) continue;
    if (claimRef === undefined) {
      if (storageClassName !== (spec.storageClassName ?? "") || volumeMode !== (spec.volumeMode ?? "Filesystem"))
        continue;
      if (selector !== undefined && !matches(selector, volume.metadata.labels)) continue;
    }
    if (size(volume) < wanted || !spec.accessModes?.every((mode) => accessModes.includes(mode))) continue;
    if (claimRef !== undefined) return volume;
    if (best === undefined || size(volume) < size(best)) best = volume;
  }
  return best;
}

function provision(context: ComponentContext, claim: PersistentVolumeClaim, policy = "Delete"): void {
  const { metadata, spec = {} } = claim;
  const name = `pvc-${metadata.uid}`;
  const say = (reason: string, message: string) => context.recorder.record(claim, { type: "Normal", reason, message });
  say("Provisioning", `External provisioner is provisioning volume for claim "${keyOf(claim)}"`);
  const volume = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name, annotations: { [AnnDynamicallyProvisioned]: PROVISIONER } },
    spec: {
      accessModes: spec.accessModes,
      capacity: { storage: spec.resources?.requests?.storage },
      claimRef: referenceTo(claim),
      csi: { driver: PROVISIONER, volumeHandle: name },
      persistentVolumeReclaimPolicy: policy,
      storageClassName: spec.storageClassName,
      volumeMode: spec.volumeMode,
    },
  };
  const refusal = ignoreRefusal(() => context.api.create(VOLUMES, undefined, volume));
  if (refusal === undefined) say("ProvisioningSucceeded", `Successfully provisioned volume ${name}`);
}

function referenceTo({ metadata }: PersistentVolumeClaim): ObjectReference {
  const { name, namespace, uid, resourceVersion } = metadata;
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid, resourceVersion };
}

function bind(context: ComponentContext, claim: PersistentVolumeClaim, volume: PersistentVolume): void {
  if (volume.spec?.claimRef?.uid === undefined)
    write(context, VOLUMES, { ...volume, spec: { ...volume.spec, claimRef: referenceTo(claim) } });
  const annotations = {
    ...claim.metadata.annotations,
    [AnnBindCompleted]: "yes",
    [AnnBoundByController]: "yes",
  };
  write(context, CLAIMS, {
    ...claim,
    metadata: { ...claim.metadata, annotations },
    spec: { ...claim.spec, volumeName: volume.metadata.name },
  });
}

/** A claim that names its volume: both are bound once they agree. */
function complete(context: ComponentContext, claim: PersistentVolumeClaim): void {
  const volume = context.api.find(VOLUMES, undefined, claim.spec?.volumeName ?? "");
  if (volume === undefined) return;
  const { accessModes, capacity, claimRef } = volume.spec ?? {};
  if (claimRef === undefined) {
    write(context, VOLUMES, { ...volume, spec: { ...volume.spec, claimRef: referenceTo(claim) } });
    return;
  }
  if (claimRef.uid !== claim.metadata.uid) return;
  if (volume.status?.phase !== "Bound") setPhase(context, volume, "Bound");
  if (claim.status?.phase !== "Bound")
    writeStatus(context, CLAIMS, { ...claim, status: { ...claim.status, phase: "Bound", accessModes, capacity } });
}

/** The volumes of a claim that is gone go too, or are kept for whoever wants what is on them. */
function release(context: ComponentContext, key: string): void {
  for (const volume of context.informers.of(VOLUMES).list()) {
    const { claimRef, persistentVolumeReclaimPolicy: policy } = volume.spec ?? {};
    if (claimRef?.uid === undefined || makeKey(claimRef.namespace, claimRef.name ?? "") !== key) continue;
    if (policy === "Delete") deleteObject(context, VOLUMES, volume);
    else if (volume.status?.phase !== "Released") setPhase(context, volume, "Released");
  }
}

function setPhase(context: ComponentContext, volume: PersistentVolume, phase: string): void {
  writeStatus(context, VOLUMES, { ...volume, status: { ...volume.status, phase } });
}
