// Work that would keep the page busy, done in slices between frames and keystrokes.
import { readInSteps } from "../../manifest/index.ts";

/** Milliseconds of work before others have their turn. */
const SLICE_MS = 12;

/** Does as many steps as fit into a slice; answers what the last one gave, or undefined when nothing is left to do. */
export function slice<T>(steps: Iterator<T, void>): T | undefined {
  const until = performance.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return undefined;
    if (performance.now() >= until) return step.value;
  }
}

/** Reads long texts before someone wants them at once: a run applies its manifest when it is made. */
export async function readAhead(texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const steps = readInSteps(text);
    while (slice(steps) !== undefined) await new Promise((resolve) => setTimeout(resolve));
  }
}
