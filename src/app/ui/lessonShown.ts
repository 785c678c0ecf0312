// What the panel of a lesson tells the others: where the learner is, what they met, predicted and asked for.
import type { LessonRun } from "../../lessons/index.ts";
import type { Playground } from "../store/playground.ts";
import type { LessonShown } from "../store/state.ts";

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
    isDone: before.isDone || (met && course.isLast),
  };
  const isSame = (Object.keys(lesson) as (keyof LessonShown)[]).every((name) => lesson[name] === last?.[name]); // its own keys
  if (!isSame) store.setState({ lesson });
}

function begun(course: LessonRun, now: number): LessonShown {
  const nothing = { met: new Set<number>(), answered: new Map<number, boolean>(), solved: new Set<number>() };
  return { course, at: course.at, ...nothing, hints: 0, beganAt: now, isDone: false };
}

/** Tells that the learner asked for help. */
export function tellHelp({ store }: Playground, course: LessonRun, help: "hint" | "solution"): void {
  const { lesson } = store.getState();
  if (lesson?.course !== course) return;
  if (help === "hint") store.setState({ lesson: { ...lesson, hints: lesson.hints + 1 } });
  else if (!lesson.solved.has(course.at))
    store.setState({ lesson: { ...lesson, solved: new Set([...lesson.solved, course.at]) } });
}
