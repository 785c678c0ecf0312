// Pods and claims that a LimitRange completes or refuses.
import type {
  Container,
  LimitRange,
  LimitRangeItem,
  PersistentVolumeClaim,
  Pod,
  ResourceRequirements,
} from "../../cluster/api/types.gen.ts";
import { forbiddenObject } from "../../cluster/apimachinery/errors.ts";
import { formatQuantity, type Quantity } from "../../cluster/apimachinery/quantity.ts";
import type { Admission, AdmissionRequest } from "../../cluster/apiserver/strategy/strategy.ts";
import { compareText } from "../../cluster/sim/text.ts";
import { own, setOwn } from "../../cluster/sim/values.ts";
import { limitsOf, podTotal, type ResourceList, requestsOf, sorted, toList } from "../resourcequota/api-amounts.ts";

const ANNOTATION = "kubernetes.io/limit-ranger";

/** Sets defaults of new pods, and holds pods and claims against the limits of their namespace. Spec: [LIMIT-1] to [LIMIT-3]. */
// Models kubernetes/plugin/pkg/admission/limitranger
export const limitAdmission: Admission = {
  complete(request) {
    if (request.resource === "pods") for (const range of rangesOf(request)) setDefaults(request.object as Pod, range); // of its kind
  },
  review(request) {
    const { resource, object, old } = request;
    if (resource !== "persistentvolumeclaims" && (resource !== "pods" || old !== undefined)) return [];
    for (const range of rangesOf(request)) {
      const found = resource === "pods" ? podErrors(object as Pod, range) : claimErrors(object, old, range); // of their kinds
      const errors = [...new Set(found)];
      const why = errors.length === 1 ? errors.join("") : `[${errors.join(", ")}]`;
      if (errors.length > 0) throw forbiddenObject(resource, { name: object.metadata.name }, why);
    }
    return [];
  },
};

function rangesOf({ object, context }: AdmissionRequest): LimitRange[] {
  const { namespace } = object.metadata;
  const ranges = context.all("limitranges").filter(({ metadata }) => metadata.namespace === namespace) as LimitRange[];
  return ranges.sort((a, b) => compareText(a.metadata.name ?? "", b.metadata.name ?? ""));
}

/** Gives the containers what they leave out, and notes it. */
// Models kubernetes/plugin/pkg/admission/limitranger mergePodResourceRequirements
function setDefaults(pod: Pod, { spec: { limits: items = [] } = { limits: [] } }: LimitRange): void {
  if (pod.spec === undefined) return;
  const ofContainers = items.filter(({ type }) => type === "Container");
  const together = (lists: readonly (Record<string, string> | undefined)[]) =>
    Object.fromEntries(lists.flatMap((list) => Object.entries(list ?? {})));
  const defaults = {
    requests: together(ofContainers.map((item) => item.defaultRequest)),
    limits: together(ofContainers.map((item) => item.default)),
  };
  const notes: string[] = [];
  const fill = (container: Container, what: string): Container => {
    const { resources = {} } = container;
    const given = { ...resources.limits, ...resources.requests };
    const requests = filled(given, defaults.requests);
    const limits = filled(resources.limits, defaults.limits);
    if (requests.added.length > 0) notes.push(`${requests.added.join(", ")} request for ${what} ${container.name}`);
    if (limits.added.length > 0) notes.push(`${limits.added.join(", ")} limit for ${what} ${container.name}`);
    if (requests.added.length + limits.added.length === 0) return container;
    const next: ResourceRequirements = { ...resources };
    if (Object.keys(limits.list).length > 0) next.limits = limits.list;
    if (Object.keys(requests.list).length > 0) next.requests = requests.list;
    return { ...container, resources: next };
  };
  const { containers, initContainers } = pod.spec;
  const spec = { ...pod.spec, containers: containers.map((each) => fill(each, "container")) };
  if (initContainers !== undefined) spec.initContainers = initContainers.map((each) => fill(each, "init container"));
  if (notes.length === 0) return;
  pod.spec = spec;
  const annotations = { ...pod.metadata.annotations, [ANNOTATION]: `LimitRanger plugin set: ${notes.join("; ")}` };
  pod.metadata.annotations = annotations;
}

