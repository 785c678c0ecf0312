// Walks the field schema along a path, and knows the values that fields may take and what they are by default.
import {
  type Field,
  type FieldPath,
  type FieldType,
  own,
  RESOURCES,
  type Struct,
  structOfKind,
  structOfType,
} from "../../../cluster/index.ts";
import { knowAllStructs } from "../../../kinds/index.ts";
import { W } from "../../../words/en/language.ts";
import type { Lister } from "./lister.ts";

/** What the schema says of one place in an object. */
export interface Place {
  readonly type: FieldType;
  /** The struct that has the field, and the field; undefined inside maps and lists of scalars. */
  readonly owner: Struct | undefined;
  readonly field: Field | undefined;
}

/** The struct of a document's apiVersion and kind. */
export function structOf(
  apiVersion: string | undefined,
  kind: string | undefined,
  { kinds }: Partial<Pick<Lister, "kinds">> = {},
): Struct | undefined {
  if (apiVersion === undefined || kind === undefined) return undefined;
  const defined = kinds?.forKind(apiVersion, kind)?.struct;
  if (defined !== undefined) return defined;
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/", 2) : ["", apiVersion];
  knowAllStructs();
  return structOfKind(group ?? "", version ?? "", kind);
}

/** The place at a path below a struct; undefined where the schema ends. */
export function placeAt(struct: Struct, path: FieldPath): Place | undefined {
  let place: Place = { type: { of: "struct", struct: struct.name, own: struct }, owner: undefined, field: undefined };
  for (const step of path) {
    const next = stepInto(place.type, step);
    if (next === undefined) return undefined;
    place = next;
  }
  return place;
}

function stepInto(type: FieldType, step: string | number): Place | undefined {
  switch (type.of) {
    case "scalar":
      return undefined;
    case "list":
      return typeof step === "number" ? { type: type.element, owner: undefined, field: undefined } : undefined;
    case "map":
      return typeof step === "string" ? { type: type.element, owner: undefined, field: undefined } : undefined;
    case "struct": {
      const owner = structOfType(type);
      const field = owner.fields.get(String(step));
      return field === undefined ? undefined : { type: field.type, owner, field };
    }
  }
}

/** A type in words, such as `list of ServicePort`. */
export function typeWords(type: FieldType): string {
  switch (type.of) {
    case "scalar":
      return SCALAR_WORDS[type.scalar] ?? type.scalar;
    case "list":
      return W.listOf(typeWords(type.element));
    case "map":
      return W.mapOf(typeWords(type.element));
    case "struct":
      return type.struct;
  }
}

const SCALAR_WORDS: Readonly<Record<string, string>> = {
  bool: W.bool,
  int32: W.integer,
  int64: W.integer,
  float64: W.number,
  intorstring: W.intOrString,
  bytes: W.base64,
  raw: W.any,
};

/** Fields that the API server sets itself: never offered. */
export const SERVER_FIELDS: ReadonlySet<string> = new Set([
  "status",
  "managedFields",
  "resourceVersion",
  "uid",
  "selfLink",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
]);

/** apiVersions of a kind, and kinds of an apiVersion. */
export const KIND_VERSIONS: ReadonlyArray<{ readonly kind: string; readonly apiVersion: string }> = RESOURCES.map(
  ({ kind, group, version }) => ({ kind, apiVersion: group === "" ? version : `${group}/${version}` }),
);

/** The values a field may take, in the order in which they are offered. */
export function enumOf(owner: Struct | undefined, name: string): readonly string[] {
  if (owner === undefined) return [];
  return owner.fields.get(name)?.about?.values ?? own(ENUMS, `${owner.name}.${name}`) ?? [];
}

/** What the API server fills in when the field is left out, as text. */
export function defaultOf(owner: Struct | undefined, name: string): string | undefined {
  if (owner === undefined) return undefined;
  return owner.fields.get(name)?.about?.default ?? own(DEFAULTS, `${owner.name}.${name}`);
}

const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const ACCESS_MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

