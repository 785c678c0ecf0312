// What explainers are given and what they answer.
import type { Exchange } from "../cluster/index.ts";
import type { Claim } from "./claims.ts";
import type { Comparison, Cure, Evidence, FailureClass, Finding, Responsible } from "./finding.ts";
import type { Aim, Asked } from "./request.ts";
import type { Survey } from "./survey.ts";

/** Why a request failed, or what is worth knowing of one that was answered. */
export interface Explanation {
  readonly class: FailureClass;
  /** What kind of mistake it is, such as `selector-matches-nothing`; a finding's `class` where one is the cause. */
  readonly cause: string;
  /** What its sender saw, in a few words: `refused`, `no answer in time`. */
  readonly seen: string;
  /** The cause in one line. */
  readonly title: string;
  /** The outcome of the request, in one sentence. */
  readonly happened: string;
  /** Why: what in this cluster made it so; sentences. */
  readonly explanation: string;
  /** All that is said of this cluster, to be held against it. */
  readonly claims: readonly Claim[];
  readonly comparison?: Comparison;
  readonly evidence: readonly Evidence[];
  readonly responsible?: Responsible;
  readonly cures: readonly Cure[];
  /** What else is wrong with the same Service. */
  readonly others: readonly Finding[];
}

/** The part of an explanation that says why. */
export type Cause = { readonly class: string } & Pick<
  Explanation,
  "title" | "explanation" | "claims" | "evidence" | "cures"
> &
  Partial<Pick<Explanation, "comparison" | "responsible">>;

/** What an explainer is given. */
export interface Trouble {
  readonly survey: Survey;
  readonly exchange: Exchange;
  readonly asked: Asked;
  readonly aim: Aim;
}
