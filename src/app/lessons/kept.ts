// Where progress is kept: in the browser for all lessons, in the tab for the one that is open; in memory where there is no storage.
import type { Progress } from "../../lessons/index.ts";
import { parseScenario, type Scenario, ScenarioError } from "../../scenario/index.ts";
import { isInFrame } from "../ui/link.ts";
import { readSetting, readTabSetting, writeSetting, writeTabSetting } from "../ui/storage.ts";
import {
  type AllProgress,
  bounded,
  type LessonProgress,
  mergeProgress,
  parseCourse,
  progressFile,
  readProgress,
} from "./progress.ts";

const NAME = "lessons";
/** Where the names of lessons that are done were kept before. */
const EARLIER = "lessons-done";
const TAB = "lesson";

/** The progress in all lessons. */
export class KeptProgress {
  /** What the browser does not keep. */
  #memory: AllProgress = new Map();

  /** All that is kept; what cannot be read counts as none. */
  all(): AllProgress {
    const kept = [NAME, EARLIER].flatMap((name) => readSetting(name) ?? []);
    const read = kept.map((text) => readProgress(text, () => true));
    return read.reduce(
      (all, each) => (each.kind === "progress" ? mergeProgress(all, each.lessons) : all),
      this.#memory,
    );
  }

  /** Keeps this in place of all that was kept. */
  replace(given: AllProgress): void {
    const all = bounded(given);
    const isKept = writeSetting(NAME, all.size === 0 ? undefined : JSON.stringify(progressFile(all)));
    writeSetting(EARLIER, undefined);
    this.#memory = isKept ? new Map() : all;
  }

  /** Keeps how far someone is in a lesson; what was reached before stays reached. A look at its beginning is no progress. */
  keep(id: string, progress: LessonProgress): void {
    if (progress.step === 0 && !progress.done && progress.chosen.every((each) => each === null)) return;
    const kept = this.all();
    const all = mergeProgress(kept, new Map([[id, progress]]));
    if (JSON.stringify(all.get(id)) !== JSON.stringify(kept.get(id))) this.replace(all);
  }
}

/** A lesson that was open when the page was left: its course, and the run at its moment. */
export interface LeftLesson {
  readonly course: Progress;
  readonly scenario: Scenario;
  /** Virtual milliseconds. */
  readonly at: number;
}

/** Keeps the lesson that is open for the next load of this tab; undefined: none is. */
export function leaveLesson(left: LeftLesson | undefined): void {
  if (isInFrame()) return; // frames of one page share what a tab keeps
  writeTabSetting(TAB, undefined); // a longer one may be refused
  if (left !== undefined) writeTabSetting(TAB, JSON.stringify(left));
}

/** The lesson that was open when this tab was left; undefined when none was, or it cannot be read. */
export function leftLesson(): LeftLesson | undefined {
  if (isInFrame()) return undefined;
  try {
    const raw: unknown = JSON.parse(readTabSetting(TAB) ?? "null");
    if (typeof raw !== "object" || raw === null || !("scenario" in raw) || !("at" in raw) || !("course" in raw))
      return undefined;
    const course = parseCourse(raw.course);
    if (course === undefined || typeof raw.at !== "number" || !(raw.at >= 0)) return undefined;
    return { course, scenario: parseScenario(raw.scenario), at: raw.at };
  } catch (error) {
    if (error instanceof ScenarioError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
