// Results for texts read before, kept within a bound.

/** Answers by text. Those asked for longest ago are forgotten first, half of them at a time. */
export class Memo<T extends { readonly size: number }> {
  readonly #kept: number;
  #young = new Map<string, T>();
  #old: ReadonlyMap<string, T> = new Map<string, T>();
  #size = 0;

  /** @param kept - what is kept weighs so much at least, if there is so much, and at most twice as much. */
  constructor(kept: number) {
    this.#kept = kept;
  }

  has(text: string): boolean {
    return this.#young.has(text) || this.#old.has(text);
  }

  /** What `make` made of the same text before, or makes of it now. */
  get(text: string, make: (text: string) => T): T {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    // A slice would keep the whole text alive that it was cut from.
    const own = ` ${text}`.slice(1);
    const answer = this.#old.get(text) ?? make(own);
    this.#keep(own, answer);
    return answer;
  }

  #keep(text: string, answer: T): void {
    const size = Math.max(text.length, answer.size);
    if (size > this.#kept) return;
    if (this.#size + size > this.#kept) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    this.#young.set(text, answer);
    this.#size += size;
  }
}
