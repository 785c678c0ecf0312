// How lists and maps merge: which fields have keys, which are sets, which are replaced whole.
import { type FieldType, type Struct, structOfType } from "../../api/schema.ts";

/** How a field merges in a strategic merge patch and in server-side apply. */
export interface MergeRule {
  /** The key by which a strategic merge patch finds an item; "" for a list of plain values that is merged as a set. */
  readonly patchKey?: string;
  /** The keys that identify an item in server-side apply; empty for a set. Absent: the list is one value. */
  readonly keys?: readonly string[];
  /** Maps and structs that server-side apply takes as one value. */
  readonly atomic?: boolean;
  /** Of a struct, or of the items of a list, a patch of client-side apply names the keys that stay. */
  readonly retainsKeys?: boolean;
}

// Models the patchMergeKey, listMapKey and structType tags of k8s.io/api.
const TABLE = `
PodSpec.containers name
PodSpec.initContainers name
PodSpec.ephemeralContainers name
PodSpec.volumes name
PodSpec.imagePullSecrets name
PodSpec.hostAliases ip
PodSpec.topologySpreadConstraints topologyKey topologyKey,whenUnsatisfiable
PodSpec.resourceClaims name
PodSpec.schedulingGates name
Container.ports containerPort containerPort,protocol
Container.env name
Container.volumeMounts mountPath
Container.volumeDevices devicePath
EphemeralContainer.ports containerPort containerPort,protocol
EphemeralContainer.env name
EphemeralContainer.volumeMounts mountPath
ServiceSpec.ports port port,protocol
ServiceAccount.secrets name
ObjectMeta.ownerReferences uid
PodStatus.podIPs ip
NodeStatus.addresses type -
NodeSpec.podCIDRs = =
ObjectMeta.finalizers = =
ServiceCIDRSpec.cidrs - -
Endpoint.addresses - =
CSINodeSpec.drivers name
PodAffinityTerm.namespaces - -
`;

/** Maps and structs that have one owner in server-side apply. */
const ATOMIC = new Set([
  "ServiceSpec.selector",
  "PodSpec.nodeSelector",
  "Endpoint.deprecatedTopology",
  "LoadBalancerStatus.ingress",
]);
const ATOMIC_STRUCTS = new Set([
  "LabelSelector",
  "ObjectReference",
  "LocalObjectReference",
  "SecretKeySelector",
  "ConfigMapKeySelector",
  "ObjectFieldSelector",
  "ResourceFieldSelector",
  "NodeSelector",
  "NodeSelectorTerm",
  "TypedLocalObjectReference",
  "OwnerReference",
  "ScopeSelector",
  "IngressServiceBackend",
  "ServiceBackendPort",
]);

const RULES: ReadonlyMap<string, MergeRule> = new Map(
  TABLE.trim()
    .split("\n")
    .map((line): [string, MergeRule] => {
      const [field = "", patchKey = "-", keys = patchKey] = line.split(" ");
      return [field, { ...patchKeyOf(patchKey), ...keysOf(keys) }];
    }),
);

function patchKeyOf(word: string): MergeRule {
  if (word === "-") return {};
  return { patchKey: word === "=" ? "" : word };
}

function keysOf(word: string): MergeRule {
  if (word === "-") return {};
  return { keys: word === "=" ? [] : word.split(",") };
}

/** The fields with the patch strategy retainKeys. */
const RETAINING = new Set(["DeploymentSpec.strategy", "PodSpec.volumes"]);

const BY_TYPE: MergeRule = { patchKey: "type", keys: ["type"] };

/** The rule of a field. Conditions merge by their type wherever they are. */
export function mergeRule(struct: Struct | undefined, field: string): MergeRule {
  if (struct === undefined) return {};
  if (field === "conditions" && struct.name.endsWith("Status")) return BY_TYPE;
  const name = `${struct.name}.${field}`;
  const rule = RULES.get(name) ?? {};
  const type = struct.fields.get(field)?.type;
  const isAtomic = ATOMIC.has(name) || (type?.of === "struct" && ATOMIC_STRUCTS.has(type.struct));
  const retaining = RETAINING.has(name) ? { ...rule, retainsKeys: true } : rule;
  return isAtomic ? { ...retaining, atomic: true } : retaining;
}

/** The struct a field holds (or its items do); undefined for plain values and for what the schema does not know. */
export function structAt(struct: Struct | undefined, field: string): Struct | undefined {
  const type = struct?.fields.get(field)?.type;
  return type === undefined ? undefined : innerStruct(type);
}

function innerStruct(type: FieldType): Struct | undefined {
  if (type.of === "list" || type.of === "map") return innerStruct(type.element);
  return type.of === "struct" ? structOfType(type) : undefined;
}

export type Json = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
