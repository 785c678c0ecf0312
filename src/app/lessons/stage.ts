// How a lesson opens on the page: its run, taken to the step that was asked for.
import {
  dayOf,
  isMade,
  LESSONS,
  type Lesson,
  LessonError,
  LessonRun,
  loadLesson,
  loadMade,
  madeName,
  type Progress,
  play,
  readShared,
  type Stage,
  startOf,
} from "../../lessons/index.ts";
import { newScenario, type Scenario } from "../../scenario/index.ts";
import { W } from "../../words/en/lessons.ts";
import { EXAMPLES, scenarioOf } from "../examples/index.ts";
import { loadPart } from "../store/parts.ts";
import type { Playground } from "../store/playground.ts";
import { loadShell, openRun, type Run } from "../store/run.ts";
import { readTabSetting, writeTabSetting } from "../ui/storage.ts";
import { type AskedLesson, lessonSource, SHARED } from "./asked.ts";
import type { KeptProgress } from "./kept.ts";

/** A lesson that is open in the page's run. */
export interface OpenLesson {
  readonly course: LessonRun;
  /** What its run began from: another one has taken its place when this differs. */
  readonly origin: Run["origin"];
}

/** Where lessons are opened and tried. */
export const STAGE: Stage = {
  open,
  example: async (name) => {
    const example = EXAMPLES.find((each) => each.name === name);
    return example === undefined ? newScenario("") : scenarioOf(example);
  },
  lesson: load,
  work: inSlices,
};

/** Milliseconds of work before others have their turn, and after which a lesson is given up. */
const SLICE_MS = 12;
const MOST_MS = 60_000;

async function inSlices<T>(playing: Generator<unknown, T>): Promise<T> {
  const begun = performance.now();
  for (let since = begun; ; ) {
    const { done, value } = playing.next();
    if (done === true) return value;
    const now = performance.now();
    if (now - begun > MOST_MS) throw new Error(W.slow);
    if (now - since < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
}

async function open(scenario: Scenario, needsShell: boolean): Promise<Run> {
  const run = await openRun(scenario);
  if (needsShell && run.shell === undefined) run.attachShell(await loadShell());
  return run;
}

function load(id: string): Promise<Lesson> {
  return loadPart(W.text, () => loadLesson(id));
}

const SHARED_SOURCE = "lesson-source";

/** The lesson that came with a link, which the tab keeps; a sentence when it is none. */
function sharedLesson(source: string): Lesson | string {
  try {
    const lesson = readShared(source);
    writeTabSetting(SHARED_SOURCE, source);
    return lesson;
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    const [first] = error.problems;
    return W.badLink(first?.line, first?.message);
  }
}

/** A lesson of the list, or one that is made for the name; a sentence when there is none. */
async function lessonNamed({ id, source }: AskedLesson): Promise<Lesson | string> {
  if (id === SHARED) return sharedLesson(source ?? readTabSetting(SHARED_SOURCE) ?? "");
  if (isMade(id)) {
    const name = madeName(id, dayOf(new Date()));
    return typeof name === "string" ? name : loadPart(W.brokenService, () => loadMade(name, STAGE));
  }
  if (LESSONS.some((each) => each.id === id)) return load(id);
  return W.unknown(id.slice(0, 40));
}

const PATIENCE_MS = 90_000;
const STEP_MS = 500;

/**
 * Opens a lesson in place of what is on the page, or takes up the one that is there; undefined when there is none of that name, or
 * the visitor gave it up.
 */
export async function openLesson(
  playground: Playground,
  asked: AskedLesson,
  kept: KeptProgress,
): Promise<OpenLesson | undefined> {
  const { left } = asked;
  const lesson = await lessonNamed(asked);
  if (typeof lesson === "string") {
    playground.notify("info", lesson);
    return undefined;
  }
  if (left !== undefined) {
    const { run } = playground.store.getState();
    return { course: new LessonRun(lesson, run, left.course), origin: run.origin };
  }
  const { first, problem } = firstOf(asked, lesson);
  const { scenario, at } = await startOf(lesson, STAGE);
  const moved = first === 0 ? { scenario, at } : await solvedUntil(lesson, first, { scenario, at });
  if (!(await playground.open(moved.scenario, { source: lessonSource(lesson.title) }, { at: moved.at })))
    return undefined;
  playground.setPlaying(true);
  if (problem !== undefined) playground.notify("info", problem);
  const { run } = playground.store.getState();
  return {
    course: new LessonRun(lesson, run, first === 0 ? undefined : begun(lesson, first, { run, kept })),
    origin: run.origin,
  };
}

/** The step with which a lesson opens, from 0, and what was wrong with the one that was asked for. */
function firstOf(
  { step = 1, problem }: AskedLesson,
  { steps }: Lesson,
): { first: number; problem: string | undefined } {
  if (step > steps.length) return { first: steps.length - 1, problem: W.tooFar(step, steps.length) };
  if (step < 1) return { first: 0, problem: W.fromOne(step) };
  return { first: step - 1, problem };
}

/** The course of a lesson at a step that begins now, with what was predicted in the steps before. */
function begun(lesson: Lesson, step: number, { run, kept }: { run: Run; kept: KeptProgress }): Progress {
  const { chosen = [], right = [] } = kept.all().get(lesson.id) ?? {};
  const now = { since: run.world.clock.now, sinceActions: run.log.length };
  return { lesson: lesson.id, step, ...now, chosen: chosen.slice(0, step), right: right.slice(0, step) };
}

type Begun = Awaited<ReturnType<typeof startOf>>;

/** The same run with the steps before one done. */
async function solvedUntil(lesson: Lesson, until: number, { scenario, at }: Begun): Promise<Begun> {
  const run = await open(scenario, true);
  run.advance(at);
  const course = new LessonRun(lesson, run);
  for (const [place, { solution = [] }] of lesson.steps.slice(0, until).entries()) {
    course.goTo(place, run);
    for (const _ of play(run, solution)) await Promise.resolve();
    course.predict(0, run);
    for (let waited = 0; !course.checks(run).met && waited < PATIENCE_MS; waited += STEP_MS) run.advance(STEP_MS);
  }
  return { scenario: { ...run.scenario("run"), title: lesson.title }, at: run.world.clock.now };
}
