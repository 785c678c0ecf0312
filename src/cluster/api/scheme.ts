// The resources this API server serves: names, groups, short names, scope.
import type { UnknownObject } from "./objects.ts";
import { type Struct, structOfKind } from "./schema.ts";

/** One served resource, as `kubectl api-resources` lists it. */
export interface ResourceInfo {
  /** "" for core. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Plural, lower case. */
  readonly resource: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** For example "all". */
  readonly categories: readonly string[];
  /** Objects are questions: they are created to be answered, and nothing of them is kept. */
  readonly isReview: boolean;
  /** Its fields, for a kind that is not in the schema of the built-in ones. */
  readonly struct?: Struct;
  /** The columns of its table behind NAME, for a kind that no printer knows. */
  readonly columns?: readonly Column[];
  /** Set for a kind that a CustomResourceDefinition defines: what only its definition knows. */
  readonly custom?: CustomVersion;
}

/** One version of a custom resource, as its CustomResourceDefinition describes it. */
export interface CustomVersion {
  /** The name of the CustomResourceDefinition. */
  readonly definition: string;
  /** Whether status is written through the subresource alone. */
  readonly hasStatus: boolean;
  /** Where the subresource scale finds its numbers; undefined when there is none. */
  readonly scale?: { readonly spec: string; readonly status: string; readonly labelSelector?: string };
  /** The object without the fields that the schema does not know, and their paths; no path for an object of another version. */
  prune(object: UnknownObject): { readonly object: UnknownObject; readonly unknown: readonly string[] };
}

/** A column as data, as one of `additionalPrinterColumns`. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** Without braces, as `.spec.replicas`. */
  readonly jsonPath: string;
  /** Printed only with `-o wide`. */
  readonly wide: boolean;
}

/** Plural with its group, as in `services` or `deployments.apps`: how a resource is named everywhere in the engine. */
export type ResourceName = string;

type Row = readonly [resource: string, kind: string, namespaced: boolean, shortNames?: string, categories?: string];

