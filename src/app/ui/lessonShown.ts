// What the panel of a lesson tells the others: where the learner is, what they met, predicted and asked for.
import type { LessonRun } from "../../lessons/index.ts";
import type { Playground } from "../store/playground.ts";
import type { LessonShown } from "../store/state.ts";
import { keepTally, keptTally } from "./tally.ts";

/** Tells how the current step looks; `answer`: whether what was predicted turned out right, once it did. */
export function tellStep(
  { store }: Playground,
  course: LessonRun,
  { met, answer, now }: { readonly met: boolean; readonly answer: boolean | undefined; readonly now: number },
): void {
  const { lesson: last } = store.getState();
  const before = last?.course === course ? last : begun(course, now);
  const { at } = course;
  const lesson: LessonShown = {
    ...before,
    at,
    met: met && !before.met.has(at) ? new Set([...before.met, at]) : before.met,
    answered:
      answer === undefined || before.answered.has(at) ? before.answered : new Map([...before.answered, [at, answer]]),
    doneAt: before.doneAt ?? (met && course.isLast ? now : undefined),
  };
  const isSame = (Object.keys(lesson) as (keyof LessonShown)[]).every((name) => lesson[name] === last?.[name]); // its own keys
  if (!isSame) tell(store, lesson, now);
}

/** A lesson that is taken up behind its first step goes on from what is kept of it. */
function begun(course: LessonRun, now: number): LessonShown {
  const kept = course.at === 0 ? undefined : keptTally(course.lesson.id);
  const { met = [], answered = [], solved = [], hints = 0, spent = 0 } = kept ?? {};
  return {
    course,
    at: course.at,
    met: new Set(met),
    answered: new Map(answered),
    solved: new Set(solved),
    hints,
    beganAt: now - spent,
    doneAt: undefined,
  };
}

/** Tells that the learner asked for help. */
export function tellHelp({ store }: Playground, course: LessonRun, help: "hint" | "solution", now = Date.now()): void {
  const { lesson } = store.getState();
  if (lesson?.course !== course) return;
  if (help === "hint") tell(store, { ...lesson, hints: lesson.hints + 1 }, now);
  else if (!lesson.solved.has(course.at))
    tell(store, { ...lesson, solved: new Set([...lesson.solved, course.at]) }, now);
}

function tell(store: Playground["store"], lesson: LessonShown, now: number): void {
  store.setState({ lesson });
  keepTally(lesson, now);
}
