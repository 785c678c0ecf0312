// How well a broken Service was mended: computed from what was done and from the help that was taken.
import type { Action, TimedAction } from "../scenario/index.ts";
import { W } from "../words/en/lesson-help.ts";
import type { Doing, Grade, Lesson } from "./lesson.ts";

/** Help with a step, from the cheapest to the dearest. */
export const HELP = ["none", "look", "wrong", "do", "solution"] as const;
export type Help = (typeof HELP)[number];

/** How grades are called. */
export const GRADES: Readonly<Record<Grade, string>> = W.grades;

/** What a broken Service took. */
export interface Result {
  /** Changes to the cluster. Looking, asking and sending requests is free. */
  readonly changes: number;
  /** Those of the shortest solution that is known. */
  readonly par: number;
  /** The strongest help that was taken. */
  readonly help: Help;
  /** Of 100. */
  readonly points: number;
}

const MOST = 100;
/** For solving it without the solution, however long it took. */
const LEAST = 10;
const FOR_A_CHANGE = 10;
const MOST_FOR_CHANGES = 30;
/** A stronger hint costs what the weaker ones before it did, too. */
const FOR_HELP: Readonly<Record<Help, number>> = { none: 0, look: 10, wrong: 30, do: 60, solution: MOST };

/** The result of a lesson in which this was done. Spec: [LESSON-10]. */
export function resultOf(lesson: Lesson, done: readonly TimedAction[], help: Help): Result {
  const changes = changesIn(done.map(({ action }) => action));
  const par = parOf(lesson);
  const tooMany = Math.min(Math.max(0, changes - par) * FOR_A_CHANGE, MOST_FOR_CHANGES);
  const points = help === "solution" ? 0 : Math.max(LEAST, MOST - tooMany - FOR_HELP[help]);
  return { changes, par, help, points };
}

/** A result as a sentence. */
export function resultText({ changes, par, help, points }: Result): string {
  return W.result({ changes, par, help, points, most: MOST });
}

/** What a hint of a strength costs, with the weaker ones before it. */
export function costOf(help: Help): number {
  return FOR_HELP[help];
}

/** The changes of the shortest of the ways that a lesson knows. */
export function parOf({ steps }: Lesson): number {
  return steps.reduce((sum, { solution = [], alsoRight = [] }) => {
    const all = [solution, ...alsoRight].map((way) => changesIn(way.flatMap(actionOf)));
    return sum + Math.min(...all);
  }, 0);
}

/** What of an action tells whether it is a change, and which one. */
type Deed = Pick<Action, "kind"> & { readonly line?: string; readonly name?: string };

/** How many changes these are. Versions of the text right after one another are one, as are sizes of one workload. */
export function changesIn(deeds: readonly Deed[]): number {
  let count = 0;
  let before = "";
  for (const deed of deeds) {
    const key = deed.kind === "apply" || deed.kind === "scale" ? `${deed.kind} ${deed.name ?? ""}` : "";
    if (isChange(deed) && (key === "" || key !== before)) count++;
    before = key;
  }
  return count;
}

const ASKING: ReadonlySet<Action["kind"]> = new Set(["send", "start-traffic", "stop-traffic", "interrupt"]);

/** Whether something done changes the cluster or what is around it. */
export function isChange({ kind, line = "" }: Deed): boolean {
  return kind === "shell" ? changesCluster(line) : !ASKING.has(kind);
}

const KUBECTL =
  /\bkubectl(?:\s+(?:-n|--namespace)[\s=]\S+)?\s+(?:annotate|apply|autoscale|cordon|create|delete|drain|edit|expose|label|patch|replace|run|scale|set|taint|uncordon|rollout\s+(?:pause|restart|resume|undo))\b/;
const SIM = /\bsim\s+(?:cloud\s+\w|fail\s+\w|ingress\s+\w|node\s+\w|restore\s+\w|set\s+\w)/;

function changesCluster(line: string): boolean {
  const isTrial = /\s--dry-run=(?:client|server)\b/.test(line);
  return (KUBECTL.test(line) && !isTrial) || SIM.test(line);
}

/** The deed that something to do comes to. */
function actionOf(doing: Doing): readonly Deed[] {
  if (typeof doing === "string") return [{ kind: "shell", line: doing }];
  if ("wait" in doing || "predict" in doing) return [];
  if ("act" in doing) return [doing.act];
  if ("send" in doing) return [{ kind: "send" }];
  if ("traffic" in doing) return [{ kind: "start-traffic" }];
  if ("stopTraffic" in doing) return [{ kind: "stop-traffic" }];
  if ("configure" in doing) return [{ kind: "configure" }];
  if ("kill" in doing) return [{ kind: "kill-pod" }];
  if ("crash" in doing) return [{ kind: "crash-container" }];
  if ("scale" in doing) return [{ kind: "scale", name: doing.scale.split("/").at(-1) ?? "" }];
  return [{ kind: "apply" }];
}
