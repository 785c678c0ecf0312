// What the panels know of time and branches. Going back itself is loaded when someone does.
import type { BranchId, BranchInfo } from "../../history/index.ts";
import type { Note } from "../../scenario/index.ts";
import { W } from "../../words/en/store.ts";

/** Where the playhead is, and among which branches. */
export interface PastState {
  /** Whether an earlier moment than the branch's last is shown. */
  readonly past: boolean;
  readonly branch: BranchId;
  readonly branches: readonly BranchInfo[];
  /** What someone wrote about moments of the branch, in the order of their times. */
  readonly notes: readonly Note[];
}

/** Nobody has gone back yet: there is one branch, and the page is at its end. */
export const AT_NOW: PastState = {
  past: false,
  branch: 1,
  branches: [{ id: 1, name: W.firstRun, from: undefined }],
  notes: [],
};
