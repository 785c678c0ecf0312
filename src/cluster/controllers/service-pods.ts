// Services and the pods they select: the indexes both endpoint controllers share.
import type { ObjectKey } from "../api/objects.ts";
import { keyOf } from "../api/objects.ts";
import type { Pod, Service } from "../api/types.gen.ts";
import { hasAll } from "../apimachinery/labels.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { podCondition } from "../client-go/pods.ts";

const BY_LABEL = "label";
const BY_SELECTOR = "selector";

/** Makes the indexes; call before using the functions below. */
export function indexServicePods(context: ComponentContext): void {
  context.informers.of("pods").addIndex(
    BY_LABEL,
    (pod) => pairs(pod.metadata.namespace, pod.metadata.labels),
    (pod, old) => pod.metadata.labels === old.metadata.labels,
  );
  context.informers.of("services").addIndex(BY_SELECTOR, (service) => {
    const first = pairs(service.metadata.namespace, service.spec?.selector).sort()[0];
    return first === undefined ? [] : [first];
  });
}

function pairs(namespace: string | undefined, labels: Readonly<Record<string, string>> | undefined): string[] {
  return Object.entries(labels ?? {}).map(([key, value]) => `${namespace}/${key}=${value}`);
}

/** The pods that carry every pair of the Service's selector, sorted by name. Spec: [EPS-1]. */
export function podsOfService(context: ComponentContext, service: Service): Pod[] {
  const pods = context.informers.of("pods");
  const selector = service.spec?.selector ?? {};
  const [rarest] = pairs(service.metadata.namespace, selector).sort(
    (a, b) => pods.countByIndex(BY_LABEL, a) - pods.countByIndex(BY_LABEL, b),
  );
  if (rarest === undefined) return [];
  const found = pods.byIndex(BY_LABEL, rarest).filter((pod) => hasAll(pod.metadata.labels, selector));
  return found.sort((a, b) => ((a.metadata.name ?? "") < (b.metadata.name ?? "") ? -1 : 1));
}

/** Whether a Service selects a pod. */
export function selects(service: Service, pod: Pod): boolean {
  const { selector = {} } = service.spec ?? {};
  return pod.metadata.namespace === service.metadata.namespace && hasAll(pod.metadata.labels, selector);
}

/** What one controller has still to look at: the Services whose pods changed, and which pods those are. */
export class PodChanges {
  readonly #context: ComponentContext;
  readonly #pods = new Map<ObjectKey, Set<ObjectKey>>();
  /** Which Services select labels, which the pods of a set share; found again when a Service changes. */
  #found = new WeakMap<object, { readonly namespace: string | undefined; readonly keys: readonly ObjectKey[] }>();

  /** @param enqueue - called with each Service whose endpoints may be others now */
  constructor(context: ComponentContext, enqueue: (service: ObjectKey) => void) {
    this.#context = context;
    const { informers } = context;
    informers.of("services").onChange(() => {
      this.#found = new WeakMap();
    });
    informers.of("pods").onChange((pod, old) => {
      const isOther = pod === undefined || old === undefined || endpointsChanged(pod, old);
      if (pod !== undefined) this.#note(pod, isOther ? enqueue : undefined);
      if (old !== undefined && old.metadata.labels !== pod?.metadata.labels)
        this.#note(old, isOther ? enqueue : undefined);
    });
  }

  /** The keys of the pods that a Service has or had and that changed since the last call, sorted. */
  take(service: ObjectKey): ObjectKey[] {
    const pods = [...(this.#pods.get(service) ?? [])];
    this.#pods.delete(service);
    return pods.sort();
  }

  #note(pod: Pod, enqueue: ((service: ObjectKey) => void) | undefined): void {
    const services = this.#servicesOf(pod);
    if (services.length === 0) return;
    const key = keyOf(pod);
    for (const service of services) {
      const pods = this.#pods.get(service);
      if (pods === undefined) this.#pods.set(service, new Set([key]));
      else pods.add(key);
      enqueue?.(service);
    }
  }

  #servicesOf({ metadata: { namespace, labels } }: Pod): readonly ObjectKey[] {
    if (labels === undefined) return [];
    const known = this.#found.get(labels);
    if (known?.namespace === namespace && known !== undefined) return known.keys;
    const services = this.#context.informers.of("services");
    const keys = pairs(namespace, labels).flatMap((pair) =>
      services
        .byIndex(BY_SELECTOR, pair)
        .filter((service) => hasAll(labels, service.spec?.selector ?? {}))
        .map(keyOf),
    );
    this.#found.set(labels, { namespace, keys });
    return keys;
  }
}

/** Whether a change of a pod may change what its Services list. */
// Models kubernetes/staging/src/k8s.io/endpointslice/util podEndpointsChanged
function endpointsChanged(pod: Pod, old: Pod): boolean {
  if (pod.metadata.deletionTimestamp !== old.metadata.deletionTimestamp) return true;
  if (pod.metadata.labels !== old.metadata.labels && !sameLabels(pod, old)) return true;
  if (pod.spec?.nodeName !== old.spec?.nodeName) return true;
  if (pod.status === old.status) return false;
  if (pod.status?.podIP !== old.status?.podIP || pod.status?.phase !== old.status?.phase) return true;
  return podCondition(pod, "Ready")?.status !== podCondition(old, "Ready")?.status;
}

function sameLabels(pod: Pod, old: Pod): boolean {
  const [labels, before] = [pod.metadata.labels ?? {}, old.metadata.labels ?? {}];
  return Object.keys(labels).length === Object.keys(before).length && hasAll(labels, before);
}
