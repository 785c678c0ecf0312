// What a moment of a run is, and how a run gets there.
import type { Run } from "../scenario/index.ts";

/** Identifies a branch of a history. */
export type BranchId = number;

/** A point of a branch. */
export interface Moment {
  readonly branch: BranchId;
  /** Virtual milliseconds since the beginning. */
  readonly time: number;
  /** How many actions of the branch's log have been performed; all up to and including `time` when it is left out. */
  readonly actions?: number;
}

/** Where a run is. */
export interface Position {
  readonly time: number;
  readonly actions: number;
}

/** The position of a run now. */
export function positionOf(run: Run): Position {
  return { time: run.cluster.clock.now, actions: run.log.length };
}

/** Whether a run at `from` can reach `to`, as time only goes forward. */
export function canReach(from: Position, to: Position): boolean {
  return from.time < to.time || (from.time === to.time && from.actions <= to.actions);
}

/** Virtual milliseconds that a run goes forward between two looks at the time. */
const LONGEST_STEP_MS = 1_000;
const FIRST_STEP_MS = 62.5;
const SHORTEST_STEP_MS = 1;

/** A run on its way to a position. */
export class Journey {
  readonly #run: Run;
  readonly #to: Position;
  readonly #from: number;
  #step = FIRST_STEP_MS;

  constructor(run: Run, to: Position) {
    this.#run = run;
    this.#to = to;
    this.#from = run.cluster.clock.now;
  }

  get done(): boolean {
    const { time, actions } = positionOf(this.#run);
    return time === this.#to.time && actions === this.#to.actions;
  }

  /** How much of the way is behind it, from 0 to 1. */
  get progress(): number {
    const whole = this.#to.time - this.#from;
    return whole <= 0 ? 1 : (this.#run.cluster.clock.now - this.#from) / whole;
  }

  /** Goes on until it has arrived or `hasTime` says no; looks often enough that one look takes a few milliseconds. */
  go(hasTime: () => boolean): void {
    while (!this.done) {
      const left = this.#to.time - this.#run.cluster.clock.now;
      const actions = this.#to.actions - this.#run.log.length;
      this.#run.advance(Math.min(left, this.#step), actions);
      const before = this.#step;
      if (!hasTime()) {
        this.#step = Math.max(SHORTEST_STEP_MS, before / 2);
        return;
      }
      this.#step = Math.min(LONGEST_STEP_MS, before * 2);
    }
  }
}
