// The language service: pure functions of a text, the field schema and the objects of a cluster.
export { advise } from "./advice.ts";
export { complete, type Request } from "./completion.ts";
export { applyEdits, difference, toOffset, toPosition } from "./edits.ts";
export { fixesFor } from "./fixes.ts";
export { hover } from "./hover.ts";
export type { Lister } from "./lister.ts";
export { type Drift, driftOf, liveObject } from "./live.ts";
export {
  type Entry,
  entryAt,
  outline,
  type Section,
  type Span,
  sectionAt,
} from "./outline.ts";
export type { Descriptions, Edit, Fix, Hover, Problem, Severity, Suggestion } from "./types.ts";
