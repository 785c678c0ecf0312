// sessionAffinity ClientIP: the kernel's lists of recently seen sources, by which a node remembers a client.

/** Sources by list name. One per node; a list lives as long as a rule refers to it. */
// Models linux net/netfilter/xt_recent.c
export class RecentLists {
  readonly #lists = new Map<string, Map<string, number>>();

  /** When each source on a list was last put there. */
  of(name: string): ReadonlyMap<string, number> {
    return this.#lists.get(name) ?? new Map();
  }

  /** When `source` was last put on the list; undefined when it is not on it or longer ago than `seconds`. */
  seenAt(name: string, source: string, within: { seconds: number; now: number }): number | undefined {
    const list = this.#lists.get(name);
    const at = list?.get(source);
    return at !== undefined && within.now - at <= within.seconds * 1000 ? at : undefined;
  }

  set(name: string, source: string, now: number): void {
    const list = this.#lists.get(name) ?? new Map<string, number>();
    list.set(source, now);
    this.#lists.set(name, list);
  }

  /** Forgets a list, as the kernel does when the last rule that names it goes. */
  drop(name: string): void {
    this.#lists.delete(name);
  }

  clear(): void {
    this.#lists.clear();
  }
}
