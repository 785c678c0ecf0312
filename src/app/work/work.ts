// The visitor's work in this browser: the shelf, who keeps it, and what the page shows of both.
import { createStore } from "zustand/vanilla";
import type { Scenario } from "../../scenario/index.ts";
import { EXAMPLES, type Example, scenarioOf } from "../examples/index.ts";
import type { Playground } from "../store/playground.ts";
import type { Beginning, From, OpenedEntry } from "../store/source.ts";
import { forgetLink, namesScenario } from "../ui/link.ts";
import { readSetting, readTabSetting, writeSetting, writeTabSetting } from "../ui/storage.ts";
import { DatabaseShelf } from "./database.ts";
import { type Entry, entryOf, type Kept, tidyName } from "./entry.ts";
import { Keeper, type News } from "./keeper.ts";
import { type Refusal, SafeShelf } from "./safe.ts";
import { latestOwn } from "./shelf.ts";

export interface WorkState {
  /** Why the browser does not keep what is done here; undefined when it does. */
  readonly refusal: Refusal | undefined;
  /** The entry in hand, when what is on the page is one. */
  readonly current: Entry | undefined;
  /** All entries, the last changed first; undefined until someone looks. */
  readonly entries: readonly Kept[] | undefined;
  /** Whether the browser promised not to clear them by itself; undefined when it does not say. */
  readonly persistent: boolean | undefined;
  /** What was removed last and can be put back. */
  readonly removed: Kept | undefined;
}

/** What the page continues with. */
export interface Reopened {
  readonly scenario: Scenario;
  readonly from: From;
}

const TAB = "work";
/** Where the first version kept its one text. */
const EARLIER = "editor.text";
const EARLIER_ID = "earlier";
/** How long the page waits for the shelf before it begins without it, in milliseconds. */
const PATIENCE_MS = 600;

const NOTHING: WorkState = {
  refusal: undefined,
  current: undefined,
  entries: undefined,
  persistent: undefined,
  removed: undefined,
};

export class Work {
  readonly store = createStore<WorkState>(() => NOTHING);
  readonly #shelf = new SafeShelf(new DatabaseShelf(), (refusal) => this.#refused(refusal));
  readonly #channel = channel();
  readonly #opened = new Map<string, Entry>();
  #keeper: Keeper | undefined;
  #late: Promise<Reopened | undefined> | undefined;

  /** What this tab had in hand, else what was worked on last; undefined: nothing, or the browser takes too long to say. */
  async reopen(): Promise<Reopened | undefined> {
    const found = this.#find();
    const inTime = await Promise.race([found, wait(PATIENCE_MS).then(() => "late" as const)]);
    if (inTime !== "late") return inTime;
    this.#late = found;
    return undefined;
  }

