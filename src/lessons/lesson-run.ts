// A lesson on its way: which step, since when, and what was predicted. It holds no run; it is asked about one.
import type { ActionResult } from "../scenario/index.ts";
import { W } from "../words/en/lesson-help.ts";
import { holds, missingOf } from "./checks.ts";
import { choicesOf } from "./choices.ts";
import { type Hint, hintsFor, type Strength } from "./hints.ts";
import type { Lesson, LessonStep } from "./lesson.ts";
import { type Pointed, pointedOf } from "./link.ts";
import { type Inline, parseInline } from "./markdown.ts";
import { observedOf } from "./observed.ts";
import { HELP, type Help, type Result, resultOf } from "./result.ts";
import { doneSince, type Seen, type Watched } from "./seen.ts";

/** One check, as it is in the present state. */
export interface CheckState {
  readonly isMet: boolean;
  /** One sentence about what is missing; undefined when it is met. */
  readonly missing: string | undefined;
  /** One sentence about what was observed; undefined when it is not met. */
  readonly observed: string | undefined;
}

/** A prediction, as it is in the present state. */
export interface PredictionState {
  readonly question: readonly Inline[];
  readonly choices: readonly string[];
  /** What was chosen, from 0; undefined before. */
  readonly chosen: number | undefined;
  /** Whether it has been seen what happens. */
  readonly isDecided: boolean;
  /** What turned out right, from 0; undefined while it is open. */
  readonly right: number | undefined;
  /** Why; undefined while it is open. */
  readonly because: readonly Inline[] | undefined;
}

/** What of a lesson's course is to be kept, as JSON. */
export interface Progress {
  readonly lesson: string;
  readonly step: number;
  readonly since: number;
  readonly sinceActions: number;
  /** Per step: what was predicted, and what turned out right, from 0. */
  readonly chosen: readonly (number | null)[];
  readonly right: readonly (number | null)[];
  /** The strongest help with the current step. */
  readonly help?: Help;
}

/** The course of one lesson. All it says is computed from the run that it is asked about. Spec: [LESSON-7]. */
export class LessonRun {
  readonly lesson: Lesson;
  #step = 0;
  #since: number;
  #sinceActions: number;
  #help: Help = "none";
  /** How many actions the log held when the last step was ended. */
  #doneActions: number | undefined;
  readonly #chosen: (number | undefined)[];
  readonly #right: (number | undefined)[];

  /** Begins a lesson, in a run that is at its beginning. */
  constructor(lesson: Lesson, watched: Watched, from?: Progress) {
    this.lesson = lesson;
    this.#chosen = lesson.steps.map(() => undefined);
    this.#right = lesson.steps.map(() => undefined);
    this.#since = watched.world.clock.now;
    this.#sinceActions = watched.log.length;
    if (from === undefined || from.lesson !== lesson.id || lesson.steps[from.step] === undefined) return;
    this.#step = from.step;
    this.#since = from.since;
    this.#sinceActions = from.sinceActions;
    this.#help = HELP.find((each) => each === from.help) ?? "none";
    this.#chosen = lesson.steps.map((_, at) => from.chosen[at] ?? undefined);
    this.#right = lesson.steps.map((_, at) => from.right[at] ?? undefined);
  }

  /** The place of the current step, from 0. */
  get at(): number {
    return this.#step;
  }

