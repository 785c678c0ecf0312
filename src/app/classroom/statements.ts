// What happens in a lesson as statements of xAPI, for the page around the frame. Nobody is named: that page knows who learns.

import { language, PSEUDO } from "../../words/index.ts";
import type { LessonShown } from "../store/state.ts";

/** A statement without its actor. */
export interface Statement {
  readonly verb: { readonly id: string; readonly display: { readonly en: string } };
  readonly object: {
    readonly objectType: "Activity";
    readonly id: string;
    /** The name by its language, as `en` or `de`. */
    readonly definition: { readonly type: string; readonly name: Readonly<Record<string, string>> };
  };
  readonly result?: StatementResult;
  readonly timestamp: string;
}

export interface StatementResult {
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly score?: { readonly scaled: number; readonly raw: number; readonly min: 0; readonly max: 100 };
  readonly duration?: string;
}

/** How far the learner is, for who keeps it: places of steps, from 0. */
export interface LessonState {
  readonly lesson: string;
  readonly step: number;
  readonly steps: number;
  readonly predictions: number;
  readonly met: readonly number[];
  readonly solved: readonly number[];
  /** By the place of the step: whether the prediction was right. */
  readonly answered: ReadonlyArray<readonly [step: number, right: boolean]>;
  readonly hints: number;
  readonly done: boolean;
}

/** What the frame tells the page around it. */
export interface StatementMessage {
  readonly type: "podpath:statement";
  readonly statement: Statement;
  readonly state: LessonState;
}

type Verb = "experienced" | "answered" | "completed" | "passed";

/** The language in which lessons are read: a pseudo-language has none of its own. */
const lessonTag = () => (language().tag === PSEUDO ? "en" : language().tag);

const verbOf = (verb: Verb) => ({ id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { en: verb } });
const typeOf = (type: "lesson" | "objective" | "question") => `http://adlnet.gov/expapi/activities/${type}`;

export function stateOf({ course, at, met, solved, answered, hints, doneAt }: LessonShown): LessonState {
  const { id, steps } = course.lesson;
  return {
    lesson: id,
    step: at,
    steps: steps.length,
    predictions: steps.filter(({ predict }) => predict !== undefined).length,
    met: [...met],
    solved: [...solved],
    answered: [...answered],
    hints,
    done: doneAt !== undefined,
  };
}

/** Of 100: each step done without its solution and each prediction that was right counts as much. Spec: [LMS-1]. */
export function scoreOf({ steps, predictions, met, solved, answered }: LessonState): number {
  const points = met.filter((step) => !solved.includes(step)).length + answered.filter(([, right]) => right).length;
  return steps + predictions === 0 ? 0 : Math.round((100 * points) / (steps + predictions));
}

/** Where the lessons are, and when it is, in real milliseconds. */
export interface Around {
  /** The address of the page, without query. */
  readonly page: string;
  readonly now: number;
}

/** What is new since `before`, as statements in their order. Spec: [LMS-1]. */
export function statementsOf(before: LessonShown | undefined, now: LessonShown, around: Around): readonly Statement[] {
  const last = before?.course === now.course ? before : undefined;
  const { lesson } = now.course;
  const state = stateOf(now);
  const iri = `${around.page}?lesson=${lesson.id}`;
  const about = (type: "lesson" | "objective" | "question", id: string, name: string): Statement["object"] => ({
    objectType: "Activity",
    id,
    definition: { type: typeOf(type), name: { [lessonTag()]: name } },
  });
  const stepIri = (step: number) => `${iri}&step=${step + 1}`;
  const say = (verb: Verb, object: Statement["object"], result?: StatementResult): Statement => ({
    verb: verbOf(verb),
    object,
    ...(result === undefined ? {} : { result }),
    timestamp: new Date(around.now).toISOString(),
  });
  const statements: Statement[] = [];
  if (last?.at !== now.at)
    statements.push(say("experienced", about("objective", stepIri(now.at), lesson.steps[now.at]?.title ?? "")));
  for (const [step, success] of now.answered)
    if (last?.answered.has(step) !== true) {
      const question = lesson.steps[step]?.predict?.question ?? "";
      statements.push(say("answered", about("question", `${stepIri(step)}#prediction`, question), { success }));
    }
  if (now.doneAt !== undefined && last?.doneAt === undefined) {
    const [raw, success] = [scoreOf(state), now.solved.size === 0];
    const score = { scaled: raw / 100, raw, min: 0, max: 100 } as const;
    const result = { completion: true, success, score, duration: durationOf(now.doneAt - now.beganAt) };
    const object = about("lesson", iri, lesson.title);
    statements.push(say("completed", object, result));
    if (success) statements.push(say("passed", object, result));
  }
  return statements;
}

/** A span as ISO 8601 has it. */
function durationOf(ms: number): string {
  return `PT${Math.max(0, Math.round(ms / 1000))}S`;
}
