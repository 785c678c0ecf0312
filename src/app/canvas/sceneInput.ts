// The input of the layout: what it needs to know about the objects, and nothing more.
import {
  compareText,
  type KubeObject,
  keyOf,
  type Node,
  type ObjectKey,
  type Pod,
  type Service,
} from "../../cluster/index.ts";
import {
  byAge,
  endpointsOf,
  isSystem,
  pendingAddress,
  podState,
  selects,
  shownServices,
  slicesOf,
  templateLabels,
  waitsForNode,
  workloadOf,
} from "../store/derive.ts";
import type { Objects } from "../store/objects.ts";
import { focusedService } from "../store/request.ts";
import type { AppState } from "../store/state.ts";
import { layOutWithin, type Manner, type Room } from "./fit.ts";
import { outsideOf } from "./outside.ts";
import type { Ghosts, Scene, SceneInput } from "./scene.ts";
import type { Slots } from "./slots.ts";

/** What has a chip: workloads with a number of replicas, Ingresses and Gateways with their address. */
export const WORKLOADS = [
  "ingresses.networking.k8s.io",
  "gateways.gateway.networking.k8s.io",
  "deployments.apps",
  "statefulsets.apps",
  "replicasets.apps",
  "daemonsets.apps",
] as const;

/** Everyone who is drawn. */
export function sceneInput(
  objects: Objects,
  options: { system: boolean; focus: ObjectKey | undefined; clients: readonly string[]; sought?: string | undefined },
): SceneInput {
  const services = bySpace(shownServices(objects, options.system));
  const focus = options.focus ?? keyOfFirst(services);
  const ports = services.flatMap((service) => service.spec?.ports?.flatMap((port) => port.nodePort ?? []) ?? []);
  const pods = [...((objects.get("pods")?.values() ?? []) as Iterable<Pod>)];
  const drawn = pods
    .filter((pod) => pod.spec?.nodeName !== undefined && (options.system || !isSystem(pod)))
    .sort(byAge);
  const nodes = [...((objects.get("nodes")?.values() ?? []) as Iterable<Node>)].map(keyOf);
  const gone = [...new Set(drawn.map((pod) => pod.spec?.nodeName ?? ""))].filter((name) => !nodes.includes(name));
  return {
    clients: options.clients,
    outside: outsideOf(services),
    nodes: [...nodes, ...gone].sort(compareNames),
    gone,
    nodePorts: [...new Set(ports)].sort((a, b) => a - b),
    services: services.map((service) => ({
      key: keyOf(service),
      ports: service.spec?.type === "ExternalName" ? 0 : (service.spec?.ports?.length ?? 0),
      endpoints: endpointsOf(slicesOf(objects, keyOf(service))).map((each) => each.address),
      focused: keyOf(service) === focus,
    })),
    sought: options.sought,
    workloads: workloadKeys(objects, options.system),
    near: nearBy(objects, focus),
    pods: drawn.map((pod) => ({ key: keyOf(pod), node: pod.spec?.nodeName ?? "", owner: workloadOf(pod)?.name ?? "" })),
    pending: pods
      .filter((pod) => waitsForNode(pod) !== undefined && (options.system || !isSystem(pod)))
      .sort(byAge)
      .map(keyOf),
  };
}

/** Services of one namespace together, the namespace of the oldest first. */
function bySpace(services: readonly Service[]): readonly Service[] {
  const spaces = new Map<string | undefined, Service[]>();
  for (const service of services) {
    const { namespace } = service.metadata;
    const members = spaces.get(namespace);
    if (members === undefined) spaces.set(namespace, [service]);
    else members.push(service);
  }
  return [...spaces.values()].flat();
}

/** Of the first Service with a nodePort: the one "Send request" begins with. */
function keyOfFirst(services: readonly Service[]): ObjectKey | undefined {
  const first = services.find((each) => each.spec?.ports?.some((port) => port.nodePort !== undefined)) ?? services[0];
  return first && keyOf(first);
}

