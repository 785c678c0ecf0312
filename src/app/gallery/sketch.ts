// What the small picture of a manifest shows: ways in, Services, and the pods behind each.
import { type Ingress, matches, type PodTemplateSpec, type Service, selectorFromMap } from "../../cluster/index.ts";
import { parseManifest } from "../../manifest/index.ts";

/** A Service in the picture. */
export interface SketchedService {
  readonly name: string;
  readonly type: string;
  /** Workloads whose pods its selector matches, by their index. */
  readonly to: readonly number[];
}

/** A manifest at a glance. */
export interface SketchOf {
  readonly services: readonly SketchedService[];
  /** Pods of each workload. */
  readonly workloads: readonly number[];
  /** Workloads that no Service selects: they may ask from inside. */
  readonly clients: readonly number[];
  /** Services that an Ingress leads to, by their index; undefined without an Ingress. */
  readonly ingress: readonly number[] | undefined;
}

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: { readonly replicas?: number; readonly template?: PodTemplateSpec };
}

const WORKLOADS = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Pod"]);

/** Reads a manifest of the gallery. What is no Service, workload or Ingress is left out. */
export function sketchOf(text: string): SketchOf {
  const objects = parseManifest(text).map(({ value }) => value as Workload); // the gallery's own manifests, which are valid
  const workloads = objects.filter(({ kind }) => WORKLOADS.has(kind));
  const services = objects.filter(({ kind }) => kind === "Service") as unknown as readonly Service[];
  const ingress = objects.find(({ kind }) => kind === "Ingress") as unknown as Ingress | undefined;
  const backends = ingress?.spec?.rules?.flatMap(({ http }) => http?.paths.map(({ backend }) => backend.service?.name));
  const sketched = services.map(({ metadata, spec }) => ({
    name: metadata.name ?? "",
    type: spec?.clusterIP === "None" ? "Headless" : (spec?.type ?? "ClusterIP"),
    to: workloads.flatMap((workload, at) => (selects(spec?.selector, workload) ? [at] : [])),
  }));
  return {
    services: sketched,
    workloads: workloads.map(({ spec }) => spec.replicas ?? 1),
    clients: workloads.flatMap((_, at) => (sketched.some(({ to }) => to.includes(at)) ? [] : [at])),
    ingress: backends && services.flatMap(({ metadata }, at) => (backends.includes(metadata.name) ? [at] : [])),
  };
}

function selects(selector: Readonly<Record<string, string>> | undefined, workload: Workload): boolean {
  const labels = workload.spec.template?.metadata?.labels ?? workload.metadata.labels;
  return selector !== undefined && labels !== undefined && matches(selectorFromMap(selector), labels);
}
