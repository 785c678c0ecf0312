// Shares that come out even: each choice goes to whoever is furthest behind its share.

interface Share {
  readonly weight: number;
}

/** Chooses among shares by weight, in turn. Spec: [GW-15]. */
// Models nginx ngx_http_upstream_get_peer: smooth weighted round-robin, which leaves no share to chance.
export class Turns {
  readonly #behind = new Map<string, number[]>();

  /** The index of the next of `shares`; undefined when all weights are 0. @param key - what is being shared. */
  next(key: string, shares: readonly Share[]): number | undefined {
    const total = shares.reduce((sum, { weight }) => sum + weight, 0);
    if (total === 0) return undefined;
    let behind = this.#behind.get(key);
    if (behind === undefined || behind.length !== shares.length) {
      behind = shares.map(() => 0);
      this.#behind.set(key, behind);
    }
    let best = -1;
    for (const [at, { weight }] of shares.entries()) {
      behind[at] = (behind[at] ?? 0) + weight;
      if (weight > 0 && (best < 0 || (behind[at] ?? 0) > (behind[best] ?? 0))) best = at;
    }
    behind[best] = (behind[best] ?? 0) - total;
    return best;
  }

  /** Whether this time is one of a part of all times. */
  isPart(key: string, numerator: number, denominator: number): boolean {
    return this.next(key, [{ weight: numerator }, { weight: Math.max(0, denominator - numerator) }]) === 0;
  }
}
