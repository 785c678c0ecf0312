// Pods on their way into the store: defaults, admission, what may change, how binding labels them.
import type {
  Container,
  Node,
  Pod,
  PodSpec,
  ResourceRequirements,
  Toleration,
  Volume,
} from "../../cluster/api/types.gen.ts";
import {
  LabelTopologyRegion,
  LabelTopologyZone,
  TaintNodeNotReady,
  TaintNodeUnreachable,
} from "../../cluster/api/well-known.ts";
import { forbiddenObject } from "../../cluster/apimachinery/errors.ts";
import { type FieldErrors, forbidden, invalid } from "../../cluster/apimachinery/field.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy, StrategyContext } from "../../cluster/apiserver/strategy/strategy.ts";
import { deepEqual, deepFreeze, own, setOwn } from "../../cluster/sim/values.ts";
import { setPodPriority } from "./api-priority.ts";
import { setPodSpecDefaults } from "./api-spec-defaults.ts";
import { validateDeletionCost, validatePodSpec } from "./api-spec-validation.ts";
import { podSpecWarnings } from "./api-warnings.ts";

const TOPOLOGY_LABELS = [LabelTopologyRegion, LabelTopologyZone];
const EVICTION_SECONDS = 300;
const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Pods. Spec: [POD-1] to [POD-6]. */
// Models kubernetes/pkg/registry/core/pod
export const pod: Strategy<Pod> = {
  checkName: dns1123Subdomain,
  generation: true,
  selectableFields: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.nominatedNodeName",
  ],
  setDefaults(object) {
    object.spec ??= { containers: [] };
    setPodSpecDefaults(object.spec);
    for (const container of [...(object.spec.initContainers ?? []), ...object.spec.containers])
      container.resources = withRequests(container.resources ?? {});
  },
  admit(object, old, context) {
    if (old === undefined) completeNew(object, context);
    labelByNode(object, old, context);
  },
  prepareForCreate(object) {
    object.status ??= { phase: "Pending", qosClass: qosClassOf(object.spec) };
  },
  validate: validatePod,
  validateUpdate,
  takePart(subresource, object, old) {
    if (subresource !== "binding") return object;
    return object.spec?.nodeName === old.spec?.nodeName ? old : object;
  },
  // Unlike its workloads, a pod is warned of only when it is made.
  warnings: (object, old) => (old === undefined ? podSpecWarnings(object.spec ?? { containers: [] }, "spec") : []),
};

/** Requests are as the limits where only limits are given. */
function withRequests(resources: ResourceRequirements): ResourceRequirements {
  if (resources.limits === undefined) return resources;
  return { ...resources, requests: { ...resources.limits, ...resources.requests } };
}

const DEFAULT_TOLERATIONS: readonly Toleration[] = deepFreeze(
  [TaintNodeNotReady, TaintNodeUnreachable].map((key) => ({
    effect: "NoExecute",
    key,
    operator: "Exists",
    tolerationSeconds: EVICTION_SECONDS,
  })),
);

