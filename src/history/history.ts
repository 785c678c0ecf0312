// Branches of one beginning, and runs at any of their moments.
import { type Action, BRANCHES_LIMIT, type Note, type Run, type Scenario, withFutures } from "../scenario/index.ts";
import { Branch, type BranchInfo } from "./branch.ts";
import { type BranchId, canReach, Journey, type Moment, type Position, positionOf } from "./moment.ts";
import { estimatedBytes, serves, type Wanted, wantedTimes } from "./parking.ts";

/** How a history makes its runs, and what it may spend. */
export interface HistoryOptions<R extends Run> {
  /** Makes a run of a scenario at virtual time 0, with everything attached that the scenario needs. */
  readonly open: (scenario: Scenario) => R;
  /** Bytes that parked runs may take together, as far as they can be estimated. */
  readonly budgetBytes?: number;
}

/** A seek under way. */
export interface Seek<R extends Run> {
  /** The run, once it has arrived. */
  readonly run: R | undefined;
  /** How much of the way is done, from 0 to 1. */
  readonly progress: number;
  /** Goes on until it has arrived or `hasTime` says no. */
  work(hasTime: () => boolean): void;
  /** Gives the seek up; its run is parked where it is. */
  cancel(): void;
}

/** Most branches of a history: each keeps a run of its own, and a link can carry no more. */
export const MOST_BRANCHES = BRANCHES_LIMIT + 1;

const BUDGET_BYTES = 96_000_000;
const ALWAYS = () => true;

interface Parked<R extends Run> {
  readonly branch: BranchId;
  readonly run: R;
}

/** A parked run on its way to a better place. */
interface Moving<R extends Run> extends Parked<R> {
  readonly journey: Journey;
  /** What was wanted when it set out. */
  readonly wanted: readonly Wanted[];
}

/**
 * The past of a scenario and its futures. A moment is reached by replaying from the nearest run that was parked before it.
 *
 * A run that `at` or a seek gives is on loan: its owner may let time pass in it and gives it back by `park`. To act on it is to
 * `fork`. Spec: [HIST-1] to [HIST-9].
 */
export class History<R extends Run = Run> {
  readonly #open: (scenario: Scenario) => R;
  readonly #budget: number;
  readonly #branches = new Map<BranchId, Branch<R>>();
  #parked: Parked<R>[] = [];
  #current: BranchId = 1;
  #next = 2;
  /** A parked run that is being moved to a better place, between two slices of work. */
  #moving: Moving<R> | undefined;
  /** The times that were wanted when the budget was used up. */
  #settled: string | undefined;

  /** @param head - the run that is the first branch. */
  constructor(head: R, { open, budgetBytes = BUDGET_BYTES }: HistoryOptions<R>, name = "First run") {
    this.#open = open;
    this.#budget = budgetBytes;
    this.#branches.set(1, new Branch({ id: 1, name, from: undefined }, head));
  }

  /** The branch that is shown. */
  get current(): BranchId {
    return this.#current;
  }

  /** The run at the latest moment of the current branch. */
  get head(): R {
    return this.#branch(this.#current).head;
  }

