// A lesson that is to be opened.
import type { Scenario } from "../../scenario/index.ts";
import { W } from "../../words/en/lessons.ts";
import type { Source } from "../store/source.ts";
import { type LeftLesson, leaveLesson, leftLesson } from "./kept.ts";
import type { LessonProgress } from "./progress.ts";

/** A lesson by its name, and the step at which it begins, from 1. Asked again, it is another object. */
export interface AskedLesson {
  readonly id: string;
  readonly step?: number | undefined;
  /** Why the step that an address asks for cannot be used. */
  readonly problem?: string | undefined;
  /** Its file, of one that came with a link. */
  readonly source?: string | undefined;
  /** The lesson continues in the run that is on the page already. */
  readonly left?: LeftLesson | undefined;
}

/** The name of the lesson that came with a link. */
export const SHARED = "shared";

/** The lesson that came with the scenario of a link. */
export function sharedWith({ lesson: source }: Scenario): AskedLesson | undefined {
  return source === undefined ? undefined : { id: SHARED, source };
}

/** The lesson that the query of an address asks for. */
export function askedBy(search: string): AskedLesson | undefined {
  const query = new URLSearchParams(search);
  const id = query.get("lesson");
  const step = query.get("step") ?? "1";
  if (id === null) return undefined;
  if (/^\d{1,5}$/.test(step)) return { id, step: Number(step) };
  const shown = step.length > 40 ? `${step.slice(0, 39)}…` : step;
  return { id, problem: W.notWhole(shown) };
}

/**
 * The lesson with which the page continues: the one that this tab had open, unless the address asks for another thing now.
 *
 * @param isLoadedAgain - whether the same address was loaded again.
 */
export function continued(search: string, namesScenario: boolean, isLoadedAgain: boolean): LeftLesson | undefined {
  const isAsked = namesScenario || (!isLoadedAgain && new URLSearchParams(search).has("lesson"));
  if (!isAsked) return leftLesson();
  leaveLesson(undefined);
  return undefined;
}

/** Where the run of a lesson came from. Its title alone may be that of an example, which a reload would open in its place. */
export function lessonSource(title: string): Source {
  return { kind: "example", name: W.lessonTitle(title) };
}

/** The name of a broken Service that nobody has seen. */
export function anotherId(): string {
  return `another-${Math.random().toString(36).slice(2, 8)}`;
}

/** A lesson that was begun continues at its step; one that is done, or was not begun, begins. */
export function askedAt(id: string, progress: LessonProgress | undefined): AskedLesson {
  return progress === undefined || progress.done ? { id } : { id, step: progress.step + 1 };
}
