// A pod that is not ready, as the reasons see it, and what each of them gives.
import type { FieldPath } from "../../cluster/index.ts";
import { W } from "../../words/en/diagnosis.ts";
import { type Claim, holdsValue } from "../claims.ts";
import type { Cure, Evidence, Responsible } from "../finding.ts";
import type { Owned } from "../owned.ts";
import type { Scene } from "../scene.ts";
import { inNamespace, refOf } from "../words.ts";

/** Why a pod is not ready, and what is to be done. */
export interface Unready {
  readonly kind: string;
  /** The middle of a sentence: `its image … cannot be pulled`. */
  readonly why: string;
  readonly claims: readonly Claim[];
  readonly evidence: readonly Evidence[];
  readonly responsible: Responsible;
  readonly cures: readonly Cure[];
}

/** A pod that is looked at, with what made it. */
export interface About extends Owned {
  readonly scene: Pick<Scene, "survey" | "namespace">;
}

/** `kubectl describe pod` and what is found there. */
export function describePod({ scene, pod }: About, shows: string, prints: readonly string[]): Evidence {
  return { command: `kubectl describe pod ${pod.metadata.name}${inNamespace(scene.namespace)}`, shows, prints };
}

/** A field of the pod where people write it: in the workload's template, or in the pod. */
export function fieldOf({ workload, pod }: Owned, ...path: FieldPath): Responsible {
  if (workload === undefined) return { object: refOf(pod), path };
  return { object: refOf(workload.object), path: [...workload.templatePath, ...path] };
}

/** That a field of a pod holds a value, described from the pod itself. */
export function podHolds({ pod }: Owned, path: FieldPath, value: unknown): Claim {
  return holdsValue(refOf(pod), path, value);
}

/** What a probe said, in a sentence; a command may fail without a word. */
export function sayingOf(message: string): string {
  return message.trim() === "" ? W.silent : message;
}
