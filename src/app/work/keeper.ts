// Keeps what the visitor does: every piece of work an entry of its own, written soon after each change and before something
// else takes its place. Independent of the browser.
import { Emitter } from "../../cluster/index.ts";
import type { BranchId } from "../../history/index.ts";
import { W } from "../../words/en/work.ts";
import type { Playground } from "../store/playground.ts";
import type { Run } from "../store/run.ts";
import type { Beginning, OpenedEntry } from "../store/source.ts";
import type { AppState } from "../store/state.ts";
import type { Entry, Kept } from "./entry.ts";
import { entryFor, Hand, type Snapshot } from "./hand.ts";
import type { Shelf } from "./shelf.ts";

/** News between pages of one browser: an entry was written or removed. */
export interface News {
  readonly id: string;
  /** Undefined when it was removed. */
  readonly revision: string | undefined;
}

export interface KeeperParts {
  readonly shelf: Shelf;
  readonly newId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back later; answers how to take that back. */
  readonly later: (run: () => void, ms: number) => () => void;
  /** Called when the visitor made something of what came: it is the visitor's own from now on. */
  readonly onOwn: () => void;
  /** Remembers for the next load of this page what it has in hand. */
  readonly remember: (beginning: Beginning, entry: OpenedEntry | undefined) => void;
  /** Tells the other pages. */
  readonly spread: (news: News) => void;
  /** Called when an entry was kept for good for the first time. */
  readonly onFirstKept: () => void;
}

/** What the page shows. */
type Seen = Pick<AppState, "beginning" | "run" | "branch" | "past">;

/** A writing that waits for its turn or is under way. */
interface Write {
  readonly hand: Hand;
  readonly snapshot: Snapshot;
  /** Whether it was written out of turn. */
  done: boolean;
}

/** How long after a change the text is written, in milliseconds; changes in between wait for the next writing. */
const WRITE_EVERY = 600;

export class Keeper {
  readonly #parts: KeeperParts;
  readonly #playground: Playground;
  /** Entries that were read and are about to be begun with. */
  readonly #opened: Map<string, Entry>;
  /** Tells that entries are others, here or on another page. */
  readonly changed = new Emitter<void>();
  #hand: Hand;
  /** The hands of the branches that the run has, by the branch. */
  #branches: Map<BranchId, Hand>;
  #seen: Seen;
  #cancel: (() => void) | undefined;
  /** All writings, one by one. */
  #writing: Promise<void> = Promise.resolve();
  /** What waits for its turn to be written, or is being written: a page that goes takes what it has not finished along. */
  readonly #queue = new Set<Write>();
  /** What was written by this page, or is about to be. */
  readonly #wrote = new WeakSet<Hand>();
  #writes = 0;

  /** @param opened - entries that the page has read and may begin with, by their id. */
  constructor(parts: KeeperParts, playground: Playground, opened: Map<string, Entry>) {
    this.#parts = parts;
    this.#playground = playground;
    this.#opened = opened;
    this.#seen = playground.store.getState();
    this.#hand = this.#take(this.#seen, true);
    this.#branches = new Map([[this.#seen.branch, this.#hand]]);
  }

