// Going through time by what happened: events, actions, seconds.
import { useMemo } from "react";
import { usePlayground } from "../store/react.ts";
import type { Mark } from "./marks.ts";

/** Ways through time without dragging. */
export interface Travel {
  /** To the mark before the playhead, or the next one after it; past the last one to now. */
  previousEvent(): void;
  nextEvent(): void;
  /** To before the last thing that was done, or to after the next. */
  previousAction(): void;
  nextAction(): void;
  by(ms: number): void;
  toBeginning(): void;
  toNow(): void;
}

export function useTravel(marks: readonly Mark[]): Travel {
  const playground = usePlayground();
  return useMemo(() => {
    const here = () => playground.store.getState().world.clock.now;
    const done = marks.filter(({ ahead }) => !ahead);
    const to = (time: number) => (time >= playground.now ? playground.toNow() : playground.seek(Math.max(0, time)));
    return {
      previousEvent: () => to(done.findLast(({ at }) => at < here())?.at ?? 0),
      nextEvent: () => to(done.find(({ at }) => at > here())?.at ?? Number.POSITIVE_INFINITY),
      previousAction: () => {
        if (!playground.undo()) playground.seek(0);
      },
      nextAction: () => {
        if (!playground.redo()) playground.toNow();
      },
      by: (ms) => to(here() + ms),
      toBeginning: () => playground.seek(0),
      toNow: () => playground.toNow(),
    };
  }, [playground, marks]);
}
