// Which lists of which structs a strategic merge patch merges by which key.
import type { Struct } from "../api/schema.ts";

/** How a strategic merge patch takes one field. */
export interface PatchStrategy {
  /** The field by which items of the list are told apart; absent for a list of plain values that is merged as a set. */
  readonly mergeKey?: string;
  /** Fields that the patch does not name are cleared, as in a Deployment's strategy. */
  readonly retainKeys?: true;
}

const by = (mergeKey: string): PatchStrategy => ({ mergeKey });
const SET: PatchStrategy = {};
const RETAIN: PatchStrategy = { retainKeys: true };

/** `Struct.field` → how it is merged; every list that is not here is replaced as a whole. */
// Models the patchStrategy and patchMergeKey tags of kubernetes/staging/src/k8s.io/api
const STRATEGIES: Readonly<Record<string, PatchStrategy>> = {
  "ObjectMeta.finalizers": SET,
  "ObjectMeta.ownerReferences": by("uid"),
  "ServiceSpec.ports": by("port"),
  "ServiceStatus.conditions": by("type"),
  "ServiceAccount.secrets": by("name"),
  "PodSpec.containers": by("name"),
  "PodSpec.initContainers": by("name"),
  "PodSpec.ephemeralContainers": by("name"),
  "PodSpec.volumes": { mergeKey: "name", retainKeys: true },
  "PodSpec.imagePullSecrets": by("name"),
  "PodSpec.hostAliases": by("ip"),
  "PodSpec.topologySpreadConstraints": by("topologyKey"),
  "PodSpec.schedulingGates": by("name"),
  "PodSpec.resourceClaims": { mergeKey: "name", retainKeys: true },
  "PodStatus.conditions": by("type"),
  "PodStatus.podIPs": by("ip"),
  "PodStatus.hostIPs": SET,
  "Container.ports": by("containerPort"),
  "Container.env": by("name"),
  "Container.volumeMounts": by("mountPath"),
  "Container.volumeDevices": by("devicePath"),
  "EphemeralContainer.ports": by("containerPort"),
  "EphemeralContainer.env": by("name"),
  "EphemeralContainer.volumeMounts": by("mountPath"),
  "EphemeralContainer.volumeDevices": by("devicePath"),
  "NodeSpec.podCIDRs": SET,
  "NodeStatus.addresses": by("type"),
  "NodeStatus.conditions": by("type"),
  "NamespaceStatus.conditions": by("type"),
  "PersistentVolumeClaimStatus.conditions": by("type"),
  "ReplicationControllerStatus.conditions": by("type"),
  "DeploymentSpec.strategy": RETAIN,
  "DeploymentStatus.conditions": by("type"),
  "ReplicaSetStatus.conditions": by("type"),
  "StatefulSetStatus.conditions": by("type"),
  "DaemonSetStatus.conditions": by("type"),
  "JobStatus.conditions": by("type"),
  "PodDisruptionBudgetStatus.conditions": by("type"),
};

/** How a strategic merge patch takes a field of a struct; undefined for plain merging of maps and replacing of lists. */
export function patchStrategy(struct: Struct | undefined, field: string): PatchStrategy | undefined {
  return struct === undefined ? undefined : STRATEGIES[`${struct.name}.${field}`];
}