  /** Follows the page; returns how to end it. */
  follow(): () => void {
    const { store, doors } = this.#playground;
    let unfollow = this.#followRun();
    const stops = [
      doors.openWork({ typed: (text) => this.#typed(text), noted: () => this.#noted() }),
      store.subscribe(({ run }, before) => {
        this.#look();
        if (run === before.run) return;
        unfollow();
        unfollow = this.#followRun();
      }),
    ];
    return () => {
      unfollow();
      for (const stop of stops) stop();
      void this.save();
    };
  }

  /** The entry that the page has in hand, when it is one. */
  get entry(): Entry | undefined {
    return this.#hand.entry;
  }

  /** What is in hand, kept or not, to be written into a file. */
  current(): Entry {
    return entryFor(this.#hand.snapshot(), this.#hand.entry, { id: "", revision: "", changed: this.#parts.now() });
  }

  /** Another page wrote or removed an entry. */
  heard({ id, revision }: News): void {
    const hand = this.#hand;
    if (hand.entry?.id === id && hand.entry.revision !== revision) hand.foreign = true;
    this.changed.emit();
  }

  /** Writes what is to be written, in its turn. */
  async save(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const hand = this.#hand;
    if (!hand.dirty) return this.#writing;
    return this.#write(hand);
  }

  /** Writes at once, without waiting for an answer: the page may be about to go. */
  saveNow(): void {
    const hand = this.#hand;
    const waiting = [...this.#queue].filter(({ done }) => !done);
    const snapshots = new Map(waiting.map((write) => [write.hand, write.snapshot]));
    if (hand.dirty) snapshots.set(hand, hand.snapshot());
    const entries = new Map([...snapshots].map(([each, snapshot]) => [each, this.#entryNow(each, snapshot)]));
    if (entries.size === 0) return;
    if (!this.#parts.shelf.putNow([...entries.values()])) {
      void this.save();
      return;
    }
    for (const write of waiting) write.done = true;
    hand.dirty = false;
    for (const [each, entry] of entries) this.#written(each, entry);
  }

  /** There is no time to look whether another page wrote the entry. If it did, this page has heard so. */
  #entryNow(hand: Hand, snapshot: Snapshot): Entry {
    const { newId, now } = this.#parts;
    const same = hand.foreign ? undefined : (hand.entry?.id ?? hand.writing);
    return entryFor(snapshot, hand.entry, { id: same ?? newId(), revision: newId(), changed: now() });
  }

  /** The entry was given another name, or was put back after it had been removed. */
  renamed(entry: Entry): void {
    if (this.#hand.entry?.id === entry.id) this.#hand.entry = entry;
    this.#changed({ id: entry.id, revision: entry.revision });
  }

  /** An entry was removed: what is in hand is no entry until it is changed again. */
  removed(id: string): void {
    const hand = this.#hand;
    if (hand.entry?.id === id) {
      hand.entry = undefined;
      hand.foreign = false;
      hand.dirty = false;
      this.#remember();
    }
    this.#changed({ id, revision: undefined });
  }

  #written(hand: Hand, entry: Entry): void {
    hand.foreign = false;
    hand.entry = entry;
    if (hand === this.#hand) this.#remember();
    this.#changed({ id: entry.id, revision: entry.revision });
  }

  #typed(text: string): void {
    this.#look();
    // What stood there at an earlier moment is not what was typed; once it is applied it begins a branch.
    if (!this.#seen.past && this.#hand.typed(text)) this.#touched();
  }

  #noted(): void {
    this.#look();
    this.#hand.noted();
    this.#touched();
  }

  #touched(): void {
    this.#parts.onOwn();
    this.#saveSoon();
  }

  #followRun(): () => void {
    const { run } = this.#playground.store.getState();
    return run.performed.on(({ action }) => {
      this.#look();
      if (run !== this.#seen.run || this.#seen.past) return;
      if (this.#hand.performed(action)) this.#touched();
    });
  }

  /** The first change is written at once, so that the entry is there; those after it once in a while. */
  #saveSoon(): void {
    if (!this.#wrote.has(this.#hand)) {
      void this.save();
      return;
    }
    this.#cancel ??= this.#parts.later(() => {
      this.#cancel = undefined;
      void this.save();
    }, WRITE_EVERY);
  }

  /** Looks what the page shows by now: something that came, another branch, or another moment. */
  #look(): void {
    const [before, now] = [this.#seen, this.#playground.store.getState()];
    this.#seen = now;
    if (now.beginning !== before.beginning) this.#change(now, now.run !== before.run);
    else if (now.branch !== before.branch) this.#switch(now);
    if (!now.past) this.#hand.run = now.run;
  }

  /** Something takes the place of what is in hand, which is an entry first. */
  #change(now: Seen, fresh: boolean): void {
    const before = this.#hand;
    const written = this.#leave(before);
    this.#hand = this.#take(now, fresh);
    this.#branches = new Map([[now.branch, this.#hand]]);
    this.#remember();
    this.changed.emit();
    if (now.beginning.entry !== undefined) this.#playground.setKept(undefined);
    else if (before.own) void written.then(() => before.entry && this.offer(before.entry));
  }

  /** Another branch is shown, or begins where an earlier moment was shown. */
  #switch({ branch, beginning, run }: Seen): void {
    const before = this.#hand;
    void this.#leave(before);
    const { entry: _other, ...from } = beginning;
    const { entry } = before;
    const source = entry === undefined ? from.source : ({ kind: "branch", name: entry.name } as const);
    const text = run.lastApplied().text;
    const known = this.#branches.get(branch);
    const whole = this.#whole;
    this.#hand = known ?? new Hand({ ...from, source, text }, run, { fresh: true, entry: undefined, whole });
    this.#branches.set(branch, this.#hand);
    this.#remember();
    this.changed.emit();
  }

  async #leave(hand: Hand): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    if (hand.dirty || (hand.entry === undefined && hand.worthKeeping)) return this.#write(hand);
    return this.#writing;
  }

