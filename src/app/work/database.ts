// The shelf in the browser's IndexedDB.
import { type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { W } from "../../words/en/work.ts";
import { type Entry, type Kept, readRecord, toRecord } from "./entry.ts";
import { inOrder, type Shelf } from "./shelf.ts";

const NAME = "podpath";
const STORE = "work";
/** How long the database may take to answer; some browsers never do after a crash. */
const PATIENCE_MS = 8_000;

/** Thrown where the browser has no database for this page. */
export class NoDatabase extends Error {
  override name = "NoDatabase";
}

export class DatabaseShelf implements Shelf {
  #opening: Promise<IDBPDatabase> | undefined;
  #open: IDBPDatabase | undefined;
  /** What is being written, by the key. */
  readonly #writing = new Map<string, IDBPTransaction<unknown, [typeof STORE], "readwrite">>();

  async list(): Promise<readonly Kept[]> {
    const database = await this.#database();
    const transaction = database.transaction(STORE);
    const [keys, values] = await inTime(
      Promise.all([transaction.store.getAllKeys(), transaction.store.getAll(), transaction.done]),
    );
    return inOrder(keys.map((key, at): Kept => readRecord(String(key), values[at])));
  }

  async get(id: string): Promise<Kept | undefined> {
    const database = await this.#database();
    const found: unknown = await inTime(database.get(STORE, id));
    return found === undefined ? undefined : readRecord(id, found);
  }

  async put(entry: Entry, expected: string | undefined): Promise<"done" | "conflict"> {
    const database = await this.#database();
    const transaction = database.transaction(STORE, "readwrite");
    transaction.done.catch(ignored); // whoever waits for it below hears of it
    this.#writing.set(entry.id, transaction);
    try {
      const there: unknown = await inTime(transaction.store.get(entry.id));
      if (there !== undefined && revisionOf(there) !== expected) return "conflict";
      const written = transaction.store.put(toRecord(entry), entry.id);
      transaction.commit();
      await inTime(Promise.all([written, transaction.done]));
      return "done";
    } catch (error) {
      if (this.#writing.get(entry.id) === transaction) throw error;
      return "done"; // `putNow` has taken its place
    } finally {
      if (this.#writing.get(entry.id) === transaction) this.#writing.delete(entry.id);
    }
  }

  putNow(entries: readonly Entry[]): boolean {
    if (this.#open === undefined) return false;
    // A writing under way would hold this one back until the page is gone.
    for (const { id } of entries) this.#giveUp(id);
    const transaction = this.#open.transaction(STORE, "readwrite");
    // The page is gone, so a failure can't be reported.
    for (const entry of entries) transaction.store.put(toRecord(entry), entry.id).catch(ignored);
    transaction.done.catch(ignored);
    // Without this the page must live until the write has succeeded.
    transaction.commit();
    return true;
  }

  #giveUp(id: string): void {
    const writing = this.#writing.get(id);
    this.#writing.delete(id);
    try {
      writing?.abort();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // it is committed already
    }
  }

  async remove(id: string): Promise<void> {
    const database = await this.#database();
    await inTime(database.delete(STORE, id));
  }

  async putBack(kept: Kept): Promise<void> {
    const database = await this.#database();
    const record = kept.kind === "entry" ? toRecord(kept.entry) : kept.raw;
    if ((await inTime(database.getKey(STORE, kept.id))) === undefined)
      await inTime(database.put(STORE, record, kept.id));
  }

  #database(): Promise<IDBPDatabase> {
    const opening = this.#opening ?? this.#openDatabase();
    this.#opening = opening;
    // What failed may work the next time: storage is granted, or room is made.
    opening.catch(() => this.#forget());
    return opening;
  }

  async #openDatabase(): Promise<IDBPDatabase> {
    // Null in some embedded browsers; reading it throws in sandboxed frames.
    if (!globalThis.indexedDB) throw new NoDatabase(W.noDatabase);
    const database = await inTime(
      openDB(NAME, 1, {
        upgrade: (fresh) => void fresh.createObjectStore(STORE),
        // A later version of the page wants to change the database: make room for it.
        blocking: () => {
          this.#open?.close();
          this.#forget();
        },
        terminated: () => this.#forget(),
      }),
    );
    this.#open = database;
    return database;
  }

  #forget(): void {
    this.#opening = undefined;
    this.#open = undefined;
  }
}

const ignored = () => undefined;

function revisionOf(record: unknown): unknown {
  return typeof record === "object" && record !== null && "revision" in record ? record.revision : undefined;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoDatabase(W.silent)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
