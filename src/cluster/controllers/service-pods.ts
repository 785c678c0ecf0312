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

/** Keys of the Services that select a pod with these labels. */
export function servicesOfPod(context: ComponentContext, pod: Pod): ObjectKey[] {
  const services = context.informers.of("services");
  return pairs(pod.metadata.namespace, pod.metadata.labels).flatMap((pair) =>
    services
      .byIndex(BY_SELECTOR, pair)
      .filter((service) => hasAll(pod.metadata.labels, service.spec?.selector ?? {}))
      .map(keyOf),
  );
}

/** Whether a change of a pod may change what its Services list. */
// Models kubernetes/staging/src/k8s.io/endpointslice/util podEndpointsChanged
export function endpointsChanged(pod: Pod, old: Pod): boolean {
  if (pod.metadata.deletionTimestamp !== old.metadata.deletionTimestamp) return true;
  if (pod.metadata.labels !== old.metadata.labels && !sameLabels(pod, old)) return true;
  if (pod.spec?.nodeName !== old.spec?.nodeName) return true;
  if (pod.status === old.status) return false;
  if (pod.status?.podIP !== old.status?.podIP || pod.status?.phase !== old.status?.phase) return true;
  return podCondition(pod, "Ready")?.status !== podCondition(old, "Ready")?.status;
}

export function sameLabels(pod: Pod, old: Pod): boolean {
  const [labels, before] = [pod.metadata.labels ?? {}, old.metadata.labels ?? {}];
  return Object.keys(labels).length === Object.keys(before).length && hasAll(labels, before);
}
