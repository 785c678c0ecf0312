// Holds a lesson to what it promises, headlessly: unmet before its solution, met after, wrong ways refused and helped.
import type { Exchange } from "../cluster/index.ts";
import { createRun, type Run } from "../scenario/index.ts";
import { moveOf } from "./doing.ts";
import { STRENGTHS } from "./hints.ts";
import type { Doing, Lesson } from "./lesson.ts";
import { LessonRun } from "./lesson-run.ts";
import { plainText } from "./markdown.ts";
import { begin, play, RefusedError, type Stage, waitFor, watchedOf, worked } from "./play.ts";

/** The outcome of a replay. */
export interface Replayed {
  readonly id: string;
  readonly title: string;
  readonly steps: number;
  readonly ways: number;
  readonly digest: string;
  /** What turned out right of each prediction, from 1. */
  readonly predictions: readonly number[];
  /** Virtual seconds. */
  readonly seconds: number;
  readonly complaints: readonly string[];
}

/** Replays a lesson twice from fresh. Spec: [LESSON-2]. */
export async function replayLesson(lesson: Lesson, stage: Stage, seed?: string): Promise<Replayed> {
  const first = await new Rehearsal(lesson, stage, seed).whole();
  const second = await new Rehearsal(lesson, stage, seed).bare();
  const differs = first.digest === second ? [] : [`two replays differ: ${first.digest} and ${second}`];
  return { ...first, complaints: [...first.complaints, ...differs] };
}

class Rehearsal {
  readonly #lesson: Lesson;
  readonly #stage: Stage;
  readonly #seed: string | undefined;
  readonly #complaints: string[] = [];
  readonly #predictions: number[] = [];
  /** Of each way that mends it. */
  readonly #changes: number[] = [];
  #ways = 0;

  constructor(lesson: Lesson, stage: Stage, seed: string | undefined) {
    this.#lesson = lesson;
    this.#seed = seed;
    this.#stage = stage;
  }

