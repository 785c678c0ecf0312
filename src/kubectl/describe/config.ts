// kubectl describe of ConfigMap, Secret, ServiceAccount, ResourceQuota, LimitRange, PriorityClass and Namespace.
import type {
  ConfigMap,
  LimitRange,
  Namespace,
  PriorityClass,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from "../../cluster/index.ts";
import { formatLabels, sortedKeys } from "../text.ts";
import { describer, writeEvents, writeHead, writeLabels } from "./describer.ts";
import { writeTimedConditions } from "./networking.ts";
import type { Page } from "./page.ts";

/** How many bytes a base64 text stands for. */
function byteCount(base64: string | undefined): number {
  const text = (base64 ?? "").replace(/=+$/, "");
  return Math.floor((text.length * 3) / 4);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe ConfigMapDescriber
export const describeConfigMap = describer<ConfigMap>((page, config, context) => {
  writeHead(page, config);
  page.raw("\nData\n====\n");
  for (const key of sortedKeys(config.data)) page.raw(`${key}:\n----\n${config.data?.[key]}\n\n`);
  page.raw("\nBinaryData\n====\n");
  for (const key of sortedKeys(config.binaryData)) page.line(0, `${key}: ${byteCount(config.binaryData?.[key])} bytes`);
  page.line(0, "");
  writeEvents(page, config, context);
});

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeSecret
export const describeSecret = describer<Secret>((page, secret) => {
  writeHead(page, secret);
  page.raw(`\nType:\t${secret.type ?? ""}\n`);
  page.raw("\nData\n====\n");
  for (const key of sortedKeys(secret.data)) page.field(key, `${byteCount(secret.data?.[key])} bytes`);
});

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
  const scopes = [...(quota.spec?.scopes ?? [])].sort();
  if (scopes.length > 0) page.field("Scopes", scopes.join(", "));
  page.row(0, ["Resource", "Used", "Hard"]);
  page.row(0, ["--------", "----", "----"]);
  writeQuotaRows(page, quota, 0);
});

function writeQuotaRows(page: Page, { status }: ResourceQuota, level: number): void {
  for (const name of sortedKeys(status?.hard))
    page.row(level, [name, status?.used?.[name] ?? "0", status?.hard?.[name]]);
}

const LIMIT_TITLES = ["Type", "Resource", "Min", "Max", "Default Request", "Default Limit", "Max Limit/Request Ratio"];

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeLimitRange
export const describeLimitRange = describer<LimitRange>((page, range) => {
  page.field("Name", range.metadata.name);
  page.field("Namespace", range.metadata.namespace);
  page.row(0, LIMIT_TITLES);
  page.row(0, LIMIT_TITLES.map(underline));
  writeLimits(page, range, "");
});

function underline(title: string): string {
  return "-".repeat(title.length);
}

// Unlike upstream: resources are printed in the order of their names, because Go's map order differs from run to run.
function writeLimits(page: Page, { spec }: LimitRange, lead: string): void {
  for (const item of spec?.limits ?? []) {
    const lists = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
    for (const name of sortedKeys(Object.assign({}, ...lists)))
      page.row(0, [`${lead}${item.type}`, name, ...lists.map((list) => list?.[name] ?? "-")]);
  }
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeNamespace
export const describeNamespace = describer<Namespace>((page, namespace, { api }) => {
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
    const scopes = [...(quota.spec?.scopes ?? [])].sort();
    if (scopes.length > 0) page.field("Scopes", scopes.join(", "), 1);
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
