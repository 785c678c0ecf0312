// What must change in a Service's slices: plain objects in, changes out.
import type { ObjectKey } from "../../cluster/api/objects.ts";
import type { Endpoint, EndpointPort, EndpointSlice, Node, Pod, Service } from "../../cluster/api/types.gen.ts";
import { IsHeadlessService, LabelManagedBy, LabelServiceName } from "../../cluster/api/well-known.ts";
import { controllerReference } from "../../cluster/client-go/owners.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { endpointKey, endpointOf, isListed, sameEndpoint } from "./controller-endpoint.ts";
import { portsKey, portsOfPod, sortPorts } from "./controller-ports.ts";
import { hintsEnabled } from "./controller-topology.ts";

export const CONTROLLER_NAME = "endpointslice-controller.k8s.io";
const RESERVED = new Set([LabelServiceName, LabelManagedBy, IsHeadlessService]);

/** Endpoints a slice holds at most. */
const MAX_ENDPOINTS_PER_SLICE = 100;

/** The writes that bring the slices up to date. Created slices have no name yet. */
export interface SliceChanges {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

/** All endpoints that share one list of ports. */
interface Group {
  readonly ports: readonly EndpointPort[];
  readonly wanted: Map<string, Endpoint>;
}

/**
 * Compares the slices there are with the pods there are. A slice is touched only when an endpoint in it changed; new
 * endpoints fill slices that change anyway, then the fullest that can take them all, then new ones. Spec: [EPS-4] to [EPS-7].
 */
// Models kubernetes/staging/src/k8s.io/endpointslice/reconciler.go reconcileByAddressType
export function reconcile(
  service: Service,
  pods: readonly Pod[],
  slices: readonly EndpointSlice[],
  nodeOf: (name: string) => Node | undefined,
): SliceChanges {
  const groups = groupByPorts(service, pods, nodeOf);
  const labels = sliceLabels(service);
  const existing = new Map<string, EndpointSlice[]>();
  const remove: EndpointSlice[] = [];
  for (const slice of slices) {
    const owned = slice.metadata.ownerReferences?.some(({ uid }) => uid === service.metadata.uid) === true;
    const key = portsKey(slice.ports);
    if (!owned || !groups.has(key)) remove.push(slice);
    else existing.set(key, [...(existing.get(key) ?? []), slice]);
  }
  const create: EndpointSlice[] = [];
  const update: EndpointSlice[] = [];
  for (const [key, group] of groups) {
    const changes = fill(service, group, { slices: existing.get(key) ?? [], labels });
    create.push(...changes.create);
    update.push(...changes.update);
    remove.push(...changes.remove);
  }
  if (slices.length === remove.length && create.length === 0) addPlaceholder(service, labels, { create, remove });
  return reuse(service, { create, update, remove });
}

/** A pod's endpoint and the ports it is listed with. */
interface Listed {
  readonly endpoint: Endpoint;
  readonly ports: readonly EndpointPort[];
}

/** What slices hold of a pod; undefined when they do not list it. */
function listed(service: Service, pod: Pod, nodeOf: (name: string) => Node | undefined): Listed | undefined {
  if (!isListed(pod)) return undefined;
  const node = nodeOf(pod.spec?.nodeName ?? "");
  if (node === undefined && service.spec?.publishNotReadyAddresses !== true) return undefined;
  return { endpoint: endpointOf(pod, service, node), ports: portsOfPod(service, pod) };
}

function groupByPorts(
  service: Service,
  pods: readonly Pod[],
  nodeOf: (name: string) => Node | undefined,
): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const pod of pods) {
    const found = listed(service, pod, nodeOf);
    if (found === undefined) continue;
    const { endpoint, ports } = found;
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports: sortPorts(ports), wanted: new Map<string, Endpoint>() };
    groups.set(key, group);
    group.wanted.set(endpointKey(endpoint), endpoint);
  }
  return groups;
}

/** What the slices of a Service were left as: all of its endpoints, with the same ports. */
export interface Left {
  readonly service: Service;
  readonly slices: readonly EndpointSlice[];
  /** The `portsKey` of all slices. */
  readonly ports: string;
  /** By the keys of pods: their endpoints, and the names of the slices that hold these. */
  readonly placed: Map<ObjectKey, { readonly endpoint: Endpoint; readonly slice: string }>;
}

