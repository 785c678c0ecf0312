// A queue of keys: each key waits at most once, work starts a lag later, failures come back.
import type { Clock, Timer } from "../sim/clock.ts";

/** What a queue works with. `sync` treats an object that is gone as normal. */
export interface QueueOptions {
  readonly clock: Clock;
  /** How long a key waits after it was added; what is added meanwhile is worked on in the same go. */
  readonly lag: () => number;
  readonly sync: (key: string) => void;
}

/** Keys in the order in which they were first added; all that are due are worked on in one event. */
// Models kubernetes/staging/src/k8s.io/client-go/util/workqueue
export class WorkQueue {
  readonly #options: QueueOptions;
  #waiting = new Set<string>();
  #timer: Timer | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#waiting.size;
  }

  add(key: string): void {
    this.#waiting.add(key);
    this.#timer ??= this.#options.clock.schedule(this.#options.lag(), () => this.#work());
  }

  /** Adds the key after `delayMs`. */
  addAfter(key: string, delayMs: number): Timer {
    return this.#options.clock.schedule(delayMs, () => this.add(key));
  }

  #work(): void {
    const due = this.#waiting;
    this.#waiting = new Set();
    this.#timer = undefined;
    for (const key of due) this.#options.sync(key);
  }
}
