// The probes of one run of a container over time: thresholds, and what follows when they are crossed.
import type { Probe } from "../api/types.gen.ts";
import type { ContainerLife } from "./container.ts";
import { ask, type ProbeTarget } from "./probe.ts";

type Kind = "Startup" | "Readiness" | "Liveness";

/** What the prober needs of the pod's worker. */
export interface ProbeHost {
  target(container: ContainerLife): ProbeTarget;
  now(): number;
  /** Runs something later, unless the container's present run is over by then. */
  later(delayMs: number, container: ContainerLife, run: () => void): void;
  say(container: ContainerLife, type: "Normal" | "Warning", reason: string, message: string): void;
  /** Something the status shows has changed. */
  changed(): void;
  /** The container is to be stopped and started again. */
  restart(container: ContainerLife, graceSeconds: number | undefined): void;
}

/**
 * Starts the probes of a container that has just started. A startup probe holds the others back; a readiness probe starts as not
 * ready, a liveness probe as alive. Spec: [PROBE-4] [PROBE-5] [PROBE-6].
 */
// Models kubernetes/pkg/kubelet/prober/worker.go
export function startProbes(host: ProbeHost, container: ContainerLife): void {
  const { startupProbe, readinessProbe, livenessProbe } = container.spec;
  const others = () => {
    container.started = true;
    if (readinessProbe !== undefined) watch(host, container, { kind: "Readiness", probe: readinessProbe });
    if (livenessProbe !== undefined) watch(host, container, { kind: "Liveness", probe: livenessProbe });
  };
  container.probedReady = readinessProbe === undefined;
  if (startupProbe === undefined) {
    others();
    return;
  }
  container.started = false;
  const passed = () => {
    others();
    host.changed();
  };
  watch(host, container, { kind: "Startup", probe: startupProbe, passed });
}

interface Watch {
  readonly kind: Kind;
  readonly probe: Probe;
  /** Called once when the probe has passed. */
  readonly passed?: () => void;
}

function watch(host: ProbeHost, container: ContainerLife, { kind, probe, passed }: Watch): void {
  const period = (probe.periodSeconds ?? 10) * 1000;
  const target = host.target(container);
  let successes = 0;
  let failures = 0;
  let lookedAt = 0;
  const again = () => host.later(Math.max(0, lookedAt + period - host.now()), container, look);
  const succeeded = (steady: boolean) => {
    failures = 0;
    if (++successes < (probe.successThreshold ?? 1)) {
      again();
      return;
    }
    if (kind === "Readiness") setReady(host, container, true);
    passed?.();
    // Unlike upstream: a probe that passed is not repeated until something that it asks changes, because until then it finds the same.
    if (kind === "Startup") return;
    if (steady) container.again.push(resume(host, container, { period, look }));
    else again();
  };
  const failed = (message: string) => {
    successes = 0;
    failures++;
    host.say(container, "Warning", "Unhealthy", `${kind} probe failed: ${message}`);
    if (failures >= (probe.failureThreshold ?? 3)) {
      if (kind !== "Readiness") {
        const { name } = container.spec;
        const message = `Container ${name} failed ${kind.toLowerCase()} probe, will be restarted`;
        host.say(container, "Normal", "Killing", message);
        host.restart(container, probe.terminationGracePeriodSeconds);
        return;
      }
      setReady(host, container, false);
    }
    again();
  };
  const look = () => {
    const { run } = container;
    lookedAt = host.now();
    ask({ probe, container: container.spec }, target, (result) => {
      if (container.run !== run) return;
      if (result.kind === "ok") succeeded(result.steady);
      else if (result.kind === "failed") failed(result.message);
      else {
        // The result is thrown away: thresholds count neither up nor down.
        const message = `${kind} probe errored and resulted in unknown state: ${result.message}`;
        host.say(container, "Warning", "Unhealthy", message);
        again();
      }
    });
  };
  host.later((probe.initialDelaySeconds ?? 0) * 1000, container, look);
}

/** What takes a probe up again at the time of its next turn, as if it had never paused. */
function resume(
  host: ProbeHost,
  container: ContainerLife,
  { period, look }: { readonly period: number; readonly look: () => void },
): () => void {
  const passedAt = host.now();
  return () => host.later(period - ((host.now() - passedAt) % period), container, look);
}

function setReady(host: ProbeHost, container: ContainerLife, ready: boolean): void {
  if (container.probedReady === ready) return;
  container.probedReady = ready;
  host.changed();
}
