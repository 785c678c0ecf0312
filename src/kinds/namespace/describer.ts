// kubectl describe namespace.
import type { LimitRange, Namespace, ResourceQuota } from "../../cluster/index.ts";
import { writeTimedConditions } from "../../kubectl/describe/conditions.ts";
import { LIMIT_TITLES, underline, writeLimits, writeQuotaRows, writeScopes } from "../../kubectl/describe/config.ts";
import { type Describers, describer, writeLabels } from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeNamespace
const describeNamespace = describer<Namespace>((page, namespace, { api }) => {
  page.field("Name", namespace.metadata.name);
  writeLabels(page, namespace);
  page.field("Status", namespace.status?.phase);
  const conditions = namespace.status?.conditions ?? [];
  if (conditions.length > 0) writeTimedConditions(page, conditions);
  const inside = { namespace: namespace.metadata.name ?? "" };
  page.line(0, "");
  // The server keeps each resource's own kind.
  writeQuotas(page, api.list("resourcequotas", inside) as ResourceQuota[]);
  page.line(0, "");
  writeLimitRanges(page, api.list("limitranges", inside) as LimitRange[]);
});

function writeQuotas(page: Page, quotas: readonly ResourceQuota[]): void {
  page.line(0, quotas.length === 0 ? "No resource quota." : "Resource Quotas");
  for (const quota of quotas) {
    page.field("Name", quota.metadata.name, 1);
    writeScopes(page, quota, 1);
    page.row(1, ["Resource", "Used", "Hard"]);
    page.row(1, ["--------", "---", "---"]);
    writeQuotaRows(page, quota, 1);
  }
}

function writeLimitRanges(page: Page, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) {
    page.line(0, "No LimitRange resource.");
    return;
  }
  page.line(0, "Resource Limits");
  page.row(0, [` ${LIMIT_TITLES[0]}`, ...LIMIT_TITLES.slice(1)]);
  page.row(0, [" ----", ...LIMIT_TITLES.slice(1).map(underline)]);
  for (const range of ranges) writeLimits(page, range, " ");
}

export const describers: Describers = { namespaces: describeNamespace };