/** node-2 before node-10. */
function compareNames(a: string, b: string): number {
  const [left, right] = [Number(/\d+$/.exec(a)?.[0] ?? 0), Number(/\d+$/.exec(b)?.[0] ?? 0)];
  return left - right || compareText(a, b);
}

/** The workloads whose pods a Service selects, whether or not there are any. */
function nearBy(objects: Objects, focus: ObjectKey | undefined): ReadonlySet<string> {
  const service = objects.get("services")?.get(focus ?? "") as Service | undefined; // each resource holds its own kind
  const near = new Set<string>();
  for (const resource of WORKLOADS)
    for (const object of objects.get(resource)?.values() ?? [])
      if (
        object.metadata.namespace === service?.metadata.namespace &&
        selects(service?.spec?.selector, templateLabels(object))
      )
        near.add(`${resource}:${keyOf(object)}`);
  return near;
}

function workloadKeys(objects: Objects, system: boolean): readonly string[] {
  return WORKLOADS.flatMap((resource) => {
    const found: KubeObject[] = [...(objects.get(resource)?.values() ?? [])];
    return found
      .filter((object) => (system || !isSystem(object)) && !isOwned(object))
      .sort(byAge)
      .map((object) => `${resource}:${keyOf(object)}`);
  });
}

function isOwned(object: KubeObject): boolean {
  return object.metadata.ownerReferences?.some((each) => each.controller === true) ?? false;
}

/** A selector of the scene in a room: the same scene while nothing joined, left or moved. `slots` outlives the room. */
export function sceneSelector(
  room: Room,
  manner: Manner,
  slots: Slots,
  ghostsIn?: (state: AppState) => Ghosts | undefined,
): (state: AppState) => Scene {
  let seen: readonly unknown[] = [];
  let signature = "";
  let scene: Scene | undefined;
  return (state) => {
    const { view, traffic, route } = state;
    const { only } = view;
    const focus = focusedService(state);
    const now = ["nodes", "pods", "services", "endpointslices.discovery.k8s.io", ...WORKLOADS].map((each) =>
      state.objects.get(each),
    );
    const servicesFrom = view.services?.focus === focus ? view.services?.from : undefined;
    const sought = view.servicesSought?.trim().toLowerCase();
    const looked = [...now, view.system, only, only && traffic, only && route, sought, focus, state.run, servicesFrom];
    const ghosts = ghostsIn?.(state);
    looked.push(ghosts?.ids.join());
    if (scene !== undefined && looked.every((each, at) => each === seen[at])) return scene;
    seen = looked;
    const clients = state.world.settings.clients.map((client) => client.name);
    const among = only?.among(state) ?? state.objects;
    const input = { ...sceneInput(among, { system: view.system, focus, clients, sought }), ghosts };
    const next = JSON.stringify([input, servicesFrom]);
    if (scene === undefined || next !== signature) scene = layOutWithin(input, room, manner, { slots, servicesFrom });
    signature = next;
    return scene;
  };
}

/** The addresses by which routes know a gate from the inside of a node. */
export function gateAddresses(state: AppState): { clients: ReadonlySet<string>; nodes: ReadonlyMap<string, string> } {
  const { clients, nodes } = state.world.settings;
  return {
    clients: new Set(clients.map((each) => each.address)),
    nodes: new Map(nodes.map((each) => [each.name, each.address])),
  };
}

/** Whether something of the picture may be referred to and missing: what finds out is loaded then. */
export function mayMiss({ before, after, services, boxes }: Scene, { objects, world }: AppState): boolean {
  const { cloud } = world.settings;
  return (
    before + after > 0 ||
    [...services.values()].some(({ rows }) => rows.size === 0) ||
    [...boxes.keys()].some((id) => id.startsWith("workload:ing")) ||
    shownServices(objects, false).some((service) => pendingAddress(service, cloud) !== undefined) ||
    [...((objects.get("pods")?.values() ?? []) as Iterable<Pod>)].some((pod) => podState(pod) !== "ready") // each resource holds its own kind
  );
}
