// The resource quota controller: counts what a namespace holds.
import { type KubeObject, keyOf, splitKey } from "../../cluster/api/objects.ts";
import type { ResourceName } from "../../cluster/api/scheme.ts";
import type { Pod, ResourceQuota } from "../../cluster/api/types.gen.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, writeStatus } from "../../cluster/client-go/controller.ts";
import type { Informer } from "../../cluster/client-go/informer.ts";
import { BY_NAMESPACE, indexByNamespace } from "../../cluster/client-go/owners.ts";
import { isPodTerminal } from "../../cluster/client-go/pods.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { add, count, fromList, mask, type ResourceList, toList } from "./api-amounts.ts";
import { countedResource, isInScopes, usageOf } from "./api-usage.ts";

const QUOTAS = "resourcequotas";

/** Starts the controller. Spec: [QUOTA-5]. */
// Models kubernetes/pkg/controller/resourcequota
export function startResourceQuotaController(context: ComponentContext): void {
  const { api, informers } = context;
  const quotas: Informer<ResourceQuota> = informers.of(QUOTAS);
  indexByNamespace(quotas);
  const queue = controllerQueue(context, (key) => sync(context, key), QUOTAS);
  quotas.onChange((quota, old) => {
    if (quota === undefined) return;
    if (old === undefined || !deepEqual(quota.spec, old.spec)) queue.add(keyOf(quota));
  });
  api.watch("*", ({ type, resource, object, old }) => {
    if (type === "ADDED" || (type === "MODIFIED" && !isFreed(resource, object, old))) return;
    for (const quota of quotas.byIndex(BY_NAMESPACE, object.metadata.namespace ?? ""))
      if (Object.keys(quota.status?.hard ?? {}).some((name) => countedResource(name) === resource))
        queue.add(keyOf(quota));
  });
}

/** Changes that may leave room: a pod ends, a Service or a claim is another one. */
// Models kubernetes/pkg/controller/resourcequota DefaultUpdateFilter
function isFreed(resource: ResourceName, object: KubeObject, old: KubeObject | undefined): boolean {
  if (resource === "pods") return isPodTerminal(object as Pod) && old !== undefined && !isPodTerminal(old as Pod);
  if (resource !== "services" && resource !== "persistentvolumeclaims") return false;
  return !deepEqual((object as { spec?: unknown }).spec, (old as { spec?: unknown } | undefined)?.spec);
}

function sync(context: ComponentContext, key: string): void {
  const { namespace = "", name } = splitKey(key);
  const quota = context.api.find(QUOTAS, namespace, name) as ResourceQuota | undefined;
  if (quota === undefined) return;
  const hard = toList(quota.spec?.hard);
  const status = { hard: fromList(hard), used: fromList(usedOf(context, quota, hard)) };
  if (!deepEqual(status, quota.status)) writeStatus(context, QUOTAS, { ...quota, status } as ResourceQuota);
}

/** How much of each of the names the namespace uses; a name that nothing counts has no usage. */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/quota/v1 CalculateUsage
function usedOf({ api, clock, settings }: ComponentContext, quota: ResourceQuota, hard: ResourceList): ResourceList {
  const now = settings().epoch + clock.now;
  const { namespace = "" } = quota.metadata;
  let used: ResourceList = new Map(
    [...hard.keys()].filter((name) => countedResource(name) !== undefined).map((name) => [name, count(0)]),
  );
  const resources = new Set([...used.keys()].flatMap((name) => countedResource(name) ?? []));
  for (const resource of resources) {
    if (api.kinds.find(resource) === undefined) continue;
    for (const object of api.list(resource, { namespace }) as KubeObject[])
      if (isInScopes(quota, resource, object)) used = add(used, mask(usageOf(resource, object, now), hard));
  }
  return used;
}
