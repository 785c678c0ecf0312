// The resources this API server serves: names, groups, short names, scope.

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
      ["mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false],
      ["validatingadmissionpolicies", "ValidatingAdmissionPolicy", false],
      ["validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", false],
      ["validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false],
    ],
  ],
  ["apiextensions.k8s.io/v1", [["customresourcedefinitions", "CustomResourceDefinition", false, "crd,crds"]]],
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
  ["scheduling.k8s.io/v1", [["priorityclasses", "PriorityClass", false, "pc"]]],
  [
    "storage.k8s.io/v1",
    [
      ["csidrivers", "CSIDriver", false],
      ["csinodes", "CSINode", false],
      ["storageclasses", "StorageClass", false, "sc"],
      ["volumeattachments", "VolumeAttachment", false],
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

/** The resource that serves this apiVersion and kind, if any. */
export function resourceForKind(apiVersion: string, kind: string): ResourceInfo | undefined {
  return BY_KIND.get(`${apiVersion}/${kind}`);
}
