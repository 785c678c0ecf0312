// What the language service asks of the cluster: plain questions about objects.
import {
  ControllerRevisionHashLabelKey,
  DefaultDeploymentUniqueLabelKey,
  type Deployment,
  hasAll,
  type Kinds,
  type KubeObject,
  type Pod,
  PodIndexLabel,
  type PodTemplateSpec,
  type ResourceName,
  type Service,
  StatefulSetPodNameLabel,
} from "../../../cluster/index.ts";

/** The objects of a cluster, as the store of the page holds them. */
export interface Lister {
  list(resource: ResourceName): Iterable<KubeObject>;
  /** The kinds that the cluster serves; the built-in ones unless given. */
  readonly kinds?: Pick<Kinds, "forKind" | "versions">;
}

const WORKLOADS: readonly ResourceName[] = [
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicasets.apps",
];

/** A pod, or the template pods are made from: what a selector can match. */
export interface Selectable {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Pod["spec"];
}

/** Pods and pod templates of a namespace. A template counts too: its pods may not be there yet. */
export function selectables(lister: Lister, namespace: string): readonly Selectable[] {
  const found: Selectable[] = [];
  const add = (object: KubeObject, template: PodTemplateSpec | Pod | undefined) => {
    if (object.metadata.namespace !== namespace || template === undefined) return;
    found.push({ namespace, labels: template.metadata?.labels ?? {}, spec: template.spec });
  };
  for (const pod of lister.list("pods")) add(pod, pod as Pod); // the resource holds Pods
  for (const resource of WORKLOADS)
    for (const workload of lister.list(resource)) add(workload, (workload as Deployment).spec?.template); // all have a template there
  return found;
}

/** Label keys with their values among pods of a namespace, both sorted; what controllers add for themselves is left out. */
export function knownLabels(lister: Lister, namespace: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { labels } of selectables(lister, namespace)) {
    for (const [key, value] of Object.entries(labels)) {
      if (MACHINE_LABELS.has(key)) continue;
      const values = found.get(key) ?? new Set<string>();
      found.set(key, values.add(value));
    }
  }
  return new Map([...found].sort(byFirst).map(([key, values]) => [key, [...values].sort()]));
}

const MACHINE_LABELS = new Set([
  DefaultDeploymentUniqueLabelKey,
  ControllerRevisionHashLabelKey,
  "pod-template-generation",
  PodIndexLabel,
  StatefulSetPodNameLabel,
]);

const byFirst = (a: readonly [string, unknown], b: readonly [string, unknown]) => (a[0] < b[0] ? -1 : 1);

/** A port that a container says it has. */
export interface KnownPort {
  readonly name: string | undefined;
  readonly port: number;
}

/** Ports of the pods that a selector matches, each once. */
export function portsBehind(
  lister: Lister,
  namespace: string,
  selector: Readonly<Record<string, string>>,
): readonly KnownPort[] {
  const found = new Map<string, KnownPort>();
  for (const { labels, spec } of selectables(lister, namespace)) {
    if (!hasAll(labels, selector)) continue;
    for (const container of spec?.containers ?? [])
      for (const { name, containerPort } of container.ports ?? [])
        found.set(`${name ?? ""}/${containerPort}`, { name, port: containerPort });
  }
  return [...found.values()];
}

/** Names of the objects of a resource; those of one namespace when it is given. */
export function namesOf(lister: Lister, resource: ResourceName, namespace?: string): readonly string[] {
  const names = new Set<string>();
  for (const { metadata } of lister.list(resource))
    if (namespace === undefined || metadata.namespace === namespace) names.add(metadata.name ?? "");
  return [...names].sort();
}

/** Node ports that Services hold, with who holds them. */
export function heldNodePorts(lister: Lister): ReadonlyMap<number, string> {
  const held = new Map<number, string>();
  for (const service of lister.list("services") as Iterable<Service>) {
    const owner = `${service.metadata.namespace}/${service.metadata.name}`;
    for (const port of service.spec?.ports ?? []) if (port.nodePort !== undefined) held.set(port.nodePort, owner);
    if (service.spec?.healthCheckNodePort !== undefined) held.set(service.spec.healthCheckNodePort, owner);
  }
  return held;
}

/** The first free node ports of the range, from 30080 on as people like to write them. */
export function freeNodePorts(lister: Lister, count: number): readonly number[] {
  const held = heldNodePorts(lister);
  const free: number[] = [];
  for (let port = 30080; port <= 32767 && free.length < count; port++) if (!held.has(port)) free.push(port);
  return free;
}
