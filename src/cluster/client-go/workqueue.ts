// A queue of keys: each key waits at most once, work starts a lag later, failures come back.
import type { Clock, Timer } from "../sim/clock.ts";

/** What a queue works with. */
export interface QueueOptions {
  readonly clock: Clock;
  /** How long a key waits after it was added; what is added meanwhile is worked on in the same go. */
  readonly lag: () => number;
  /**
   * Treats an object that is gone as normal. What it throws keeps back this key alone, which comes again later and later, as does
   * one for which it answers `true`: it failed, and said so already.
   */
  readonly sync: (key: string) => unknown;
  /** Called with what `sync` threw. */
  readonly failed: (key: string, error: unknown) => void;
}

const FIRST_RETRY_MS = 5;
const LAST_RETRY_MS = 1_000_000;

/** How long something waits after that many failures. */
// Models kubernetes/staging/src/k8s.io/client-go/util/workqueue DefaultTypedControllerRateLimiter
export function retryDelay(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS);
}

/** Keys in the order in which they were first added; all that are due are worked on in one event. Spec: [SAFE-2]. */
// Models kubernetes/staging/src/k8s.io/client-go/util/workqueue
export class WorkQueue {
  readonly #options: QueueOptions;
  #waiting = new Set<string>();
  #timer: Timer | undefined;
  readonly #failures = new Map<string, number>();
  readonly #wakes = new Map<string, Timer>();

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

  /** Looks at the key again after `delayMs`, in place of what was said about it before; undefined: not unless something changes. */
  wake(key: string, delayMs: number | undefined): void {
    this.#wakes.get(key)?.cancel();
    this.#wakes.delete(key);
    if (delayMs !== undefined) this.#wakes.set(key, this.addAfter(key, delayMs));
  }

  /** Adds the key after `delayMs`. */
  addAfter(key: string, delayMs: number): Timer {
    return this.#options.clock.schedule(delayMs, () => this.add(key));
  }

  #work(): void {
    const due = this.#waiting;
    this.#waiting = new Set();
    this.#timer = undefined;
    for (const key of due) this.#sync(key);
  }

  #sync(key: string): void {
    try {
      if (this.#options.sync(key) === true) this.#retry(key);
      else this.#failures.delete(key);
    } catch (error) {
      this.#retry(key);
      this.#options.failed(key, error);
    }
  }

  #retry(key: string): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.addAfter(key, retryDelay(failures));
  }
}
