// The tables of conditions in descriptions.
import { longDate } from "../duration.ts";
import type { Page } from "./page.ts";

interface TimedCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** The Conditions table of kinds that show when each one changed. */
export function writeTimedConditions(page: Page, conditions: readonly TimedCondition[]): void {
  page.line(0, "Conditions:");
  page.row(1, ["Type", "Status", "LastTransitionTime", "Reason", "Message"]);
  page.row(1, ["----", "------", "------------------", "------", "-------"]);
  for (const { type, status, lastTransitionTime, reason, message } of conditions)
    page.row(1, [type, status, longDate(lastTransitionTime), reason, message]);
}

interface ConditionLine {
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

/** The Conditions table of kinds that show reasons alone. */
export function writeConditions(page: Page, conditions: readonly ConditionLine[] | undefined): void {
  if (conditions === undefined || conditions.length === 0) return;
  page.raw("Conditions:\n  Type\tStatus\tReason\n");
  page.row(1, ["----", "------", "------"]);
  for (const { type, status, reason } of conditions) page.row(1, [`${type} `, status, reason]);
}
