// Numbers that look drawn and come from a seed: equal seeds give equal worlds and equal mistakes.

/** Draws from one seed. */
export interface Chance {
  /** A whole number from `from` to `to`, both among them. */
  between(from: number, to: number): number;
  /** One of these. */
  of<T>(choices: readonly T[]): T;
  /** True with this chance in [0, 1]. */
  luck(chance: number): boolean;
  /** These in another order. */
  shuffled<T>(items: readonly T[]): T[];
}

/** A generator for a seed. */
// Models the mulberry32 generator
export function chanceOf(seed: string): Chance {
  let state = 0x9e3779b9;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    between,
    of: (choices) => {
      const found = choices[between(0, choices.length - 1)];
      if (found === undefined) throw new Error("mistakes: nothing to choose from");
      return found;
    },
    luck: (chance) => next() < chance,
    shuffled: (items) => {
      const order = [...items];
      for (let at = order.length - 1; at > 0; at--) {
        const other = between(0, at);
        const [a, b] = [order[at], order[other]];
        if (a !== undefined && b !== undefined) [order[at], order[other]] = [b, a];
      }
      return order;
    },
  };
}
