// The pod and the container that words mean, and waiting for a pod of a workload or a Service that is to run first.
import {
  DefaultContainerAnnotationName,
  matches,
  type Pod,
  resourceInfo,
  resourceName,
  selectorFromMap,
  type UnknownObject,
} from "../../cluster/index.ts";
import { CommandError } from "../command-error.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { requireResource } from "../resources.ts";

const TIMED_OUT = "timed out waiting for the condition";

/** The pods that a word means, the one to be taken first: one by its name, or those of a workload or Service. @throws StatusError, CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers attachablePodForObject, GetPodList
export function podsFor(word: string, io: CommandIO): readonly Pod[] {
  const [type = "", name] = word.split("/");
  const info = name === undefined ? resourceInfo("pods") : requireResource(io.cluster.api.kinds, type);
  const resource = resourceName(info);
  const object = io.cluster.api.get(resource, info.namespaced ? io.namespace : undefined, name ?? word);
  if (resource === "pods") return [object as Pod]; // of this resource
  const selector = selectorOf(resource, object as unknown as UnknownObject, name ?? word); // every object has fields of some name
  const pods = io.cluster.api
    .list("pods", { namespace: io.namespace })
    .filter(({ metadata }) => matches(selectorFromMap(selector), metadata.labels));
  const active = ({ status, metadata }: Pod) =>
    status?.phase === "Running" && metadata.deletionTimestamp === undefined ? 0 : 1;
  return pods.sort((a, b) => active(a) - active(b));
}

function selectorOf(resource: string, object: UnknownObject, name: string): Readonly<Record<string, string>> {
  const spec = object.spec as { selector?: unknown } | undefined; // a Service or a workload
  if (resource === "services") {
    if (spec?.selector === undefined)
      throw new CommandError(
        `cannot attach to *v1.Service: invalid service '${name}': Service is defined without a selector`,
      );
    return spec.selector as Record<string, string>; // a Service's selector is a plain map
  }
  const { matchLabels } = (spec?.selector ?? {}) as { matchLabels?: Record<string, string> }; // a workload's selector
  if (matchLabels === undefined)
    throw new CommandError(
      `cannot attach to *${object.apiVersion.replace("apps/", "")}.${object.kind}: selector for *${object.kind} not implemented`,
    );
  return matchLabels;
}

/** The container that is meant. Says which one it is when the pod has several and none was named. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util/podcmd FindOrDefaultContainerByName
export function containerOf(pod: Pod, wanted: string, io: CommandIO, quiet = false): string {
  const names = (pod.spec?.containers ?? []).map(({ name }) => name);
  const init = (pod.spec?.initContainers ?? []).map(({ name }) => name);
  const all = [...names, ...init.map((name) => `${name} (init)`)].join(", ");
  if (wanted !== "") {
    if (!names.includes(wanted) && !init.includes(wanted))
      throw new CommandError(`container ${wanted} is not valid for pod ${pod.metadata.name} out of: ${all}`);
    return wanted;
  }
  const named = pod.metadata.annotations?.[DefaultContainerAnnotationName];
  if (named !== undefined && names.includes(named)) return named;
  const chosen = names[0] ?? "";
  if (names.length + init.length > 1 && !quiet)
    io.err(`Defaulted container ${JSON.stringify(chosen)} out of: ${all}\n`);
  return chosen;
}

/** Calls `found` with the pods that a word means, once there are any; what is wrong with the word itself is said at once. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers GetFirstPod
export function awaitPodsFor(
  word: string,
  timeoutMs: number,
  io: CommandIO,
  found: (pods: readonly [Pod, ...Pod[]]) => void,
): void {
  let pods = podsFor(word, io);
  const done = () => {
    const [first, ...rest] = pods;
    if (first === undefined) throw new CommandError(TIMED_OUT);
    found([first, ...rest]);
  };
  if (pods.length > 0) {
    done();
    return;
  }
  let stopped = false;
  io.onInterrupt(() => {
    stopped = true;
    io.exit(130);
  });
  const look = () => {
    if (!stopped) pods = podsFor(word, io);
    return stopped || pods.length > 0;
  };
  io.cluster.until(look, timeoutMs, () => guard(io, () => (stopped ? undefined : done())));
}
