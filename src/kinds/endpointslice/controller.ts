// The EndpointSlice controller: keeps the slices of each Service with a selector like its pods.
import { keyOf, makeKey, type ObjectKey, splitKey } from "../../cluster/api/objects.ts";
import type { EndpointSlice, Node, Pod, Service } from "../../cluster/api/types.gen.ts";
import {
  EndpointsLastChangeTriggerTime,
  LabelManagedBy,
  LabelServiceName,
  LabelTopologyZone,
} from "../../cluster/api/well-known.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, write } from "../../cluster/client-go/controller.ts";
import { isNodeReady } from "../../cluster/client-go/nodes.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import { indexServicePods, PodChanges, podsOfService, selects } from "../../cluster/controllers/service-pods.ts";
import { portsKey } from "./controller-ports.ts";
import { CONTROLLER_NAME, type Left, reconcile, reconcileSome, type SliceChanges } from "./controller-reconcile.ts";
import { HINTS_GONE, hintsEnabled, Topology, type TopologyNews } from "./controller-topology.ts";
import { type Looked, TriggerTimes } from "./controller-trigger-time.ts";

const BY_SERVICE = "service";

/** Starts the controller. Spec: [EPS-1] and following. */
// Models kubernetes/pkg/controller/endpointslice/endpointslice_controller.go
export function startEndpointSliceController(context: ComponentContext): void {
  indexServicePods(context);
  const slices = context.informers.of("endpointslices.discovery.k8s.io");
  slices.addIndex(BY_SERVICE, (slice) => {
    const service = slice.metadata.labels?.[LabelServiceName];
    return service === undefined ? [] : [makeKey(slice.metadata.namespace, service)];
  });
  const queue: WorkQueue = controllerQueue(context, (key) => controller.sync(key), "services");
  context.informers.of("services").onChange((service, old) => {
    const changed = service ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  const changes = new PodChanges(context, (key) => queue.add(key));
  const controller = new EndpointSliceController(context, changes);
  watch(context, queue, controller);
}

function watch(context: ComponentContext, queue: WorkQueue, controller: EndpointSliceController): void {
  const services = context.informers.of("services");
  context.informers.of("nodes").onChange((node, old) => {
    if (old === undefined || node === undefined || capacityChanged(node, old))
      for (const key of controller.setNodes()) queue.add(key);
    if (node?.metadata.labels !== old?.metadata.labels) controller.lookAtAll();
    if (node === undefined || old !== undefined) return; // a node that goes is noticed at the next change of pods or Service
    for (const service of services.list()) queue.add(keyOf(service));
  });
  context.informers.of("endpointslices.discovery.k8s.io").onChange((slice, old) => {
    for (const each of [slice, old]) {
      const name = each?.metadata.labels?.[LabelServiceName];
      if (each === undefined || name === undefined || controller.isOwnWrite(each)) continue;
      if (each.metadata.labels?.[LabelManagedBy] === CONTROLLER_NAME) queue.add(makeKey(each.metadata.namespace, name));
    }
  });
}

/** Whether a node counts otherwise for its zone than before. */
// Models kubernetes/pkg/controller/endpointslice updateNode
function capacityChanged(node: Node, old: Node): boolean {
  const zone = ({ metadata }: Node) => metadata.labels?.[LabelTopologyZone];
  return (
    isNodeReady(node) !== isNodeReady(old) ||
    zone(node) !== zone(old) ||
    node.status?.allocatable?.cpu !== old.status?.allocatable?.cpu
  );
}

/** What a sync found, and what it started from if that was how the last one left the slices. */
interface Look extends Looked {
  readonly wanted: SliceChanges;
  readonly from: Left | undefined;
}

class EndpointSliceController {
  readonly #context: ComponentContext;
  readonly #changes: PodChanges;
  readonly #times = new TriggerTimes();
  readonly #topology = new Topology();
  /** How the last sync left the slices of a Service, where that is enough for the next one to start from. */
  readonly #left = new Map<ObjectKey, Left>();
  /** While true, changes of slices are this controller's own. */
  #writing = false;

  constructor(context: ComponentContext, changes: PodChanges) {
    this.#context = context;
    this.#changes = changes;
  }

  /** Whether a change of a slice needs no look because this controller is just making it. */
  isOwnWrite(_slice: EndpointSlice): boolean {
    return this.#writing;
  }

  /** Counts the processors of the zones again, and says for which Services that matters. */
  setNodes(): string[] {
    return this.#topology.setNodes([...this.#context.informers.of("nodes").list()]);
  }

  /** Nodes changed: the next sync of each Service looks at all its pods. */
  lookAtAll(): void {
    this.#left.clear();
  }

  sync(key: ObjectKey): void {
    const service = this.#context.informers.of("services").get(key);
    if (service === undefined) {
      this.#topology.forget(key);
      this.#times.forget(key);
      this.#left.delete(key);
      return;
    }
    const { type, selector } = service.spec ?? {};
    if (type === "ExternalName" || selector === undefined || Object.keys(selector).length === 0) return;
    if (service.metadata.deletionTimestamp !== undefined) return;
    const slices = this.#slicesOf(key);
    const { from, wanted, ...looked } = this.#look(key, service, slices);
    const changes = this.#hinted(service, slices, wanted);
    const since = this.#times.next(key, service, looked);
    this.#write(splitKey(key).namespace, changes, since);
    const after = this.#slicesOf(key);
    const isWritten = after.length === slices.length + changes.create.length - changes.remove.length;
    if (isWritten && !hintsEnabled(service)) this.#leave(key, service, { slices: after, from });
  }

  #slicesOf(key: ObjectKey): EndpointSlice[] {
    return this.#context.informers
      .of("endpointslices.discovery.k8s.io")
      .byIndex(BY_SERVICE, key)
      .filter((slice) => slice.metadata.labels?.[LabelManagedBy] === CONTROLLER_NAME);
  }

  /** What the slices lack, by a look at the pods that changed since they were left, or at all. */
  #look(key: ObjectKey, service: Service, slices: readonly EndpointSlice[]): Look {
    const { informers } = this.#context;
    const nodes = informers.of("nodes");
    const nodeOf = (name: string) => nodes.get(name);
    const changed = this.#changes.take(key);
    const from = this.#left.get(key);
    this.#left.delete(key);
    if (from !== undefined && from.service === service && isSameList(from.slices, slices)) {
      const pods = new Map<ObjectKey, Pod | undefined>();
      for (const name of changed) {
        const pod = informers.of("pods").get(name);
        pods.set(name, pod !== undefined && selects(service, pod) ? pod : undefined);
      }
      const wanted = reconcileSome(from, pods, nodeOf);
      if (wanted !== undefined) {
        const lost = changed.filter((name) => pods.get(name) === undefined);
        for (const name of changed) from.placed.delete(name);
        return {
          from,
          wanted,
          pods: [...pods.values()].filter((pod) => pod !== undefined),
          lost: lost.map((name) => splitKey(name).name),
        };
      }
    }
    const pods = podsOfService(this.#context, service);
    return { from: undefined, wanted: reconcile(service, pods, slices, nodeOf), pods, lost: "all others" };
  }

  /** Remembers how the slices are left, if all their endpoints have the same ports. */
  #leave(
    key: ObjectKey,
    service: Service,
    { slices, from }: { readonly slices: readonly EndpointSlice[]; readonly from: Left | undefined },
  ): void {
    const ports = from?.ports ?? portsKey(slices[0]?.ports);
    const known = new Set(from?.slices);
    const placed: Left["placed"] = from?.placed ?? new Map();
    let size = 0;
    for (const slice of slices) {
      const { endpoints = [], metadata } = slice;
      size += endpoints.length;
      if (known.has(slice)) continue;
      if (portsKey(slice.ports) !== ports) return;
      for (const endpoint of endpoints)
        placed.set(makeKey(endpoint.targetRef?.namespace, endpoint.targetRef?.name ?? ""), {
          endpoint,
          slice: metadata.name ?? "",
        });
    }
    if (size > 0 && size === placed.size) this.#left.set(key, { service, slices, ports, placed });
  }

  #write(namespace: string, { create, update, remove }: SliceChanges, since: string | undefined): void {
    this.#writing = true;
    for (const slice of create) this.#create(namespace, annotated(slice, since));
    for (const slice of update) write(this.#context, "endpointslices.discovery.k8s.io", annotated(slice, since));
    for (const slice of remove) deleteObject(this.#context, "endpointslices.discovery.k8s.io", slice);
    this.#writing = false;
  }

  /** The changes with the hints that the annotation asks for, and what is said about them. Spec: [EPS-12]. */
  #hinted(service: Service, slices: readonly EndpointSlice[], changes: SliceChanges): SliceChanges {
    const key = keyOf(service);
    const tell = (news: TopologyNews) => this.#context.recorder.record(service, news);
    if (!hintsEnabled(service)) {
      if (this.#topology.forget(key)) tell(HINTS_GONE);
      return changes;
    }
    const names = new Set([...changes.update, ...changes.remove].map(({ metadata }) => metadata.name));
    const unchanged = slices.filter(({ metadata }) => !names.has(metadata.name));
    const { news, ...written } = this.#topology.addHints(key, changes, unchanged);
    news.forEach(tell);
    return { ...changes, ...written };
  }

  #create(namespace: string, slice: EndpointSlice): void {
    ignoreRefusal(() => {
      this.#context.api.create("endpointslices.discovery.k8s.io", namespace, slice, { trusted: true });
    });
  }
}

function annotated(slice: EndpointSlice, since: string | undefined): EndpointSlice {
  const { [EndpointsLastChangeTriggerTime]: _old, ...others } = slice.metadata.annotations ?? {};
  const annotations = since === undefined ? others : { ...others, [EndpointsLastChangeTriggerTime]: since };
  const { annotations: _before, ...metadata } = slice.metadata;
  return {
    ...slice,
    metadata: Object.keys(annotations).length === 0 ? metadata : { ...metadata, annotations },
  };
}

function isSameList(a: readonly EndpointSlice[], b: readonly EndpointSlice[]): boolean {
  return a.length === b.length && a.every((slice, at) => slice === b[at]);
}
