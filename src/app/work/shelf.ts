// Where entries are kept: in the browser's database, or in memory for as long as the page is open.
import type { Entry, Kept } from "./entry.ts";

/** A place for entries. Everything may be refused: a promise then fails with what the browser threw. */
export interface Shelf {
  /** All that is there, the last changed first; what is broken comes last. */
  list(): Promise<readonly Kept[]>;
  get(id: string): Promise<Kept | undefined>;
  /**
   * Writes an entry. `expected` is the revision that it replaces, undefined when there should be none: "conflict", and
   * nothing written, when another page has written in between. An entry that another page deleted is written again.
   */
  put(entry: Entry, expected: string | undefined): Promise<"done" | "conflict">;
  /**
   * Writes entries without checking for other writers and without waiting, as the page is about to go; false when that cannot be. They take the
   * place of a `put` of the same entries that is under way.
   */
  putNow(entries: readonly Entry[]): boolean;
  remove(id: string): Promise<void>;
  /** Puts back what was removed, unless something lies there again. */
  putBack(kept: Kept): Promise<void>;
}

/** Sorts the entries of a shelf. */
export function inOrder(kept: readonly Kept[]): readonly Kept[] {
  const age = (each: Kept) => (each.kind === "entry" ? -each.entry.changed : 1);
  return kept.toSorted((a, b) => age(a) - age(b) || (a.id < b.id ? -1 : 1));
}

/** The entry that was changed last and holds something of the visitor's own: a link that was only looked at does not. */
export async function latestOwn(shelf: Shelf): Promise<Entry | undefined> {
  const entries = (await shelf.list()).flatMap((kept) => (kept.kind === "entry" ? [kept.entry] : []));
  return entries.find(({ source: { kind }, scenario: { text }, original }) => kind !== "link" || text !== original);
}

/** A shelf that is gone with the page. */
export class MemoryShelf implements Shelf {
  readonly #records = new Map<string, Kept>();

  async list(): Promise<readonly Kept[]> {
    return inOrder([...this.#records.values()]);
  }

  async get(id: string): Promise<Kept | undefined> {
    return this.#records.get(id);
  }

  async put(entry: Entry, expected: string | undefined): Promise<"done" | "conflict"> {
    const there = this.#records.get(entry.id);
    if (there?.kind === "entry" && there.entry.revision !== expected) return "conflict";
    this.putNow([entry]);
    return "done";
  }

  putNow(entries: readonly Entry[]): boolean {
    for (const entry of entries) this.#records.set(entry.id, { kind: "entry", id: entry.id, entry });
    return true;
  }

  async putBack(kept: Kept): Promise<void> {
    if (!this.#records.has(kept.id)) this.#records.set(kept.id, kept);
  }

  async remove(id: string): Promise<void> {
    this.#records.delete(id);
  }
}
