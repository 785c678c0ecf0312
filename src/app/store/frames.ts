// Animation frames: when they run, and who is called for each.

import type { WhenIdle } from "./idle.ts";

/** A source of frames, the browser's own or a test's. */
export interface FrameSource {
  request(run: (time: number) => void): number;
  cancel(id: number): void;
  /** When there is nothing else to do; without it nothing is done ahead of need. */
  idle?: WhenIdle;
  /** Real milliseconds, to see how long the work of a frame takes; without it frames are never slowed down. */
  now?(): number;
  /** Calls back after so many real milliseconds, and returns how to prevent that; without it frames never rest. */
  after?(ms: number, run: () => void): () => void;
}

/** The longest real time one frame may stand for: a page that was asleep does not leap ahead. */
const LONGEST_FRAME_MS = 100;
/** The work of a frame may take this long; beyond it less time passes in the next frames, and the page stays usable. */
const WORK_MS = 40;
const SLOWEST_PACE = 0.01;

/** Runs frames while someone wants them. */
export class Frames {
  readonly #source: FrameSource;
  readonly #work: (dt: number) => number;
  readonly #listeners = new Map<() => void, (error: unknown) => void>();
  #wanted = false;
  #once = false;
  #scheduled: number | undefined;
  /** Ends the pause before the next frame. */
  #wake: (() => void) | undefined;
  /** The pause that the next frame comes after, in ms; 0 when someone asked for it meanwhile. */
  #pause = 0;
  #last: number | undefined;
  /** The part of real time that is handed to the work. */
  #pace = 1;

  /**
   * @param work - done first in each frame, with the real milliseconds since the frame before, or fewer when it cannot follow.
   * Says how many real milliseconds the next frame may be put off, when nothing moves.
   */
  constructor(source: FrameSource, work: (dt: number) => number) {
    this.#source = source;
    this.#work = work;
  }

  /** Whether frames run on and on. */
  setRunning(wanted: boolean): void {
    this.#wanted = wanted;
    if (wanted) this.#schedule();
    else if (!this.#once) this.#unschedule();
  }

  /** Asks for one frame. */
  request(): void {
    this.#once = true;
    this.#schedule();
  }

  /** Calls `listener` in every frame, after the work; returns how to stop. One that throws is called no more, and `failed` is called. */
  on(listener: () => void, failed: (error: unknown) => void = reportError): () => void {
    this.#listeners.set(listener, failed);
    return () => this.#listeners.delete(listener);
  }

  #schedule(): void {
    if (this.#wake !== undefined) this.#pause = 0; // time stood still until someone did something: nothing may leap
    this.#wake?.();
    this.#wake = undefined;
    if (this.#scheduled === undefined) this.#scheduled = this.#source.request((time) => this.#frame(time));
  }

  #rest(ms: number): void {
    this.#pause = ms;
    const prevent = this.#source.after?.(ms, () => {
      this.#wake = undefined;
      this.#schedule();
    });
    if (prevent === undefined) this.#schedule();
    else this.#wake = prevent;
  }

  #unschedule(): void {
    this.#wake?.();
    this.#wake = undefined;
    if (this.#scheduled !== undefined) this.#source.cancel(this.#scheduled);
    this.#scheduled = undefined;
    this.#last = undefined;
  }

  #frame(time: number): void {
    const longest = this.#pause + LONGEST_FRAME_MS;
    const dt = this.#last === undefined ? 0 : Math.min(Math.max(time - this.#last, 0), longest);
    this.#scheduled = undefined;
    this.#once = false;
    this.#last = time;
    this.#pause = 0;
    const pause = this.#workPaced(dt);
    for (const [listener, failed] of this.#listeners) this.#tell(listener, failed);
    if (this.#once || (this.#wanted && pause === 0)) this.#schedule();
    else if (this.#wanted) this.#rest(pause);
    else this.#last = undefined;
  }

  /** What fails in one panel keeps no other from its frame. */
  #tell(listener: () => void, failed: (error: unknown) => void): void {
    try {
      listener();
    } catch (error) {
      this.#listeners.delete(listener);
      failed(error);
    }
  }

  #workPaced(dt: number): number {
    const before = this.#source.now?.() ?? 0;
    const pause = this.#work(dt * this.#pace);
    const took = (this.#source.now?.() ?? 0) - before;
    const faster = Math.min(1, this.#pace * 1.2);
    this.#pace = took > WORK_MS ? Math.max(SLOWEST_PACE, (this.#pace * WORK_MS) / took) : faster;
    return pause;
  }
}