  async whole(): Promise<Replayed> {
    const run = await begin(this.#lesson, this.#stage, this.#seed);
    await this.#symptom(run, "before");
    const course = new LessonRun(this.#lesson, watchedOf(run));
    for (const at of this.#lesson.steps.keys()) {
      try {
        await this.#step(run, course);
      } catch (error) {
        this.#complain(course, String(error));
      }
      if (!course.next(watchedOf(run)) && !course.isLast) course.goTo(at + 1, watchedOf(run));
    }
    const digest = run.digest;
    await this.#symptom(run, "after");
    const { id, title, steps } = this.#lesson;
    const seconds = Math.round(run.cluster.clock.now / 1_000);
    const [predictions, complaints] = [this.#predictions, this.#complaints];
    return { id, title, steps: steps.length, ways: this.#ways, digest, predictions, seconds, complaints };
  }

  /** The solution alone: its digest. */
  async bare(): Promise<string> {
    const run = await begin(this.#lesson, this.#stage, this.#seed);
    const course = new LessonRun(this.#lesson, watchedOf(run));
    for (const [at, step] of this.#lesson.steps.entries()) {
      course.goTo(at, watchedOf(run));
      await this.#do(run, course, step.solution ?? []);
    }
    return run.digest;
  }

  async #step(run: Run, course: LessonRun): Promise<void> {
    const { checks = [], solution, alsoRight = [], tempting = [], predict } = course.step;
    if (checks.length > 0 && course.states(watchedOf(run)).every(({ isMet }) => isMet))
      this.#complain(course, "its checks are met before anything is done");
    if (course.prediction(watchedOf(run))?.isDecided === true)
      this.#complain(course, "its prediction is decided before anything is done");
    if (checks.length > 0 && solution === undefined) this.#complain(course, "has checks and no solution");
    for (const way of alsoRight) await this.#way(run, course, way);
    for (const { do: way, hint } of tempting) await this.#temptation(run, course, way, hint);
    await this.#do(run, course, solution ?? []);
    for (const missing of course.checks(watchedOf(run)).missing)
      this.#complain(course, `after the solution: ${missing}`);
    if (predict !== undefined) this.#decided(run, course);
    this.#par(run, course);
  }

  /** Par is the number of changes that the shortest of the lesson's ways makes. Spec: [LESSON-10]. */
  #par(run: Run, course: LessonRun): void {
    const result = course.result(watchedOf(run));
    if (result === undefined) return;
    this.#changes.push(result.changes);
    const { par } = result;
    if (Math.min(...this.#changes) !== par)
      this.#complain(course, `par is ${par}, and its ways take ${this.#changes.join(", ")} changes`);
  }

  #decided(run: Run, course: LessonRun): void {
    const state = course.prediction(watchedOf(run));
    if (state?.right === undefined) this.#complain(course, "none of the predictions is right");
    else this.#predictions.push(state.right + 1);
  }

  /** Does things and waits for the step's checks. */
  async #do(run: Run, course: LessonRun, doings: readonly Doing[]): Promise<void> {
    await worked(
      this.#stage,
      play(run, doings, (choice) => course.predict(choice - 1, watchedOf(run))),
    );
    course.predict(0, watchedOf(run));
    await worked(
      this.#stage,
      waitFor(run, () => course.checks(watchedOf(run)).met),
    );
  }

  async #way(run: Run, course: LessonRun, way: readonly Doing[]): Promise<void> {
    this.#ways++;
    const [other, own] = this.#again(run, course);
    await this.#do(other, own, way);
    for (const missing of own.checks(watchedOf(other)).missing)
      this.#complain(course, `another right way (${shown(way)}): ${missing}`);
    const result = own.result(watchedOf(other));
    if (result !== undefined) this.#changes.push(result.changes);
  }

  async #temptation(run: Run, course: LessonRun, way: readonly Doing[], hint: string): Promise<void> {
    this.#ways++;
    const [other, own] = this.#again(run, course);
    for (const doing of way) await refusedOrDone(() => worked(this.#stage, play(other, [doing])));
    own.predict(0, watchedOf(other));
    const watched = watchedOf(other);
    if (own.checks(watched).met) this.#complain(course, `the wrong way (${shown(way)}) is accepted`);
    const hints = STRENGTHS.flatMap((strength) => own.hints(watched, strength).map(({ text }) => plainText(text)));
    if (!hints.some((each) => each.includes(hint)))
      this.#complain(course, `the wrong way (${shown(way)}) gets no hint with "${hint}", but: ${hints.join(" | ")}`);
  }

  /** Another run at the same moment, and the lesson in it. */
  #again(run: Run, course: LessonRun): readonly [Run, LessonRun] {
    const other = createRun(run.scenario("run"), run.attached);
    other.advance(run.cluster.clock.now);
    if (other.digest !== run.digest) this.#complain(course, "its log does not replay to the same run");
    return [other, new LessonRun(this.#lesson, watchedOf(other), course.progress)];
  }

  /** Whether the request of a broken Service fails as its reporter says, and is answered in the end. */
  async #symptom(run: Run, when: "before" | "after"): Promise<void> {
    const { symptom } = this.#lesson;
    if (symptom === undefined) return;
    const other = createRun(run.scenario("run"), run.attached);
    other.advance(run.cluster.clock.now);
    const move = moveOf({ send: symptom.send }, watchedOf(other), other.text);
    const exchange = move.kind === "action" ? other.perform(move.action).exchange : undefined;
    const ended = () => (exchange === undefined ? undefined : other.cluster.trace.exchange(exchange)?.outcome);
    await worked(
      this.#stage,
      waitFor(other, () => ended()?.kind !== "pending", 140_000),
    );
    const { outcome, status } = symptom;
    const wanted = when === "after" ? "answered" : status === undefined ? outcome : `${outcome} with ${status}`;
    const seen = seenAs(ended());
    if (seen !== wanted) this.#complaints.push(`the symptom ${when} the solution is ${seen}, not ${wanted}`);
  }

  #complain(course: LessonRun, what: string): void {
    this.#complaints.push(`step ${course.at + 1}, ${course.step.title}: ${what}`);
  }
}

/** A wrong way may be refused by the API server already. */
async function refusedOrDone(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
  }
}

/** An outcome in a word; with the status of an answer that is an error. */
function seenAs(outcome: Exchange["outcome"] | undefined): string {
  if (outcome === undefined) return "nothing";
  const isError = outcome.kind === "answered" && outcome.status !== undefined && outcome.status >= 400;
  return isError ? `answered with ${outcome.status}` : outcome.kind;
}

function shown(way: readonly Doing[]): string {
  return way.map((doing) => (typeof doing === "string" ? doing : JSON.stringify(doing))).join("; ");
}
