// kubectl describe of ServiceAccount, ResourceQuota, LimitRange and PriorityClass.
import {
  type LimitRange,
  own,
  type PriorityClass,
  type ResourceQuota,
  type ServiceAccount,
} from "../../cluster/index.ts";
import { formatLabels, sortedKeys } from "../text.ts";
import { describer, writeEvents, writeHead } from "./describer.ts";
import type { Page } from "./page.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeServiceAccount
export const describeServiceAccount = describer<ServiceAccount>((page, account, context) => {
  writeHead(page, account);
  const title = "Image pull secrets:";
  const names = (account.imagePullSecrets ?? []).map((each) => each.name ?? "");
  if (names.length === 0) page.row(0, [title, "<none>"]);
  for (const [index, name] of names.entries()) page.row(0, [index === 0 ? title : " ".repeat(title.length), name]);
  writeEvents(page, account, context);
});

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describePriorityClass
export const describePriorityClass = describer<PriorityClass>((page, priority, context) => {
  page.field("Name", priority.metadata.name);
  page.field("Value", priority.value);
  page.field("GlobalDefault", priority.globalDefault ?? false);
  page.field("PreemptionPolicy", priority.preemptionPolicy);
  page.field("Description", priority.description);
  page.field("Annotations", formatLabels(priority.metadata.annotations));
  writeEvents(page, priority, context);
});

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeQuota
export const describeResourceQuota = describer<ResourceQuota>((page, quota) => {
  page.field("Name", quota.metadata.name);
  page.field("Namespace", quota.metadata.namespace);
  writeScopes(page, quota, 0);
  page.row(0, ["Resource", "Used", "Hard"]);
  page.row(0, ["--------", "----", "----"]);
  writeQuotaRows(page, quota, 0);
});

/** What each scope is about, in kubectl's words. */
const SCOPES: Readonly<Record<string, string>> = {
  BestEffort:
    "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
  NotBestEffort:
    "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.",
  NotTerminating:
    "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.",
  Terminating:
    "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.",
};

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe helpTextForResourceQuotaScope
export function writeScopes(page: Page, { spec }: ResourceQuota, level: number): void {
  const scopes = [...(spec?.scopes ?? [])].sort();
  if (scopes.length === 0) return;
  page.field("Scopes", scopes.join(", "), level);
  for (const scope of scopes) {
    const help = own(SCOPES, scope);
    if (help !== undefined) page.line(0, `${level === 0 ? " " : "  "}* ${help}`);
  }
}

export function writeQuotaRows(page: Page, { status }: ResourceQuota, level: number): void {
  for (const name of sortedKeys(status?.hard))
    page.row(level, [name, own(status?.used, name) ?? "0", own(status?.hard, name)]);
}

export const LIMIT_TITLES = [
  "Type",
  "Resource",
  "Min",
  "Max",
  "Default Request",
  "Default Limit",
  "Max Limit/Request Ratio",
];

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeLimitRange
export const describeLimitRange = describer<LimitRange>((page, range) => {
  page.field("Name", range.metadata.name);
  page.field("Namespace", range.metadata.namespace);
  page.row(0, LIMIT_TITLES);
  page.row(0, LIMIT_TITLES.map(underline));
  writeLimits(page, range, "");
});

export function underline(title: string): string {
  return "-".repeat(title.length);
}

// Unlike upstream: resources are printed in the order of their names, because Go's map order differs from run to run.
export function writeLimits(page: Page, { spec }: LimitRange, lead: string): void {
  for (const item of spec?.limits ?? []) {
    const lists = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
    for (const name of sortedKeys({
      ...item.min,
      ...item.max,
      ...item.defaultRequest,
      ...item.default,
      ...item.maxLimitRequestRatio,
    }))
      page.row(0, [`${lead}${item.type}`, name, ...lists.map((list) => own(list, name) ?? "-")]);
  }
}