/**
 * The same as `reconcile`, by a look at only those pods that changed since the slices were left as they are; undefined when that does
 * not tell enough.
 */
// Unlike upstream, where each sync lists all pods: a Service of thousands would cost their square while it is scaled.
export function reconcileSome(
  { service, slices, ports: same, placed }: Left,
  pods: ReadonlyMap<ObjectKey, Pod | undefined>,
  nodeOf: (name: string) => Node | undefined,
): SliceChanges | undefined {
  const wanted = new Map<string, Endpoint>();
  const keys = new Set<string>();
  const names = new Set<string>();
  let ports: readonly EndpointPort[] = [];
  let size = placed.size;
  for (const [key, pod] of pods) {
    const before = placed.get(key);
    const now = pod === undefined ? undefined : listed(service, pod, nodeOf);
    if (before !== undefined) {
      keys.add(endpointKey(before.endpoint));
      names.add(before.slice);
      size -= 1;
    }
    if (now === undefined) continue;
    if (portsKey(now.ports) !== same) return undefined;
    ({ ports } = now);
    size += 1;
    const name = endpointKey(now.endpoint);
    keys.add(name);
    wanted.set(name, now.endpoint);
  }
  if (size === 0) return undefined;
  const labels = sliceLabels(service);
  return reuse(
    service,
    fill(service, { ports: sortPorts(ports), wanted }, { slices, labels, touched: { keys, names } }),
  );
}

/** The labels of every slice of a Service: the Service's own, and those that say whose it is. Spec: [EPS-6]. */
// Models kubernetes/staging/src/k8s.io/endpointslice/utils.go setEndpointSliceLabels
export function sliceLabels(service: Service): Record<string, string> {
  const own = Object.entries(service.metadata.labels ?? {}).filter(([key]) => !RESERVED.has(key));
  return {
    ...Object.fromEntries(own),
    ...(service.spec?.clusterIP === "None" || service.spec?.clusterIP === undefined ? { [IsHeadlessService]: "" } : {}),
    [LabelManagedBy]: CONTROLLER_NAME,
    [LabelServiceName]: service.metadata.name ?? "",
  };
}

/** The slices there are for a group, and the labels they are to have. */
interface Present {
  readonly slices: readonly EndpointSlice[];
  readonly labels: Record<string, string>;
  /** Which endpoints may not be in their slices as they are wanted, by their keys, and the names of those slices; absent: any. */
  readonly touched?: { readonly keys: ReadonlySet<string>; readonly names: ReadonlySet<string> };
}

// Models kubernetes/staging/src/k8s.io/endpointslice/reconciler.go reconcileByPortMapping
function fill(service: Service, { ports, wanted }: Group, now: Present): SliceChanges {
  const left = new Map(wanted);
  const changed = new Map<EndpointSlice, Endpoint[]>();
  const unchanged: EndpointSlice[] = [];
  const remove: EndpointSlice[] = [];
  for (const slice of now.slices) {
    if (now.touched?.names.has(slice.metadata.name ?? "") === false) {
      unchanged.push(slice);
      continue;
    }
    const { kept, touched } = keep(slice, left, { keepsHints: hintsEnabled(service), keys: now.touched?.keys });
    if (kept.length === 0) remove.push(slice);
    else if (touched || !deepEqual(slice.metadata.labels, now.labels)) changed.set(slice, kept);
    else unchanged.push(slice);
  }
  const fullestFirst = [...changed].sort(([, a], [, b]) => b.length - a.length);
  for (const [, endpoints] of fullestFirst) takeInto(endpoints, left);
  const create: EndpointSlice[] = [];
  while (left.size > 0) {
    const target = left.size < MAX_ENDPOINTS_PER_SLICE ? sliceWithRoom(unchanged, left.size) : undefined;
    const endpoints = [...(target?.endpoints ?? [])];
    takeInto(endpoints, left);
    if (target === undefined) create.push(newSlice(service, now.labels, { ports, endpoints }));
    else {
      unchanged.splice(unchanged.indexOf(target), 1);
      changed.set(target, endpoints);
    }
  }
  const update = [...changed].map(([slice, endpoints]) => ({
    ...slice,
    metadata: { ...slice.metadata, labels: now.labels },
    endpoints,
  }));
  return { create, update, remove };
}

