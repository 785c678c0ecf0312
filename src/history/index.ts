// The entry to the room: branches, moments, comparisons and causes.
export type { BranchInfo } from "./branch.ts";
export { type Cause, type CauseSearch, searchCause } from "./cause.ts";
export { type Comparison, type CountDifference, compareRuns, type Difference } from "./compare.ts";
export type { FieldDifference } from "./fields.ts";
export { describeDifference, type FirstDifference, firstDifference } from "./first-difference.ts";
export { History, type HistoryOptions, MOST_BRANCHES, type Seek } from "./history.ts";
export { type BranchId, type Moment, type Position, positionOf } from "./moment.ts";
