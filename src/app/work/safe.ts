// A shelf that never refuses: what the browser does not take stays in memory, and it is said why.
import { TEXT_LIMIT } from "../../scenario/index.ts";
import type { Entry, Kept } from "./entry.ts";
import { inOrder, MemoryShelf, type Shelf } from "./shelf.ts";

/** Why the browser did not take something. */
export interface Refusal {
  /** `full`: no room. `refused`: this page may keep nothing. `failed`: something else. `too-long`: the text is. */
  readonly kind: "full" | "refused" | "failed" | "too-long";
  /** What the browser said, for `failed`. */
  readonly said: string;
}

class TooLong extends Error {}

/** Which kind of refusal an error of the browser's storage is. */
export function refusalOf(error: unknown): Refusal {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  if (name === "QuotaExceededError") return { kind: "full", said: message };
  // Firefox says InvalidStateError in private windows, WebKit UnknownError; a missing database is null.
  const refused = new Set(["SecurityError", "InvalidStateError", "NotAllowedError", "NoDatabase"]);
  if (error instanceof TooLong) return { kind: "too-long", said: message };
  return { kind: refused.has(name) ? "refused" : "failed", said: message };
}

/** A shelf on top of one that may refuse. */
export class SafeShelf implements Shelf {
  readonly #below: Shelf;
  readonly #memory = new MemoryShelf();
  /** For each entry in memory alone: the revision that lies below. */
  readonly #behind = new Map<string, string | undefined>();
  readonly #told: (refusal: Refusal | undefined) => void;

  /** @param told - is given every refusal, and undefined when a writing succeeded. */
  constructor(below: Shelf, told: (refusal: Refusal | undefined) => void) {
    this.#below = below;
    this.#told = told;
  }

  async list(): Promise<readonly Kept[]> {
    const unsaved = await this.#memory.list();
    const ids = new Set(unsaved.map(({ id }) => id));
    const saved = await this.#try(() => this.#below.list(), []);
    return inOrder([...unsaved, ...saved.filter(({ id }) => !ids.has(id))]);
  }

  async get(id: string): Promise<Kept | undefined> {
    return (await this.#memory.get(id)) ?? (await this.#try(() => this.#below.get(id), undefined));
  }

  /** Whether an entry is in memory alone, and goes with the page. */
  isUnsaved(id: string): boolean {
    return this.#behind.has(id);
  }

  async put(entry: Entry, expected: string | undefined): Promise<"done" | "conflict"> {
    // What was refused before did not change the revision below.
    const below = this.#behind.has(entry.id) ? this.#behind.get(entry.id) : expected;
    try {
      if (entry.scenario.text.length > TEXT_LIMIT) throw new TooLong();
      const result = await this.#below.put(entry, below);
      if (result === "done") await this.#settle(entry.id);
      return result;
    } catch (error) {
      this.#memory.putNow([entry]);
      this.#behind.set(entry.id, below);
      this.#told(refusalOf(error));
      return "done";
    }
  }

  /** Retries writing what is only in memory, for example after space was freed. */
  async saveAgain(): Promise<void> {
    for (const each of await this.#memory.list()) if (each.kind === "entry") await this.put(each.entry, undefined);
  }

  putNow(entries: readonly Entry[]): boolean {
    if (entries.some(({ id, scenario }) => this.#behind.has(id) || scenario.text.length > TEXT_LIMIT)) return false;
    try {
      return this.#below.putNow(entries);
    } catch (error) {
      this.#told(refusalOf(error));
      return false;
    }
  }

  async putBack(kept: Kept): Promise<void> {
    await this.#try(() => this.#below.putBack(kept), undefined);
  }

  async remove(id: string): Promise<void> {
    await this.#settle(id);
    await this.#try(() => this.#below.remove(id), undefined);
  }

  /** An entry is no longer in memory alone; when none is, there is nothing left to complain of. */
  async #settle(id: string): Promise<void> {
    await this.#memory.remove(id);
    this.#behind.delete(id);
    if (this.#behind.size === 0) this.#told(undefined);
  }

  async #try<T>(act: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await act();
    } catch (error) {
      this.#told(refusalOf(error));
      return otherwise;
    }
  }
}