  /** All branches, oldest first. */
  branches(): readonly BranchInfo[] {
    return [...this.#branches.values()].map(({ info }) => info);
  }

  headOf(branch: BranchId): R {
    return this.#branch(branch).head;
  }

  /** A run at a moment of a branch, on loan. At the head's own position it is the head itself. */
  at(time: number, { branch = this.#current, actions }: Partial<Omit<Moment, "time">> = {}): R {
    const seek = this.seek(time, { branch, ...(actions === undefined ? {} : { actions }) });
    seek.work(ALWAYS);
    if (seek.run === undefined) throw new Error("history: a seek without a limit did not arrive");
    return seek.run;
  }

  /** A run of its own at a moment, also at the head's: its owner may do with it what they like, and it is not given back. */
  spare(time: number, { branch: id = this.#current, actions }: Partial<Omit<Moment, "time">> = {}): R {
    const seek = this.spareSeek(time, { branch: id, ...(actions === undefined ? {} : { actions }) });
    seek.work(ALWAYS);
    if (seek.run === undefined) throw new Error("history: a seek without a limit did not arrive");
    return seek.run;
  }

  /** The same in slices. */
  spareSeek(time: number, { branch: id = this.#current, actions }: Partial<Omit<Moment, "time">> = {}): Seek<R> {
    const branch = this.#branch(id);
    const run = this.#open(branch.scenario);
    run.follow(branch.log);
    const journey = new Journey(run, branch.positionAt(time, actions));
    return {
      get run() {
        return journey.done ? run : undefined;
      },
      get progress() {
        return journey.progress;
      },
      work: (hasTime) => journey.go(hasTime),
      cancel: () => undefined,
    };
  }

  /** The same in slices: nothing is done before `work` is called. */
  seek(time: number, { branch: id = this.#current, actions }: Partial<Omit<Moment, "time">> = {}): Seek<R> {
    const branch = this.#branch(id);
    const to = branch.positionAt(time, actions);
    const head = positionOf(branch.head);
    if (to.time === head.time && to.actions === head.actions)
      return { run: branch.head, progress: 1, work: () => undefined, cancel: () => undefined };
    let run: R | undefined;
    let journey: Journey | undefined;
    let over = false;
    const history = this;
    return {
      get run() {
        return journey?.done === true && !over ? run : undefined;
      },
      get progress() {
        return journey?.progress ?? 0;
      },
      work(hasTime) {
        if (over) return;
        run ??= history.#nearest(branch, to);
        journey ??= new Journey(run, to);
        journey.go(hasTime);
      },
      cancel() {
        if (!over && run !== undefined) history.park(run, id);
        over = true;
      },
    };
  }

  /** Gives a run back that was on loan; a head is never parked. */
  park(run: R, branch: BranchId = this.#current): void {
    const owner = this.#branches.get(branch);
    if (owner === undefined || this.#isHead(run) || this.#parked.some((each) => each.run === run)) return;
    this.#parked.push({ branch, run });
    this.#giveUpSurplus();
  }

  /**
   * Makes a run on loan the head of a branch of its own: what its log still holds is cut off. The new branch becomes the current one.
   *
   * @param from - the branch that the run is on.
   */
  fork(run: R, name: string, from: BranchId = this.#current): BranchInfo {
    if (this.#isHead(run)) throw new Error("history: the head of a branch is acted on, not forked");
    const position = positionOf(run);
    run.follow(run.log);
    const id = this.#next++;
    const branch = new Branch({ id, name, from: { branch: from, ...position } }, run);
    branch.notes = this.notesOf(from).filter(({ at }) => at <= position.time);
    this.#branches.set(id, branch);
    this.#current = id;
    return branch.info;
  }

  /** Adds a branch whose run someone else made and keeps what is shown. @param from - where it left another one. */
  adopt(name: string, head: R, from: Moment | undefined): BranchInfo {
    const branch = new Branch({ id: this.#next++, name, from }, head);
    this.#branches.set(branch.id, branch);
    return branch.info;
  }

  /** Whether there is room for another branch. */
  get hasRoom(): boolean {
    return this.#branches.size < MOST_BRANCHES;
  }

  /** What someone wrote about moments of a branch, in the order of their times. */
  notesOf(branch: BranchId = this.#current): readonly Note[] {
    return this.#branch(branch).notes;
  }

  setNotes(notes: readonly Note[], branch: BranchId = this.#current): void {
    this.#branch(branch).notes = notes.toSorted((a, b) => a.at - b.at);
  }

  /** Everything that is to be saved: one branch as the scenario's own, and all others beside it. */
  scenario(branch: BranchId = this.#current): Scenario {
    const own = this.#branch(branch);
    const others = [...this.#branches.values()].filter((each) => each !== own);
    return withFutures(own.scenario, [own.future, ...others.map(({ future }) => future)]);
  }

  /** The branch whose head a run is. */
  branchOf(run: R): BranchId | undefined {
    return [...this.#branches.values()].find(({ head }) => head === run)?.id;
  }

  /** Does something in a run: at a head it is done there, in the past it forks. Gives the branch on which it was done. */
  perform(run: R, action: Action, nameOf: (action: Action, time: number) => string): BranchInfo {
    const owner = this.branchOf(run);
    const branch =
      (owner !== undefined && this.#branch(owner).info) || this.fork(run, nameOf(action, run.cluster.clock.now));
    run.perform(action);
    return branch;
  }

  /** Shows another branch. */
  switchTo(branch: BranchId): R {
    this.#branch(branch);
    this.#current = branch;
    return this.head;
  }

  rename(branch: BranchId, name: string): void {
    this.#branch(branch).name = name;
  }

  /** Forgets a branch; false for the only one, which stays. Shows the branch it came from, or the oldest one. */
  delete(branch: BranchId): boolean {
    const { from } = this.#branch(branch);
    if (this.#branches.size === 1) return false;
    this.#branches.delete(branch);
    this.#parked = this.#parked.filter((each) => each.branch !== branch);
    if (this.#moving?.branch === branch) this.#moving = undefined;
    if (this.#current !== branch) return true;
    const next = from !== undefined && this.#branches.has(from.branch) ? from.branch : this.branches()[0]?.id;
    if (next !== undefined) this.#current = next;
    return true;
  }

  /** How many runs are parked, and what they are taken to occupy. */
  get parked(): { readonly runs: number; readonly bytes: number; readonly times: readonly number[] } {
    const runs = this.#parked.map(({ run }) => run);
    return {
      runs: runs.length,
      bytes: runs.reduce((sum, run) => sum + bytesOf(run), 0),
      times: runs.map((run) => run.cluster.clock.now).sort((a, b) => a - b),
    };
  }

  /**
   * Parks runs where they will be wanted, as long as `hasTime` says so. Called when nothing else is to be done.
   *
   * @param playhead - the time that the visitor looks at.
   * @returns whether there is more to do.
   */
  work(playhead: number, hasTime: () => boolean): boolean {
    while (hasTime()) {
      if (this.#moving === undefined && !this.#beginMove(playhead)) return false;
      const moving = this.#moving;
      if (moving === undefined) return false;
      moving.journey.go(hasTime);
      if (!moving.journey.done) return true;
      this.#moving = undefined;
      this.#parked.push({ branch: moving.branch, run: moving.run });
      const { length } = this.#parked;
      this.#giveUpSurplus();
      this.#settled = this.#parked.length < length ? textOf(moving.wanted) : undefined;
    }
    return true;
  }

  /** Takes the parked run that has the shortest way to the latest wanted time without one. */
  #beginMove(playhead: number): boolean {
    const branch = this.#branch(this.#current);
    const head = positionOf(branch.head).time;
    const most = Math.max(1, Math.floor(this.#budget / bytesOf(branch.head)) - 1);
    const wanted = wantedTimes(head, Math.min(playhead, head), most);
    if (this.#isSettled(wanted)) return false;
    const free = new Set(this.#parked.filter((each) => each.branch === this.#current));
    const unserved = wanted.filter((each) => {
      const serving = [...free].find(({ run }) => serves(run.cluster.clock.now, each));
      if (serving !== undefined) free.delete(serving);
      return serving === undefined;
    });
    const [next] = unserved;
    if (next === undefined) return false;
    const to = branch.positionAt(next.time);
    const run = this.#freeFor(branch, to, free);
    if (run === undefined) return false;
    run.follow(branch.log);
    this.#moving = { branch: this.#current, run, journey: new Journey(run, to), wanted };
    return true;
  }

  /** A run that isn't needed, taken out of the park: one that can reach the position, else a fresh one where there is room. */
  #freeFor(branch: Branch<R>, to: Position, free: ReadonlySet<Parked<R>>): R | undefined {
    const [best] = [...free]
      .filter(({ run }) => canReach(positionOf(run), to))
      .sort((a, b) => b.run.cluster.clock.now - a.run.cluster.clock.now);
    const others = this.#parked.filter((each) => each.branch !== this.#current);
    const spare = best ?? (this.#hasRoomFor(branch.head) ? undefined : (others[0] ?? [...free][0]));
    if (spare === undefined && !this.#hasRoomFor(branch.head)) return undefined;
    this.#parked = this.#parked.filter((each) => each !== spare);
    return best?.run ?? this.#open(branch.scenario);
  }

  /** Whether the budget was used up by these very times: what was given up for it is not made again. */
  #isSettled(wanted: readonly Wanted[]): boolean {
    return this.#settled !== undefined && this.#settled === textOf(wanted);
  }

  #hasRoomFor(run: R): boolean {
    return this.parked.bytes + bytesOf(run) <= this.#budget;
  }

  /** The parked run nearest before a position, taken out of the park; a fresh one when there is none. */
  #nearest(branch: Branch<R>, to: Position): R {
    const [best] = this.#parked
      .filter((each) => each.branch === branch.id && canReach(positionOf(each.run), to))
      .sort((a, b) => (canReach(positionOf(a.run), positionOf(b.run)) ? 1 : -1));
    if (best !== undefined) this.#parked = this.#parked.filter((each) => each !== best);
    const run = best?.run ?? this.#open(branch.scenario);
    run.follow(branch.log);
    return run;
  }

  /** Keeps the park within its budget: runs of other branches go first, then the latest ones, which are the cheapest to miss. */
  #giveUpSurplus(): void {
    let bytes = this.parked.bytes;
    const order = [...this.#parked].sort(
      (a, b) =>
        Number(a.branch === this.#current) - Number(b.branch === this.#current) ||
        b.run.cluster.clock.now - a.run.cluster.clock.now,
    );
    for (const each of order) {
      if (bytes <= this.#budget) return;
      bytes -= bytesOf(each.run);
      this.#parked = this.#parked.filter((other) => other !== each);
    }
  }

  #isHead(run: R): boolean {
    return this.branchOf(run) !== undefined;
  }

  #branch(id: BranchId): Branch<R> {
    const branch = this.#branches.get(id);
    if (branch === undefined) throw new Error(`history: there is no branch ${id}`);
    return branch;
  }
}

function textOf(wanted: readonly Wanted[]): string {
  return wanted.map(({ time }) => time).join();
}

function bytesOf({ cluster }: Run): number {
  return estimatedBytes(cluster.api.store.size, cluster.trace.size);
}
