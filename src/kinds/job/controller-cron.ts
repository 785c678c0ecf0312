// The CronJob controller: starts Jobs by the clock, and tidies those that are over.
import { type KubeObject, keyOf, splitKey } from "../../cluster/api/objects.ts";
import type { CronJob, CronJobStatus, Job } from "../../cluster/api/types.gen.ts";
import { CronJobScheduledTimestamp } from "../../cluster/api/well-known.ts";
import { type CronSchedule, parseCron } from "../../cluster/apimachinery/cron.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, ignoreRefusal, writeStatus } from "../../cluster/client-go/controller.ts";
import { BY_CONTROLLER, controllerOf, controllerReference, indexByController } from "../../cluster/client-go/owners.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import { formatTime, httpDate, parseTime } from "../../cluster/sim/time.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import { finishedAs } from "./controller.ts";

/** How much later than its time a schedule is looked at. */
const LATER_MS = 100;
/** More missed times than this are reported. */
const MANY = 100;

/** Starts the controller. Spec: [CRON-2] and following. */
// Models kubernetes/pkg/controller/cronjob/cronjob_controllerv2.go
export function startCronJobController(context: ComponentContext): void {
  const crons = context.informers.of("cronjobs.batch");
  const jobs = context.informers.of("jobs.batch");
  indexByController(jobs);
  const queue: WorkQueue = controllerQueue(context, (key) => sync(context, queue, key), "cronjobs.batch");
  crons.onChange((cron, old) => {
    if (cron === undefined) {
      if (old !== undefined) queue.wake(keyOf(old), undefined);
      return;
    }
    const same =
      old === undefined || (cron.spec?.schedule === old.spec?.schedule && cron.spec?.timeZone === old.spec?.timeZone);
    const schedule = same ? "" : parseCron(cron.spec?.schedule ?? "");
    if (typeof schedule === "string") queue.add(keyOf(cron));
    else queue.wake(keyOf(cron), untilNext(cron, schedule, dateOf(context)));
  });
  const wakeOwner = (job: Job | undefined) => {
    const owner = job === undefined ? undefined : controllerOf(job);
    const namespace = job?.metadata.namespace;
    if (owner?.kind !== "CronJob") return;
    const cron = crons.get(`${namespace}/${owner.name}`);
    if (cron?.metadata.uid === owner.uid) queue.add(keyOf(cron as KubeObject));
  };
  jobs.onChange((job, old) => {
    wakeOwner(job);
    if (job === undefined || job.metadata.ownerReferences !== old?.metadata.ownerReferences) wakeOwner(old);
  });
}

function dateOf(context: ComponentContext): number {
  return context.settings().epoch + context.clock.now;
}

/** One CronJob in one round; `status` is what the round makes of it. */
interface Round {
  readonly context: ComponentContext;
  readonly cron: CronJob;
  readonly now: number;
  status: CronJobStatus;
}

// Models kubernetes/pkg/controller/cronjob sync
function sync(context: ComponentContext, queue: WorkQueue, key: string): void {
  const { namespace, name } = splitKey(key);
  const cron = context.api.find("cronjobs.batch", namespace, name);
  if (cron === undefined) return;
  const jobs = context.informers.of("jobs.batch").byIndex(BY_CONTROLLER, cron.metadata.uid ?? "");
  const round: Round = { context, cron, now: dateOf(context), status: cron.status ?? {} };
  tidy(round, jobs);
  follow(round, jobs);
  try {
    queue.wake(key, start(round));
  } finally {
    if (!deepEqual(round.status, cron.status ?? {}))
      writeStatus(context, "cronjobs.batch", { ...cron, status: round.status });
  }
}

function say({ context, cron }: Round, type: "Normal" | "Warning", reason: string, message: string): void {
  context.recorder.record(cron, { type, reason, message });
}

function forget(round: Round, uid: string | undefined): void {
  const { active = [], ...rest } = round.status;
  const left = active.filter((each) => each.uid !== uid);
  round.status = left.length === 0 ? rest : { ...rest, active: left };
}

