// Lines and columns of places in a text.

/** Where places of one text are; its lines are counted once, when the first is asked for. */
export class Places {
  readonly text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Line and column of a place, both from 1. */
  of(at: number): { line: number; column: number } {
    this.#starts ??= startsOf(this.text);
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: at - (this.#starts[low] ?? 0) + 1 };
  }
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column of one place in a text, both from 1. */
export function placeOf(text: string, at: number): { line: number; column: number } {
  return new Places(text).of(at);
}
