// The only door of diagnosis: what is wrong with Services, and why a packet came to nothing.
export { type Pin, pinOf, type Stranger, strangersOf } from "./choice.ts";
export { diagnose, diagnosing } from "./diagnose.ts";
export { explainExchange } from "./explain.ts";
export { type FindService, fieldsOfHop, fieldsOfRule } from "./fields.ts";
export {
  type Comparison,
  type Cure,
  type Evidence,
  type FailureClass,
  type FieldChange,
  type FieldPath,
  type Finding,
  type ObjectEdit,
  type ObjectRef,
  type Remedy,
  type Responsible,
  type SendInstead,
  type Severity,
  STEPS,
  type WorldAction,
} from "./finding.ts";
export { cureCommands, patchCommand } from "./patch.ts";
export { type Chance, chancesOf, usualRange } from "./shares.ts";
export type { Explanation } from "./trouble.ts";
export { pathText, refText } from "./words.ts";
