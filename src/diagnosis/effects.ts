// What is validated and stored and has no effect here: the one list that Health, editor, inspector, console and help speak from.
import type { ClusterSettings, FieldPath, KubeObject } from "../cluster/index.ts";
import { W } from "../words/en/effects.ts";

/** Something that is stored without effect. */
export interface Inert {
  /** From the object's root; empty for the whole object. */
  readonly path: FieldPath;
  /** What it would do elsewhere and does not do here, as a sentence. */
  readonly says: string;
}

const ACCESS = W.access;
const ADMISSION = W.admission;
const DEVICES = W.devices;
const STORAGE = W.storage;
const FLOW = W.flow;

/** Kinds by name; the names of built-in kinds are unique. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["Role", ACCESS],
  ["ClusterRole", ACCESS],
  ["RoleBinding", ACCESS],
  ["ClusterRoleBinding", ACCESS],
  ["ValidatingWebhookConfiguration", ADMISSION],
  ["MutatingWebhookConfiguration", ADMISSION],
  ["ValidatingAdmissionPolicy", ADMISSION],
  ["ValidatingAdmissionPolicyBinding", ADMISSION],
  ["MutatingAdmissionPolicy", ADMISSION],
  ["MutatingAdmissionPolicyBinding", ADMISSION],
  ["APIService", W.apiService],
  ["PriorityClass", W.priority],
  ["FlowSchema", FLOW],
  ["PriorityLevelConfiguration", FLOW],
  ["ResourceClaim", DEVICES],
  ["ResourceClaimTemplate", DEVICES],
  ["ResourceSlice", DEVICES],
  ["DeviceClass", DEVICES],
  ["CSIDriver", STORAGE],
  ["CSINode", STORAGE],
  ["CSIStorageCapacity", STORAGE],
  ["VolumeAttachment", STORAGE],
  ["VolumeAttributesClass", STORAGE],
  ["ServiceCIDR", W.serviceCidr],
  ["CertificateSigningRequest", W.csr],
  ["PodTemplate", W.podTemplate],
]);

/** A kind that acts unless a setting is off, and what is said of it then. */
const NETWORK_POLICY = W.networkPolicy;

/** Policies of whole clusters, which come as custom resources. */
const CLUSTER_POLICIES: ReadonlySet<string> = new Set([
  "ClusterNetworkPolicy",
  "AdminNetworkPolicy",
  "BaselineAdminNetworkPolicy",
]);
/** The API group of those kinds. */
export const CLUSTER_POLICY_GROUP = "policy.networking.k8s.io";
const CLUSTER_POLICY = W.clusterPolicy;

/** Settings on which it depends what has an effect. */
type Switches = Pick<ClusterSettings, "metricsServer" | "networkPolicies">;
/** With all of them off. */
export const ALL_OFF: Switches = { metricsServer: false, networkPolicies: false };

interface FieldRule {
  /** Kinds in which the path is looked for; absent: all. */
  readonly kinds?: readonly string[];
  /** From the root of the object, or of the pod where `inPod`; numbers stand for any index. */
  readonly path: FieldPath;
  readonly inPod?: true;
  /** Whether a value asks for nothing that is missing here. */
  readonly isIdle?: (value: unknown) => boolean;
  readonly says: string;
}

/** Single fields. */
const FIELDS: readonly FieldRule[] = [
  {
    path: ["spec", "topologySpreadConstraints"],
    inPod: true,
    says: W.spread,
  },
  {
    path: ["spec", "affinity", "podAffinity"],
    inPod: true,
    says: W.podAffinity,
  },
  {
    path: ["spec", "affinity", "podAntiAffinity"],
    inPod: true,
    says: W.podAntiAffinity,
  },
  {
    kinds: ["Service"],
    path: ["spec", "ports", 0, "appProtocol"],
    says: W.appProtocol,
  },
  {
    kinds: ["CronJob"],
    path: ["spec", "timeZone"],
    isIdle: (value) => /^(?:Etc\/)?(?:UTC|GMT)$/.test(String(value)),
    says: W.timeZone,
  },
];

/** Annotations and labels that other controllers read, by the beginning of their keys. */
const FOREIGN: readonly (readonly [start: string, who: string])[] = [
  ["service.beta.kubernetes.io/", W.cloudBalancer],
  ["service.kubernetes.io/load-balancer", W.cloudBalancer],
  ["cloud.google.com/", W.google],
  ["networking.gke.io/", W.google],
  ["alb.ingress.kubernetes.io/", W.aws],
  ["metallb.universe.tf/", "MetalLB"],
  ["metallb.io/", "MetalLB"],
  ["external-dns.alpha.kubernetes.io/", "ExternalDNS"],
  ["cert-manager.io/", "cert-manager"],
  ["acme.cert-manager.io/", "cert-manager"],
  ["traefik.ingress.kubernetes.io/", "Traefik"],
  ["haproxy.org/", W.haproxy],
  ["haproxy-ingress.github.io/", "HAProxy Ingress"],
  ["konghq.com/", "Kong"],
  ["prometheus.io/", "Prometheus"],
  ["sidecar.istio.io/", "Istio"],
  ["istio-injection", "Istio"],
  ["istio.io/", "Istio"],
  ["linkerd.io/", "Linkerd"],
  ["config.linkerd.io/", "Linkerd"],
  ["consul.hashicorp.com/", "Consul"],
  ["pod-security.kubernetes.io/", W.podSecurity],
  ["cluster-autoscaler.kubernetes.io/", W.autoscaler],
];

