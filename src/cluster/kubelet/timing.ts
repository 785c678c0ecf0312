// How long things take in a container's life, and how kubelets write durations.
import type { Container } from "../api/types.gen.ts";
import { knownEnding } from "./images/command.ts";

/** Images of this registry are never found. SIM.md. */
const NOWHERE = "registry.invalid/";

export function isPullable(container: Container): boolean {
  return !(container.image ?? "").startsWith(NOWHERE);
}

/** How long a preStop hook takes, in ms: `sleep`, or an exec of a command known to end. */
export function hookDuration(container: Container): number {
  const hook = container.lifecycle?.preStop;
  if (hook?.sleep !== undefined) return hook.sleep.seconds * 1000;
  const ending = knownEnding(hook?.exec?.command ?? [])?.ending;
  return ending?.afterMs ?? 0;
}

/** `10s`, `2m40s`, `5m0s`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`;
}
