// What explainers are given and what they answer.
import type { Exchange } from "../cluster/index.ts";
import type { Aim, Asked } from "./asked.ts";
import type { Comparison, Cure, Evidence, FailureClass, Finding, Responsible } from "./finding.ts";
import type { World } from "./world.ts";

/** Why a request failed, or what is worth knowing of one that was answered. */
export interface Explanation {
  readonly class: FailureClass;
  /** What its sender saw, in a few words: `refused`, `no answer in time`. */
  readonly seen: string;
  /** The cause in one line. */
  readonly title: string;
  /** What came of the request, in one sentence. */
  readonly happened: string;
  /** Why: what in this cluster made it so; sentences. */
  readonly explanation: string;
  readonly comparison?: Comparison;
  readonly evidence: readonly Evidence[];
  readonly responsible?: Responsible;
  readonly cures: readonly Cure[];
  /** What else is wrong with the same Service. */
  readonly others: readonly Finding[];
}

/** The part of an explanation that says why. */
export type Cause = Pick<Explanation, "title" | "explanation" | "evidence" | "cures"> &
  Partial<Pick<Explanation, "comparison" | "responsible">>;

/** What an explainer is given. */
export interface Trouble {
  readonly world: World;
  readonly exchange: Exchange;
  readonly asked: Asked;
  readonly aim: Aim;
}