/** What the ingress controller here reads of its annotations. */
const NGINX = "nginx.ingress.kubernetes.io/";
const NGINX_READ = new Set(["rewrite-target", "use-regex", "upstream-vhost", "ssl-redirect"]);

/** What an annotation or label would do elsewhere; undefined for one without a known reader. */
function foreign(key: string): string | undefined {
  if (key.startsWith(NGINX)) return NGINX_READ.has(key.slice(NGINX.length)) ? undefined : W.nginx(key);
  const who = FOREIGN.find(([start]) => key.startsWith(start))?.[1];
  return who === undefined ? undefined : W.foreign(who, key);
}

const TEMPLATE: FieldPath = ["spec", "template"];
/** Kinds with a pod's template, and where. */
const TEMPLATES: ReadonlyMap<string, FieldPath> = new Map([
  ...["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController"].map(
    (kind) => [kind, TEMPLATE] as const,
  ),
  ["CronJob", ["spec", "jobTemplate", ...TEMPLATE]],
]);

/** What is said of a whole kind that has no effect here; undefined for one that acts, as NetworkPolicy does unless it is off. */
export function effectOfKind(kind: string, settings?: Switches): string | undefined {
  if (kind === "NetworkPolicy" && settings?.networkPolicies === false) return NETWORK_POLICY;
  if (kind === "HorizontalPodAutoscaler" && settings?.metricsServer === false) return W.hpa;
  return CLUSTER_POLICIES.has(kind) ? CLUSTER_POLICY : KINDS.get(kind);
}

/** What is said of a field that has no effect here, by its path from the object's root; undefined for all others, and for a value that asks for nothing. */
export function effectOfField(kind: string, path: FieldPath, value?: unknown): string | undefined {
  if (value === 0) return undefined; // none of something, as the API server fills in
  const template = TEMPLATES.get(kind);
  const inPod = template !== undefined && startsWith(path, template) ? path.slice(template.length) : undefined;
  const pod = kind === "Pod" ? path : inPod;
  for (const at of [path, ...(inPod === undefined ? [] : [inPod])]) {
    const [root, part, key, ...rest] = at;
    if (
      root === "metadata" &&
      (part === "annotations" || part === "labels") &&
      typeof key === "string" &&
      rest.length === 0
    )
      return foreign(key);
  }
  return FIELDS.find((rule) => {
    if (rule.kinds?.includes(kind) === false || rule.isIdle?.(value) === true) return false;
    const looked = rule.inPod === true ? pod : path;
    return looked !== undefined && looked.length === rule.path.length && startsWith(looked, rule.path);
  })?.says;
}

/** Whether a path begins with another; numbers fit numbers. */
function startsWith(path: FieldPath, start: FieldPath): boolean {
  return start.every((step, at) => (typeof step === "number" ? typeof path[at] === "number" : path[at] === step));
}

/** Steps into an object; what is looked for here is never nested deeper. */
const DEPTH = 9;

/** All that is stored without effect of an object: the object itself, else its fields. */
export function withoutEffect(object: KubeObject, settings?: Switches): readonly Inert[] {
  const whole = effectOfKind(object.kind, settings);
  if (whole !== undefined) return [{ path: [], says: whole }];
  const found: Inert[] = [];
  walk(object, [], (path, value) => {
    const says = effectOfField(object.kind, path, value);
    if (says !== undefined) found.push({ path, says });
  });
  return found;
}

function walk(value: unknown, path: FieldPath, visit: (path: FieldPath, value: unknown) => void): void {
  if (typeof value !== "object" || value === null || path.length >= DEPTH) return;
  for (const [key, each] of Object.entries(value)) {
    if (path.length === 0 && key !== "metadata" && key !== "spec") continue;
    if (key === "managedFields") continue;
    const next = [...path, Array.isArray(value) ? Number(key) : key];
    visit(next, each);
    walk(each, next, visit);
  }
}

/** Everything that is stored without effect, for readers: kinds under what is said about them, then fields, then annotations. */
export function allWithoutEffect(): readonly { readonly what: string; readonly says: string }[] {
  const bySaying = new Map<string, string[]>();
  for (const [kind, says] of KINDS) bySaying.set(says, [...(bySaying.get(says) ?? []), kind]);
  const kinds = [...bySaying].map(([says, names]) => ({ what: names.join(", "), says }));
  const fields = FIELDS.map(({ path, kinds: of = ["Pod"], says }) => ({
    what: `${of.join(", ")} ${path.filter((step) => typeof step === "string").join(".")}`,
    says,
  }));
  const owners = [...new Set(FOREIGN.map(([, who]) => who))];
  const annotations = {
    what: W.annotations,
    says: W.annotationsSay(owners, [...NGINX_READ].join(", ")),
  };
  const policies = { what: [...CLUSTER_POLICIES].join(", "), says: CLUSTER_POLICY };
  return [...kinds, policies, ...fields, annotations];
}
