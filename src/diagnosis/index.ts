// The entry to diagnosis: what is wrong with Services, and why a packet was lost.
export { type Pin, pinOf, type Stranger, strangersOf } from "./choice.ts";
export type { Claim, Named } from "./claims.ts";
export { diagnose, diagnosing } from "./diagnose.ts";
export { ALL_OFF, allWithoutEffect, effectOfField, effectOfKind, type Inert, withoutEffect } from "./effects.ts";
export { explainExchange, isFailure, seenBy } from "./explain.ts";
export { type FindService, fieldsOfHop, fieldsOfRule } from "./fields.ts";
export {
  type Comparison,
  type Cure,
  type Evidence,
  type FailureClass,
  type FieldChange,
  type Finding,
  type ObjectEdit,
  type Remedy,
  type Responsible,
  type SendInstead,
  type Severity,
  STEPS,
  type WorldAction,
} from "./finding.ts";
export { type Missing, missingIn } from "./missing.ts";
export { cureCommands, jsonPatch, patchCommand } from "./patch.ts";
export { type Pinned, pinnedTo } from "./pinned.ts";
export { type PolicyVerdict, policyVerdicts } from "./policies.ts";
export { type ServiceLink, serviceLinks } from "./service-links.ts";
export { type Chance, chancesOf, usualRange } from "./shares.ts";
export type { Explanation } from "./trouble.ts";
export { refOf, refText } from "./words.ts";
