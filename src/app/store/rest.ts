// Whether anything moves: while nothing does, few frames are enough.
import type { World } from "../../cluster/index.ts";

/** The longest and shortest pauses before the next frame at rest, in real ms. */
const LONGEST_MS = 1_000;
const SHORTEST_MS = 75;
/** How long what ended is still seen, in virtual ms. */
const SEEN_MS = 2_000;

/** Looks at each frame whether something moves. */
export class Rest {
  #moved = Number.NEGATIVE_INFINITY;

  /**
   * How long the next frame may be put off, in real ms: 0 while something moves, and never beyond what happens next.
   *
   * @param changed - whether this frame brought the panels anything.
   * @param due - when something happens next, in virtual ms.
   * @param speed - virtual ms in one of real time.
   */
  pause(
    { clock: { now }, trace }: Pick<World, "clock" | "trace">,
    changed: boolean,
    { due = Number.POSITIVE_INFINITY, speed }: { readonly due: number | undefined; readonly speed: number },
  ): number {
    if (changed || trace.inFlightCount > 0 || now < this.#moved) this.#moved = now;
    if (now - this.#moved <= SEEN_MS * Math.max(1, speed)) return 0;
    const pause = Math.min(LONGEST_MS, (due - now) / speed);
    return pause > SHORTEST_MS ? pause : 0;
  }
}
