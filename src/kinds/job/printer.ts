// The tables of Job and CronJob.
import { type CronJob, type Job, parseTime } from "../../cluster/index.ts";
import { ageOf, humanDuration } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";
import { containerCells } from "../../kubectl/printers/template.ts";
import { formatLabelSelector } from "../../kubectl/text.ts";

// Models kubernetes/pkg/printers/internalversion printJob
const jobPrinter = printer<Job>(
  ["NAME", "STATUS", "COMPLETIONS", "DURATION", "AGE", "CONTAINERS*", "IMAGES*", "SELECTOR*"],
  (job, { now }) => [
    job.metadata.name,
    jobStatus(job),
    completions(job),
    jobDuration(job, now),
    ageOf(job.metadata.creationTimestamp, now),
    ...containerCells(job.spec?.template.spec?.containers),
    formatLabelSelector(job.spec?.selector),
  ],
);

function jobStatus(job: Job): string {
  const holds = (type: string) => job.status?.conditions?.find((each) => each.type === type)?.status === "True";
  if (holds("Complete")) return "Complete";
  if (holds("Failed")) return "Failed";
  if (job.metadata.deletionTimestamp !== undefined) return "Terminating";
  if (holds("Suspended")) return "Suspended";
  if (holds("FailureTarget")) return "FailureTarget";
  return holds("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
}

function completions({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration({ status }: Job, now: number): string {
  const start = parseTime(status?.startTime);
  if (start === undefined) return "";
  return humanDuration((parseTime(status?.completionTime) ?? now) - start);
}

// Models kubernetes/pkg/printers/internalversion printCronJob
const cronJobPrinter = printer<CronJob>(
  ["NAME", "SCHEDULE", "TIMEZONE", "SUSPEND", "ACTIVE", "LAST SCHEDULE", "AGE", "CONTAINERS*", "IMAGES*", "SELECTOR*"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec?.schedule,
    spec?.timeZone ?? "<none>",
    spec?.suspend === undefined ? "<unset>" : spec.suspend ? "True" : "False",
    status?.active?.length ?? 0,
    status?.lastScheduleTime === undefined ? "<none>" : ageOf(status.lastScheduleTime, now),
    ageOf(metadata.creationTimestamp, now),
    ...containerCells(spec?.jobTemplate.spec?.template.spec?.containers),
    formatLabelSelector(spec?.jobTemplate.spec?.selector),
  ],
);

export const printers: Printers = { "cronjobs.batch": cronJobPrinter, "jobs.batch": jobPrinter };
