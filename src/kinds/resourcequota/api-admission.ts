// Writes that a quota refuses, and those that it counts.
import type { KubeObject } from "../../cluster/api/objects.ts";
import type { ResourceName } from "../../cluster/api/scheme.ts";
import type { Pod, ResourceQuota } from "../../cluster/api/types.gen.ts";
import { forbiddenObject } from "../../cluster/apimachinery/errors.ts";
import type { Quantity } from "../../cluster/apimachinery/quantity.ts";
import type { Admission, AdmissionRequest } from "../../cluster/apiserver/strategy/strategy.ts";
import { compareText } from "../../cluster/sim/text.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { add, fromList, mask, printList, type ResourceList, toList } from "./api-amounts.ts";
import { countedResource, isInScopes, missingOf, usageOf } from "./api-usage.ts";

/** Kinds of which a change may count for more than before. */
const GROWING: ReadonlySet<ResourceName> = new Set(["persistentvolumeclaims", "services"]);

/** Holds new objects, and claims and Services that grow, against the quotas of their namespace. Spec: [QUOTA-1] to [QUOTA-4]. */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota CheckRequest
export const quotaAdmission: Admission = {
  review(request) {
    const { resource, object, old, context } = request;
    if (resource === "events" || !context.info.namespaced) return [];
    if (old !== undefined && !GROWING.has(resource)) return [];
    const { namespace } = object.metadata;
    const quotas = context.all("resourcequotas").filter(({ metadata }) => metadata.namespace === namespace);
    if (quotas.length === 0) return [];
    quotas.sort((a, b) => compareText(a.metadata.name ?? "", b.metadata.name ?? ""));
    return quotas.flatMap((quota) => charge(quota as ResourceQuota, request)); // of its kind
  },
};

function charge(quota: ResourceQuota, request: AdmissionRequest): [ResourceName, KubeObject][] {
  const { resource, object, old, context } = request;
  const hard = toList(quota.status?.hard);
  const names = [...hard.keys()].filter((name) => countedResource(name) === resource).sort(compareText);
  if (names.length === 0 || !isInScopes(quota, resource, object)) return [];
  const refuse = (why: string) => forbiddenObject(resource, { name: object.metadata.name }, why);
  const missing = resource === "pods" ? missingOf(object as Pod, names) : undefined; // of its kind
  if (missing !== undefined) throw refuse(`failed quota: ${quota.metadata.name}: must specify ${missing}`);
  const used = toList(quota.status?.used);
  if (names.some((name) => !used.has(name)))
    throw refuse(`status unknown for quota: ${quota.metadata.name}, resources: ${names.join(",")}`);
  const now = parseTime(context.date) ?? 0;
  const before = old === undefined ? undefined : usageOf(resource, old, now);
  const requested = mask(more(usageOf(resource, object, now), before), hard);
  if (requested.size === 0) return [];
  const after = add(used, requested);
  const exceeded = new Set([...requested.keys()].filter((name) => isMore(after, hard, name)));
  if (exceeded.size > 0) {
    const [wanted, taken, limited] = [requested, used, hard].map((list) => printList(mask(list, exceeded)));
    throw refuse(`exceeded quota: ${quota.metadata.name}, requested: ${wanted}, used: ${taken}, limited: ${limited}`);
  }
  const status = { ...quota.status, used: fromList(after) };
  return [["resourcequotas", { ...quota, metadata: { ...quota.metadata }, status } as KubeObject]];
}

/** What is used beyond what was used before, without what is nothing. */
function more(usage: ResourceList, before: ResourceList | undefined): ResourceList {
  const grown = new Map<string, Quantity>();
  for (const [name, { nanos, format }] of usage) {
    const rest = nanos - (before?.get(name)?.nanos ?? 0n);
    if (rest > 0n) grown.set(name, { nanos: rest, format });
  }
  return grown;
}

const isMore = (a: ResourceList, b: ResourceList, name: string): boolean =>
  (a.get(name)?.nanos ?? 0n) > (b.get(name)?.nanos ?? 0n);
