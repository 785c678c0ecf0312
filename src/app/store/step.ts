// One step of time: to the next thing that can be seen, or back to the last.

import { W } from "../../words/en/store.ts";
import type { Playground } from "./playground.ts";
import type { Run } from "./run.ts";

/** Virtual time within which a step expects something to be seen; a cluster at rest does not leap ahead. */
const STEP_MS = 10_000;

/** Lets time pass until something can be seen to have happened; false where nothing is due soon. */
function stepOn(run: Run): boolean {
  const { clock } = run.world;
  const from = clock.now;
  const seen = run.story.times.at(-1);
  while (run.nextAt !== undefined && run.nextAt <= from + STEP_MS) {
    run.step();
    const last = run.story.times.at(-1);
    if (last !== seen) return true;
  }
  return false;
}

/** Continues to the next visible event and pauses there; reports when nothing is due. Spec: [PAST-4]. */
export function step(playground: Playground): void {
  playground.setPlaying(false);
  const { past, run } = playground.store.getState();
  if (past) {
    const time = playground.head.story.after(run.world.clock.now);
    if (time === undefined || time >= playground.now) playground.toNow();
    else playground.seek(time);
    return;
  }
  if (!stepOn(run)) playground.notify("info", W.idle);
  playground.flush();
}

/** Goes to the moment before this one at which something could be seen to happen. */
export function stepBack(playground: Playground): void {
  const time = playground.head.story.before(playground.store.getState().world.clock.now);
  playground.seek(time ?? 0);
}
