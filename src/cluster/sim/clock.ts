// The virtual clock: one queue of timed events, run in order of (time, sequence).
import { Mishaps } from "./mishaps.ts";

/** Thrown when one `advance` or `runUntil` runs more events than its budget: an endless loop in the simulation. */
export class EventBudgetExceeded extends Error {
  override name = "EventBudgetExceeded";
}

/** A scheduled event; `cancel` makes it not happen. */
export interface Timer {
  readonly at: number;
  cancel(): void;
}

class Event implements Timer {
  readonly at: number;
  readonly sequence: number;
  run: (() => void) | undefined;

  constructor(at: number, sequence: number, run: () => void) {
    this.at = at;
    this.sequence = sequence;
    this.run = run;
  }

  cancel(): void {
    this.run = undefined;
  }
}

/** Events one call of `advance`, `step` or `runUntil` may run before it is taken for an endless loop. */
const EVENT_BUDGET = 20_000_000;

/**
 * Counts virtual milliseconds. While an event runs, `now` is the event's own time; events of the same time run in the
 * order in which they were scheduled.
 */
export class Clock {
  /** What events and others threw; the clock continues. */
  readonly mishaps = new Mishaps(() => this.#now);
  #now: number;
  #sequence = 0;
  #heap: Event[] = [];
  #afterEvent: Array<() => void> = [];

  /** @param start - where time begins; negative for what happens before time 0. */
  constructor(start = 0) {
    this.#now = start;
  }

  /** Virtual milliseconds since the cluster was handed out; negative while it warms up. */
  get now(): number {
    return this.#now;
  }

  /** The time of the next event, or undefined if nothing is scheduled. */
  get nextAt(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.at;
  }

  /** Runs `run` after `delayMs` (0 = later in this same instant, behind what is already due). */
  schedule(delayMs: number, run: () => void): Timer {
    if (!(delayMs >= 0)) throw new Error(`clock: delay must be a number of milliseconds >= 0, got ${delayMs}`);
    const event = new Event(this.#now + delayMs, this.#sequence++, run);
    this.#push(event);
    return event;
  }

  /** Calls `listener` after every event that ran; returns how to stop. Used for waiting on a condition of the world. */
  afterEvent(listener: () => void): () => void {
    this.#afterEvent = [...this.#afterEvent, listener];
    return () => {
      this.#afterEvent = this.#afterEvent.filter((each) => each !== listener);
    };
  }

  /**
   * Runs everything due within the next `ms` and leaves `now` exactly `ms` later.
   *
   * @param mostEvents - stops after this many, wherever it is then, perhaps in the middle of an instant.
   * @returns whether all of it was run.
   */
  advance(ms: number, mostEvents = Number.POSITIVE_INFINITY): boolean {
    const until = this.#now + ms;
    for (let count = 0; ; count++) {
      const at = this.nextAt;
      if (at === undefined || at > until) break;
      if (count >= mostEvents) return false;
      if (count >= EVENT_BUDGET) throw new EventBudgetExceeded(`more than ${EVENT_BUDGET} events within ${ms} ms`);
      this.step();
    }
    this.#now = until;
    return true;
  }

  /** Runs the next event, however far away; false when there is none. */
  step(): boolean {
    this.#dropCancelled();
    const event = this.#pop();
    if (event === undefined) return false;
    this.#now = event.at;
    const run = event.run;
    event.run = undefined;
    if (run !== undefined) this.mishaps.guard("an event", run);
    for (const listener of this.#afterEvent) this.mishaps.guard("what waits for events", listener);
    return true;
  }

  #dropCancelled(): void {
    while (this.#heap[0] !== undefined && this.#heap[0].run === undefined) this.#pop();
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || isBefore(parent, event)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      let child = heap[childAt];
      if (child === undefined) break;
      const right = heap[childAt + 1];
      if (right !== undefined && isBefore(right, child)) {
        child = right;
        childAt += 1;
      }
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}
