// Telling a container to end: its preStop hook, SIGTERM, and SIGKILL when the grace period is over.
import type { ClusterSettings } from "../sim/settings.ts";
import { type ContainerLife, closeSockets } from "./container.ts";
import type { Quirks } from "./quirks.ts";

/** What a process still gets when the preStop hook has used up the whole grace period. */
const LAST_CHANCE_MS = 2_000;

/** What stopping needs of the pod's worker. */
export interface StopHost {
  settings(): ClusterSettings;
  quirks(): Quirks;
  /** How long a command takes that nothing runs, in ms. */
  lasts(command: readonly string[]): number;
  now(): number;
  later(delayMs: number, container: ContainerLife, run: () => void): void;
  say(container: ContainerLife, type: "Normal" | "Warning", reason: string, message: string): void;
  exited(container: ContainerLife, code: number): void;
}

/** Ends the present run of a container: probes stop, the process gets its time. Spec: [KUBELET-10]. */
// Models kubernetes/pkg/kubelet/kuberuntime killContainer
export function stopContainer(host: StopHost, container: ContainerLife, graceMs: number): void {
  container.run++;
  const { cell, spec } = container;
  const { stopDelayMs } = host.quirks();
  const { preStop } = spec.lifecycle ?? {};
  const hookMs = preStop?.sleep === undefined ? host.lasts(preStop?.exec?.command ?? []) : preStop.sleep.seconds * 1000;
  const { termAt, exitAt, code } = endOf(hookMs, graceMs, stopDelayMs ?? host.settings().processExit);
  if (cell === undefined || stopDelayMs !== undefined) {
    host.later(stopDelayMs === undefined ? termAt : exitAt, container, () => closeSockets(container));
    host.later(exitAt, container, () => host.exited(container, code));
    return;
  }
  const since = host.now();
  let hooked = false;
  const terminate = () => {
    if (hooked) return;
    hooked = true;
    const spent = host.now() - since;
    const left = spent === 0 ? graceMs : Math.max(graceMs - spent, LAST_CHANCE_MS);
    host.later(left, container, () => host.exited(container, 137));
    const end = cell.terminate();
    if (end !== "ordinary") return;
    closeSockets(container);
    const { processExit } = host.settings();
    if (processExit < left) host.later(processExit, container, () => host.exited(container, 0));
  };
  const command = preStop?.exec?.command;
  if (command === undefined) {
    host.later(termAt, container, terminate);
    return;
  }
  const { run } = container;
  const stop = cell.exec(command, graceMs, (end) => {
    if (container.run !== run) return;
    if (end.kind !== "ended" || end.code !== 0)
      host.say(container, "Warning", "FailedPreStopHook", "PreStopHook failed");
    terminate();
  });
  host.later(graceMs, container, () => {
    stop();
    terminate();
  });
}

/**
 * When a process that is to end closes its sockets and exits, in ms from now, and with which code: SIGTERM comes after the
 * preStop hook (which takes `hook` ms), SIGKILL when the grace period is over. Spec: [KUBELET-10].
 */
// Models kubernetes/pkg/kubelet/kuberuntime killContainer
function endOf(hook: number, graceMs: number, processExitMs: number) {
  const exitAt = hook >= graceMs && hook > 0 ? graceMs + LAST_CHANCE_MS : Math.min(hook + processExitMs, graceMs);
  return { termAt: Math.min(hook, graceMs), exitAt, code: exitAt < graceMs ? 0 : 137 };
}
