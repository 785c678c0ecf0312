// Whether anything moves: while nothing does, a few frames a second are enough.
import type { World } from "../../cluster/index.ts";

/** How long a frame may be put off at rest, in real ms; with the browser's own delay less than the longest frame. */
export const REST_MS = 75;
/** How long what ended is still seen, in virtual ms. */
const SEEN_MS = 2_000;

/** Looks at each frame whether something moves. */
export class Rest {
  #moved = Number.NEGATIVE_INFINITY;

  /**
   * @param changed - whether this frame brought the panels anything.
   * @param due - when something happens next, in virtual ms.
   * @param speed - virtual ms in one of real time.
   */
  isAt(
    { clock: { now }, trace }: Pick<World, "clock" | "trace">,
    changed: boolean,
    { due = Number.POSITIVE_INFINITY, speed }: { readonly due: number | undefined; readonly speed: number },
  ): boolean {
    if (changed || trace.inFlightCount > 0 || now < this.#moved) this.#moved = now;
    return now - this.#moved > SEEN_MS * Math.max(1, speed) && due - now > REST_MS * speed;
  }
}
