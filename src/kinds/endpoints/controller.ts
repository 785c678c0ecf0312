// The Endpoints controller: the older form of a Service's endpoints, which nothing but people and old tools read.
import { keyOf, splitKey } from "../../cluster/api/objects.ts";
import type { EndpointAddress, Endpoints, Pod, Service } from "../../cluster/api/types.gen.ts";
import {
  EndpointsLabelManagedBy,
  EndpointsLastChangeTriggerTime,
  EndpointsOverCapacity,
  IsHeadlessService,
} from "../../cluster/api/well-known.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, write } from "../../cluster/client-go/controller.ts";
import { isPodReady, isPodTerminal } from "../../cluster/client-go/pods.ts";
import { findPort } from "../../cluster/controllers/endpoint-ports.ts";
import {
  endpointsChanged,
  indexServicePods,
  podsOfService,
  servicesOfPod,
} from "../../cluster/controllers/service-pods.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { TriggerTimes } from "../endpointslice/controller-trigger-time.ts";
import { type Pair, repack, truncate } from "./controller-repack.ts";

/** Starts the controller. Spec: [EP-1] and following. */
// Models kubernetes/pkg/controller/endpoint/endpoints_controller.go
export function startEndpointsController(context: ComponentContext): void {
  indexServicePods(context);
  const times = new TriggerTimes();
  const queue = controllerQueue(context, (key) => sync(context, times, key), "services");
  context.informers.of("services").onChange((service, old) => {
    const changed = service ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  context.informers.of("pods").onChange((pod, old) => {
    if (pod !== undefined && old !== undefined && !endpointsChanged(pod, old)) return;
    if (pod !== undefined) for (const key of servicesOfPod(context, pod)) queue.add(key);
    if (old !== undefined && old.metadata.labels !== pod?.metadata.labels)
      for (const key of servicesOfPod(context, old)) queue.add(key);
  });
  context.informers.of("endpoints").onChange((endpoints, old) => {
    if (endpoints === undefined && old !== undefined) queue.add(keyOf(old)); // edits by hand are not undone, deletion is
  });
}

function sync(context: ComponentContext, times: TriggerTimes, key: string): void {
  const { namespace, name } = splitKey(key);
  const service = context.informers.of("services").get(key);
  const current = context.informers.of("endpoints").get(key);
  if (service === undefined) {
    times.forget(key);
    if (current?.metadata.labels?.[EndpointsLabelManagedBy] !== undefined) deleteObject(context, "endpoints", current);
    return;
  }
  const { type, selector } = service.spec ?? {};
  if (type === "ExternalName" || selector === undefined || Object.keys(selector).length === 0) return;
  const pods = podsOfService(context, service);
  const since = times.next(key, service, pods);
  const wanted = endpointsFor(service, pods, { current, since });
  if (current === undefined) {
    const fresh = { apiVersion: "v1", kind: "Endpoints", ...wanted, metadata: { name, namespace, ...wanted.metadata } };
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

/** The object as the pods give it. Spec: [EP-1] [EP-2] [EP-3]. */
export function endpointsFor(
  service: Service,
  pods: readonly Pod[],
  before: { readonly current: Endpoints | undefined; readonly since: string | undefined },
): Pick<Endpoints, "metadata" | "subsets"> {
  const pairs = pods.flatMap((pod) => pairsOf(service, pod));
  const subsets = repack(pairs);
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
    ...(listed.length === 0 ? {} : { subsets: listed }),
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
