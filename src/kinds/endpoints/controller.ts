// The Endpoints controller: the older form of a Service's endpoints, which nothing but people and old tools read.
import { keyOf, type ObjectKey, splitKey } from "../../cluster/api/objects.ts";
import type { EndpointAddress, EndpointSubset, Endpoints, Pod, Service } from "../../cluster/api/types.gen.ts";
import {
  EndpointsLabelManagedBy,
  EndpointsLastChangeTriggerTime,
  EndpointsOverCapacity,
  IsHeadlessService,
} from "../../cluster/api/well-known.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, write } from "../../cluster/client-go/controller.ts";
import { isPodReady, isPodTerminal } from "../../cluster/client-go/pods.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import { findPort } from "../../cluster/controllers/endpoint-ports.ts";
import { indexServicePods, PodChanges, podsOfService, selects } from "../../cluster/controllers/service-pods.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { type Looked, TriggerTimes } from "../endpointslice/controller-trigger-time.ts";
import { type Pair, Subsets, truncate } from "./controller-repack.ts";

/** Starts the controller. Spec: [EP-1] and following. */
// Models kubernetes/pkg/controller/endpoint/endpoints_controller.go
export function startEndpointsController(context: ComponentContext): void {
  indexServicePods(context);
  const queue: WorkQueue = controllerQueue(context, (key) => controller.sync(key), "services");
  context.informers.of("services").onChange((service, old) => {
    const changed = service ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  const controller = new EndpointsController(context, new PodChanges(context, (key) => queue.add(key)));
  context.informers.of("endpoints").onChange((endpoints, old) => {
    if (endpoints === undefined && old !== undefined) queue.add(keyOf(old)); // edits by hand are not undone, deletion is
  });
}

/** The addresses of a Service's pods, made again when the Service changes. */
interface Known {
  readonly service: Service;
  readonly subsets: Subsets;
}

class EndpointsController {
  readonly #context: ComponentContext;
  readonly #changes: PodChanges;
  readonly #times = new TriggerTimes();
  readonly #known = new Map<ObjectKey, Known>();

  constructor(context: ComponentContext, changes: PodChanges) {
    this.#context = context;
    this.#changes = changes;
  }

  sync(key: ObjectKey): void {
    const context = this.#context;
    const { namespace, name } = splitKey(key);
    const service = context.informers.of("services").get(key);
    const current = context.informers.of("endpoints").get(key);
    if (service === undefined) {
      this.#times.forget(key);
      this.#known.delete(key);
      if (current?.metadata.labels?.[EndpointsLabelManagedBy] !== undefined)
        deleteObject(context, "endpoints", current);
      return;
    }
    const { type, selector } = service.spec ?? {};
    if (type === "ExternalName" || selector === undefined || Object.keys(selector).length === 0) return;
    const { subsets, ...looked } = this.#look(key, service);
    const since = this.#times.next(key, service, looked);
    const wanted = endpointsFor(service, subsets.read(), { current, since });
    if (current === undefined) {
      const fresh = {
        apiVersion: "v1",
        kind: "Endpoints",
        ...wanted,
        metadata: { name, namespace, ...wanted.metadata },
      };
      ignoreRefusal(() => context.api.create("endpoints", namespace, fresh, { trusted: true }));
      return;
    }
    const same =
      deepEqual(current.subsets ?? [], wanted.subsets ?? []) &&
      deepEqual(current.metadata.labels, wanted.metadata.labels);
    if (same) return;
    const { subsets: _subsets, ...others } = current;
    const { annotations: _annotations, ...metadata } = current.metadata;
    write(context, "endpoints", { ...others, ...wanted, metadata: { ...metadata, ...wanted.metadata } });
  }

  /** The Service's addresses, after a look at the pods that changed, or at all when the Service did. */
  #look(key: ObjectKey, service: Service): Looked & { readonly subsets: Subsets } {
    const changed = this.#changes.take(key);
    const known = this.#known.get(key);
    if (known === undefined || known.service !== service) {
      const subsets = new Subsets();
      const pods = podsOfService(this.#context, service);
      for (const pod of pods) subsets.set(keyOf(pod), pairsOf(service, pod));
      this.#known.set(key, { service, subsets });
      return { subsets, pods, lost: "all others" };
    }
    const pods: Pod[] = [];
    const lost: string[] = [];
    for (const each of changed) {
      const pod = this.#context.informers.of("pods").get(each);
      const isSelected = pod !== undefined && selects(service, pod);
      if (isSelected) pods.push(pod);
      else lost.push(splitKey(each).name);
      known.subsets.set(each, isSelected ? pairsOf(service, pod) : []);
    }
    return { subsets: known.subsets, pods, lost };
  }
}

/** The object as the pods give it. Spec: [EP-1] [EP-2] [EP-3]. */
function endpointsFor(
  service: Service,
  subsets: readonly EndpointSubset[],
  before: { readonly current: Endpoints | undefined; readonly since: string | undefined },
): Pick<Endpoints, "metadata" | "subsets"> {
  const truncated = truncate(subsets);
  const {
    [EndpointsLastChangeTriggerTime]: _time,
    [EndpointsOverCapacity]: _capacity,
    ...others
  } = before.current?.metadata.annotations ?? {};
  const annotations = {
    ...others,
    ...(before.since === undefined ? {} : { [EndpointsLastChangeTriggerTime]: before.since }),
    ...(truncated === undefined ? {} : { [EndpointsOverCapacity]: "truncated" }),
  };
  const { [IsHeadlessService]: _headless, ...labels } = service.metadata.labels ?? {};
  const headless = service.spec?.clusterIP === "None" || service.spec?.clusterIP === undefined;
  const listed = truncated ?? subsets;
  return {
    metadata: {
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      labels: {
        ...labels,
        ...(headless ? { [IsHeadlessService]: "" } : {}),
        [EndpointsLabelManagedBy]: "endpoint-controller",
      },
    },
    ...(listed.length === 0 ? {} : { subsets: [...listed] }),
  };
}

function pairsOf(service: Service, pod: Pod): Pair[] {
  const publish = service.spec?.publishNotReadyAddresses === true;
  if (isPodTerminal(pod) || (pod.status?.podIP ?? "") === "") return [];
  if (pod.metadata.deletionTimestamp !== undefined && !publish) return [];
  const address = addressOf(service, pod);
  const ready = publish || isPodReady(pod);
  const ports = service.spec?.ports ?? [];
  if (ports.length === 0) return service.spec?.clusterIP === "None" ? [{ address, ready, port: undefined }] : [];
  return ports.flatMap((each): Pair[] => {
    const port = findPort(pod, each);
    if (port === undefined) return [];
    const { name, appProtocol, protocol = "TCP" } = each;
    return [
      {
        address,
        ready,
        port: {
          ...(name === undefined || name === "" ? {} : { name }),
          port,
          protocol,
          ...(appProtocol === undefined ? {} : { appProtocol }),
        },
      },
    ];
  });
}

function addressOf(service: Service, pod: Pod): EndpointAddress {
  const { hostname, subdomain, nodeName } = pod.spec ?? {};
  const { name, namespace, uid } = pod.metadata;
  const named = hostname !== undefined && hostname !== "" && subdomain === service.metadata.name;
  return {
    ...(named ? { hostname } : {}),
    ip: pod.status?.podIP ?? "",
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: {
      kind: "Pod",
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
    },
  };
}
