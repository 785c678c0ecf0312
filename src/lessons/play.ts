// Plays what a lesson does by itself: its beginning, and solutions.
import type { Action, ActionResult, Run, Scenario } from "../scenario/index.ts";
import { newScenario } from "../scenario/index.ts";
import { moveOf } from "./doing.ts";
import type { Doing, Lesson } from "./lesson.ts";
import { failureOf, LessonRun } from "./lesson-run.ts";
import { isChange } from "./result.ts";
import type { Watched } from "./seen.ts";

/** What a lesson needs of its surroundings to begin. */
export interface Stage {
  /** Begins a run, with a console when `needsShell`. */
  open(scenario: Scenario, needsShell: boolean): Promise<Run>;
  /** An example of the gallery. */
  example(name: string): Promise<Scenario>;
  /** Another lesson. */
  lesson(id: string): Promise<Lesson>;
  /** Does the work of a lesson, in slices where others wait; at once unless given. */
  work?<T>(playing: Generator<unknown, T>): Promise<T>;
}

/** Pods are ready by then. */
const HEAD_START_MS = 5_000;
/** A change has reached every node by then. */
const SETTLE_MS = 5_000;
/** Nothing that a lesson does takes longer. */
const LONGEST_MS = 200_000;
const STEP_MS = 250;
/** After its solution a step's checks are met within this time. */
export const PATIENCE_MS = 90_000;

/** The API server refused what a lesson does. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** A run on its way; each step takes some milliseconds. */
type Playing<T> = Generator<void, T>;

export function watchedOf(run: Run): Watched {
  return { world: run.cluster, log: run.log };
}

/**
 * Does things in a run as a person would, one after the other, and lets each come to its end.
 *
 * @param predict - called for a choice, from 1.
 * @throws Error when one of them fails at once.
 */
export function* play(
  run: Run,
  doings: readonly Doing[],
  predict: (choice: number) => void = () => undefined,
): Playing<void> {
  for (const doing of doings) {
    const move = moveOf(doing, watchedOf(run), run.text);
    if (move.kind === "predict") predict(move.choice);
    else if (move.kind === "wait") yield* pass(run, move.ms);
    else yield* perform(run, move.action);
  }
}

function* perform(run: Run, action: Action): Playing<void> {
  const result = run.perform(action);
  const failure = failureOf(result);
  if (failure !== undefined) throw new RefusedError(`lessons: ${action.kind} was refused: ${failure}`);
  for (let waited = 0; !isOver(run, result) && waited < LONGEST_MS; waited += STEP_MS) yield* pass(run, STEP_MS);
  if (isChange(action)) yield* pass(run, SETTLE_MS);
}

function isOver({ cluster }: Run, { process, exchange }: ActionResult): boolean {
  if (process !== undefined && !process.done) return false;
  return exchange === undefined || cluster.trace.exchange(exchange)?.outcome.kind !== "pending";
}

function* pass(run: Run, ms: number): Playing<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    run.advance(Math.min(STEP_MS, left));
    yield;
  }
}

/** Lets time pass until something holds, or patience ends. */
export function* waitFor(run: Run, holds: () => boolean, patience = PATIENCE_MS): Playing<boolean> {
  for (let waited = 0; !holds(); waited += STEP_MS) {
    if (waited >= patience) return false;
    yield* pass(run, STEP_MS);
  }
  return true;
}

/** Does all of a generator's work at once. */
export function atOnce<T>(playing: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = playing.next();
    if (done === true) return value;
  }
}

/** Does a generator's work as its stage does it. */
export async function worked<T>(stage: Stage, playing: Generator<unknown, T>): Promise<T> {
  return stage.work === undefined ? atOnce(playing) : stage.work(playing);
}

/** Where a lesson begins, as a scenario and the moment at which it opens. Spec: [LESSON-8]. */
export async function startOf(
  lesson: Lesson,
  stage: Stage,
): Promise<{ readonly scenario: Scenario; readonly at: number }> {
  const run = await begin(lesson, stage);
  return { scenario: { ...run.scenario("run"), title: lesson.title }, at: run.cluster.clock.now };
}

/** A run at the beginning of a lesson. */
export async function begin(lesson: Lesson, stage: Stage, seed?: string): Promise<Run> {
  const { start } = lesson;
  const run =
    start.lesson === undefined
      ? await open(lesson, stage, seed)
      : await solved(await stage.lesson(start.lesson), stage, seed);
  await worked(stage, play(run, start.before ?? []));
  return run;
}

async function open({ start, title }: Lesson, stage: Stage, seed?: string): Promise<Run> {
  const base = start.example === undefined ? newScenario(start.text ?? "") : await stage.example(start.example);
  const settings = { ...base.settings, ...start.settings };
  const own = seed ?? start.seed;
  const scenario = { ...base, title, settings, ...(own === undefined ? {} : { seed: own }) };
  const run = await stage.open(scenario, true);
  run.advance(HEAD_START_MS);
  return run;
}

/** A run in which the whole solution of a lesson was done. */
async function solved(lesson: Lesson, stage: Stage, seed?: string): Promise<Run> {
  const run = await begin(lesson, stage, seed);
  const course = new LessonRun(lesson, watchedOf(run));
  for (const [at, step] of lesson.steps.entries()) {
    course.goTo(at, watchedOf(run));
    await worked(stage, play(run, step.solution ?? []));
    course.predict(0, watchedOf(run));
    await worked(
      stage,
      waitFor(run, () => course.checks(watchedOf(run)).met),
    );
  }
  return run;
}
