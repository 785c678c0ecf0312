// What pods use, as a metrics server reports it: CPU by the requests that they answered, memory that never changes.

import type { Container, Pod } from "../api/types.gen.ts";
import { parseQuantity } from "../apimachinery/quantity.ts";
import { KEPT_EXCHANGES, type Trace } from "../network/trace.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import { parseTime } from "../sim/time.ts";
import { own } from "../sim/values.ts";
import { lastingContainers } from "./pods.ts";

/** How long the server averages, and how old a pod is when its first sample is there. */
export const METRICS_WINDOW_MS = 15_000;
/** What a container uses that answers nothing: thousandths of a core, and bytes. */
const IDLE_MILLIS = 1;
const MEMORY_BYTES = 20 * 2 ** 20;

/** Thousandths of a core, bytes. */
export interface Usage {
  readonly cpu: number;
  readonly memory: number;
}

/** What a pod's containers use, in their order. */
export type PodUsage = ReadonlyArray<Usage & { readonly container: string }>;

/** Where the numbers come from; a cluster is one. */
export interface Measured {
  readonly trace: Trace;
  readonly clock: { readonly now: number };
  readonly settings: ClusterSettings;
}

/** The rate per second at which each pod, by `namespace/name`, has answered requests; probes and DNS cost nothing. Spec: [METRICS-2]. */
function answersPerSecond({ trace, clock }: Measured): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let since = clock.now - METRICS_WINDOW_MS;
  // The record forgets: where it does not reach back far enough, what is left of the window counts.
  const ended = [...trace.exchanges()].flatMap((each) => each.endedAt ?? []);
  if (ended.length >= KEPT_EXCHANGES) since = Math.max(since, Math.min(...ended));
  for (const { outcome, purpose, endedAt = 0 } of trace.exchanges()) {
    if (
      outcome.kind !== "answered" ||
      purpose === "probe" ||
      purpose === "dns" ||
      endedAt <= since ||
      outcome.servedBy.kind !== "pod"
    )
      continue;
    const key = `${outcome.servedBy.namespace}/${outcome.servedBy.name}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const seconds = Math.max(1, clock.now - since) / 1_000;
  return new Map([...counts].map(([key, count]) => [key, count / seconds]));
}

/** Answers what a pod uses; undefined for one that has not run for a window yet. Spec: [METRICS-1] [METRICS-2]. */
export function usageNow(measured: Measured): (pod: Pod) => PodUsage | undefined {
  const rates = answersPerSecond(measured);
  const { requestCpu, epoch } = measured.settings;
  return (pod) => {
    const started = parseTime(pod.status?.startTime);
    if (pod.status?.phase !== "Running" || started === undefined) return undefined;
    if (epoch + measured.clock.now - started < METRICS_WINDOW_MS) return undefined;
    const rate = rates.get(`${pod.metadata.namespace}/${pod.metadata.name}`) ?? 0;
    const containers = lastingContainers(pod);
    const server = containers.find(({ ports = [] }) => ports.length > 0) ?? containers[0];
    return containers.map((each) => ({
      container: each.name,
      cpu: IDLE_MILLIS + (each === server ? Math.round(rate * requestCpu) : 0),
      memory: MEMORY_BYTES,
    }));
  };
}

/** All of a pod together. */
export function totalUsage(usage: PodUsage): Usage {
  return {
    cpu: usage.reduce((sum, each) => sum + each.cpu, 0),
    memory: usage.reduce((sum, each) => sum + each.memory, 0),
  };
}

/** What a container requests in thousandths (of a core, of a byte); undefined when it requests none. */
export function requestOf({ resources }: Container, resource: string): number | undefined {
  const text = own(resources?.requests ?? {}, resource);
  return text === undefined ? undefined : milliValue(text);
}

/** A quantity in thousandths, rounded up; 0 for none. */
export function milliValue(text: string | undefined): number {
  const parsed = parseQuantity(text ?? "");
  return "error" in parsed ? 0 : Number((parsed.nanos + 999_999n) / 1_000_000n);
}
