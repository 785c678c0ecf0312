// Errors of the simulation itself: caught at a few boundaries and recorded, while the rest continues.
import { Emitter } from "./emitter.ts";

/** An internal error, caught where it could do no more harm. */
export interface Mishap {
  /** Virtual milliseconds. */
  readonly at: number;
  /** What was at work, such as `statefulset-controller default/web`. */
  readonly where: string;
  readonly error: unknown;
}

const KEPT = 100;

/** The last hundred mishaps of one cluster; in a sound program there is none. */
export class Mishaps {
  readonly happened = new Emitter<Mishap>();
  readonly #now: () => number;
  readonly #list: Mishap[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Oldest first. */
  get list(): readonly Mishap[] {
    return this.#list;
  }

  note(where: string, error: unknown): void {
    const mishap = { at: this.#now(), where, error };
    if (this.#list.push(mishap) > KEPT) this.#list.shift();
    this.happened.emit(mishap);
  }

  /** Runs something that others do not depend on; what it throws is noted. */
  guard(where: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.note(where, error);
    }
  }
}
