// Time going on in a run, as long as there is real time for it.
import type { Stopped } from "../../scenario/index.ts";
import type { Run } from "./run.ts";

/** Events between two looks at the real time. */
const EVENTS_A_LOOK = 4;

interface Limits {
  readonly mostActions: number;
  readonly hasTime: () => boolean;
}

/** Lets time pass in a run as long as `hasTime` says so, and tells why it stopped. */
export function goOn(run: Run, ms: number, { mostActions, hasTime }: Limits): Stopped {
  const { clock } = run.world;
  const until = clock.now + ms;
  let stopped: Stopped;
  do stopped = run.advance(Math.max(0, until - clock.now), mostActions, EVENTS_A_LOOK);
  while (stopped === "events" && hasTime());
  return stopped;
}
