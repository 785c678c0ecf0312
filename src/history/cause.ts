// Finding the cause: the moment at which the answer to a question about the cluster changed.
import type { Run, TimedAction } from "../scenario/index.ts";
import type { History } from "./history.ts";
import type { BranchId, Position } from "./moment.ts";

/** Where an answer changed. */
export interface Cause {
  /** The last moment looked at where the answer was still another. */
  readonly before: Position;
  /** The first moment with the answer as it is at the end. */
  readonly after: Position;
  /** What a person did in between; undefined when the cluster changed by itself. */
  readonly action: TimedAction | undefined;
}

/** How near two moments must be for what lies between them to be one change, in virtual ms. */
const NEAR_MS = 1;

/** Moments looked at between actions: the cluster changes by itself, too. */
const SAMPLES = 12;

/** The beginning, the moments right before and right after each action, some in between, and the end, in order. */
function stopsUntil(at: Position, log: readonly TimedAction[]): readonly Position[] {
  const around = log.flatMap(({ at: time }, index) => [
    { time, actions: index },
    { time, actions: index + 1 },
  ]);
  const samples = Array.from({ length: SAMPLES }, (_, index) => {
    const time = Math.round((at.time * index) / SAMPLES);
    return { time, actions: log.filter((each) => each.at <= time).length };
  });
  return [...around, ...samples, at].sort((a, b) => a.time - b.time || a.actions - b.actions);
}

/** A search in steps of a few milliseconds each: a moment is asked at after every step that gives a number, which counts them. */
export type CauseSearch = Generator<number, Cause | undefined>;

interface Question<R extends Run> {
  /** Whether something holds in this run. It may act in the run only where `spoils` says so. */
  readonly holds: (run: R) => boolean;
  /** Whether asking changes the run, which is then given up instead of being parked. */
  readonly spoils?: boolean;
}

/**
 * Finds where the answer to a question became what it is at `at`; nothing where it was so from the beginning. Asks at about
 * twenty moments: where the answer changed more than once, it finds one of the changes, and always one after which the answer
 * differs from the one before. Spec: [HIST-11].
 */
export function* searchCause<R extends Run>(
  history: History<R>,
  { holds, spoils = false }: Question<R>,
  { branch = history.current, at }: { readonly branch?: BranchId; readonly at: Position },
): CauseSearch {
  let asked = 0;
  function* ask({ time, actions }: Position): Generator<number, boolean> {
    const seek = spoils ? history.spareSeek(time, { branch, actions }) : history.seek(time, { branch, actions });
    for (; seek.run === undefined; yield asked) seek.work(() => false);
    const answer = holds(seek.run);
    if (!spoils) history.park(seek.run, branch);
    yield ++asked;
    return answer;
  }
  const log = history.headOf(branch).log.slice(0, at.actions);
  const last = yield* ask(at);
  const stops = stopsUntil(at, log);
  const stop = (index: number) => stops[index] ?? at;
  let [low, high] = [0, stops.length - 1];
  if ((yield* ask(stop(0))) === last) {
    // It was so at the beginning: the last moment at which it was otherwise, if there is one.
    low = high - 1;
    while (low > 0 && (yield* ask(stop(low))) === last) low--;
    if (low <= 0) return undefined;
    high = low + 1;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((yield* ask(stop(middle))) === last) high = middle;
    else low = middle;
  }
  const [from, to] = [stop(low), stop(high)];
  if (from.actions !== to.actions) return { before: from, after: to, action: log[from.actions] };
  let [before, after] = [from, to];
  while (after.time - before.time > NEAR_MS) {
    const middle = { time: (before.time + after.time) / 2, actions: before.actions };
    if ((yield* ask(middle)) === last) after = middle;
    else before = middle;
  }
  return { before, after, action: undefined };
}

/** The same at once. */
export function findCause<R extends Run>(
  history: History<R>,
  holds: (run: R) => boolean,
  where: { readonly branch?: BranchId; readonly at: Position },
): Cause | undefined {
  const search = searchCause(history, { holds }, where);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}