const ENUMS: Readonly<Record<string, readonly string[]>> = {
  "ServiceSpec.type": ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
  "ServiceSpec.externalTrafficPolicy": ["Cluster", "Local"],
  "ServiceSpec.internalTrafficPolicy": ["Cluster", "Local"],
  "ServiceSpec.sessionAffinity": ["None", "ClientIP"],
  "ServiceSpec.ipFamilyPolicy": ["SingleStack", "PreferDualStack", "RequireDualStack"],
  "ServiceSpec.ipFamilies": ["IPv4", "IPv6"],
  "ServiceSpec.trafficDistribution": ["PreferSameZone", "PreferSameNode", "PreferClose"],
  "ServicePort.protocol": PROTOCOLS,
  "ServicePort.appProtocol": ["http", "https", "kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"],
  "ContainerPort.protocol": PROTOCOLS,
  "EndpointPort.protocol": PROTOCOLS,
  "CoreV1EndpointPort.protocol": PROTOCOLS,
  "DiscoveryV1EndpointPort.protocol": PROTOCOLS,
  "NetworkPolicyPort.protocol": PROTOCOLS,
  "NetworkPolicySpec.policyTypes": ["Ingress", "Egress"],
  "EndpointSlice.addressType": ["IPv4", "IPv6", "FQDN"],
  "PodSpec.restartPolicy": ["Always", "OnFailure", "Never"],
  "PodSpec.dnsPolicy": ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
  "PodSpec.preemptionPolicy": ["PreemptLowerPriority", "Never"],
  "Container.imagePullPolicy": ["IfNotPresent", "Always", "Never"],
  "Container.terminationMessagePolicy": ["File", "FallbackToLogsOnError"],
  "DeploymentStrategy.type": ["RollingUpdate", "Recreate"],
  "StatefulSetSpec.podManagementPolicy": ["OrderedReady", "Parallel"],
  "StatefulSetUpdateStrategy.type": ["RollingUpdate", "OnDelete"],
  "DaemonSetUpdateStrategy.type": ["RollingUpdate", "OnDelete"],
  "JobSpec.completionMode": ["NonIndexed", "Indexed"],
  "CronJobSpec.concurrencyPolicy": ["Allow", "Forbid", "Replace"],
  "LabelSelectorRequirement.operator": ["In", "NotIn", "Exists", "DoesNotExist"],
  "NodeSelectorRequirement.operator": ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"],
  "Toleration.operator": ["Equal", "Exists"],
  "Toleration.effect": TAINT_EFFECTS,
  "Taint.effect": TAINT_EFFECTS,
  "TopologySpreadConstraint.whenUnsatisfiable": ["DoNotSchedule", "ScheduleAnyway"],
  "HTTPGetAction.scheme": ["HTTP", "HTTPS"],
  "HTTPIngressPath.pathType": ["Prefix", "Exact", "ImplementationSpecific"],
  "PersistentVolumeClaimSpec.accessModes": ACCESS_MODES,
  "PersistentVolumeSpec.accessModes": ACCESS_MODES,
  "PersistentVolumeSpec.persistentVolumeReclaimPolicy": ["Retain", "Delete"],
  "PersistentVolumeClaimSpec.volumeMode": ["Filesystem", "Block"],
  "Secret.type": ["Opaque", "kubernetes.io/tls", "kubernetes.io/basic-auth", "kubernetes.io/dockerconfigjson"],
};

const DEFAULTS: Readonly<Record<string, string>> = {
  "ServiceSpec.type": "ClusterIP",
  "ServiceSpec.externalTrafficPolicy": W.clusterPolicy,
  "ServiceSpec.internalTrafficPolicy": "Cluster",
  "ServiceSpec.sessionAffinity": "None",
  "ServiceSpec.ipFamilyPolicy": "SingleStack",
  "ServiceSpec.allocateLoadBalancerNodePorts": W.trueForBalancer,
  "ServiceSpec.clusterIP": W.freeAddress,
  "ServiceSpec.publishNotReadyAddresses": "false",
  "ServicePort.protocol": "TCP",
  "ServicePort.targetPort": W.valueOfPort,
  "ServicePort.nodePort": W.freePort,
  "ClientIPConfig.timeoutSeconds": "10800",
  "ContainerPort.protocol": "TCP",
  "DeploymentSpec.replicas": "1",
  "DeploymentSpec.revisionHistoryLimit": "10",
  "DeploymentSpec.progressDeadlineSeconds": "600",
  "DeploymentSpec.minReadySeconds": "0",
  "DeploymentStrategy.type": "RollingUpdate",
  "RollingUpdateDeployment.maxSurge": "25%",
  "RollingUpdateDeployment.maxUnavailable": "25%",
  "ReplicaSetSpec.replicas": "1",
  "StatefulSetSpec.replicas": "1",
  "StatefulSetSpec.podManagementPolicy": "OrderedReady",
  "PodSpec.restartPolicy": "Always",
  "PodSpec.dnsPolicy": "ClusterFirst",
  "PodSpec.terminationGracePeriodSeconds": "30",
  "PodSpec.schedulerName": "default-scheduler",
  "Container.imagePullPolicy": W.pullPolicy,
  "Container.terminationMessagePath": "/dev/termination-log",
  "Container.terminationMessagePolicy": "File",
  "Probe.periodSeconds": "10",
  "Probe.timeoutSeconds": "1",
  "Probe.successThreshold": "1",
  "Probe.failureThreshold": "3",
  "Probe.initialDelaySeconds": "0",
  "HTTPGetAction.scheme": "HTTP",
  "JobSpec.backoffLimit": "6",
  "JobSpec.completions": "1",
  "JobSpec.parallelism": "1",
  "CronJobSpec.concurrencyPolicy": "Allow",
  "ObjectMeta.namespace": "default",
};
