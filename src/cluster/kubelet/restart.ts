// Starting a container again after its end: whether, and after which wait.
import type { Pod } from "../api/types.gen.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import type { ContainerLife } from "./container.ts";

/** Back-off of restarts and pulls: 10 s, doubled each time up to 300 s, forgotten after ten minutes of running. */
const FIRST_BACKOFF_MS = 10_000;
const LONGEST_BACKOFF_MS = 300_000;
const FORGIVEN_AFTER_MS = 600_000;

/** What restarting needs of the pod's worker. */
export interface RestartHost {
  pod(): Pod;
  settings(): ClusterSettings;
  later(delayMs: number, container: ContainerLife, run: () => void): void;
  say(container: ContainerLife, type: "Normal" | "Warning", reason: string, message: string): void;
  changed(): void;
  /** Runs the container again. */
  again(container: ContainerLife): void;
}

/** Whether a container that ended with this code is started again. */
// Models kubernetes/pkg/kubelet/container ShouldContainerBeRestarted
export function restarts(pod: Pod, container: ContainerLife, code: number): boolean {
  const policy = pod.spec?.restartPolicy ?? "Always";
  if (container.role === "sidecar") return true;
  if (container.role === "init") return code !== 0 && policy !== "Never";
  return policy === "Always" || (policy === "OnFailure" && code !== 0);
}

/** The first restart comes at once, each further one after a longer wait. Spec: [KUBELET-9]. */
export function restart(host: RestartHost, container: ContainerLife): void {
  const wait = container.backoff;
  nextBackoff(container);
  const again = () => {
    container.lastState = container.state.terminated === undefined ? container.lastState : container.state;
    container.restarts++;
    host.again(container);
  };
  if (wait === 0) {
    host.later(host.settings().containerStart, container, again);
    return;
  }
  host.later(host.settings().controllerLag, container, () => {
    crashLoop(host, container, wait);
    host.later(wait, container, again);
  });
}

function crashLoop(host: RestartHost, container: ContainerLife, wait: number): void {
  container.lastState = container.state;
  const { metadata } = host.pod();
  const { name } = container.spec;
  const pod = `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
  const message = `back-off ${durationText(wait)} restarting failed container=${name} pod=${pod}`;
  container.state = { waiting: { reason: "CrashLoopBackOff", message } };
  host.say(container, "Warning", "BackOff", `Back-off restarting failed container ${name} in pod ${pod}`);
  host.changed();
}

/** `10s`, `2m40s`, `5m0s`. */
function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`;
}

/** Doubles the wait of the next restart or pull, and tells it, in ms. */
export function nextBackoff(container: ContainerLife): number {
  const doubled = container.backoff === 0 ? FIRST_BACKOFF_MS : container.backoff * 2;
  container.backoff = Math.min(LONGEST_BACKOFF_MS, doubled);
  return container.backoff;
}

/** A run that lasted long enough makes the next restart come at once. */
export function forgive(container: ContainerLife, ranForMs: number): void {
  if (ranForMs > FORGIVEN_AFTER_MS) container.backoff = 0;
}
