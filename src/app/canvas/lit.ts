// Which boxes and routes of the picture belong to what is pointed at in another panel.
import { type Hop, type KubeObject, makeKey, own, type Pod, type Service } from "../../cluster/index.ts";
import { endpointsOf, slicesOf, workloadOf } from "../store/derive.ts";
import { fieldsBehindHop } from "../store/fields.ts";
import { type FieldAt, type Lit, lightsHop, type ObjectAt, overlaps } from "../store/lit.ts";
import type { Objects } from "../store/objects.ts";
import type { AppState } from "../store/state.ts";
import { REST_BAND, type Scene } from "./scene.ts";

/** Ids of the boxes to light: what is pointed at, and what a field of it decides about. */
export function litBoxes(lit: Lit, objects: Objects, scene: Scene): ReadonlySet<string> {
  const ids = new Set<string>();
  const add = (object: ObjectAt | undefined) => {
    const id = object && boxNear(object, scene);
    if (id !== undefined) ids.add(id);
  };
  for (const object of lit.objects) add(object);
  // A hop lights what it used; what its fields decide about for other packets stays dark.
  if (lit.hop !== undefined && lit.objects.length > 0) return ids;
  for (const field of lit.fields) {
    add(field);
    if (lit.hop !== undefined) continue;
    for (const object of decidedBy(field, objects)) add(object);
    if (opensNodePort(field)) for (const id of scene.boxes.keys()) if (id.startsWith("gate:")) ids.add(id);
  }
  return ids;
}

/** The box that an object is drawn in, or is counted in when there is too much for one of its own; undefined for one that is not drawn. */
export function boxNear(object: ObjectAt, scene: Scene): string | undefined {
  const { resource, key } = object;
  const own = boxOf(object, scene);
  if (own !== undefined) return own;
  if (resource === "nodes" && scene.rest.includes(key)) return `node:${REST_BAND}`;
  if (resource === "pods" && scene.pending.includes(key)) return "pending";
  return scene.moreWorkloads.includes(`${resource}:${key}`) ? "more" : undefined;
}

/** The box that stands for an object; undefined for one that has none. */
function boxOf({ resource, key }: ObjectAt, scene: Scene): string | undefined {
  const id =
    own({ services: `service:${key}`, pods: `pod:${key}`, nodes: `node:${key}` }, resource) ??
    `workload:${resource}:${key}`;
  return scene.boxes.has(id) || (resource === "pods" && scene.pods.has(key)) ? id : undefined;
}

function opensNodePort({ resource, path }: FieldAt): boolean {
  return resource === "services" && (path.endsWith(".nodePort") || path === "spec.type");
}

/** The pods that a field decides about: whom a selector or a target port reaches, and what comes from a template. */
function decidedBy(field: FieldAt, objects: Objects): readonly ObjectAt[] {
  if (field.resource === "services")
    return overlaps(field.path, "spec.selector") || field.path.endsWith(".targetPort")
      ? endpointPods(field, objects)
      : [];
  return /^spec\.(replicas|template|selector)/.test(field.path) ? ownPods(field, objects) : [];
}

function endpointPods({ key }: ObjectAt, objects: Objects): ObjectAt[] {
  return endpointsOf(slicesOf(objects, key)).flatMap(({ pod }) =>
    pod === undefined ? [] : [{ resource: "pods", key: pod }],
  );
}

function ownPods({ resource, key }: ObjectAt, objects: Objects): ObjectAt[] {
  const owner = objects.get(resource)?.get(key);
  if (owner === undefined) return [];
  const pods = [...((objects.get("pods")?.values() ?? []) as Iterable<Pod>)]; // each resource holds its own kind
  return pods
    .filter((pod) => isOf(pod, owner))
    .map(({ metadata }) => ({
      resource: "pods",
      key: makeKey(metadata.namespace, metadata.name ?? ""),
    }));
}

function isOf(pod: Pod, owner: KubeObject): boolean {
  const workload = workloadOf(pod);
  return (
    pod.metadata.namespace === owner.metadata.namespace &&
    workload?.kind === owner.kind &&
    workload.name === owner.metadata.name
  );
}

/** The hops of the selected request that belong to what is pointed at. */
export function litHops({ lit, selection, world, objects }: AppState): readonly Hop[] {
  if (lit === undefined) return [];
  const { trace } = world;
  const id = lit.hop === undefined ? undefined : trace.packet(lit.hop.packet)?.exchange;
  const exchange = trace.exchange(id ?? (selection?.kind === "exchange" ? selection.id : -1));
  const hops = exchange?.packets.flatMap((packet) => trace.packet(packet)?.hops ?? []) ?? [];
  const services = (objects.get("services") ?? new Map()) as ReadonlyMap<string, Service>; // each resource holds its own kind
  return hops.filter((hop) => lightsHop(lit, hop, fieldsBehindHop(hop, services)));
}
