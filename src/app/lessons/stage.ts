// How a lesson opens on the page: its run, taken to the step that was asked for.
import { LESSONS, type Lesson, LessonRun, loadLesson, play, type Stage, startOf } from "../../lessons/index.ts";
import { newScenario, type Scenario } from "../../scenario/index.ts";
import { EXAMPLES, scenarioOf } from "../examples/index.ts";
import { loadPart } from "../store/parts.ts";
import type { Playground } from "../store/playground.ts";
import { loadShell, openRun, type Run } from "../store/run.ts";
import type { AskedLesson } from "./asked.ts";

/** A lesson that is open in the page's run. */
export interface OpenLesson {
  readonly course: LessonRun;
  /** What its run began from: another one has taken its place when this differs. */
  readonly origin: Run["origin"];
}

const STAGE: Stage = {
  open,
  example: async (name) => {
    const example = EXAMPLES.find((each) => each.name === name);
    return example === undefined ? newScenario("") : scenarioOf(example);
  },
  lesson: load,
};

async function open(scenario: Scenario, needsShell: boolean): Promise<Run> {
  const run = await openRun(scenario);
  if (needsShell && run.shell === undefined) run.attachShell(await loadShell());
  return run;
}

function load(id: string): Promise<Lesson> {
  return loadPart("The text of the lesson", () => loadLesson(id));
}

const PATIENCE_MS = 90_000;
const STEP_MS = 500;

/** Opens a lesson in place of what is on the page; undefined when there is none of that name, or the visitor gave it up. */
export async function openLesson(
  playground: Playground,
  { id, step = 1 }: AskedLesson,
): Promise<OpenLesson | undefined> {
  if (!LESSONS.some((each) => each.id === id)) {
    playground.notify("info", `There is no lesson "${id.slice(0, 40)}"; “Lessons” lists them all.`);
    return undefined;
  }
  const lesson = await load(id);
  const first = Math.min(Math.max(step, 1), lesson.steps.length) - 1;
  const { scenario, at } = await startOf(lesson, STAGE);
  const moved = first === 0 ? { scenario, at } : await solvedUntil(lesson, first, { scenario, at });
  // Its title alone may be that of an example, which a reload would open in its place.
  const source = { kind: "example", name: `Lesson: ${lesson.title}` } as const;
  if (!(await playground.open(moved.scenario, { source }, { at: moved.at }))) return undefined;
  playground.setPlaying(true);
  const { run } = playground.store.getState();
  const course = new LessonRun(lesson, run);
  if (first > 0) course.goTo(first, run);
  return { course, origin: run.origin };
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
