// One future of a scenario: its log, and the run at its end.
import type { Future, Note, Run, Scenario, TimedAction } from "../scenario/index.ts";
import { type BranchId, type Moment, type Position, positionOf } from "./moment.ts";

/** A branch as it is shown. */
export interface BranchInfo {
  readonly id: BranchId;
  readonly name: string;
  /** Where it left another branch; undefined for the first one. */
  readonly from: Moment | undefined;
}

/** A branch with its head. */
export class Branch<R extends Run> {
  readonly id: BranchId;
  readonly from: Moment | undefined;
  name: string;
  notes: readonly Note[] = [];
  /** The run at its latest moment; the only one that may be acted on without a fork. */
  head: R;

  constructor(info: BranchInfo, head: R) {
    this.id = info.id;
    this.name = info.name;
    this.from = info.from;
    this.head = head;
  }

  get info(): BranchInfo {
    return { id: this.id, name: this.name, from: this.from };
  }

  /** What was done on it and what its scenario still holds. */
  get log(): readonly TimedAction[] {
    return [...this.head.log, ...this.head.pending];
  }

  /** What is saved of it. */
  get future(): Future {
    const { name, log, notes, head } = this;
    return { name, log, notes, until: head.cluster.clock.now };
  }

  get scenario(): Scenario {
    return this.head.scenario("run");
  }

  /** The position that a moment names; times beyond the head are the head's. */
  positionAt(time: number, actions?: number): Position {
    const head = positionOf(this.head);
    const at = Math.min(Math.max(0, time), head.time);
    const { log } = this.head;
    let from = 0;
    while (from < log.length && (log[from]?.at ?? 0) < at) from++;
    let to = from;
    while (to < log.length && (log[to]?.at ?? 0) <= at) to++;
    return { time: at, actions: actions === undefined ? to : Math.min(Math.max(from, actions), to) };
  }
}
