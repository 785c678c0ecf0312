// The EndpointSlice controller: keeps the slices of each Service with a selector like its pods.
import { keyOf, makeKey, splitKey } from "../../api/objects.ts";
import type { EndpointSlice } from "../../api/types.gen.ts";
import type { ComponentContext } from "../../client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, write } from "../../client-go/controller.ts";
import type { WorkQueue } from "../../client-go/workqueue.ts";
import { endpointsChanged, indexServicePods, podsOfService, servicesOfPod } from "../service-pods.ts";
import { CONTROLLER_NAME, MANAGED_BY, reconcile, SERVICE_NAME } from "./reconcile.ts";
import { TriggerTimes } from "./trigger-time.ts";

const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";
const BY_SERVICE = "service";

/** Starts the controller. Spec: [EPS-1] and following. */
// Models kubernetes/pkg/controller/endpointslice/endpointslice_controller.go
export function startEndpointSliceController(context: ComponentContext): void {
  indexServicePods(context);
  const slices = context.informers.of("endpointslices.discovery.k8s.io");
  slices.addIndex(BY_SERVICE, (slice) => {
    const service = slice.metadata.labels?.[SERVICE_NAME];
    return service === undefined ? [] : [makeKey(slice.metadata.namespace, service)];
  });
  const controller = new EndpointSliceController(context);
  const queue = controllerQueue(context, (key) => controller.sync(key));
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
    if (node === undefined || old !== undefined) return; // a node that goes is noticed at the next change of pods or Service
    for (const service of services.list()) queue.add(keyOf(service));
  });
  context.informers.of("endpointslices.discovery.k8s.io").onChange((slice, old) => {
    for (const each of [slice, old]) {
      const name = each?.metadata.labels?.[SERVICE_NAME];
      if (each === undefined || name === undefined || controller.isOwnWrite(each)) continue;
      if (each.metadata.labels?.[MANAGED_BY] === CONTROLLER_NAME) queue.add(makeKey(each.metadata.namespace, name));
    }
  });
}

class EndpointSliceController {
  readonly #context: ComponentContext;
  readonly #times = new TriggerTimes();
  /** While true, changes of slices are this controller's own. */
  #writing = false;

  constructor(context: ComponentContext) {
    this.#context = context;
  }

  /** Whether a change of a slice needs no look because this controller is just making it. */
  isOwnWrite(_slice: EndpointSlice): boolean {
    return this.#writing;
  }

  sync(key: string): void {
    const service = this.#context.informers.of("services").get(key);
    if (service === undefined) {
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
      .filter((slice) => slice.metadata.labels?.[MANAGED_BY] === CONTROLLER_NAME);
    const changes = reconcile(service, pods, slices, (name) => nodes.get(name));
    const since = this.#times.next(key, service, pods);
    this.#writing = true;
    const { namespace } = splitKey(key);
    for (const slice of changes.create) this.#create(namespace, annotated(slice, since));
    for (const slice of changes.update)
      write(this.#context, "endpointslices.discovery.k8s.io", annotated(slice, since));
    for (const slice of changes.remove) deleteObject(this.#context, "endpointslices.discovery.k8s.io", slice);
    this.#writing = false;
  }

  #create(namespace: string, slice: EndpointSlice): void {
    ignoreRefusal(() => {
      this.#context.api.create("endpointslices.discovery.k8s.io", namespace, slice, { trusted: true });
    });
  }
}

function annotated(slice: EndpointSlice, since: string | undefined): EndpointSlice {
  const { [TRIGGER_TIME]: _old, ...others } = slice.metadata.annotations ?? {};
  const annotations = since === undefined ? others : { ...others, [TRIGGER_TIME]: since };
  const { annotations: _before, ...metadata } = slice.metadata;
  return {
    ...slice,
    metadata: Object.keys(annotations).length === 0 ? metadata : { ...metadata, annotations },
  };
}
