// How long things take in a container's life, and how kubelets write durations.
import type { Container } from "../api/types.gen.ts";
import { knownEnding } from "./images/command.ts";

/** Images of this registry are never found. SIM.md. */
const NOWHERE = "registry.invalid/";
/** What a process still gets when the preStop hook has used up the whole grace period. */
const LAST_CHANCE_MS = 2_000;

export function isPullable(container: Container): boolean {
  return !(container.image ?? "").startsWith(NOWHERE);
}

/** How long a preStop hook takes, in ms: `sleep`, or an exec of a command known to end. */
function hookDuration(container: Container): number {
  const hook = container.lifecycle?.preStop;
  if (hook?.sleep !== undefined) return hook.sleep.seconds * 1000;
  const ending = knownEnding(hook?.exec?.command ?? [])?.ending;
  return ending?.afterMs ?? 0;
}

/**
 * When a process that is to end closes its sockets and exits, in ms from now, and with which code: SIGTERM comes after the
 * preStop hook, SIGKILL when the grace period is over. Spec: [KUBELET-10].
 */
// Models kubernetes/pkg/kubelet/kuberuntime killContainer
export function endOf(container: Container, graceMs: number, processExitMs: number) {
  const hook = hookDuration(container);
  const exitAt = hook >= graceMs && hook > 0 ? graceMs + LAST_CHANCE_MS : Math.min(hook + processExitMs, graceMs);
  return { termAt: Math.min(hook, graceMs), exitAt, code: exitAt < graceMs ? 0 : 137 };
}

/** `10s`, `2m40s`, `5m0s`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`;
}