/** The endpoints of a slice that are still wanted, as they are now; they are taken out of `left`. */
function keep(
  slice: EndpointSlice,
  left: Map<string, Endpoint>,
  { keepsHints, keys }: { readonly keepsHints: boolean; readonly keys: ReadonlySet<string> | undefined },
): { kept: Endpoint[]; touched: boolean } {
  const kept: Endpoint[] = [];
  let touched = false;
  for (const before of slice.endpoints ?? []) {
    const key = endpointKey(before);
    if (keys?.has(key) === false) {
      kept.push(before);
      continue;
    }
    const now = left.get(key);
    if (now === undefined) {
      touched = true;
      continue;
    }
    left.delete(key);
    const same = sameEndpoint(before, keepsHints && before.hints !== undefined ? { ...now, hints: before.hints } : now);
    kept.push(same ? before : now);
    if (!same) touched = true;
  }
  return { kept, touched };
}

function takeInto(endpoints: Endpoint[], left: Map<string, Endpoint>): void {
  for (const [key, endpoint] of left) {
    if (endpoints.length >= MAX_ENDPOINTS_PER_SLICE) return;
    endpoints.push(endpoint);
    left.delete(key);
  }
}

/** The fullest slice that can take `count` more. */
// Models kubernetes/staging/src/k8s.io/endpointslice/utils.go getSliceToFill
function sliceWithRoom(slices: readonly EndpointSlice[], count: number): EndpointSlice | undefined {
  let best: EndpointSlice | undefined;
  for (const slice of slices) {
    const size = slice.endpoints?.length ?? 0;
    if (size + count > MAX_ENDPOINTS_PER_SLICE) continue;
    if (best === undefined || size > (best.endpoints?.length ?? 0)) best = slice;
  }
  return best;
}

function newSlice(
  service: Service,
  labels: Record<string, string>,
  { ports, endpoints }: { readonly ports: readonly EndpointPort[]; readonly endpoints: readonly Endpoint[] },
): EndpointSlice {
  const { name = "", namespace } = service.metadata;
  return {
    addressType: "IPv4",
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    endpoints: [...endpoints],
    metadata: {
      generateName: `${name}-`,
      labels,
      ...(namespace === undefined ? {} : { namespace }),
      ownerReferences: [controllerReference({ ...service, apiVersion: "v1", kind: "Service" })],
    },
    ports: [...ports],
  };
}

/** A Service without endpoints keeps one empty slice. Spec: [EPS-7]. */
function addPlaceholder(
  service: Service,
  labels: Record<string, string>,
  changes: { readonly create: EndpointSlice[]; readonly remove: EndpointSlice[] },
): void {
  const [only] = changes.remove;
  const isPlaceholder =
    changes.remove.length === 1 &&
    only !== undefined &&
    (only.endpoints?.length ?? 0) === 0 &&
    (only.ports?.length ?? 0) === 0 &&
    deepEqual(only.metadata.labels, labels) &&
    only.metadata.ownerReferences?.some(({ uid }) => uid === service.metadata.uid) === true;
  if (isPlaceholder) changes.remove.length = 0;
  else changes.create.push(newSlice(service, labels, { ports: [], endpoints: [] }));
}

/** A slice that would go and one that would come become one update, so names stay. */
// Models kubernetes/staging/src/k8s.io/endpointslice/reconciler.go finalize
function reuse(service: Service, changes: SliceChanges): SliceChanges {
  const create = [...changes.create];
  const update = [...changes.update];
  const remove: EndpointSlice[] = [];
  for (const old of changes.remove) {
    const owned = old.metadata.ownerReferences?.some(({ uid }) => uid === service.metadata.uid) === true;
    const fresh = owned && old.addressType === "IPv4" ? create.pop() : undefined;
    if (fresh === undefined) remove.push(old);
    else update.push({ ...fresh, metadata: { ...old.metadata, labels: fresh.metadata.labels } });
  }
  return { create, update, remove };
}
