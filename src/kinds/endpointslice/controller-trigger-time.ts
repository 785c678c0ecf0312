// Since when the change that a slice shows was under way: the annotation by which programming latency is measured.
import type { Pod, Service } from "../../cluster/api/types.gen.ts";
import { podCondition } from "../../cluster/client-go/pods.ts";

interface Seen {
  service: string;
  /** Since when the pods are ready or not, by name. */
  readonly pods: Map<string, string | undefined>;
}

/** What a sync looks at: all pods of the Service, or those that changed and the names of those that it lost. */
export interface Looked {
  readonly pods: readonly Pod[];
  readonly lost: readonly string[] | "all others";
}

/** Remembers per Service which changes were already reported. */
// Models kubernetes/staging/src/k8s.io/endpointslice/trigger_time_tracker.go
export class TriggerTimes {
  readonly #seen = new Map<string, Seen>();

  /** The earliest change since the last call, RFC 3339; undefined when there was none. */
  next(key: string, service: Service, { pods, lost }: Looked): string | undefined {
    const known = this.#seen.get(key);
    const seen: Seen = known ?? { service: "", pods: new Map() };
    let earliest: string | undefined;
    const consider = (time: string | undefined, before: string | undefined) => {
      if (time === undefined || (before !== undefined && time <= before)) return;
      if (earliest === undefined || time < earliest) earliest = time;
    };
    const created = service.metadata.creationTimestamp ?? "";
    consider(created, known?.service);
    seen.service = created;
    for (const pod of pods) {
      const name = pod.metadata.name ?? "";
      const since = podCondition(pod, "Ready")?.lastTransitionTime;
      consider(since, seen.pods.get(name));
      seen.pods.set(name, since);
    }
    if (lost !== "all others") for (const name of lost) seen.pods.delete(name);
    else if (seen.pods.size > pods.length) keepOnly(seen.pods, pods);
    this.#seen.set(key, seen);
    return earliest;
  }

  forget(key: string): void {
    this.#seen.delete(key);
  }
}

function keepOnly(known: Map<string, string | undefined>, pods: readonly Pod[]): void {
  const names = new Set(pods.map((pod) => pod.metadata.name));
  for (const name of known.keys()) if (!names.has(name)) known.delete(name);
}
