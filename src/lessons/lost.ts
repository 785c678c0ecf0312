// Whether a step can still be done from here, and if not, the moment to go back to.
import type { History, Position } from "../history/index.ts";
import { searchCause } from "../history/index.ts";
import { formatElapsed, type Run, type TimedAction } from "../scenario/index.ts";
import { W } from "../words/en/lesson-checks.ts";
import { holds, missingOf } from "./checks.ts";
import type { Check, LessonStep } from "./lesson.ts";
import { firstAgainst } from "./request-checks.ts";
import type { Seen } from "./seen.ts";

/** That a task cannot be done any more from here, and where it still could. */
export interface Lost {
  /** Why. */
  readonly why: string;
  /** The same, with the moment to go back to. */
  readonly sentence: string;
  /** The last moment from which it can be done. */
  readonly backTo: Position;
  /** What a person did right after that moment; undefined when it came by itself. */
  readonly action: TimedAction | undefined;
}

/** A search for that moment, in steps of a few milliseconds. */
export type LostSearch = Generator<number, Lost | undefined>;

/** A run of a scenario as checks see it. */
export function seenOf(run: Run, since: number, sinceActions: number): Seen {
  return { world: run.cluster, log: run.log, since, sinceActions };
}

/** Whether a step can't be done any more from here, without the moment at which that was decided. */
export function isLost(step: LessonStep, seen: Seen): boolean {
  return spoiledBy(step, seen) !== undefined || (step.lost ?? []).some((check) => holds(check, seen));
}

/** What is forbidden and was done, or must not be lost and was. */
function spoiledBy(step: LessonStep, seen: Seen): { readonly why: string; readonly at: number } | undefined {
  for (const check of flat(step.checks ?? [])) {
    const why = "none" in check || "avoided" in check || "neverTyped" in check ? missingOf(check, seen) : undefined;
    const at = why === undefined ? undefined : momentOf(check, seen);
    if (why !== undefined && at !== undefined) return { why, at };
  }
  return undefined;
}

/**
 * Whether the current step can still be done: what is forbidden and was done, requests that must not be lost and were, and what
 * the lesson itself calls lost. `seen` is the head of the history's current branch. Spec: [LESSON-5].
 */
export function* searchLost<R extends Run>(step: LessonStep, seen: Seen, history: History<R>): LostSearch {
  const spoiled = spoiledBy(step, seen);
  if (spoiled !== undefined) return lostAt(spoiled.why, spoiled.at, seen);
  for (const check of step.lost ?? []) {
    if (!holds(check, seen)) continue;
    const head = { time: seen.world.clock.now, actions: seen.log.length };
    const search = searchCause(
      history,
      {
        holds: (run) =>
          holds(
            check,
            seenOf(run, Math.min(seen.since, run.cluster.clock.now), Math.min(seen.sinceActions, run.log.length)),
          ),
      },
      { at: head },
    );
    const cause = yield* search;
    const backTo = cause?.before ?? { time: seen.since, actions: seen.sinceActions };
    const why = check.say ?? W.lost;
    return lostTo(why, backTo, cause?.action);
  }
  return undefined;
}

/** The same at once. */
export function lostSince<R extends Run>(step: LessonStep, seen: Seen, history: History<R>): Lost | undefined {
  const search = searchLost(step, seen, history);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

function lostAt(why: string, at: number, seen: Seen): Lost {
  const action = seen.log[at];
  const backTo = { time: action?.at ?? seen.since, actions: action === undefined ? seen.sinceActions : at };
  return lostTo(why, backTo, action);
}

function lostTo(why: string, backTo: Position, action: TimedAction | undefined): Lost {
  return { why, sentence: W.goBack(why, formatElapsed(backTo.time)), backTo, action };
}

/** Which action of the log spoiled a check; undefined when it is only not met yet. */
function momentOf(check: Check, seen: Seen): number | undefined {
  if ("none" in check) {
    const failed = firstAgainst(check, seen);
    if (failed === undefined) return undefined;
    const until = failed.endedAt ?? failed.startedAt;
    const before = seen.log.findLastIndex(({ at }, index) => at <= until && index >= seen.sinceActions);
    return before < 0 ? seen.sinceActions : before;
  }
  for (let at = seen.sinceActions; at < seen.log.length; at++)
    if (missingOf(check, { ...seen, log: seen.log.slice(0, at + 1) }) !== undefined) return at;
  return undefined;
}

function flat(checks: readonly Check[]): readonly Check[] {
  return checks.flatMap((check) => ("allOf" in check ? flat(check.allOf) : [check]));
}
