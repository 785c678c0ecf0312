// Since when the change that a slice shows was under way: the annotation by which programming latency is measured.
import type { Pod, Service } from "../../api/types.gen.ts";
import { podCondition } from "../../client-go/pods.ts";

interface Seen {
  service: string;
  pods: Map<string, string>;
}

/** Remembers per Service which changes were told already. */
// Models kubernetes/staging/src/k8s.io/endpointslice/trigger_time_tracker.go
export class TriggerTimes {
  readonly #seen = new Map<string, Seen>();

  /** The earliest change since the last call, RFC 3339; undefined when there was none. */
  next(key: string, service: Service, pods: readonly Pod[]): string | undefined {
    const before = this.#seen.get(key);
    const now: Seen = { service: service.metadata.creationTimestamp ?? "", pods: new Map() };
    let earliest: string | undefined;
    const consider = (time: string | undefined, known: string | undefined) => {
      if (time === undefined || (known !== undefined && time <= known)) return;
      if (earliest === undefined || time < earliest) earliest = time;
    };
    consider(now.service, before?.service);
    for (const pod of pods) {
      const name = pod.metadata.name ?? "";
      const time = podCondition(pod, "Ready")?.lastTransitionTime;
      if (time === undefined) continue;
      consider(time, before?.pods.get(name));
      now.pods.set(name, time);
    }
    this.#seen.set(key, now);
    return earliest;
  }

  forget(key: string): void {
    this.#seen.delete(key);
  }
}
