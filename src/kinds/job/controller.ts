// The Job controller: pods that run until enough of them have succeeded.
import { keyOf, splitKey } from "../../cluster/api/objects.ts";
import type { Job, JobCondition, JobStatus, Pod } from "../../cluster/api/types.gen.ts";
import { ControllerUidLabel, JobCompletionIndexAnnotation, JobNameLabel } from "../../cluster/api/well-known.ts";
import { matches, selectorFromLabelSelector } from "../../cluster/apimachinery/labels.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import {
  controllerQueue,
  deleteObject,
  ignoreRefusal,
  write,
  writeStatus,
} from "../../cluster/client-go/controller.ts";
import { indexByController, indexByNamespace } from "../../cluster/client-go/owners.ts";
import { isPodActive, isPodReady, podFromTemplate } from "../../cluster/client-go/pods.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import { claim } from "../../cluster/controllers/claim.ts";
import { watchOwned } from "../../cluster/controllers/enqueue.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { deepEqual } from "../../cluster/sim/values.ts";

const DEFAULT_BACKOFF_LIMIT = 6;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 600_000;
const UID_LABELS = [ControllerUidLabel, "controller-uid"];
const NAME_LABELS = [JobNameLabel, "job-name"];

/** Starts the controller. Spec: [JOB-2] [JOB-3] [JOB-4]. */
// Models kubernetes/pkg/controller/job/job_controller.go
export function startJobController(context: ComponentContext): void {
  const jobs = context.informers.of("jobs.batch");
  const pods = context.informers.of("pods");
  indexByController(pods);
  indexByNamespace(jobs);
  const queue: WorkQueue = controllerQueue(context, (key) => sync(context, queue, key), "jobs.batch");
  jobs.onChange((job, old) => {
    const changed = job ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  const selectorOf = (job: Job) => selectorFromLabelSelector(job.spec?.selector);
  watchOwned({ owned: pods, owners: jobs, kind: "Job", selectorOf, queue });
}

/** Gives a Job the selector and labels that the API server's defaulting gives it, should they be missing. Spec: [WORK-4]. */
// Models kubernetes/pkg/registry/batch/job generateSelector
function withSelector(job: Job): Job | undefined {
  const { spec } = job;
  if (spec === undefined || spec.selector !== undefined) return undefined;
  const uid = job.metadata.uid ?? "";
  const labels = {
    ...spec.template.metadata?.labels,
    ...Object.fromEntries(UID_LABELS.map((label) => [label, uid])),
    ...Object.fromEntries(NAME_LABELS.map((label) => [label, job.metadata.name ?? ""])),
  };
  const selector = { matchLabels: { [UID_LABELS[0] ?? ""]: uid } };
  const template = { ...spec.template, metadata: { ...spec.template.metadata, labels } };
  return { ...job, spec: { ...spec, selector, template } };
}

/** How a Job ended; undefined while it has not. */
// Models kubernetes/pkg/controller/job/util FinishedCondition
export function finishedAs(job: Job): "Complete" | "Failed" | undefined {
  for (const { type, status } of job.status?.conditions ?? [])
    if ((type === "Complete" || type === "Failed") && status === "True") return type;
  return undefined;
}

function sync(context: ComponentContext, queue: WorkQueue, key: string): void {
  const { namespace, name } = splitKey(key);
  const job = context.api.find("jobs.batch", namespace, name);
  if (job === undefined || job.metadata.deletionTimestamp !== undefined) return;
  if (finishedAs(job) !== undefined) {
    expire(context, queue, job);
    return;
  }
  const selected = withSelector(job);
  if (selected !== undefined) {
    write(context, "jobs.batch", selected);
    return;
  }
  const selector = selectorFromLabelSelector(job.spec?.selector);
  if (!matches(selector, job.spec?.template.metadata?.labels)) return;
  const pods = claim(context, "pods", { owner: job, selector, mayAdopt: () => true });
  work(context, queue, job, pods);
}

/** One round: ends the Job if it is over, otherwise has the right number of pods running. Spec: [JOB-2] [JOB-3]. */
// Models kubernetes/pkg/controller/job syncJob, manageJob
function work(context: ComponentContext, queue: WorkQueue, job: Job, pods: readonly Pod[]): void {
  const now = context.settings().epoch + context.clock.now;
  const active = pods.filter(isPodActive);
  const failed = pods.filter((pod) => pod.status?.phase === "Failed");
  const succeeded = pods.filter((pod) => pod.status?.phase === "Succeeded");
  const { parallelism = 1, completions, suspend, activeDeadlineSeconds } = job.spec ?? {};
  const startTime = job.status?.startTime ?? (suspend === true ? undefined : context.timestamp());
  const deadline =
    activeDeadlineSeconds === undefined || startTime === undefined
      ? undefined
      : (parseTime(startTime) ?? 0) + activeDeadlineSeconds * 1000;
  const end = verdict(job, { failed, succeeded, active, late: deadline !== undefined && now >= deadline });
  if (end !== undefined) {
    deletePods(context, job, active);
    finish(context, job, { end, failed, succeeded, startTime });
    return;
  }
  if (deadline !== undefined) queue.addAfter(keyOf(job), Math.max(0, deadline - now));
  const left = completions === undefined ? (succeeded.length > 0 ? 0 : parallelism) : completions - succeeded.length;
  const wanted = suspend === true ? 0 : Math.min(parallelism, left);
  let made: Pod[] = [];
  if (active.length > wanted) deletePods(context, job, active.slice(wanted));
  else if (mayRetry(queue, job, failed, now)) made = create(context, job, { count: wanted - active.length, pods });
  const { conditions, resumed } = suspension(context, job);
  report(context, job, {
    ...(conditions === undefined ? {} : { conditions }),
    ...(active.length + made.length === 0 ? {} : { active: active.length + made.length }),
    ...(failed.length === 0 ? {} : { failed: failed.length }),
    ready: active.filter(isPodReady).length,
    ...(startTime === undefined ? {} : { startTime: resumed ? context.timestamp() : startTime }),
    ...(succeeded.length === 0 ? {} : { succeeded: succeeded.length }),
    terminating: 0,
    uncountedTerminatedPods: {},
  });
}

// Models kubernetes/pkg/controller/controller_utils.go RealPodControl.DeletePod
function deletePods(context: ComponentContext, job: Job, pods: readonly Pod[]): void {
  for (const pod of pods) {
    deleteObject(context, "pods", pod);
    const message = `Deleted pod: ${pod.metadata.name}`;
    context.recorder.record(job, { type: "Normal", reason: "SuccessfulDelete", message });
  }
}

/** The condition that says that the Job waits, or waited: with an event when that changes; its clock starts again. Spec: [JOB-5]. */
// Models kubernetes/pkg/controller/job syncJob, ensureJobConditionStatus
function suspension(
  context: ComponentContext,
  job: Job,
): { readonly conditions: JobCondition[] | undefined; readonly resumed: boolean } {
  const suspended = job.spec?.suspend === true;
  const before = job.status?.conditions ?? [];
  const known = before.find(({ type }) => type === "Suspended");
  if (known === undefined ? !suspended : known.status === (suspended ? "True" : "False"))
    return { conditions: job.status?.conditions, resumed: false };
  const at = context.timestamp();
  const condition: JobCondition = {
    type: "Suspended",
    status: suspended ? "True" : "False",
    reason: suspended ? "JobSuspended" : "JobResumed",
    message: suspended ? "Job suspended" : "Job resumed",
    lastProbeTime: at,
    lastTransitionTime: at,
  };
  const reason = suspended ? "Suspended" : "Resumed";
  context.recorder.record(job, { type: "Normal", reason, message: condition.message ?? "" });
  return {
    conditions:
      known === undefined ? [...before, condition] : before.map((each) => (each === known ? condition : each)),
    resumed: !suspended,
  };
}

interface Ends {
  readonly failed: readonly Pod[];
  readonly succeeded: readonly Pod[];
  readonly active: readonly Pod[];
  readonly late: boolean;
}

interface End {
  readonly type: "Complete" | "Failed";
  readonly reason: string;
  readonly message: string;
}

function verdict(job: Job, { failed, succeeded, active, late }: Ends): End | undefined {
  const { completions, backoffLimit = DEFAULT_BACKOFF_LIMIT } = job.spec ?? {};
  if (late)
    return { type: "Failed", reason: "DeadlineExceeded", message: "Job was active longer than specified deadline" };
  const restarts = active.reduce(
    (sum, pod) => sum + (pod.status?.containerStatuses ?? []).reduce((each, status) => each + status.restartCount, 0),
    0,
  );
  if (failed.length > backoffLimit || (restarts > 0 && restarts > backoffLimit))
    return { type: "Failed", reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" };
  const done =
    completions === undefined ? succeeded.length > 0 && active.length === 0 : succeeded.length >= completions;
  if (done)
    return { type: "Complete", reason: "CompletionsReached", message: "Reached expected number of succeeded pods" };
  return undefined;
}

/** After a failure the next pod waits: 10 s, 20 s, 40 s … Spec: [JOB-4]. */
function mayRetry(queue: WorkQueue, job: Job, failed: readonly Pod[], now: number): boolean {
  if (failed.length === 0) return true;
  const ends = failed.map((pod) => parseTime(pod.status?.containerStatuses?.[0]?.state?.terminated?.finishedAt) ?? 0);
  const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failed.length - 1));
  const due = Math.max(...ends) + wait;
  if (now >= due) return true;
  queue.addAfter(keyOf(job), due - now);
  return false;
}

function create(
  context: ComponentContext,
  job: Job,
  { count, pods }: { readonly count: number; readonly pods: readonly Pod[] },
): Pod[] {
  const template = job.spec?.template;
  if (template === undefined) return [];
  const indexed = job.spec?.completionMode === "Indexed";
  const taken = new Set(
    pods
      .filter((pod) => pod.status?.phase !== "Failed")
      .map((pod) => Number(pod.metadata.annotations?.[JobCompletionIndexAnnotation])),
  );
  const made: Pod[] = [];
  for (let i = 0; i < count; i++) {
    let index = 0;
    while (indexed && taken.has(index)) index++;
    taken.add(index);
    const pod = indexed ? withIndex(podFromTemplate(template, job), job, index) : podFromTemplate(template, job);
    const refusal = ignoreRefusal(() =>
      made.push(context.api.create("pods", job.metadata.namespace, pod, { trusted: true }).object),
    );
    if (refusal !== undefined) break;
    const message = `Created pod: ${made.at(-1)?.metadata.name}`;
    context.recorder.record(job, { type: "Normal", reason: "SuccessfulCreate", message });
  }
  return made;
}

/** Pods of an Indexed Job know their number by annotation, label and hostname. */
function withIndex(pod: Pod, job: Job, index: number): Pod {
  const { metadata, spec } = pod;
  return {
    ...pod,
    metadata: {
      ...metadata,
      generateName: `${job.metadata.name}-${index}-`,
      annotations: { ...metadata.annotations, [JobCompletionIndexAnnotation]: String(index) },
      labels: { ...metadata.labels, [JobCompletionIndexAnnotation]: String(index) },
    },
    spec: { ...spec, containers: spec?.containers ?? [], hostname: spec?.hostname ?? `${job.metadata.name}-${index}` },
  };
}

function finish(
  context: ComponentContext,
  job: Job,
  {
    end,
    failed,
    succeeded,
    startTime,
  }: { end: End; failed: readonly Pod[]; succeeded: readonly Pod[]; startTime: string | undefined },
): void {
  const at = context.timestamp();
  const condition = (type: string): JobCondition => ({
    type,
    status: "True",
    reason: end.reason,
    message: end.message,
    lastProbeTime: at,
    lastTransitionTime: at,
  });
  const first = end.type === "Complete" ? "SuccessCriteriaMet" : "FailureTarget";
  const failures = failed.length;
  report(context, job, {
    ...(end.type === "Complete" ? { completionTime: at } : {}),
    conditions: [...(job.status?.conditions ?? []), condition(first), condition(end.type)],
    ...(failures === 0 ? {} : { failed: failures }),
    ready: 0,
    ...(startTime === undefined ? {} : { startTime }),
    ...(succeeded.length === 0 ? {} : { succeeded: succeeded.length }),
    terminating: 0,
    uncountedTerminatedPods: {},
  });
  if (end.type === "Complete")
    context.recorder.record(job, { type: "Normal", reason: "Completed", message: "Job completed" });
  else context.recorder.record(job, { type: "Warning", reason: end.reason, message: end.message });
}

function report(context: ComponentContext, job: Job, status: JobStatus): void {
  const { namespace, name = "" } = job.metadata;
  const current = context.api.find("jobs.batch", namespace, name);
  if (current === undefined) return;
  const conditions = status.conditions ?? current.status?.conditions;
  const next = { ...status, ...(conditions === undefined ? {} : { conditions }) };
  if (!deepEqual(next, current.status)) writeStatus(context, "jobs.batch", { ...current, status: next });
}

/** A finished Job with ttlSecondsAfterFinished goes by itself. */
function expire(context: ComponentContext, queue: WorkQueue, job: Job): void {
  const ttl = job.spec?.ttlSecondsAfterFinished;
  if (ttl === undefined) return;
  const end = job.status?.conditions?.findLast(({ type }) => type === "Complete" || type === "Failed");
  const due = (parseTime(end?.lastTransitionTime) ?? 0) + ttl * 1000;
  const now = context.settings().epoch + context.clock.now;
  if (now >= due) deleteObject(context, "jobs.batch", job, { propagationPolicy: "Background" });
  else queue.addAfter(keyOf(job), due - now);
}
