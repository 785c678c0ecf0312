// Work that may wait: generators that are driven by virtual time, one step after the other.

/** What a task waits for: `resume` is to be called once, at once or later. May return how to stop waiting. */
export type Wait = (resume: () => void) => (() => void) | undefined;

/** Work that may take virtual time; it hands out what it waits for. */
export type Task<T> = Generator<Wait, T, void>;

/** Virtual time. */
export interface Clock {
  /** Milliseconds; they only grow. */
  now(): number;
  /** Calls `run` once, `ms` from now; gives how to call that off. */
  later(ms: number, run: () => void): () => void;
}

/** Lets virtual time pass. */
export function* sleep(clock: Clock, ms: number): Task<void> {
  yield (resume) => clock.later(ms, resume);
}

/** Lets the others that are ready run first, without time passing. */
export function* breathe(turns: Turns): Task<void> {
  yield (resume) => {
    turns.take(resume);
    return undefined;
  };
}

/** A task at work. */
export interface Running {
  readonly ended: boolean;
  /** Ends it where it waits; its `finally` blocks run, its end is not reported. */
  stop(): void;
}

/**
 * Whose turn it is among the tasks of one machine. A task runs until it waits or ends; what it woke runs after it,
 * in the order of waking, so a pipe's reader never runs in the middle of its writer's step.
 */
export class Turns {
  readonly #ready: Array<() => void> = [];
  #busy = false;

  /** Runs this now, or after what runs now. */
  take(run: () => void): void {
    this.#ready.push(run);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#ready.shift(); next !== undefined; next = this.#ready.shift()) next();
    } finally {
      this.#busy = false;
    }
  }
}

/** How a task that was started reports its end. */
export interface Ends<T> {
  done(value: T): void;
  /** It threw. */
  failed(error: unknown): void;
}

/** Drives a task to its end. */
export function drive<T>(turns: Turns, task: Task<T>, ends: Ends<T>): Running {
  const driver = new Driver(turns, task, ends);
  turns.take(() => driver.go());
  return driver;
}

class Driver<T> implements Running {
  ended = false;
  readonly #turns: Turns;
  readonly #task: Task<T>;
  readonly #ends: Ends<T>;
  #stepping = false;
  #cancel: (() => void) | undefined;

  constructor(turns: Turns, task: Task<T>, ends: Ends<T>) {
    this.#turns = turns;
    this.#task = task;
    this.#ends = ends;
  }

  go(): void {
    this.#cancel = undefined;
    for (;;) {
      if (this.ended) return;
      const wait = this.#step();
      if (wait === undefined) return;
      let resumed = false;
      let waiting = false;
      const cancel = wait(() => {
        if (resumed) return;
        resumed = true;
        if (waiting) this.#turns.take(() => this.go());
      });
      if (this.ended) {
        cancel?.();
        return;
      }
      if (!resumed) {
        waiting = true;
        this.#cancel = cancel;
        return;
      }
    }
  }

  #step(): Wait | undefined {
    this.#stepping = true;
    try {
      const { done, value } = this.#task.next();
      this.#stepping = false;
      if (this.ended) {
        this.#leave();
        return undefined;
      }
      if (done !== true) return value;
      this.ended = true;
      this.#ends.done(value);
    } catch (error) {
      this.#stepping = false;
      if (this.ended) return undefined;
      this.ended = true;
      this.#ends.failed(error);
    }
    return undefined;
  }

  stop(): void {
    if (this.ended) return;
    this.ended = true;
    this.#cancel?.();
    if (!this.#stepping) this.#leave();
  }

  #leave(): void {
    // What it would have given no longer matters: only its `finally` blocks are wanted.
    Reflect.apply(this.#task.return, this.#task, [undefined]);
  }
}
