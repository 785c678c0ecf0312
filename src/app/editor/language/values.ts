// Values worth offering for a field: what the schema allows and what exists in the cluster.
import type { Service } from "../../../cluster/index.ts";
import { mapAt } from "./cursor.ts";
import type { Path, Section } from "./outline.ts";
import { enumOf, KIND_VERSIONS, type Place } from "./schema.ts";
import { freeNodePorts, knownLabels, namesOf, portsBehind, type World } from "./world.ts";

/** A value with a word on where it comes from. */
export interface OfferedValue {
  readonly value: string;
  readonly detail: string;
}

const plain = (values: readonly string[], detail: string): OfferedValue[] => values.map((value) => ({ value, detail }));

/** The values of the field at a path, best first. */
export function valuesFor(section: Section, path: Path, place: Place | undefined, world: World): OfferedValue[] {
  const last = path.at(-1);
  if (path.length === 1 && last === "apiVersion") return versions(section.kind);
  if (path.length === 1 && last === "kind") return kinds(section.apiVersion);
  const name = String(last);
  const allowed = enumOf(place?.owner, name);
  if (allowed.length > 0) return plain(allowed, "");
  if (place?.type.of === "scalar" && place.type.scalar === "bool") return plain(["true", "false"], "");
  const namespace = section.namespace ?? "default";
  if (isLabelMap(section, path.slice(0, -1)))
    return plain(knownLabels(world, namespace).get(name) ?? [], "on pods of this namespace");
  return namedValues(`${place?.owner?.name}.${name}`, section, path, world);
}

function namedValues(field: string, section: Section, path: Path, world: World): OfferedValue[] {
  const namespace = section.namespace ?? "default";
  switch (field) {
    case "ObjectMeta.namespace":
      return plain(namesOf(world, "namespaces"), "namespace");
    case "ServicePort.targetPort":
      return targetPorts(section, world);
    case "ServicePort.nodePort":
      return plain(freeNodePorts(world, 5).map(String), "free");
    case "ServiceSpec.clusterIP":
      return [{ value: "None", detail: "headless" }];
    case "IngressServiceBackend.name":
    case "StatefulSetSpec.serviceName":
      return plain(namesOf(world, "services", namespace), "Service");
    case "ServiceBackendPort.number":
    case "ServiceBackendPort.name":
      return backendPorts(section, path, world);
    case "PodSpec.serviceAccountName":
      return plain(namesOf(world, "serviceaccounts", namespace), "ServiceAccount");
    case "PodSpec.nodeName":
      return plain(namesOf(world, "nodes"), "Node");
    case "ConfigMapKeySelector.name":
    case "ConfigMapEnvSource.name":
    case "ConfigMapVolumeSource.name":
      return plain(namesOf(world, "configmaps", namespace), "ConfigMap");
    case "SecretKeySelector.name":
    case "SecretEnvSource.name":
    case "SecretVolumeSource.secretName":
      return plain(namesOf(world, "secrets", namespace), "Secret");
    default:
      return [];
  }
}

function targetPorts(section: Section, world: World): OfferedValue[] {
  const selector = mapAt(section, ["spec", "selector"]);
  if (Object.keys(selector).length === 0) return [];
  const ports = portsBehind(world, section.namespace ?? "default", selector);
  return ports.flatMap(({ name, port }) => [
    ...(name === undefined ? [] : [{ value: name, detail: `containerPort ${port} of the matching pods` }]),
    { value: String(port), detail: name === undefined ? "containerPort of the matching pods" : `named ${name}` },
  ]);
}

function backendPorts(section: Section, path: Path, world: World): OfferedValue[] {
  const name = mapAt(section, path.slice(0, -2)).name;
  const namespace = section.namespace ?? "default";
  for (const service of world.list("services") as Iterable<Service>) {
    if (service.metadata.name !== name || service.metadata.namespace !== namespace) continue;
    const byName = path.at(-1) === "name";
    return (service.spec?.ports ?? []).flatMap((port) => {
      if (!byName) return [{ value: String(port.port), detail: port.name ?? `port of ${name}` }];
      return port.name === undefined ? [] : [{ value: port.name, detail: String(port.port) }];
    });
  }
  return [];
}

function versions(kind: string | undefined): OfferedValue[] {
  const rows = KIND_VERSIONS.filter((row) => kind === undefined || row.kind === kind);
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

function kinds(apiVersion: string | undefined): OfferedValue[] {
  const rows = KIND_VERSIONS.filter((row) => apiVersion === undefined || row.apiVersion === apiVersion);
  const common = COMMON_KINDS.filter((kind) => rows.some((row) => row.kind === kind));
  const rest = rows.map((row) => row.kind).filter((kind) => !COMMON_KINDS.includes(kind));
  return [...common, ...rest].map((value) => ({
    value,
    detail: rows.find((row) => row.kind === value)?.apiVersion ?? "",
  }));
}

/** Whether the map at a path holds labels of pods: a selector, or the labels themselves. */
export function isLabelMap(section: Section, path: Path): boolean {
  const last = path.at(-1);
  if (last === "matchLabels" || last === "labels") return true;
  if (last !== "selector" || path.length !== 2) return false;
  return section.kind === "Service" || section.kind === "ReplicationController";
}