  /** Offers an entry to be opened again. */
  offer({ id, name }: Entry): void {
    this.#playground.setKept({ name, open: () => void this.open(id) });
  }

  /** Opens an entry: its YAML in a fresh cluster, or its run from the beginning. Returns its contents. */
  async open(id: string, what: "text" | "run" = "text"): Promise<Kept | undefined> {
    await this.save();
    const kept = await this.#parts.shelf.get(id);
    if (kept?.kind !== "entry") return kept;
    const { entry } = kept;
    const { source, original, revision } = entry;
    this.#opened.set(id, entry);
    await this.#playground.open(what === "run" ? (entry.run ?? entry.scenario) : entry.scenario, {
      source,
      original,
      entry: { id, revision },
    });
    return kept;
  }

  /** Opens an entry that was found late, unless someone did something since the page began. */
  async goOn(id: string, since: Beginning): Promise<void> {
    if (this.#hand.beginning === since && !this.#hand.touched) await this.open(id);
  }

  #take({ beginning, run }: Seen, fresh: boolean): Hand {
    const id = beginning.entry?.id;
    const entry = id === undefined ? undefined : this.#opened.get(id);
    return new Hand(beginning, run, { fresh, entry, whole: this.#whole });
  }

  readonly #whole = (run: Run) => this.#playground.scenarioOf(run);

  #write(hand: Hand): Promise<void> {
    const snapshot = hand.snapshot();
    hand.dirty = false;
    const write: Write = { hand, snapshot, done: false };
    this.#queue.add(write);
    this.#wrote.add(hand);
    this.#writing = this.#writing
      .then(() => this.#writeNext(write))
      .finally(() => {
        this.#queue.delete(write);
      });
    return this.#writing;
  }

  async #writeNext({ hand, snapshot, done }: Write): Promise<void> {
    if (done) return;
    const { shelf, newId, now } = this.#parts;
    const before = hand.entry;
    const mine = entryFor(snapshot, before, { id: before?.id ?? newId(), revision: newId(), changed: now() });
    hand.writing = mine.id;
    const result = await shelf.put(mine, before?.revision);
    const entry = result === "done" ? mine : await this.#writeCopy(mine);
    hand.writing = undefined;
    if (hand.entry !== before) return; // written again, or removed, while this was under way
    this.#written(hand, entry);
    if (this.#writes++ === 0) this.#parts.onFirstKept();
    if (hand.dirty && hand === this.#hand) this.#saveSoon();
  }

  /** Another page has written this entry since it was opened here: both are kept. */
  async #writeCopy(mine: Entry): Promise<Entry> {
    const copy: Entry = { ...mine, id: this.#parts.newId(), source: { kind: "copy", name: mine.name } };
    await this.#parts.shelf.put(copy, undefined);
    const told = W.both(mine.name);
    this.#playground.notify("info", told);
    return copy;
  }

  #remember(): void {
    this.#parts.remember(this.#hand.beginning, this.#hand.entry);
  }

  #changed(news: News): void {
    this.#parts.spread(news);
    this.changed.emit();
  }
}
