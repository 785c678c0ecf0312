// kubectl describe of Job and CronJob.
import { type CronJob, type Job, type JobTemplateSpec, parseTime } from "../../cluster/index.ts";
import {
  type Describers,
  describer,
  writeController,
  writeEvents,
  writeHead,
  writeLabels,
} from "../../kubectl/describe/describer.ts";
import type { Page } from "../../kubectl/describe/page.ts";
import { writePodTemplate } from "../../kubectl/describe/podtemplate.ts";
import { humanDuration, longDate } from "../../kubectl/duration.ts";
import { selectorText } from "../../kubectl/text.ts";

function optional(page: Page, name: string, value: string | number | boolean | undefined): void {
  if (value !== undefined) page.field(name, value);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeJob
const describeJob = describer<Job>((page, job, context) => {
  const { metadata, spec } = job;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("Selector", selectorText(spec?.selector));
  writeLabels(page, job);
  writeController(page, job);
  optional(page, "Parallelism", spec?.parallelism);
  page.field("Completions", spec?.completions ?? "<unset>");
  optional(page, "Completion Mode", spec?.completionMode);
  optional(page, "Suspend", spec?.suspend);
  optional(page, "Backoff Limit", spec?.backoffLimit);
  optional(page, "TTL Seconds After Finished", spec?.ttlSecondsAfterFinished);
  writeProgress(page, job);
  writePodTemplate(page, spec?.template);
  writeEvents(page, job, context);
});

function writeProgress(page: Page, { spec, status }: Job): void {
  const start = parseTime(status?.startTime);
  const end = parseTime(status?.completionTime);
  if (start !== undefined) page.field("Start Time", longDate(status?.startTime));
  if (end !== undefined) page.field("Completed At", longDate(status?.completionTime));
  if (start !== undefined && end !== undefined) page.field("Duration", humanDuration(end - start));
  if (spec?.activeDeadlineSeconds !== undefined)
    page.field("Active Deadline Seconds", `${spec.activeDeadlineSeconds}s`);
  const ready = status?.ready === undefined ? "" : ` (${status.ready} Ready)`;
  const counts = `${status?.active ?? 0} Active${ready} / ${status?.succeeded ?? 0} Succeeded / ${status?.failed ?? 0} Failed`;
  page.field("Pods Statuses", counts);
  if (spec?.completionMode === "Indexed") page.field("Completed Indexes", indexesText(status?.completedIndexes ?? ""));
}

const INDEXES_SHOWN = 50;

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe capIndexesListOrNone
function indexesText(indexes: string): string {
  const comma = indexes.indexOf(",", INDEXES_SHOWN);
  return comma < 0 ? indexes || "<none>" : `${indexes.slice(0, comma + 1)}...`;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeCronJob
const describeCronJob = describer<CronJob>((page, cron, context) => {
  const { spec, status } = cron;
  writeHead(page, cron);
  page.field("Schedule", spec?.schedule);
  page.field("Concurrency Policy", spec?.concurrencyPolicy);
  page.field("Suspend", spec?.suspend === undefined ? "<unset>" : spec.suspend ? "True" : "False");
  page.field("Successful Job History Limit", spec?.successfulJobsHistoryLimit ?? "<unset>");
  page.field("Failed Job History Limit", spec?.failedJobsHistoryLimit ?? "<unset>");
  const deadline = spec?.startingDeadlineSeconds;
  page.field("Starting Deadline Seconds", deadline === undefined ? "<unset>" : `${deadline}s`);
  writeJobTemplate(page, spec?.jobTemplate);
  const last = status?.lastScheduleTime;
  page.field("Last Schedule Time", last === undefined ? "<unset>" : longDate(last));
  page.field("Active Jobs", (status?.active ?? []).map((each) => each.name).join(", ") || "<none>");
  writeEvents(page, cron, context);
});

function writeJobTemplate(page: Page, template: JobTemplateSpec | undefined): void {
  const spec = template?.spec;
  page.field("Selector", spec?.selector === undefined ? "<unset>" : selectorText(spec.selector));
  page.field("Parallelism", spec?.parallelism ?? "<unset>");
  page.field("Completions", spec?.completions ?? "<unset>");
  if (spec?.activeDeadlineSeconds !== undefined)
    page.field("Active Deadline Seconds", `${spec.activeDeadlineSeconds}s`);
  writePodTemplate(page, spec?.template);
}

export const describers: Describers = { "cronjobs.batch": describeCronJob, "jobs.batch": describeJob };