/** Keeps as many finished Jobs as the history limits say, the youngest. Spec: [CRON-6]. */
// Models kubernetes/pkg/controller/cronjob cleanupFinishedJobs, removeOldestJobs
function tidy(round: Round, jobs: readonly Job[]): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = round.cron.spec ?? {};
  for (const [end, limit] of [
    ["Complete", successfulJobsHistoryLimit],
    ["Failed", failedJobsHistoryLimit],
  ] as const) {
    if (limit === undefined) continue;
    const finished = jobs.filter((job) => job.metadata.deletionTimestamp === undefined && finishedAs(job) === end);
    const startOf = (job: Job) => parseTime(job.status?.startTime) ?? Number.POSITIVE_INFINITY;
    const oldest = finished.toSorted((a, b) => {
      const [one, other] = [startOf(a), startOf(b)];
      if (one !== other) return one < other ? -1 : 1;
      return (a.metadata.name ?? "") < (b.metadata.name ?? "") ? -1 : 1;
    });
    for (const job of oldest.slice(0, Math.max(0, finished.length - limit))) removeJob(round, job);
  }
}

// Models kubernetes/pkg/controller/cronjob deleteJob
function removeJob(round: Round, { metadata: { namespace, name = "", uid } }: Job): boolean {
  const refusal = ignoreRefusal(() =>
    round.context.api.delete("jobs.batch", namespace, name, { propagationPolicy: "Background" }),
  );
  if (refusal !== undefined) {
    say(round, "Warning", "FailedDelete", `Deleted job: ${refusal.message}`);
    return false;
  }
  forget(round, uid);
  say(round, "Normal", "SuccessfulDelete", `Deleted job ${name}`);
  return true;
}

/** Brings the status up to date with the Jobs that there are. Spec: [CRON-5]. */
// Models the first half of kubernetes/pkg/controller/cronjob syncCronJob
function follow(round: Round, jobs: readonly Job[]): void {
  for (const job of jobs) {
    const { uid, name = "" } = job.metadata;
    const known = round.status.active?.some((each) => each.uid === uid) === true;
    const end = finishedAs(job);
    if (end === undefined) {
      if (!known)
        say(round, "Warning", "UnexpectedJob", `Saw a job that the controller did not create or forgot: ${name}`);
      continue;
    }
    if (known) {
      forget(round, uid);
      say(round, "Normal", "SawCompletedJob", `Saw completed job: ${name}, condition: ${end}`);
    }
    const at = job.status?.completionTime;
    const last = parseTime(round.status.lastSuccessfulTime) ?? Number.NEGATIVE_INFINITY;
    if (end === "Complete" && at !== undefined && (parseTime(at) ?? last) > last)
      round.status = { ...round.status, lastSuccessfulTime: at };
  }
  for (const { uid, name = "", namespace } of round.status.active ?? []) {
    if (round.context.api.find("jobs.batch", namespace, name)?.metadata.uid === uid) continue;
    say(round, "Normal", "MissingJob", `Active job went missing: ${name}`);
    forget(round, uid);
  }
}

/** Starts the Job that is due, if one is; returns after how many milliseconds to look again, undefined for not by itself. */
// Models the second half of kubernetes/pkg/controller/cronjob syncCronJob
function start(round: Round): number | undefined {
  const { cron, now } = round;
  const { spec, metadata } = cron;
  if (spec === undefined || metadata.deletionTimestamp !== undefined || spec.suspend === true) return undefined;
  const schedule = parseCron(spec.schedule);
  if (typeof schedule === "string") {
    say(
      round,
      "Warning",
      "UnparseableSchedule",
      `unparseable schedule: ${JSON.stringify(spec.schedule)} : ${schedule}`,
    );
    return undefined;
  }
  const deadline = spec.startingDeadlineSeconds;
  const earliest = deadline === undefined ? sinceOf(cron) : Math.max(sinceOf(cron), now - deadline * 1000);
  const found = missed(schedule, earliest, now);
  if (found === "never") {
    const why = "time difference between two schedules is less than 1 second";
    say(round, "Warning", "InvalidSchedule", `invalid schedule: ${spec.schedule} : ${why}`);
    return undefined;
  }
  const { due, isMany } = found;
  if (due !== undefined) {
    if (isMany)
      say(
        round,
        "Warning",
        "TooManyMissedTimes",
        "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew",
      );
    if (deadline !== undefined && due + deadline * 1000 < now)
      say(round, "Warning", "MissSchedule", `Missed scheduled time to start a job: ${rfc1123(due)}`);
    else startAt(round, due);
  }
  return untilNext({ ...cron, status: round.status }, schedule, now);
}