const TOKEN_SOURCES: NonNullable<Volume["projected"]> = deepFreeze({
  defaultMode: 420,
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
    { configMap: { items: [{ key: "ca.crt", path: "ca.crt" }], name: "kube-root-ca.crt" } },
    {
      downwardAPI: { items: [{ fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" }, path: "namespace" }] },
    },
  ],
});

/** What the default admission plug-ins add: service account with its token, priority, tolerations. Parts may be shared: copies. */
// Models the plug-ins ServiceAccount, Priority and DefaultTolerationSeconds
function completeNew(object: Pod, context: StrategyContext): void {
  const spec: PodSpec = { ...object.spec, containers: object.spec?.containers ?? [] };
  spec.enableServiceLinks ??= true;
  setPodPriority(object, spec, context);
  if ((spec.serviceAccountName ?? "") === "") spec.serviceAccountName = "default";
  checkAccount(object, spec.serviceAccountName ?? "", context);
  checkRuntimeClass(object, context);
  spec.serviceAccount = spec.serviceAccountName;
  if (spec.automountServiceAccountToken !== false) mountToken(spec, context);
  const tolerated = spec.tolerations ?? [];
  const tolerates = (key: string | undefined) =>
    tolerated.some(
      (each) => (each.key === key || (each.key ?? "") === "") && ["", "NoExecute"].includes(each.effect ?? ""),
    );
  spec.tolerations = [...tolerated, ...DEFAULT_TOLERATIONS.filter(({ key }) => !tolerates(key))];
  object.spec = spec;
}

/** Any account but the default one, which each namespace is about to get, must be there. */
function checkAccount({ metadata }: Pod, name: string, context: StrategyContext): void {
  if (name === "default" || context.find("serviceaccounts", metadata.namespace, name) !== undefined) return;
  const why = `error looking up service account ${metadata.namespace}/${name}: serviceaccount "${name}" not found`;
  throw forbiddenObject("pods", metadata, why);
}

/** A class of runtimes that is named must be there. Spec: [POD-9]. */
// Models the plug-in RuntimeClass (kubernetes/plugin/pkg/admission/runtimeclass)
function checkRuntimeClass({ metadata, spec }: Pod, context: StrategyContext): void {
  const name = spec?.runtimeClassName;
  if (name === undefined || context.find("runtimeclasses.node.k8s.io", undefined, name) !== undefined) return;
  throw forbiddenObject("pods", metadata, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
}

function mountToken(spec: PodSpec, context: StrategyContext): void {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const mounts = ({ volumeMounts = [] }: Container) => volumeMounts.some(({ mountPath }) => mountPath === TOKEN_PATH);
  if (containers.every(mounts)) return;
  const name = `kube-api-access-${context.rng.suffix(5)}`;
  const mount = { mountPath: TOKEN_PATH, name, readOnly: true };
  const withMount = (container: Container): Container =>
    mounts(container) ? container : { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
  spec.containers = spec.containers.map(withMount);
  if (spec.initContainers !== undefined) spec.initContainers = spec.initContainers.map(withMount);
  spec.volumes = [...(spec.volumes ?? []), { name, projected: TOKEN_SOURCES }];
}

/** A pod that gets its node gets the node's zone and region as labels. */
// Models the plug-in PodTopologyLabels (on since 1.35)
function labelByNode(object: Pod, old: Pod | undefined, context: StrategyContext): void {
  const name = object.spec?.nodeName ?? "";
  if (name === "" || (old?.spec?.nodeName ?? "") !== "") return;
  const node = context.find("nodes", undefined, name) as Node | undefined;
  const labels = { ...object.metadata.labels };
  for (const label of TOPOLOGY_LABELS) {
    const value = own(node?.metadata.labels, label);
    if (value !== undefined) setOwn(labels, label, value);
  }
  if (Object.keys(labels).length > 0) object.metadata.labels = labels;
}

/** Guaranteed: every container has equal limits and requests of cpu and memory; BestEffort: none has any. */
// Models kubernetes/pkg/apis/core/helper/qos ComputePodQOS
function qosClassOf(spec: PodSpec | undefined): string {
  const resources = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map((each) => each.resources ?? {});
  const kinds = ["cpu", "memory"] as const;
  const asks = ({ limits, requests }: ResourceRequirements) =>
    kinds.some((kind) => limits?.[kind] !== undefined || requests?.[kind] !== undefined);
  if (!resources.some(asks)) return "BestEffort";
  const isExact = ({ limits, requests }: ResourceRequirements) =>
    kinds.every((kind) => limits?.[kind] !== undefined && (requests?.[kind] ?? limits[kind]) === limits[kind]);
  return resources.every(isExact) ? "Guaranteed" : "Burstable";
}

const FROZEN =
  "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

function validatePod({ metadata, spec = { containers: [] } }: Pod): FieldErrors {
  const containers = (["containers", "initContainers"] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap(({ image = "" }, i) =>
      image.trim() === image
        ? []
        : [invalid(`spec.${list}[${i}].image`, image, "must not have leading or trailing whitespace")],
    ),
  );
  return [
    ...validateDeletionCost(metadata.annotations, "metadata.annotations"),
    ...validatePodSpec(spec, "spec"),
    ...containers,
  ];
}

// Models kubernetes/pkg/apis/core/validation ValidatePodUpdate
function validateUpdate(object: Pod, old: Pod): FieldErrors {
  const errors = validatePod(object);
  for (const list of ["containers", "initContainers"] as const)
    if ((object.spec?.[list]?.length ?? 0) !== (old.spec?.[list]?.length ?? 0))
      return [...errors, forbidden(`spec.${list}`, "pod updates may not add or remove containers")];
  const deadline = validateDeadlineChange(object.spec?.activeDeadlineSeconds, old.spec?.activeDeadlineSeconds);
  if (deadline.length > 0 && object.spec?.activeDeadlineSeconds !== undefined) return [...errors, ...deadline];
  errors.push(...deadline);
  const before = old.spec?.tolerations ?? [];
  const after = object.spec?.tolerations ?? [];
  if (
    !before.every((each) =>
      after.some((other) => deepEqual({ ...each, tolerationSeconds: 0 }, { ...other, tolerationSeconds: 0 })),
    )
  )
    errors.push(forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"));
  if (!deepEqual(fixedPart(object.spec), fixedPart(old.spec))) errors.push(forbidden("spec", `${FROZEN}\n`));
  return errors;
}

function validateDeadlineChange(value: number | undefined, old: number | undefined): FieldErrors {
  const path = "spec.activeDeadlineSeconds";
  if (old === undefined || value === old) return [];
  if (value === undefined) return [invalid(path, null, "must not update from a positive integer to nil value")];
  return value < old ? [] : [invalid(path, value, "must be less than or equal to previous value")];
}

function fixedPart(spec: PodSpec | undefined): unknown {
  const withoutImage = ({ image: _, ...rest }: Container) => rest;
  const { tolerations: _, activeDeadlineSeconds: __, ...rest } = spec ?? { containers: [] };
  return {
    ...rest,
    containers: rest.containers.map(withoutImage),
    initContainers: rest.initContainers?.map(withoutImage),
  };
}