const GROUPS: ReadonlyArray<readonly [groupVersion: string, rows: readonly Row[]]> = [
  [
    "v1",
    [
      ["bindings", "Binding", true],
      ["componentstatuses", "ComponentStatus", false, "cs"],
      ["configmaps", "ConfigMap", true, "cm"],
      ["endpoints", "Endpoints", true, "ep"],
      ["events", "Event", true, "ev"],
      ["limitranges", "LimitRange", true, "limits"],
      ["namespaces", "Namespace", false, "ns"],
      ["nodes", "Node", false, "no"],
      ["persistentvolumeclaims", "PersistentVolumeClaim", true, "pvc"],
      ["persistentvolumes", "PersistentVolume", false, "pv"],
      ["pods", "Pod", true, "po", "all"],
      ["podtemplates", "PodTemplate", true],
      ["replicationcontrollers", "ReplicationController", true, "rc", "all"],
      ["resourcequotas", "ResourceQuota", true, "quota"],
      ["secrets", "Secret", true],
      ["serviceaccounts", "ServiceAccount", true, "sa"],
      ["services", "Service", true, "svc", "all"],
    ],
  ],
  [
    "admissionregistration.k8s.io/v1",
    [
      ["mutatingadmissionpolicies", "MutatingAdmissionPolicy", false],
      ["mutatingadmissionpolicybindings", "MutatingAdmissionPolicyBinding", false],
      ["mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false],
      ["validatingadmissionpolicies", "ValidatingAdmissionPolicy", false],
      ["validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", false],
      ["validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false],
    ],
  ],
  ["apiextensions.k8s.io/v1", [["customresourcedefinitions", "CustomResourceDefinition", false, "crd,crds"]]],
  ["apiregistration.k8s.io/v1", [["apiservices", "APIService", false, "", "api-extensions"]]],
  [
    "apps/v1",
    [
      ["controllerrevisions", "ControllerRevision", true],
      ["daemonsets", "DaemonSet", true, "ds", "all"],
      ["deployments", "Deployment", true, "deploy", "all"],
      ["replicasets", "ReplicaSet", true, "rs", "all"],
      ["statefulsets", "StatefulSet", true, "sts", "all"],
    ],
  ],
  [
    "authentication.k8s.io/v1",
    [
      ["selfsubjectreviews", "SelfSubjectReview", false],
      ["tokenreviews", "TokenReview", false],
    ],
  ],
  [
    "authorization.k8s.io/v1",
    [
      ["localsubjectaccessreviews", "LocalSubjectAccessReview", true],
      ["selfsubjectaccessreviews", "SelfSubjectAccessReview", false],
      ["selfsubjectrulesreviews", "SelfSubjectRulesReview", false],
      ["subjectaccessreviews", "SubjectAccessReview", false],
    ],
  ],
  ["autoscaling/v2", [["horizontalpodautoscalers", "HorizontalPodAutoscaler", true, "hpa", "all"]]],
  [
    "batch/v1",
    [
      ["cronjobs", "CronJob", true, "cj", "all"],
      ["jobs", "Job", true, "", "all"],
    ],
  ],
  ["certificates.k8s.io/v1", [["certificatesigningrequests", "CertificateSigningRequest", false, "csr"]]],
  ["coordination.k8s.io/v1", [["leases", "Lease", true]]],
  ["discovery.k8s.io/v1", [["endpointslices", "EndpointSlice", true]]],
  [
    "flowcontrol.apiserver.k8s.io/v1",
    [
      ["flowschemas", "FlowSchema", false],
      ["prioritylevelconfigurations", "PriorityLevelConfiguration", false],
    ],
  ],
  [
    "networking.k8s.io/v1",
    [
      ["ingressclasses", "IngressClass", false],
      ["ingresses", "Ingress", true, "ing"],
      ["ipaddresses", "IPAddress", false, "ip"],
      ["networkpolicies", "NetworkPolicy", true, "netpol"],
      ["servicecidrs", "ServiceCIDR", false],
    ],
  ],
  ["node.k8s.io/v1", [["runtimeclasses", "RuntimeClass", false]]],
  ["policy/v1", [["poddisruptionbudgets", "PodDisruptionBudget", true, "pdb"]]],
  [
    "rbac.authorization.k8s.io/v1",
    [
      ["clusterrolebindings", "ClusterRoleBinding", false],
      ["clusterroles", "ClusterRole", false],
      ["rolebindings", "RoleBinding", true],
      ["roles", "Role", true],
    ],
  ],
  [
    "resource.k8s.io/v1",
    [
      ["deviceclasses", "DeviceClass", false],
      ["resourceclaims", "ResourceClaim", true],
      ["resourceclaimtemplates", "ResourceClaimTemplate", true],
      ["resourceslices", "ResourceSlice", false],
    ],
  ],
  ["scheduling.k8s.io/v1", [["priorityclasses", "PriorityClass", false, "pc"]]],
  [
    "storage.k8s.io/v1",
    [
      ["csidrivers", "CSIDriver", false],
      ["csinodes", "CSINode", false],
      ["csistoragecapacities", "CSIStorageCapacity", true],
      ["storageclasses", "StorageClass", false, "sc"],
      ["volumeattachments", "VolumeAttachment", false],
      ["volumeattributesclasses", "VolumeAttributesClass", false, "vac"],
    ],
  ],
];

function toInfo(
  groupVersion: string,
  [resource, kind, namespaced, shortNames = "", categories = ""]: Row,
): ResourceInfo {
  const slash = groupVersion.indexOf("/");
  return {
    group: slash < 0 ? "" : groupVersion.slice(0, slash),
    version: groupVersion.slice(slash + 1),
    kind,
    resource,
    singular: kind.toLowerCase(),
    shortNames: shortNames === "" ? [] : shortNames.split(","),
    namespaced,
    categories: categories === "" ? [] : categories.split(","),
    isReview: /^(?:authentication|authorization)\.k8s\.io\//.test(groupVersion),
  };
}

/** Every served resource, by group and then by name. */
export const RESOURCES: readonly ResourceInfo[] = GROUPS.flatMap(([groupVersion, rows]) =>
  rows.map((row) => toInfo(groupVersion, row)),
);

/** Plural with group, the name under which the store keeps the resource. */
export function resourceName(info: ResourceInfo): ResourceName {
  return info.group === "" ? info.resource : `${info.resource}.${info.group}`;
}

/** `v1` or `apps/v1`. */
export function groupVersion(info: ResourceInfo): string {
  return info.group === "" ? info.version : `${info.group}/${info.version}`;
}

const BY_NAME = new Map(RESOURCES.map((info) => [resourceName(info), info]));
const BY_KIND = new Map(RESOURCES.map((info) => [`${groupVersion(info)}/${info.kind}`, info]));

/** The resource of this name; throws when it is not served, as only code (never input) may name one directly. */
export function resourceInfo(name: ResourceName): ResourceInfo {
  const info = BY_NAME.get(name);
  if (info === undefined) throw new Error(`scheme: no resource "${name}"`);
  return info;
}

/** Kinds that are served in a second version; they are kept in the first (see versions.ts). */
export const SECOND_VERSIONS: ReadonlyMap<string, ResourceName> = new Map([
  ["autoscaling/v1/HorizontalPodAutoscaler", "horizontalpodautoscalers.autoscaling"],
  ["events.k8s.io/v1/Event", "events"],
]);

/** The resource that serves this apiVersion and kind, if any. */
export function resourceForKind(apiVersion: string, kind: string): ResourceInfo | undefined {
  const key = `${apiVersion}/${kind}`;
  return BY_KIND.get(key) ?? BY_NAME.get(SECOND_VERSIONS.get(key) ?? "");
}

/** The fields of a kind; undefined for a kind with an unknown schema. */
export function structOfResource(
  info: Pick<ResourceInfo, "group" | "version" | "kind" | "struct">,
): Struct | undefined {
  return info.struct ?? structOfKind(info.group, info.version, info.kind);
}
