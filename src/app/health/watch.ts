// When the cluster is looked at: soon after something changed, in portions that fit between frames, and never more than it can bear.
import type { World } from "../../cluster/index.ts";
import { diagnosing, type Finding } from "../../diagnosis/index.ts";

/** What a watch needs of the browser. */
export interface Spare {
  /** Calls back when there is time; answers how to take that back. */
  later(run: () => void, ms: number): () => void;
  /** Real milliseconds. */
  now(): number;
}

/** After a change; what comes in the meantime is looked at together with it. */
const SOON_MS = 250;
/** Programs open their ports, and faults act, a little after the objects changed. */
const SETTLED_MS = 1_500;
/** The longest work at a time. */
const PORTION_MS = 6;
/** A look that took so long is followed by a rest of this many times its length. */
const REST = 10;

/** Looks at one cluster again and again as it changes. */
export class HealthWatch {
  readonly #world: World;
  readonly #spare: Spare;
  readonly #tell: (findings: readonly Finding[]) => void;
  #cancel: (() => void) | undefined;
  #settle: (() => void) | undefined;
  #work: ReturnType<typeof diagnosing> | undefined;
  #again = false;
  #worked = 0;
  #told = "";

  constructor(world: World, spare: Spare, tell: (findings: readonly Finding[]) => void) {
    this.#world = world;
    this.#spare = spare;
    this.#tell = tell;
  }

  /** Something changed. */
  changed(): void {
    this.#settle?.();
    this.#settle = this.#spare.later(() => {
      this.#settle = undefined;
      this.#ask();
    }, SETTLED_MS);
    this.#ask();
  }

  stop(): void {
    this.#cancel?.();
    this.#settle?.();
    this.#cancel = undefined;
    this.#settle = undefined;
    this.#work = undefined;
    this.#again = false;
  }

  #ask(): void {
    this.#again = true;
    if (this.#cancel === undefined && this.#work === undefined) this.#wait(SOON_MS);
  }

  #wait(ms: number): void {
    this.#cancel = this.#spare.later(() => {
      this.#cancel = undefined;
      this.#portion();
    }, ms);
  }

  /** Works for a moment; the rest waits for the next one. */
  #portion(): void {
    const from = this.#spare.now();
    if (this.#work === undefined) {
      this.#again = false;
      this.#worked = 0;
      this.#work = diagnosing(this.#world);
    }
    for (;;) {
      const { done, value } = this.#work.next();
      const spent = this.#spare.now() - from;
      if (done === true) {
        this.#worked += spent;
        this.#end(value);
        return;
      }
      if (spent < PORTION_MS) continue;
      this.#worked += spent;
      this.#wait(0);
      return;
    }
  }

  #end(findings: readonly Finding[]): void {
    this.#work = undefined;
    const text = JSON.stringify(findings);
    if (text !== this.#told) this.#tell(findings);
    this.#told = text;
    if (this.#again) this.#wait(Math.max(SOON_MS, this.#worked * REST));
  }
}