/** `Thu, 01 Jan 2026 00:00:00 +0000`, Go's RFC1123Z. */
function rfc1123(instant: number): string {
  return httpDate(instant).replace("GMT", "+0000");
}

/** From when on missed times count. */
function sinceOf({ metadata, status }: CronJob): number {
  return parseTime(status?.lastScheduleTime) ?? parseTime(metadata.creationTimestamp) ?? 0;
}

/** The last time that was missed, if one was. Spec: [CRON-4]. */
// Models kubernetes/pkg/controller/cronjob/utils.go mostRecentScheduleTime
function missed(
  schedule: CronSchedule,
  earliest: number,
  now: number,
): { readonly due?: number; readonly isMany?: boolean } | "never" {
  const first = schedule.next(earliest);
  if (first === undefined) return "never";
  if (now < first) return {};
  const second = schedule.next(first);
  if (second === undefined || now < second) return { due: first };
  const count = Math.floor((now - first) / (second - first)) + 1;
  return { due: schedule.last(now, first), isMany: count > MANY };
}

// Models kubernetes/pkg/controller/cronjob/utils.go nextScheduleTimeDuration
function untilNext(cron: CronJob, schedule: CronSchedule, now: number): number | undefined {
  const since = sinceOf(cron);
  const found = missed(schedule, since, now);
  const next = schedule.next(found === "never" ? now : (found.due ?? since));
  return next === undefined ? undefined : Math.max(0, next + LATER_MS - now);
}

/** Starts the Job of one time, unless another that runs forbids it. Spec: [CRON-3]. */
function startAt(round: Round, due: number): void {
  const { cron, status, context } = round;
  const { concurrencyPolicy } = cron.spec ?? {};
  const name = `${cron.metadata.name}-${Math.floor(due / 60_000)}`;
  const active = status.active ?? [];
  if (active.some((each) => each.name === name) || parseTime(status.lastScheduleTime) === due) return;
  if (concurrencyPolicy === "Forbid" && active.length > 0) {
    const why = "Not starting job because prior execution is running and concurrency policy is Forbid";
    say(round, "Normal", "JobAlreadyActive", why);
    return;
  }
  if (concurrencyPolicy === "Replace")
    for (const { name: other = "", namespace } of active) {
      const job = context.api.find("jobs.batch", namespace, other);
      if (job !== undefined && !removeJob(round, job)) return;
    }
  const job = makeJob(round, name, due);
  if (job === undefined) return;
  const { namespace, uid, resourceVersion } = job.metadata;
  const reference = { apiVersion: "batch/v1", kind: "Job", name, namespace, resourceVersion, uid };
  round.status = {
    ...round.status,
    active: [...(round.status.active ?? []), reference as NonNullable<CronJobStatus["active"]>[number]],
    lastScheduleTime: formatTime(due),
  };
}

/** The Job of one time: a new one, or that which an earlier round made. */
// Models kubernetes/pkg/controller/cronjob/utils.go getJobFromTemplate2
function makeJob(round: Round, name: string, due: number): Job | undefined {
  const { context, cron } = round;
  const { namespace, uid } = cron.metadata;
  const template = cron.spec?.jobTemplate;
  const there = context.api.find("jobs.batch", namespace, name);
  if (there !== undefined) return controllerOf(there)?.uid === uid ? there : undefined;
  const labels = template?.metadata?.labels;
  const wanted = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace,
      ...(labels === undefined ? {} : { labels }),
      annotations: { ...template?.metadata?.annotations, [CronJobScheduledTimestamp]: formatTime(due) },
      ownerReferences: [controllerReference(cron)],
    },
    spec: template?.spec,
  };
  try {
    const { object } = context.api.create("jobs.batch", namespace, wanted as Job, { trusted: true });
    say(round, "Normal", "SuccessfulCreate", `Created job ${name}`);
    return object;
  } catch (error) {
    say(round, "Warning", "FailedCreate", `Error creating job: ${error instanceof Error ? error.message : error}`);
    throw error;
  }
}