function filled(list: Record<string, string> | undefined, defaults: Readonly<Record<string, string>>) {
  const full: Record<string, string> = { ...list };
  const added = Object.keys(defaults).filter((name) => own(full, name) === undefined);
  for (const name of added) setOwn(full, name, own(defaults, name) ?? "0");
  return { list: full, added: added.sort(compareText) };
}

// Models kubernetes/plugin/pkg/admission/limitranger PodValidateLimitFunc
function podErrors(pod: Pod, { spec }: LimitRange): string[] {
  const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  return (spec?.limits ?? []).flatMap((item) => {
    if (item.type === "Container")
      return containers.flatMap((each) => errorsOf(item, { requests: requestsOf(each), limits: limitsOf(each) }));
    if (item.type !== "Pod") return [];
    return errorsOf(item, { requests: podTotal(pod, requestsOf), limits: podTotal(pod, limitsOf) });
  });
}

interface Asked {
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}

// Models kubernetes/plugin/pkg/admission/limitranger minConstraint, maxConstraint, limitRequestRatioConstraint
function errorsOf({ type, min, max, maxLimitRequestRatio }: LimitRangeItem, { requests, limits }: Asked): string[] {
  const errors: string[] = [];
  for (const [name, bound] of sorted(toList(min))) {
    const what = `minimum ${name} usage per ${type} is ${formatQuantity(bound)}`;
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (request === undefined) errors.push(`${what}.  No request is specified`);
    else if (isLess(request, bound)) errors.push(`${what}, but request is ${formatQuantity(request)}`);
    else if (limit !== undefined && isLess(limit, bound)) errors.push(`${what}, but limit is ${formatQuantity(limit)}`);
  }
  for (const [name, bound] of sorted(toList(max))) {
    const what = `maximum ${name} usage per ${type} is ${formatQuantity(bound)}`;
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (limit === undefined) errors.push(`${what}.  No limit is specified`);
    else if (isLess(bound, limit)) errors.push(`${what}, but limit is ${formatQuantity(limit)}`);
    else if (request !== undefined && isLess(bound, request))
      errors.push(`${what}, but request is ${formatQuantity(request)}`);
  }
  for (const [name, bound] of sorted(toList(maxLimitRequestRatio))) {
    const what = `${name} max limit to request ratio per ${type} is ${formatQuantity(bound)}`;
    const [request = 0n, limit = 0n] = [requests.get(name)?.nanos, limits.get(name)?.nanos];
    if (request === 0n) errors.push(`${what}, but no request is specified or request is 0`);
    else if (limit === 0n) errors.push(`${what}, but no limit is specified or limit is 0`);
    else if (limit * 1_000_000_000n > request * bound.nanos)
      errors.push(`${what}, but provided ratio is ${(Number(limit) / Number(request)).toFixed(6)}`);
  }
  return errors;
}

const isLess = (a: Quantity, b: Quantity): boolean => a.nanos < b.nanos;

// Models kubernetes/plugin/pkg/admission/limitranger PersistentVolumeClaimValidateLimitFunc
function claimErrors(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim | undefined,
  { spec }: LimitRange,
): string[] {
  const requests = toList(claim.spec?.resources?.requests);
  const before = toList(old?.spec?.resources?.requests);
  const isKept = (name: string) => before.has(name) && before.get(name)?.nanos === requests.get(name)?.nanos;
  const changed = (list: Record<string, string> | undefined) =>
    Object.fromEntries(Object.entries(list ?? {}).filter(([name]) => !isKept(name)));
  // A claim has no limits: its request is what both bounds are about.
  return (spec?.limits ?? [])
    .filter(({ type }) => type === "PersistentVolumeClaim")
    .flatMap(({ type, min, max }) => {
      const bounds = errorsOf({ type, min: changed(min), max: changed(max) }, { requests, limits: requests });
      return bounds.map((error) =>
        error.replace(/^(maximum .*)limit is/, "$1request is").replace("No limit", "No request"),
      );
    });
}
