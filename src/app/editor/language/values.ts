// Values worth offering for a field: what the schema allows and what exists in the cluster.
import { type FieldPath, groupVersion, type Service } from "../../../cluster/index.ts";
import { W } from "../../../words/en/language.ts";
import { mapAt } from "./cursor.ts";
import { freeNodePorts, knownLabels, type Lister, namesOf, portsBehind } from "./lister.ts";
import type { Section } from "./outline.ts";
import { enumOf, KIND_VERSIONS, type Place } from "./schema.ts";

/** A value with a word on where it comes from. */
export interface OfferedValue {
  readonly value: string;
  readonly detail: string;
}

const plain = (values: readonly string[], detail: string): OfferedValue[] => values.map((value) => ({ value, detail }));

/** The values of the field at a path, best first. */
export function valuesFor(section: Section, path: FieldPath, place: Place | undefined, lister: Lister): OfferedValue[] {
  const last = path.at(-1);
  if (path.length === 1 && last === "apiVersion") return versions(section.kind, lister);
  if (path.length === 1 && last === "kind") return kinds(section.apiVersion, lister);
  const name = String(last);
  const allowed = enumOf(place?.owner, name);
  if (allowed.length > 0) return plain(allowed, "");
  if (place?.type.of === "scalar" && place.type.scalar === "bool") return plain(["true", "false"], "");
  const namespace = section.namespace ?? "default";
  if (isLabelMap(section, path.slice(0, -1)))
    return plain(knownLabels(lister, namespace).get(name) ?? [], W.onNamespacePods);
  return namedValues(`${place?.owner?.name}.${name}`, section, path, lister);
}

function namedValues(field: string, section: Section, path: FieldPath, lister: Lister): OfferedValue[] {
  const namespace = section.namespace ?? "default";
  switch (field) {
    case "ObjectMeta.namespace":
      return plain(namesOf(lister, "namespaces"), "namespace");
    case "ServicePort.targetPort":
      return targetPorts(section, lister);
    case "ServicePort.nodePort":
      return plain(freeNodePorts(lister, 5).map(String), "free");
    case "ServiceSpec.clusterIP":
      return [{ value: "None", detail: "headless" }];
    case "IngressServiceBackend.name":
    case "StatefulSetSpec.serviceName":
      return plain(namesOf(lister, "services", namespace), "Service");
    case "ServiceBackendPort.number":
    case "ServiceBackendPort.name":
      return backendPorts(section, path, lister);
    case "PodSpec.serviceAccountName":
      return plain(namesOf(lister, "serviceaccounts", namespace), "ServiceAccount");
    case "PodSpec.nodeName":
      return plain(namesOf(lister, "nodes"), "Node");
    case "ConfigMapKeySelector.name":
    case "ConfigMapEnvSource.name":
    case "ConfigMapVolumeSource.name":
      return plain(namesOf(lister, "configmaps", namespace), "ConfigMap");
    case "SecretKeySelector.name":
    case "SecretEnvSource.name":
    case "SecretVolumeSource.secretName":
      return plain(namesOf(lister, "secrets", namespace), "Secret");
    default:
      return [];
  }
}

function targetPorts(section: Section, lister: Lister): OfferedValue[] {
  const selector = mapAt(section, ["spec", "selector"]);
  if (Object.keys(selector).length === 0) return [];
  const ports = portsBehind(lister, section.namespace ?? "default", selector);
  return ports.flatMap(({ name, port }) => [
    ...(name === undefined ? [] : [{ value: name, detail: W.portOfPods(port) }]),
    { value: String(port), detail: name === undefined ? W.containerPort : W.named(name) },
  ]);
}

function backendPorts(section: Section, path: FieldPath, lister: Lister): OfferedValue[] {
  const name = mapAt(section, path.slice(0, -2)).name;
  const namespace = section.namespace ?? "default";
  for (const service of lister.list("services") as Iterable<Service>) {
    if (service.metadata.name !== name || service.metadata.namespace !== namespace) continue;
    const byName = path.at(-1) === "name";
    return (service.spec?.ports ?? []).flatMap((port) => {
      if (!byName) return [{ value: String(port.port), detail: port.name ?? W.portOf(name) }];
      return port.name === undefined ? [] : [{ value: port.name, detail: String(port.port) }];
    });
  }
  return [];
}

/** What the cluster serves: built-in kinds, and those that its definitions define. */
function kindVersions(lister: Lister): typeof KIND_VERSIONS {
  const defined = (lister.kinds?.versions() ?? []).filter((info) => info.struct !== undefined);
  return [...KIND_VERSIONS, ...defined.map((info) => ({ kind: info.kind, apiVersion: groupVersion(info) }))];
}

function versions(kind: string | undefined, lister: Lister): OfferedValue[] {
  const rows = kindVersions(lister).filter((row) => kind === undefined || row.kind === kind);
  const seen = new Set(
    ["v1", "apps/v1", ...rows.map((row) => row.apiVersion)].filter((each) =>
      rows.some((row) => row.apiVersion === each),
    ),
  );
  return plain([...seen], "");
}

const COMMON_KINDS = [
  "Service",
  "Deployment",
  "Pod",
  "StatefulSet",
  "DaemonSet",
  "ConfigMap",
  "Secret",
  "Namespace",
  "Ingress",
  "Job",
];

function kinds(apiVersion: string | undefined, lister: Lister): OfferedValue[] {
  const rows = kindVersions(lister).filter((row) => apiVersion === undefined || row.apiVersion === apiVersion);
  const common = COMMON_KINDS.filter((kind) => rows.some((row) => row.kind === kind));
  const rest = rows.map((row) => row.kind).filter((kind) => !COMMON_KINDS.includes(kind));
  return [...common, ...rest].map((value) => ({
    value,
    detail: rows.find((row) => row.kind === value)?.apiVersion ?? "",
  }));
}

/** Whether the map at a path holds labels of pods: a selector, or the labels themselves. */
export function isLabelMap(section: Section, path: FieldPath): boolean {
  const last = path.at(-1);
  if (last === "matchLabels" || last === "labels") return true;
  if (last !== "selector" || path.length !== 2) return false;
  return section.kind === "Service" || section.kind === "ReplicationController";
}
