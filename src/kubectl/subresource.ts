// `get --subresource`: an object as one of its subresources gives it.
import { type KubeObject, type ResourceInfo, resourceName, statusError, type UnknownObject } from "../cluster/index.ts";
import { CommandError } from "./errors.ts";
import type { Fetched, FetchResult } from "./fetch.ts";
import { isMap } from "./govalue.ts";
import { formatLabels } from "./text.ts";

/** What `--subresource` may name. */
export const SUBRESOURCES: readonly string[] = ["status", "scale", "resize"];

/** The resources that have a scale. */
export const SCALED: ReadonlySet<string> = new Set([
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "replicationcontrollers",
]);

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

/** The scale of a workload. @throws StatusError for kinds that have none. */
// Models kubernetes/pkg/registry/apps/deployment/storage scaleFromDeployment and its like
function scaleOf(info: ResourceInfo, object: KubeObject): KubeObject {
  if (!SCALED.has(resourceName(info)))
    throw statusError("NotFound", "the server could not find the requested resource");
  const { spec, status } = object as UnknownObject; // every object has fields of some name
  const { creationTimestamp, name, namespace, resourceVersion, uid } = object.metadata;
  const replicas = (part: unknown) => (isMap(part) && typeof part.replicas === "number" ? part.replicas : 0);
  const selector = isMap(spec) && isMap(spec.selector) ? (spec.selector.matchLabels ?? spec.selector) : {};
  const scale = {
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata: { creationTimestamp, name, namespace, resourceVersion, uid },
    spec: { replicas: replicas(spec) },
    status: { replicas: replicas(status), selector: formatLabels(selector as Record<string, string>) }, // labels are texts
  };
  return scale as unknown as KubeObject; // only fields that are set
}
