// Work that is done while the page has nothing else to do.

/** Calls back when the browser is idle, with how to ask whether there is still time. */
export type WhenIdle = (run: (hasTime: () => boolean) => void) => void;

/** Does work in slices until there is none left. */
export class IdleWork {
  readonly #whenIdle: WhenIdle;
  readonly #work: (hasTime: () => boolean) => boolean;
  #asked = false;

  /** @param work - does a slice; answers whether there is more to do. */
  constructor(whenIdle: WhenIdle, work: (hasTime: () => boolean) => boolean) {
    this.#whenIdle = whenIdle;
    this.#work = work;
  }

  /** There may be something to do. */
  request(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#whenIdle((hasTime) => {
      this.#asked = false;
      if (this.#work(hasTime)) this.request();
    });
  }
}

/** The longest slice, in real ms. */
const SLICE_MS = 10;
/** Where the browser does not say when it is idle. */
const PAUSE_MS = 100;

/** The browser's own idle times. */
export const whenIdle: WhenIdle = (run) => {
  const slice = () => {
    const until = performance.now() + SLICE_MS;
    run(() => performance.now() < until);
  };
  if (typeof requestIdleCallback === "function") requestIdleCallback(slice);
  else setTimeout(slice, PAUSE_MS);
};
