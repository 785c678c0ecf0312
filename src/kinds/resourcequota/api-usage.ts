// What an object counts for in a quota.
import type { KubeObject } from "../../cluster/api/objects.ts";
import type { ResourceName } from "../../cluster/api/scheme.ts";
import type { Container, PersistentVolumeClaim, Pod, ResourceQuota, Service } from "../../cluster/api/types.gen.ts";
import type { Quantity } from "../../cluster/apimachinery/quantity.ts";
import { compareText } from "../../cluster/sim/text.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { own } from "../../cluster/sim/values.ts";
import { add, count, limitsOf, podTotal, type ResourceList, requestsOf, toList } from "./api-amounts.ts";

/** Kinds with a name of their own in quotas, beside `count/NAME`. */
// Models kubernetes/pkg/quota/v1/evaluator/core legacyObjectCountAliases
const COUNTED: ReadonlySet<ResourceName> = new Set([
  "configmaps",
  "persistentvolumeclaims",
  "pods",
  "replicationcontrollers",
  "resourcequotas",
  "secrets",
  "services",
]);
const COMPUTED = ["cpu", "memory", "ephemeral-storage"];
/** What each container must ask for once a quota limits it. */
const DEMANDED = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];
const OF_CLASS = ".storageclass.storage.k8s.io/";

/** The resource whose objects a name in a quota counts; undefined: nothing counts it. */
export function countedResource(name: string): ResourceName | undefined {
  if (name.startsWith("count/")) return name.slice("count/".length);
  if (COUNTED.has(name)) return name;
  if (name.startsWith("services.")) return "services";
  if (name === "requests.storage" || name.includes(OF_CLASS)) return "persistentvolumeclaims";
  if (COMPUTED.includes(name) || name.startsWith("limits.") || /^(?:requests\.|hugepages-)/.test(name)) return "pods";
  return undefined;
}

/** @param now - milliseconds since 1970 */
export function usageOf(resource: ResourceName, object: KubeObject, now: number): ResourceList {
  const one = count(1);
  const usage = new Map([[`count/${resource}`, one]]);
  if (COUNTED.has(resource) && resource !== "pods") usage.set(resource, one);
  switch (resource) {
    case "pods":
      return isCharged(object as Pod, now) ? add(usage, computeUsage(object as Pod)) : usage;
    case "services":
      return add(usage, serviceUsage(object as Service));
    case "persistentvolumeclaims":
      return add(usage, claimUsage(object as PersistentVolumeClaim));
    default:
      return usage;
  }
}

/** A pod that has ended, or should have by now, counts only as an object. */
// Models kubernetes/pkg/quota/v1/evaluator/core QuotaV1Pod
function isCharged(pod: Pod, now: number): boolean {
  if (["Succeeded", "Failed"].includes(pod.status?.phase ?? "")) return false;
  const { deletionTimestamp, deletionGracePeriodSeconds: grace } = pod.metadata;
  if (deletionTimestamp === undefined || grace === undefined) return true;
  return now <= (parseTime(deletionTimestamp) ?? 0) + grace * 1000;
}

// Models kubernetes/pkg/quota/v1/evaluator/core podComputeUsageHelper
function computeUsage(pod: Pod): ResourceList {
  return new Map([["pods", count(1)], ...named(podTotal(pod, requestsOf), podTotal(pod, limitsOf))]);
}

function named(requests: ResourceList, limits: ResourceList): ResourceList {
  const usage = new Map<string, Quantity>([...requests].map(([name, amount]) => [`requests.${name}`, amount]));
  for (const [name, amount] of requests)
    if (COMPUTED.includes(name) || name.startsWith("hugepages-")) usage.set(name, amount);
  for (const [name, amount] of limits) if (COMPUTED.includes(name)) usage.set(`limits.${name}`, amount);
  return usage;
}

// Models kubernetes/pkg/quota/v1/evaluator/core serviceEvaluator
function serviceUsage({ spec }: Service): ResourceList {
  const ports = spec?.ports ?? [];
  const isBalanced = spec?.type === "LoadBalancer";
  const onlyNamed = isBalanced && spec?.allocateLoadBalancerNodePorts === false;
  const counted = onlyNamed ? ports.filter(({ nodePort = 0 }) => nodePort !== 0) : ports;
  return new Map([
    ["services.loadbalancers", count(isBalanced ? 1 : 0)],
    ["services.nodeports", count(isBalanced || spec?.type === "NodePort" ? counted.length : 0)],
  ]);
}

// Models kubernetes/pkg/quota/v1/evaluator/core pvcEvaluator
function claimUsage({ spec }: PersistentVolumeClaim): ResourceList {
  const usage = new Map<string, Quantity>();
  const inClass = spec?.storageClassName ? `${spec.storageClassName}${OF_CLASS}` : undefined;
  if (inClass !== undefined) usage.set(`${inClass}persistentvolumeclaims`, count(1));
  const storage = toList(spec?.resources?.requests).get("storage");
  if (storage === undefined) return usage;
  usage.set("requests.storage", storage);
  if (inClass !== undefined) usage.set(`${inClass}requests.storage`, storage);
  return usage;
}

/** Whether a quota with scopes is about this object; scopes select pods only. */
// Models kubernetes/pkg/quota/v1/evaluator/core podMatchesScopeFunc
export function isInScopes({ spec }: ResourceQuota, resource: ResourceName, object: KubeObject): boolean {
  const selected = [
    ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: "Exists", values: [] })),
    ...(spec?.scopeSelector?.matchExpressions ?? []),
  ];
  if (selected.length === 0) return true;
  return resource === "pods" && selected.every((scope) => isInScope(object as Pod, scope));
}

function isInScope(
  pod: Pod,
  { scopeName, operator, values = [] }: { scopeName: string; operator: string; values?: readonly string[] | undefined },
): boolean {
  const isEnding = (pod.spec?.activeDeadlineSeconds ?? -1) >= 0;
  const priority = pod.spec?.priorityClassName ?? "";
  switch (scopeName) {
    case "Terminating":
      return isEnding;
    case "NotTerminating":
      return !isEnding;
    case "BestEffort":
      return isBestEffort(pod);
    case "NotBestEffort":
      return !isBestEffort(pod);
    case "PriorityClass":
      if (operator === "Exists") return priority !== "";
      if (operator === "DoesNotExist") return priority === "";
      return operator === "In" ? values.includes(priority) : operator === "NotIn" && !values.includes(priority);
    default:
      return false;
  }
}

function isBestEffort({ spec }: Pod): boolean {
  const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? []), { resources: spec?.resources }];
  return all.every(({ resources }) =>
    [resources?.limits, resources?.requests].every(
      (list) => own(list, "cpu") === undefined && own(list, "memory") === undefined,
    ),
  );
}

/** What containers leave out that the quota's names demand: `limits.cpu for: main`; undefined: nothing. */
// Models kubernetes/pkg/quota/v1/evaluator/core podEvaluator.Constraints
export function missingOf({ spec }: Pod, names: readonly string[]): string | undefined {
  if (spec?.resources !== undefined) return undefined;
  const containers: readonly Container[] = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const missing = DEMANDED.filter((name) => names.includes(name))
    .sort(compareText)
    .flatMap((name) => {
      const without = containers.filter((each) => !named(requestsOf(each), limitsOf(each)).has(name));
      const who = [...new Set(without.map((each) => each.name))].sort(compareText);
      return who.length === 0 ? [] : [`${name} for: ${who.join(",")}`];
    });
  return missing.length === 0 ? undefined : missing.join("; ");
}
