// A run on its way to a moment, in pieces so small that the driver may stop between any two.
import type { Run } from "./run.ts";
import type { Scenario } from "./scenario.ts";

/** Where a run is to go. */
export interface Goal {
  /** Virtual milliseconds. */
  readonly at: number;
  /** Actions of the log that are to be performed, at most; all up to then by default. */
  readonly actions?: number;
}

/** Events after which a piece ends. Most take microseconds, some (a controller that makes five hundred pods) a tenth of a second. */
const EVENTS = 1;

/** The goal of a scenario that is opened right after `step` of its actions; the last one when it holds fewer. */
export function goalOfStep({ log }: Scenario, step: number): Goal {
  const actions = Math.min(step, log.length);
  return { at: log[actions - 1]?.at ?? 0, actions };
}

/** Takes a run forward. How the way is cut makes no difference to where it ends. Spec: [RUN-9]. */
export class Replay {
  readonly goal: Goal;
  readonly #run: Run;
  readonly #from: number;
  #done = false;

  constructor(run: Run, goal: Goal) {
    this.#run = run;
    this.goal = goal;
    this.#from = run.cluster.clock.now;
  }

  get done(): boolean {
    return this.#done;
  }

  /** How much of the time is behind it, from 0 to 1. */
  get share(): number {
    const whole = this.goal.at - this.#from;
    return whole <= 0 ? 1 : Math.min(1, (this.#run.cluster.clock.now - this.#from) / whole);
  }

  /** Goes on until it has arrived or `hasTime`, asked after each piece, says no. */
  work(hasTime: () => boolean): void {
    const run = this.#run;
    const { at, actions = Number.POSITIVE_INFINITY } = this.goal;
    do {
      const left = actions - run.log.length;
      const stopped = run.advance(Math.max(0, at - run.cluster.clock.now), Math.min(1, left), EVENTS);
      // Adding up parts of a time may miss it by a hair: then the rest, which is exact, follows.
      const arrived = stopped === "arrived" && run.cluster.clock.now >= at;
      this.#done = arrived || (stopped === "actions" && left <= 0);
    } while (!this.#done && hasTime());
  }
}
