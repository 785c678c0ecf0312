// Hints from the present state: what diagnosis finds, what the lesson's author wrote, and what its checks miss.
import { pathText } from "../cluster/index.ts";
import {
  type Cure,
  cureCommands,
  diagnose,
  type Explanation,
  explainExchange,
  type Finding,
  isFailure,
  refText,
} from "../diagnosis/index.ts";
import { W } from "../words/en/lesson-help.ts";
import { holds, missingOf } from "./checks.ts";
import type { LessonStep } from "./lesson.ts";
import type { Pointed } from "./link.ts";
import { type Inline, parseInline } from "./markdown.ts";
import { requestsOf, type Seen } from "./seen.ts";

/** Where to look, what is wrong, what to do. */
export const STRENGTHS = ["look", "wrong", "do"] as const;
export type Strength = (typeof STRENGTHS)[number];

/** One hint. */
export interface Hint {
  readonly text: readonly Inline[];
  /** What it is about. */
  readonly at?: Pointed;
  /** Lines for the console that do what it says; only of the strongest. */
  readonly commands: readonly string[];
  readonly from: "lesson" | "diagnosis" | "checks";
}

/**
 * The hints for the present state, best first: those that the lesson wrote for it, then what is wrong with Services, then why the
 * last request failed, then what is missing. None when nothing is missing. Spec: [LESSON-4].
 */
export function hintsFor(step: LessonStep, seen: Seen, strength: Strength): readonly Hint[] {
  const missing = (step.checks ?? []).flatMap((check) => missingOf(check, seen) ?? []);
  if (missing.length === 0) return [];
  const written = (step.hints ?? [])
    .filter(({ when }) => when === undefined || holds(when, seen))
    .map((hint): Hint => ({ text: parseInline(hint[strength]), commands: [], from: "lesson" }));
  const causes = step.diagnose === false ? [] : causesOf(seen);
  const hints = [...written, ...causes.map((each) => fromCause(each, seen, strength))];
  if (hints.length > 0) return hints;
  return missing.map((text): Hint => ({ text: [{ kind: "text", text }], commands: [], from: "checks" }));
}

/** What is broken, worst first. */
function findingsOf({ world }: Seen): readonly Finding[] {
  const found = diagnose(world).filter(({ severity }) => severity !== "info");
  return found.toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

/** What is said of a fault, whoever found it. */
type Said = Pick<Finding, "title" | "explanation" | "cures"> & Partial<Pick<Explanation, "responsible" | "happened">>;

/** What is broken, and why the last request failed where that is something else. */
function causesOf(seen: Seen): readonly Said[] {
  const findings = findingsOf(seen);
  const last = requestsOf(seen, {}).at(-1);
  const why = last !== undefined && isFailure(last) ? explainExchange(seen.world, last) : undefined;
  const isKnown = why === undefined || findings.some((each) => each.class === why.cause);
  return isKnown ? findings : [...findings, why];
}

function fromCause(cause: Said, { world }: Seen, strength: Strength): Hint {
  const { responsible } = cause;
  const [cure] = cause.cures;
  const text = { look: whereToLook(cause), wrong: whatIsWrong(cause), do: whatToDo(cure, cause) }[strength];
  const commands = strength === "do" && cure !== undefined ? cureCommands(world, cure) : [];
  const at = responsible === undefined ? {} : { at: { object: responsible.object, path: responsible.path } };
  return { text: [{ kind: "text", text }], ...at, commands, from: "diagnosis" };
}

function whereToLook({ responsible, happened = "" }: Said): string {
  if (responsible === undefined) return W.lookAtRequest(sentence(happened));
  const { object, path } = responsible;
  return W.lookAt(refText(object), path.length === 0 ? undefined : pathText(path));
}

function whatIsWrong({ title, explanation }: Said): string {
  return explanation.startsWith(title) ? explanation : `${sentence(title)} ${explanation}`;
}

function whatToDo(cure: Cure | undefined, cause: Said): string {
  return cure === undefined ? whatIsWrong(cause) : sentence(cure.label);
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
