// Jobs and CronJobs on their way into the store.
import type { CronJob, Job, JobSpec } from "../../cluster/api/types.gen.ts";
import { ControllerUidLabel, JobNameLabel } from "../../cluster/api/well-known.ts";
import { cronError } from "../../cluster/apimachinery/cron.ts";
import { type FieldErrors, invalid, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { unchanged } from "../../cluster/apimachinery/metadata.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { validateCounts } from "../../cluster/apiserver/strategy/workload.ts";
import { setTemplateDefaults } from "../pod/api-spec-defaults.ts";
import { validateTemplate } from "../pod/api-spec-validation.ts";
import { templateWarnings } from "../pod/api-warnings.ts";

const COUNTS = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
] as const;
const MODES = ["NonIndexed", "Indexed"];
const POLICIES = ["Allow", "Forbid", "Replace"];
const LONGEST_CRON_JOB_NAME = 52;

/** Jobs: one that names no selector gets one from its uid. Spec: [WORK-4]. */
// Models kubernetes/pkg/registry/batch/job, pkg/apis/batch/validation
export const job: Strategy<Job> = {
  generation: true,
  warnings: (object, old) => templateWarnings(object, old),
  selectableFields: ["status.successful"],
  setDefaults(object) {
    if (object.spec === undefined) return;
    const { spec } = object;
    setTemplateDefaults(spec.template);
    if (spec.parallelism === undefined && spec.completions === undefined) spec.completions = 1;
    spec.parallelism ??= 1;
    spec.backoffLimit ??= 6;
    spec.completionMode ??= "NonIndexed";
    spec.suspend ??= false;
    spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed";
    spec.manualSelector ??= false;
  },
  prepareForCreate(object) {
    object.status ??= {};
    if (object.spec !== undefined && object.spec.manualSelector !== true) selectByUid(object, object.spec);
  },
  validate: (object) => validateSpec(object.spec, "spec"),
  validateUpdate: (object, old) => [
    ...validateSpec(object.spec, "spec"),
    ...unchanged("spec.completions", object.spec?.completions, old.spec?.completions),
    ...unchanged("spec.selector", object.spec?.selector, old.spec?.selector),
    ...unchanged("spec.template", object.spec?.template, old.spec?.template),
    ...unchanged("spec.completionMode", object.spec?.completionMode, old.spec?.completionMode),
  ],
};

// Models kubernetes/pkg/registry/batch/job generateSelector
function selectByUid(object: Job, spec: JobSpec): void {
  const { uid = "", name = "" } = object.metadata;
  const labels = {
    ...spec.template.metadata?.labels,
    [ControllerUidLabel]: uid,
    [JobNameLabel]: name,
    "controller-uid": uid,
    "job-name": name,
  };
  const template = { ...spec.template, metadata: { ...spec.template.metadata, labels } };
  const selector = { matchLabels: { [ControllerUidLabel]: uid } };
  object.spec = { ...spec, template, selector };
}

// Models kubernetes/pkg/apis/batch/validation validateJobSpec
function validateSpec(spec: JobSpec | undefined, path: string): FieldErrors {
  if (spec === undefined) return [required(`${path}.template.spec.containers`)];
  const errors = validateCounts(spec, COUNTS).map((each) => ({ ...each, field: each.field.replace(/^spec/, path) }));
  const { completionMode = "NonIndexed" } = spec;
  if (!MODES.includes(completionMode)) errors.push(notSupported(`${path}.completionMode`, completionMode, MODES));
  if (completionMode === "Indexed" && spec.completions === undefined)
    errors.push(required(`${path}.completions`, "when completion mode is Indexed"));
  errors.push(...validateTemplate(spec.template, `${path}.template`));
  const policy = spec.template.spec?.restartPolicy ?? "";
  const at = `${path}.template.spec.restartPolicy`;
  if (policy === "Always" || policy === "") errors.push(required(at, 'valid values: "OnFailure", "Never"'));
  else if (!["OnFailure", "Never"].includes(policy)) errors.push(notSupported(at, policy, ["OnFailure", "Never"]));
  return errors;
}

/** CronJobs. Spec: [WORK-4]. */
// Models kubernetes/pkg/registry/batch/cronjob, pkg/apis/batch/validation
export const cronjob: Strategy<CronJob> = {
  generation: true,
  warnings: (object, old) =>
    templateWarnings(
      { spec: object.spec?.jobTemplate.spec },
      old && { spec: old.spec?.jobTemplate.spec },
      "spec.jobTemplate.spec.template.spec",
    ),
  checkName: (name) => [
    ...dns1123Subdomain(name),
    ...(name.length > LONGEST_CRON_JOB_NAME ? [`must be no more than ${LONGEST_CRON_JOB_NAME} characters`] : []),
  ],
  setDefaults(object) {
    if (object.spec === undefined) return;
    const { spec } = object;
    if ((spec.concurrencyPolicy ?? "") === "") spec.concurrencyPolicy = "Allow";
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    if (spec.jobTemplate.spec !== undefined) setTemplateDefaults(spec.jobTemplate.spec.template);
  },
  prepareForCreate(object) {
    object.status ??= {};
  },
  validate: validateCronJob,
  validateUpdate: validateCronJob,
};

// Models kubernetes/pkg/apis/batch/validation validateCronJobSpec
function validateCronJob({ spec }: CronJob): FieldErrors {
  if (spec === undefined) return [required("spec.schedule")];
  const { concurrencyPolicy = "" } = spec;
  return [
    ...validateSchedule(spec.schedule),
    ...validateCounts(spec, ["startingDeadlineSeconds"]),
    ...validateTimeZone(spec.timeZone),
    ...(POLICIES.includes(concurrencyPolicy)
      ? []
      : [notSupported("spec.concurrencyPolicy", concurrencyPolicy, POLICIES)]),
    ...validateSpec(spec.jobTemplate.spec, "spec.jobTemplate.spec"),
    ...validateCounts(spec, ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"]),
  ];
}

function validateSchedule(schedule: string): FieldErrors {
  const path = "spec.schedule";
  if (schedule === "") return [required(path)];
  if (schedule.includes("TZ"))
    return [invalid(path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")];
  const error = cronError(schedule);
  return error === undefined ? [] : [invalid(path, schedule, error)];
}

const AREAS =
  /^(UTC|GMT|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)\/[\w+-].*)$/;

// Unlike upstream: only a zone's area is looked at, because the table of zones is large and all schedules run in UTC.
function validateTimeZone(zone: string | undefined): FieldErrors {
  const path = "spec.timeZone";
  if (zone === undefined || AREAS.test(zone)) return [];
  if (zone === "") return [invalid(path, zone, "timeZone must be nil or non-empty string")];
  if (zone.toLowerCase() === "local")
    return [
      invalid(path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"),
    ];
  return [invalid(path, zone, `unknown time zone ${zone}`)];
}
