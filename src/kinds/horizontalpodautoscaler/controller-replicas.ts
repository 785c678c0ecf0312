// How many pods a metric asks for: the replica calculator of the HorizontalPodAutoscaler.
import type {
  ContainerResourceMetricSource,
  MetricTarget,
  Pod,
  ResourceMetricSource,
} from "../../cluster/api/types.gen.ts";
import { lastingContainers, podCondition } from "../../cluster/client-go/pods.ts";
import { METRICS_WINDOW_MS, milliValue, type PodUsage, requestOf } from "../../cluster/client-go/usage.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { own } from "../../cluster/sim/values.ts";

const CPU_INITIALIZATION_MS = 300_000;
const INITIAL_READINESS_MS = 30_000;

/** What there is to calculate with. */
export interface Sample {
  /** Those that the target's selector selects. */
  readonly pods: readonly Pod[];
  /** Undefined without a metrics server. */
  readonly usage: ((pod: Pod) => PodUsage | undefined) | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly replicas: number;
  /** By how much of the target usage may be off, below and above. */
  readonly tolerance: { readonly down: number; readonly up: number };
}

/** What a metric asks for, and what it is now. */
export interface Proposal {
  readonly replicas: number;
  /** In percent of what is requested; absent for a target that is an amount. */
  readonly utilization?: number;
  /** The average of a pod, in thousandths. */
  readonly average: number;
}

/** Why nothing can be said; its words are upstream's. */
export class MetricError extends Error {}

type Source = ResourceMetricSource & Partial<Pick<ContainerResourceMetricSource, "container">>;

/** @throws MetricError */
// Models kubernetes/pkg/controller/podautoscaler/replica_calculator.go GetResourceReplicas, GetRawResourceReplicas
export function replicasFor({ name, container = "", target }: Source, sample: Sample): Proposal {
  const { pods, replicas } = sample;
  const metrics = metricsOf(name, container, sample);
  if (pods.length === 0) throw new MetricError("no pods returned by selector while calculating replica count");
  const groups = groupPods(name, metrics, sample);
  for (const pod of [...groups.ignored, ...groups.unready]) metrics.delete(pod);
  const isRaw = target.averageValue !== undefined;
  const wanted = isRaw ? undefined : new Map(pods.map((pod) => [nameOf(pod), podRequest(pod, container, name)]));
  if (metrics.size === 0) throw new MetricError("did not receive metrics for any ready pods");
  const now = ratioOf(metrics, wanted, target);
  const proposal = (count: number): Proposal => ({
    replicas: count,
    average: now.average,
    ...(now.utilization === undefined ? {} : { utilization: now.utilization }),
  });
  const rebalances = groups.unready.length > 0 && now.ratio > 1;
  if (!rebalances && groups.missing.length === 0)
    return proposal(isTolerable(now.ratio, sample) ? replicas : Math.ceil(now.ratio * groups.ready));
  // Those missing count as all that is requested when pods would go, as nothing when pods would come.
  for (const pod of groups.missing) {
    if (now.ratio < 1) metrics.set(pod, wanted?.get(pod) ?? milliValue(target.averageValue));
    else if (now.ratio > 1 || isRaw) metrics.set(pod, 0);
  }
  if (rebalances) for (const pod of groups.unready) metrics.set(pod, 0);
  const { ratio } = ratioOf(metrics, wanted, target);
  const turns = (now.ratio < 1 && ratio > 1) || (now.ratio > 1 && ratio < 1);
  if (isTolerable(ratio, sample) || turns) return proposal(replicas);
  const next = Math.ceil(ratio * metrics.size);
  return proposal((ratio < 1 && next > replicas) || (ratio > 1 && next < replicas) ? replicas : next);
}

const nameOf = ({ metadata }: Pod) => metadata.name ?? "";

function isTolerable(ratio: number, { tolerance }: Sample): boolean {
  return ratio >= 1 - tolerance.down && ratio <= 1 + tolerance.up;
}