  get step(): LessonStep {
    const step = this.lesson.steps[this.#step];
    if (step === undefined) throw new Error(`lessons: ${this.lesson.id} has no step ${this.#step}`);
    return step;
  }

  get isLast(): boolean {
    return this.#step === this.lesson.steps.length - 1;
  }

  /** What the current step points at. */
  get highlight(): readonly Pointed[] {
    return (this.step.point ?? []).flatMap((each) => pointedOf(each) ?? []);
  }

  /** A run as the current step sees it. When the page went back to before the step began, it begins there. */
  seen({ world, log }: Watched): Seen {
    const since = Math.min(this.#since, world.clock.now);
    return { world, log, since, sinceActions: Math.min(this.#sinceActions, log.length) };
  }

  /** Tells that the past was changed: what is done from here on belongs to the current step. */
  wentBack(watched: Watched): void {
    ({ since: this.#since, sinceActions: this.#sinceActions } = this.seen(watched));
    if (watched.log.length < (this.#doneActions ?? 0)) this.#doneActions = undefined;
  }

  /** The current step's checks, in their order. A prediction must be made before its task counts as done. */
  states(watched: Watched): readonly CheckState[] {
    const seen = this.seen(watched);
    return (this.step.checks ?? []).map((check) => {
      const missing = missingOf(check, seen);
      const isMet = missing === undefined;
      return { isMet, missing, observed: isMet ? observedOf(check, seen) : undefined };
    });
  }

  /** What is done of the current step, and one sentence for all that is missing. */
  checks(watched: Watched): { readonly met: boolean; readonly missing: readonly string[] } {
    const open = this.step.predict !== undefined && this.#chosen[this.#step] === undefined;
    const predicted = open ? [W.predict] : [];
    const missing = [...predicted, ...this.states(watched).flatMap((state) => state.missing ?? [])];
    return { met: missing.length === 0, missing: [...new Set(missing)] };
  }

  /** Hints for the present state of the current step. */
  hints(watched: Watched, strength: Strength): readonly Hint[] {
    return hintsFor(this.step, this.seen(watched), strength);
  }

  /** The current step's prediction; undefined when it has none. */
  prediction(watched: Watched): PredictionState | undefined {
    const { predict } = this.step;
    if (predict === undefined) return undefined;
    const seen = this.seen(watched);
    const isDecided = holds(predict.decidedBy, seen);
    const { texts, rightOne } = choicesOf(predict, seen);
    const right = isDecided ? rightOne() : -1;
    return {
      question: parseInline(predict.question),
      choices: texts,
      chosen: this.#chosen[this.#step],
      isDecided,
      right: right < 0 ? undefined : right,
      because: isDecided ? parseInline(predict.because) : undefined,
    };
  }

  /** Chooses an answer of the current step's prediction, from 0; once it has been seen what happens, the choice stays. */
  predict(choice: number, watched: Watched): void {
    const state = this.prediction(watched);
    if (state?.choices[choice] === undefined || (state.isDecided && state.chosen !== undefined)) return;
    this.#chosen[this.#step] = choice;
  }

  /** Ends the current step and goes to the next one, which begins now; false at the last one, or while the current one is not done. */
  next(watched: Watched): boolean {
    if (!this.checks(watched).met) return false;
    this.#right[this.#step] = this.prediction(watched)?.right;
    if (this.isLast) {
      this.#doneActions ??= watched.log.length;
      return false;
    }
    this.#begin(this.#step + 1, watched);
    return true;
  }

  /** Shows a step, which begins now. */
  goTo(step: number, watched: Watched): void {
    if (this.lesson.steps[step] !== undefined) this.#begin(step, watched);
  }

  /** Tells that the learner takes help with the current step: a hint of this strength, or the solution. */
  takeHelp(help: Help): void {
    if (HELP.indexOf(help) > HELP.indexOf(this.#help)) this.#help = help;
  }

  /** What it took to mend a broken Service, until its step was ended; undefined of any other lesson, and before it is mended. */
  result(watched: Watched): Result | undefined {
    if (this.lesson.grade === undefined || !this.isDone(watched)) return undefined;
    const seen = this.seen(watched);
    return resultOf(this.lesson, doneSince({ ...seen, log: seen.log.slice(0, this.#doneActions) }), this.#help);
  }

  /** Whether the whole lesson is done. */
  isDone(watched: Watched): boolean {
    return this.isLast && this.checks(watched).met;
  }

  /** Where the learner is, and the predictions of the steps that were ended. */
  get progress(): Progress {
    const [chosen, right] = [this.#chosen, this.#right].map((all) => all.map((each) => each ?? null));
    return {
      lesson: this.lesson.id,
      step: this.#step,
      since: this.#since,
      sinceActions: this.#sinceActions,
      chosen: chosen ?? [],
      right: right ?? [],
      help: this.#help,
    };
  }

  #begin(step: number, { world, log }: Watched): void {
    this.#step = step;
    this.#since = world.clock.now;
    this.#sinceActions = log.length;
    this.#help = "none";
    this.#doneActions = undefined;
  }
}

/** Why an action failed, in one line; undefined when it did not. */
export function failureOf({ error, text }: ActionResult): string | undefined {
  return error ?? text?.documents.find((each) => each.error !== undefined)?.error?.message;
}
