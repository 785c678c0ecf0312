// Back to an earlier moment of a run, in its history: what was done since stays a branch.
import type { Position } from "../../history/index.ts";
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/store-more.ts";
import type { Playground } from "./playground.ts";
import { keptBeside, noRoom } from "./start-over.ts";

/** Continues from an earlier moment, which may take some frames; what came after it is kept as a branch, and "Undo" shows it again. */
export function goBackTo(playground: Playground, to: Position): Promise<void> {
  playground.freshDraft();
  return playground.attempt(async () => {
    const past = await playground.travel();
    const before = past.history.current;
    playground.clearRoute();
    playground.seek(to.time, to.actions);
    const arrived = () => {
      if (past.progress !== undefined) return;
      stop();
      const { run, past: isPast } = playground.store.getState();
      if (!isPast || run.world.clock.now !== to.time || run.log.length !== to.actions) return; // the visitor went elsewhere
      const when = formatElapsed(to.time);
      if (!past.branch(W.back(when))) {
        noRoom(playground);
        return;
      }
      playground.store.setState(past.state);
      keptBeside(playground, W.backAt(when), before);
      playground.setPlaying(true);
    };
    const stop = playground.frames.on(arrived, (error) => reportError(error));
    playground.frames.request();
  });
}
