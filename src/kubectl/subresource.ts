// `get --subresource`: an object as one of its subresources gives it.
import {
  type KubeObject,
  own,
  type ResourceInfo,
  resourceName,
  statusError,
  type UnknownObject,
} from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import type { Fetched, FetchResult } from "./fetch.ts";
import { isMap } from "./maps.ts";
import { formatLabels } from "./text.ts";

/** What `--subresource` may name. */
export const SUBRESOURCES: readonly string[] = ["status", "scale", "resize"];

/** The resources that have a scale. */
const SCALED: ReadonlySet<string> = new Set([
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "replicationcontrollers",
]);

/** Whether objects of a resource have a scale. */
export function isScaled(info: ResourceInfo): boolean {
  return SCALED.has(resourceName(info)) || info.custom?.scale !== undefined;
}

/** The replicas that an object asks for and has, where its kind keeps them. */
export function replicasOf(
  info: ResourceInfo,
  object: UnknownObject,
): { readonly spec: number | undefined; readonly status: number | undefined } {
  const { spec, status } = info.custom?.scale ?? { spec: ".spec.replicas", status: ".status.replicas" };
  return { spec: numberAt(object, spec), status: numberAt(object, status) };
}

/** The merge patch that asks for so many replicas. */
export function replicasPatch(info: ResourceInfo, replicas: number): Record<string, unknown> {
  const names = namesOf(info.custom?.scale?.spec ?? ".spec.replicas");
  return names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), replicas) as Record<string, unknown>; // a path has names
}

const namesOf = (path: string): string[] => path.split(".").slice(1);

function numberAt(object: UnknownObject, path: string): number | undefined {
  const value = valueAt(object, path);
  return typeof value === "number" ? value : undefined;
}

function valueAt(object: UnknownObject, path: string): unknown {
  return namesOf(path).reduce<unknown>((value, name) => (isMap(value) ? own(value, name) : undefined), object);
}

/** What was fetched, as the subresource shows it; `status` and `resize` show the whole object. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource Builder.Subresource
export function asSubresource(fetched: FetchResult, subresource: string): FetchResult {
  if (subresource === "") return fetched;
  if (fetched.parts.some(({ isList }) => isList))
    throw new CommandError("subresource cannot be used when bulk resources are specified");
  if (subresource !== "scale") return fetched;
  return { ...fetched, parts: fetched.parts.map(asScale) };
}

function asScale(part: Fetched): Fetched {
  return { ...part, objects: part.objects.map((object) => scaleOf(part.info, object)) };
}

function selectorOf(info: ResourceInfo, object: UnknownObject): string {
  const { scale } = info.custom ?? {};
  if (scale !== undefined) return String(valueAt(object, scale.labelSelector ?? "") ?? "");
  const { spec } = object;
  const selector = isMap(spec) && isMap(spec.selector) ? (spec.selector.matchLabels ?? spec.selector) : {};
  return formatLabels(selector as Record<string, string>); // labels are texts
}

/** The scale of a workload. @throws StatusError for kinds that have none. */
// Models kubernetes/pkg/registry/apps/deployment/storage scaleFromDeployment and similar
function scaleOf(info: ResourceInfo, object: KubeObject): KubeObject {
  if (!isScaled(info)) throw statusError("NotFound", "the server could not find the requested resource");
  const counts = replicasOf(info, object as UnknownObject); // every object has fields of some name
  const { creationTimestamp, name, namespace, resourceVersion, uid } = object.metadata;
  const scale = {
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata: { creationTimestamp, name, namespace, resourceVersion, uid },
    spec: { replicas: counts.spec ?? 0 },
    status: { replicas: counts.status ?? 0, selector: selectorOf(info, object as UnknownObject) },
  };
  return scale as unknown as KubeObject; // only fields that are set
}
