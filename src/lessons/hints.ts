// Hints from the present state: what diagnosis finds, what the lesson's author wrote, and what its checks miss.
import { pathText } from "../cluster/index.ts";
import { type Cure, cureCommands, diagnose, type Finding, refText } from "../diagnosis/index.ts";
import { holds, missingOf } from "./checks.ts";
import type { LessonStep } from "./lesson.ts";
import type { Pointed } from "./link.ts";
import { type Inline, parseInline } from "./markdown.ts";
import type { Seen } from "./seen.ts";

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
 * The hints for the present state, best first: those that the lesson wrote for it, then what is wrong with Services, then what
 * is missing. None when nothing is missing. Spec: [LESSON-4].
 */
export function hintsFor(step: LessonStep, seen: Seen, strength: Strength): readonly Hint[] {
  const missing = (step.checks ?? []).flatMap((check) => missingOf(check, seen) ?? []);
  if (missing.length === 0) return [];
  const written = (step.hints ?? [])
    .filter(({ when }) => when === undefined || holds(when, seen))
    .map((hint): Hint => ({ text: parseInline(hint[strength]), commands: [], from: "lesson" }));
  const found = step.diagnose === false ? [] : findingsOf(seen).map((each) => fromFinding(each, seen, strength));
  const hints = [...written, ...found];
  if (hints.length > 0) return hints;
  return missing.map((text): Hint => ({ text: [{ kind: "text", text }], commands: [], from: "checks" }));
}

/** What is broken, worst first. */
function findingsOf({ world }: Seen): readonly Finding[] {
  const found = diagnose(world).filter(({ severity }) => severity !== "info");
  return found.toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

function fromFinding(finding: Finding, { world }: Seen, strength: Strength): Hint {
  const { object, path } = finding.responsible;
  const at: Pointed = { object, path };
  const [cure] = finding.cures;
  const text = { look: whereToLook(finding), wrong: whatIsWrong(finding), do: whatToDo(cure, finding) }[strength];
  const commands = strength === "do" && cure !== undefined ? cureCommands(world, cure) : [];
  return { text: [{ kind: "text", text }], at, commands, from: "diagnosis" };
}

function whereToLook({ responsible: { object, path } }: Finding): string {
  return `Look at ${refText(object)}${path.length === 0 ? "" : `, field ${pathText(path)}`}.`;
}

function whatIsWrong({ title, explanation }: Finding): string {
  return `${sentence(title)} ${explanation}`;
}

function whatToDo(cure: Cure | undefined, finding: Finding): string {
  return cure === undefined ? whatIsWrong(finding) : sentence(cure.label);
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