/** What the pods use of a resource, in thousandths, by name. */
// Models kubernetes/pkg/controller/podautoscaler/metrics/client.go GetResourceMetric
function metricsOf(resource: string, container: string, { pods, usage }: Sample): Map<string, number> {
  const failed = (why: string) => new MetricError(`unable to get metrics for resource ${resource}: ${why}`);
  if (usage === undefined)
    throw failed(
      "unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)",
    );
  const found = new Map<string, number>();
  let measured = 0;
  for (const pod of pods) {
    const all = usage(pod);
    if (all === undefined) continue;
    measured += 1;
    const chosen = all.filter((each) => container === "" || each.container === container);
    if (chosen.length === 0)
      throw failed(`container ${container} not present in metrics for pod ${pod.metadata.namespace}/${nameOf(pod)}`);
    if (resource !== "cpu" && resource !== "memory") continue;
    const factor = resource === "cpu" ? 1 : 1_000;
    found.set(
      nameOf(pod),
      chosen.reduce((sum, each) => sum + each[resource] * factor, 0),
    );
  }
  if (measured === 0) throw failed("no metrics returned from resource metrics API");
  return found;
}

// Models kubernetes/pkg/controller/podautoscaler/replica_calculator.go groupPods
function groupPods(resource: string, metrics: ReadonlyMap<string, number>, { pods, now }: Sample) {
  const groups = { ready: 0, ignored: [] as string[], unready: [] as string[], missing: [] as string[] };
  for (const pod of pods) {
    const name = nameOf(pod);
    if (pod.metadata.deletionTimestamp !== undefined || pod.status?.phase === "Failed") groups.ignored.push(name);
    else if (pod.status?.phase === "Pending") groups.unready.push(name);
    else if (!metrics.has(name)) groups.missing.push(name);
    else if (resource === "cpu" && isUnready(pod, now)) groups.unready.push(name);
    else groups.ready += 1;
  }
  return groups;
}

/** Whether a pod's sample may be of its start. */
function isUnready(pod: Pod, now: number): boolean {
  const ready = podCondition(pod, "Ready");
  const started = parseTime(pod.status?.startTime);
  if (ready === undefined || started === undefined) return true;
  const changed = parseTime(ready.lastTransitionTime) ?? 0;
  if (started + CPU_INITIALIZATION_MS > now) return ready.status === "False" || now < changed + METRICS_WINDOW_MS;
  return ready.status === "False" && started + INITIAL_READINESS_MS > changed;
}

// Models kubernetes/pkg/controller/podautoscaler/replica_calculator.go calculateRequests
function podRequest(pod: Pod, container: string, resource: string): number {
  const ofPod = pod.spec?.resources?.requests;
  if (container === "" && ofPod !== undefined && Object.keys(ofPod).length > 0) {
    const text = own(ofPod, resource);
    if (text === undefined) throw new MetricError(`missing pod-level request for ${resource} in Pod ${nameOf(pod)}`);
    return milliValue(text);
  }
  const chosen = lastingContainers(pod).filter(({ name }) => container === "" || name === container);
  if (chosen.length === 0) throw new MetricError(`container ${container} not found in Pod ${nameOf(pod)}`);
  return chosen.reduce((sum, each) => {
    const request = requestOf(each, resource);
    if (request === undefined)
      throw new MetricError(`missing request for ${resource} in container ${each.name} of Pod ${nameOf(pod)}`);
    return sum + request;
  }, 0);
}

// Models kubernetes/pkg/controller/podautoscaler/metrics/utilization.go
function ratioOf(
  metrics: ReadonlyMap<string, number>,
  requests: ReadonlyMap<string, number> | undefined,
  target: MetricTarget,
): { ratio: number; utilization?: number; average: number } {
  const sum = (values: Iterable<number>) => [...values].reduce((all, each) => all + each, 0);
  const used = sum(metrics.values());
  const average = Math.floor(used / metrics.size);
  if (requests === undefined) return { ratio: average / milliValue(target.averageValue), average };
  const requested = sum([...metrics.keys()].map((pod) => requests.get(pod) ?? 0));
  if (requested === 0) throw new MetricError("no metrics returned matched known pods");
  const utilization = Math.floor((used * 100) / requested);
  return { ratio: utilization / (target.averageUtilization ?? 1), utilization, average };
}
