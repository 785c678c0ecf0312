// What is said about the fields of Jobs and CronJobs.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Job: { "": "Runs pods until enough of them have succeeded." },
  JobSpec: {
    activeDeadlineSeconds: "After how long it is stopped, whatever its progress.",
    backoffLimit: "How many failures make it count as failed; default 6.",
    completions: "How many pods must succeed; default 1.",
    parallelism: "How many run at once; default 1.",
    suspend: "Whether it is suspended.",
    template: "What the pods are made from; restartPolicy must be Never or OnFailure.",
    ttlSecondsAfterFinished: "How long after it finishes it is deleted.",
  },
  CronJobSpec: {
    concurrencyPolicy: "What happens when the last Job is still running: Allow (default), Forbid or Replace.",
    failedJobsHistoryLimit: "How many failed Jobs are kept; default 1.",
    jobTemplate: "The template for the Jobs.",
    schedule: "The schedule, in five fields: minute, hour, day of month, month, day of week.",
    startingDeadlineSeconds: "How late a Job may start that missed its time; unlimited by default.",
    successfulJobsHistoryLimit: "How many successful Jobs are kept; default 3.",
    suspend: "Whether it is suspended.",
    timeZone: "The time zone of the schedule.",
  },
};