  /** Keeps what is done on a page from now on; returns how to end it. */
  follow(playground: Playground): () => void {
    const keeper = new Keeper(
      {
        shelf: this.#shelf,
        newId: () => uniqueId(),
        now: () => Date.now(),
        later: (run, ms) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
        onOwn: () => {
          if (namesScenario()) forgetLink();
        },
        remember,
        spread: (news) => this.#channel?.postMessage(news),
        onFirstKept: () => void this.#askToPersist(),
      },
      playground,
      this.#opened,
    );
    this.#keeper = keeper;
    const stops = [keeper.follow(), keeper.changed.on(() => void this.#look()), this.#listen(keeper)];
    void this.#begin(keeper, playground);
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Looks what entries there are, and again whenever they change. */
  async open(): Promise<void> {
    this.store.setState({ entries: this.store.getState().entries ?? [], removed: undefined });
    await this.#keeper?.save();
    await this.#look();
    const persistent = await allowed(() => navigator.storage.persisted());
    this.store.setState({ persistent });
  }

  /** No longer looks at the entries. */
  close(): void {
    this.store.setState({ entries: undefined, removed: undefined });
  }

  /** Opens an entry; what cannot be read is said on the page. */
  async show(id: string, what: "text" | "run"): Promise<void> {
    await this.#keeper?.open(id, what);
  }

  /** What is on the page, to be written into a file. */
  current(): Entry | undefined {
    return this.#keeper?.current();
  }

  async rename(entry: Entry, name: string): Promise<void> {
    await this.#keeper?.save();
    const there = await this.#shelf.get(entry.id);
    const tidy = tidyName(name);
    if (there?.kind !== "entry" || tidy === undefined) return;
    const renamed = { ...there.entry, name: tidy, named: true, revision: uniqueId() };
    if ((await this.#shelf.put(renamed, there.entry.revision)) === "done") this.#keeper?.renamed(renamed);
    await this.#look();
  }

  async remove(kept: Kept): Promise<void> {
    await this.#shelf.remove(kept.id);
    this.store.setState({ removed: kept });
    this.#keeper?.removed(kept.id);
    // There may be room now for what was refused before.
    await this.#shelf.saveAgain();
    await this.#look();
  }

  async putBack(): Promise<void> {
    const { removed } = this.store.getState();
    if (removed === undefined) return;
    await this.#shelf.putBack(removed);
    this.store.setState({ removed: undefined });
    await this.#look();
  }

  isUnsaved(id: string): boolean {
    return this.#shelf.isUnsaved(id);
  }

  async #look(): Promise<void> {
    this.store.setState({ current: this.#keeper?.entry });
    if (this.store.getState().entries === undefined) return;
    const entries = await this.#shelf.list();
    if (this.store.getState().entries !== undefined) this.store.setState({ entries });
  }

  /** Goes on with what was found too late, if nothing was done yet; offers the visitor's own beside what was asked for. */
  async #begin(keeper: Keeper, playground: Playground): Promise<void> {
    this.store.setState({ current: keeper.entry });
    const { beginning } = playground.store.getState();
    const late = (await this.#late)?.from.entry;
    if (late !== undefined) await keeper.goOn(late.id, beginning);
    if (beginning.source.kind === "page" || beginning.entry !== undefined) return;
    await this.#takeOver();
    const own = await latestOwn(this.#shelf);
    if (own !== undefined && playground.store.getState().beginning === beginning) keeper.offer(own);
  }

  #listen(keeper: Keeper): () => void {
    const leaving = () => keeper.saveNow();
    const hidden = () => {
      if (document.hidden) keeper.saveNow();
    };
    const heard = (event: MessageEvent<unknown>) => {
      if (isNews(event.data)) keeper.heard(event.data);
    };
    addEventListener("pagehide", leaving);
    document.addEventListener("visibilitychange", hidden);
    this.#channel?.addEventListener("message", heard);
    return () => {
      removeEventListener("pagehide", leaving);
      document.removeEventListener("visibilitychange", hidden);
      this.#channel?.removeEventListener("message", heard);
    };
  }

  async #find(): Promise<Reopened | undefined> {
    await this.#takeOver();
    const [kind, ...rest] = (readTabSetting(TAB) ?? "").split(":");
    const value = rest.join(":");
    const example = kind === "example" ? EXAMPLES.find(({ title }) => title === value) : undefined;
    if (example !== undefined) return reopenedExample(example);
    const kept = kind === "entry" ? await this.#shelf.get(value) : undefined;
    const entry = kept?.kind === "entry" ? kept.entry : await latestOwn(this.#shelf);
    if (entry === undefined) return undefined;
    this.#opened.set(entry.id, entry);
    const { id, revision, source, original, scenario } = entry;
    return { scenario, from: { source, original, entry: { id, revision } } };
  }

  /** Takes over, once, the text that the first version kept; it kept examples that nobody had changed, too. */
  async #takeOver(): Promise<void> {
    const text = readSetting(EARLIER);
    if (text === undefined) return;
    const examples = await Promise.all(EXAMPLES.map(({ load }) => load()));
    if (text.trim() !== "" && !examples.includes(text)) {
      const source = { kind: "earlier", name: "" } as const;
      const entry = entryOf({ id: EARLIER_ID, revision: uniqueId(), source, text, now: Date.now() });
      await this.#shelf.put(entry, undefined); // there already: another page has taken it over
      if (this.#shelf.isUnsaved(EARLIER_ID)) return;
    }
    writeSetting(EARLIER, undefined);
  }

  /** Asks the browser, once there is something to lose, not to clear the entries when it runs short of room. */
  async #askToPersist(): Promise<void> {
    if (this.store.getState().refusal !== undefined) return;
    if ((await allowed(() => navigator.storage.persisted())) === true) return;
    await allowed(() => navigator.storage.persist());
  }

  #refused(refusal: Refusal | undefined): void {
    const before = this.store.getState().refusal;
    if (refusal?.kind !== before?.kind) this.store.setState({ refusal });
  }
}

/** An example of which nothing was changed, so that it is no entry. */
async function reopenedExample(example: Example): Promise<Reopened> {
  return { scenario: await scenarioOf(example), from: { source: { kind: "example", name: example.title } } };
}

function remember({ source, original, text }: Beginning, entry: OpenedEntry | undefined): void {
  if (entry !== undefined) writeTabSetting(TAB, `entry:${entry.id}`);
  else if (source.kind === "example" && text === original) writeTabSetting(TAB, `example:${source.name}`);
  else writeTabSetting(TAB, undefined);
}

function uniqueId(): string {
  // Pages that are not served over https have no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isNews(data: unknown): data is News {
  return typeof data === "object" && data !== null && "id" in data && typeof data.id === "string" && "revision" in data;
}

/** Frames without an origin may be refused a channel. */
function channel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel("podpath.work");
  } catch {
    return undefined;
  }
}

/** What the browser answers, or undefined where it has no such thing or refuses it. */
async function allowed<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
