// The EndpointSlice controller: keeps the slices of each Service with a selector like its pods.
import { keyOf, makeKey, splitKey } from "../../cluster/api/objects.ts";
import type { EndpointSlice, Node, Service } from "../../cluster/api/types.gen.ts";
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
import {
  endpointsChanged,
  indexServicePods,
  podsOfService,
  servicesOfPod,
} from "../../cluster/controllers/service-pods.ts";
import { CONTROLLER_NAME, reconcile, type SliceChanges } from "./controller-reconcile.ts";
import { HINTS_GONE, hintsEnabled, Topology, type TopologyNews } from "./controller-topology.ts";
import { TriggerTimes } from "./controller-trigger-time.ts";

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
  const controller = new EndpointSliceController(context);
  const queue = controllerQueue(context, (key) => controller.sync(key), "services");
  watch(context, queue, controller);
}

function watch(context: ComponentContext, queue: WorkQueue, controller: EndpointSliceController): void {
  const services = context.informers.of("services");
  services.onChange((service, old) => {
    const changed = service ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  context.informers.of("pods").onChange((pod, old) => {
    if (pod !== undefined && old !== undefined && !endpointsChanged(pod, old)) return;
    const keys = new Set<string>();
    if (pod !== undefined) for (const key of servicesOfPod(context, pod)) keys.add(key);
    if (old !== undefined && old.metadata.labels !== pod?.metadata.labels)
      for (const key of servicesOfPod(context, old)) keys.add(key);
    for (const key of keys) queue.add(key);
  });
  context.informers.of("nodes").onChange((node, old) => {
    if (old === undefined || node === undefined || capacityChanged(node, old))
      for (const key of controller.setNodes()) queue.add(key);
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

class EndpointSliceController {
  readonly #context: ComponentContext;
  readonly #times = new TriggerTimes();
  readonly #topology = new Topology();
  /** While true, changes of slices are this controller's own. */
  #writing = false;

  constructor(context: ComponentContext) {
    this.#context = context;
  }

  /** Whether a change of a slice needs no look because this controller is just making it. */
  isOwnWrite(_slice: EndpointSlice): boolean {
    return this.#writing;
  }

  /** Counts the processors of the zones again, and says for which Services that matters. */
  setNodes(): string[] {
    return this.#topology.setNodes([...this.#context.informers.of("nodes").list()]);
  }

  sync(key: string): void {
    const service = this.#context.informers.of("services").get(key);
    if (service === undefined) {
      this.#topology.forget(key);
      this.#times.forget(key);
      return;
    }
    const { type, selector } = service.spec ?? {};
    if (type === "ExternalName" || selector === undefined || Object.keys(selector).length === 0) return;
    if (service.metadata.deletionTimestamp !== undefined) return;
    const pods = podsOfService(this.#context, service);
    const nodes = this.#context.informers.of("nodes");
    const slices = this.#context.informers
      .of("endpointslices.discovery.k8s.io")
      .byIndex(BY_SERVICE, key)
      .filter((slice) => slice.metadata.labels?.[LabelManagedBy] === CONTROLLER_NAME);
    const changes = this.#hinted(
      service,
      slices,
      reconcile(service, pods, slices, (name) => nodes.get(name)),
    );
    const since = this.#times.next(key, service, pods);
    this.#writing = true;
    const { namespace } = splitKey(key);
    for (const slice of changes.create) this.#create(namespace, annotated(slice, since));
    for (const slice of changes.update)
      write(this.#context, "endpointslices.discovery.k8s.io", annotated(slice, since));
    for (const slice of changes.remove) deleteObject(this.#context, "endpointslices.discovery.k8s.io", slice);
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
