// Animation frames: when they run, and who is told of each.

/** A source of frames, the browser's own or a test's. */
export interface FrameSource {
  request(run: (time: number) => void): number;
  cancel(id: number): void;
  /** Real milliseconds, to see how long the work of a frame takes; without it frames are never slowed down. */
  now?(): number;
}

/** The longest real time one frame may stand for: a page that was asleep does not leap ahead. */
const LONGEST_FRAME_MS = 100;
/** The work of a frame may take this long; beyond it less time passes in the next frames, and the page stays usable. */
const WORK_MS = 40;
const SLOWEST_PACE = 0.01;

/** Runs frames while somebody wants them. */
export class Frames {
  readonly #source: FrameSource;
  readonly #work: (dt: number) => void;
  readonly #listeners = new Set<() => void>();
  #wanted = false;
  #once = false;
  #scheduled: number | undefined;
  #last: number | undefined;
  /** The part of real time that is handed to the work. */
  #pace = 1;

  /** @param work - done first in each frame, with the real milliseconds since the frame before, or fewer when it cannot follow. */
  constructor(source: FrameSource, work: (dt: number) => void) {
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

  /** Calls `listener` in every frame, after the work; returns how to stop. */
  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #schedule(): void {
    if (this.#scheduled === undefined) this.#scheduled = this.#source.request((time) => this.#frame(time));
  }

  #unschedule(): void {
    if (this.#scheduled !== undefined) this.#source.cancel(this.#scheduled);
    this.#scheduled = undefined;
    this.#last = undefined;
  }

  #frame(time: number): void {
    const dt = this.#last === undefined ? 0 : Math.min(Math.max(time - this.#last, 0), LONGEST_FRAME_MS);
    this.#scheduled = undefined;
    this.#once = false;
    this.#last = time;
    this.#workPaced(dt);
    for (const listener of this.#listeners) listener();
    if (this.#wanted || this.#once) this.#schedule();
    else this.#last = undefined;
  }

  #workPaced(dt: number): void {
    const before = this.#source.now?.() ?? 0;
    this.#work(dt * this.#pace);
    const took = (this.#source.now?.() ?? 0) - before;
    const faster = Math.min(1, this.#pace * 1.2);
    this.#pace = took > WORK_MS ? Math.max(SLOWEST_PACE, (this.#pace * WORK_MS) / took) : faster;
  }
}
