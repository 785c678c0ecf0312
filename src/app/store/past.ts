// Where in time the page looks: at now, or at an earlier moment of one of the branches.
import { type BranchId, History, MOST_BRANCHES, type Position, positionOf, type Seek } from "../../history/index.ts";
import { formatElapsed, type Scenario, type TimedAction } from "../../scenario/index.ts";
import { W } from "../../words/en/store-more.ts";
import { goOn } from "./go-on.ts";
import type { PastState } from "./past-state.ts";
import { type Action, type ActionResult, type Run, runAgain } from "./run.ts";
import { describeAction } from "./sentences.ts";

/** Within this many ms a text that is applied after scaling is what the editor made of the scaling. */
const WRITTEN_BACK_MS = 2_000;

/** Whether the second action is no person's but the text's answer to the first. */
function follows(first: TimedAction | undefined, second: TimedAction | undefined): boolean {
  if (first?.action.kind !== "scale" || second?.action.kind !== "apply") return false;
  return second.at - first.at <= WRITTEN_BACK_MS;
}

/** The playhead over a history. Whenever another run is to be shown, `show` is called with it. */
export class Past {
  readonly history: History<Run>;
  readonly #show: (run: Run) => void;
  #shown: Run;
  #seek: Seek<Run> | undefined;

  constructor(first: Run, show: (run: Run) => void) {
    const { branches, notes = [] } = first.origin;
    this.history = new History<Run>(
      first,
      { open: (scenario) => runAgain(this.history.head, scenario) },
      branches?.name,
    );
    this.history.setNotes(notes);
    for (const { future, head } of first.siblings) {
      const { shares } = future;
      const time = head.log[shares]?.at ?? future.until;
      const { id } = this.history.adopt(future.name, head, { branch: this.history.current, time, actions: shares });
      this.history.setNotes(future.notes, id);
    }
    this.#shown = first;
    this.#show = show;
  }

  get state(): PastState {
    const { history } = this;
    return {
      past: this.#shown !== history.head,
      branch: history.current,
      branches: history.branches(),
      notes: history.notesOf(),
    };
  }

  /** The time of now on the branch that is shown. */
  get now(): number {
    return this.history.head.world.clock.now;
  }

  /** Goes to a moment of the shown branch, as far as `work` is called; the last one asked for wins. */
  seek(time: number, actions?: number): void {
    this.#seek?.cancel();
    this.#seek = this.history.seek(time, actions === undefined ? {} : { actions });
  }

  /** How far a seek under way has come, from 0 to 1; undefined when there is none. */
  get progress(): number | undefined {
    return this.#seek?.progress;
  }

  /** Goes on with a seek as long as `hasTime` says so. */
  work(hasTime: () => boolean): void {
    if (this.#seek === undefined) return;
    this.#seek.work(hasTime);
    const { run } = this.#seek;
    if (run === undefined) return;
    this.#seek = undefined;
    this.#change(run);
  }

  /** Shows now again. */
  toNow(): void {
    this.#seek?.cancel();
    this.#seek = undefined;
    this.#change(this.history.head);
  }

  /** Does something where the playhead is. In the past it begins a branch, named after what was done. */
  perform(action: Action): ActionResult {
    const run = this.#shown;
    if (!this.branch(W.branchName(describeAction(action), formatElapsed(run.world.clock.now))))
      return {
        error: W.branches(MOST_BRANCHES),
      };
    return run.perform(action);
  }

  /** Continues from the moment that is shown, in a branch of its own unless that is now; false where there is room for no more. */
  branch(name: string): boolean {
    const run = this.#shown;
    if (run === this.history.head) return true;
    if (!this.history.hasRoom) return false;
    this.history.fork(run, name);
    this.#show(run);
    return true;
  }

  /** Continues from a moment in a separate branch, which keeps what came after it; false where there is room for no more. */
  restart({ time, actions }: Position, name: string): boolean {
    if (!this.history.hasRoom) return false;
    this.#seek?.cancel();
    this.#seek = undefined;
    const run = this.history.at(time, { actions });
    if (run === this.history.head) return true;
    if (run !== this.#shown) this.#giveBack();
    this.history.fork(run, name);
    this.#shown = run;
    this.#show(run);
    return true;
  }

  /** Lets time pass, in the past at most until now; then now is shown. What `hasTime` leaves no room for does not pass: the page stays usable. */
  play(ms: number, mostActions: number, hasTime: () => boolean): void {
    const run = this.#shown;
    const { clock } = run.world;
    const isHead = run === this.history.head;
    const far = isHead ? ms : Math.min(ms, this.now - clock.now);
    const stopped = goOn(run, far, { mostActions, hasTime });
    const [here, now] = [positionOf(run), positionOf(this.history.head)];
    if (!isHead && stopped === "arrived" && here.time === now.time && here.actions === now.actions) this.toNow();
  }

  /** Writes a note on a moment of the shown branch replacing the existing one; an empty text removes it. */
  note(text: string, at: number): void {
    const others = this.history.notesOf().filter((each) => each.at !== at);
    this.history.setNotes(text === "" ? others : [...others, { at, text }]);
  }

  /** What is to be saved of the branch that a run is the end of, or else of the shown one, with all others beside it. */
  scenarioOf(run: Run): Scenario {
    return this.history.scenario(this.history.branchOf(run));
  }

  /** Parks runs where they will be wanted; false when there is nothing more to do. */
  prepare(hasTime: () => boolean): boolean {
    return this.#seek === undefined && this.history.work(this.#shown.world.clock.now, hasTime);
  }

  /** Shows the end of another branch. */
  switchTo(branch: BranchId): void {
    this.#seek?.cancel();
    this.#seek = undefined;
    this.#giveBack();
    this.#shown = this.history.switchTo(branch);
    this.#show(this.#shown);
  }

  /** Forgets a branch; false for the only one. */
  delete(branch: BranchId): boolean {
    const wasShown = branch === this.history.current;
    if (!this.history.delete(branch)) return false;
    if (wasShown) {
      this.#shown = this.history.head;
      this.#show(this.#shown);
    }
    return true;
  }

  /** The moment before the last action up to the playhead, or after the next one; undefined when there is none. */
  beforeLastAction(): Position | undefined {
    const { log } = this.#shown;
    let at = log.length - 1;
    if (follows(log[at - 1], log[at])) at--;
    const last = log[at];
    return last === undefined ? undefined : { time: last.at, actions: at };
  }

  afterNextAction(): Position | undefined {
    const { log } = this.history.head;
    let at = this.#shown.log.length;
    if (follows(log[at], log[at + 1])) at++;
    const next = log[at];
    return next === undefined ? undefined : { time: next.at, actions: at + 1 };
  }

  #change(run: Run): void {
    if (run === this.#shown) return;
    this.#giveBack();
    this.#shown = run;
    this.#show(run);
  }

  #giveBack(): void {
    this.history.park(this.#shown);
  }
}
