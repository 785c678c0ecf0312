// CronJobs at work: events and rules of kubernetes/pkg/controller/cronjob/cronjob_controllerv2.go.
import { expect, test } from "vitest";
import { type Cluster, createCluster, RECORDED_SETTINGS } from "../../cluster/index.ts";
import { containers } from "../../runtime/index.ts";
import { ALL_KINDS } from "../index.ts";

const MINUTE = 60_000;
const QUICK = ["true"];
const LONG = ["sleep", "1000"];

/** A cluster with CronJob `tick`, made ten seconds after a full hour. */
function start(spec: object, command = QUICK): Cluster {
  const c = createCluster({ seed: "cron", settings: RECORDED_SETTINGS, addons: [containers, ...ALL_KINDS] });
  const HOUR = 60 * MINUTE;
  const now = RECORDED_SETTINGS.epoch + c.clock.now;
  c.advance(Math.ceil(now / HOUR) * HOUR - now + 10_000);
  const container = { name: "main", image: "busybox", command };
  c.api.create("cronjobs.batch", "default", {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "tick" },
    spec: {
      schedule: "* * * * *",
      jobTemplate: {
        metadata: { labels: { from: "template" } },
        spec: { template: { spec: { restartPolicy: "Never", containers: [container] } } },
      },
      ...spec,
    },
  });
  return c;
}

const cron = (c: Cluster) => c.api.get("cronjobs.batch", "default", "tick");
const jobs = (c: Cluster) => c.api.list("jobs.batch", { namespace: "default" });
/** Minutes since the hour, of each Job by its name. */
const minutes = (c: Cluster) => jobs(c).map(({ metadata }) => Number(metadata.name?.slice("tick-".length)) % 60);
const said = (c: Cluster) =>
  c.api
    .list("events", { namespace: "default" })
    .filter(({ involvedObject }) => involvedObject?.kind === "CronJob")
    .map(({ reason, message }) => `${reason}: ${message?.replace(/tick-\d+/, "tick-N")}`);
const set = (c: Cluster, spec: object) =>
  c.api.patch("cronjobs.batch", { namespace: "default", name: "tick" }, { type: "merge", body: { spec } });

test("[CRON-2] a Job is started each minute, named after it, and seen when it is over", () => {
  const c = start({});
  c.advance(45_000);
  expect(jobs(c)).toEqual([]);
  c.advance(6_000);
  expect(minutes(c)).toEqual([1]);
  const [job] = jobs(c);
  const at = cron(c).status?.lastScheduleTime;
  expect(at).toMatch(/:01:00Z$/);
  expect(job?.metadata.annotations).toEqual({ "batch.kubernetes.io/cronjob-scheduled-timestamp": at });
  expect(job?.metadata.labels).toMatchObject({ from: "template" });
  expect(job?.metadata.ownerReferences).toMatchObject([{ kind: "CronJob", name: "tick", controller: true }]);
  c.advance(10_000);
  expect(cron(c).status).toEqual({ lastScheduleTime: at, lastSuccessfulTime: jobs(c)[0]?.status?.completionTime });
  expect(said(c)).toEqual([
    "SuccessfulCreate: Created job tick-N",
    "SawCompletedJob: Saw completed job: tick-N, condition: Complete",
  ]);
});

test("[CRON-6] the history limits say how many finished Jobs stay", () => {
  const c = start({ successfulJobsHistoryLimit: 2 });
  c.advance(5 * MINUTE);
  expect(minutes(c)).toEqual([4, 5]);
  expect(said(c)).toContain("SuccessfulDelete: Deleted job tick-N");
  set(c, { successfulJobsHistoryLimit: 0 });
  c.advance(2_000);
  expect(minutes(c)).toEqual([]);
});

test.each([
  ["Allow", [1, 2, 3], 3, []],
  [
    "Forbid",
    [1],
    1,
    ["JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid"],
  ],
  ["Replace", [3], 1, ["SuccessfulDelete: Deleted job tick-N"]],
])("[CRON-3] concurrencyPolicy %s", (concurrencyPolicy, left, active, events) => {
  const c = start({ concurrencyPolicy }, LONG);
  c.advance(3 * MINUTE);
  expect(minutes(c)).toEqual(left);
  expect(cron(c).status?.active?.map(({ name }) => name)).toEqual(jobs(c).map(({ metadata }) => metadata.name));
  expect(cron(c).status?.active).toHaveLength(active);
  expect([...new Set(said(c))]).toEqual(["SuccessfulCreate: Created job tick-N", ...events]);
});

test("[CRON-3] what was forbidden is started when the Job before it is over", () => {
  const c = start({ concurrencyPolicy: "Forbid" }, ["sleep", "90"]);
  c.advance(2 * MINUTE + 50_000);
  expect(minutes(c)).toEqual([1, 2]);
});

test("[CRON-4] a suspended CronJob starts nothing, and afterwards the last time that was missed", () => {
  const c = start({ suspend: true });
  c.advance(5 * MINUTE);
  expect(jobs(c)).toEqual([]);
  set(c, { suspend: false });
  c.advance(2_000);
  expect(minutes(c)).toEqual([5]);
});

test("[CRON-4] a time that is missed by more than startingDeadlineSeconds is not made up for", () => {
  const c = start({ suspend: true, startingDeadlineSeconds: 5 });
  c.advance(5 * MINUTE);
  set(c, { suspend: false });
  c.advance(30_000);
  expect(jobs(c)).toEqual([]);
  c.advance(22_000);
  expect(minutes(c)).toEqual([6]);
});

test("[CRON-4] many missed times are reported", () => {
  const c = start({ suspend: true });
  c.advance(102 * MINUTE);
  set(c, { suspend: false });
  c.advance(2_000);
  expect(minutes(c)).toEqual([42]);
  expect(said(c)).toContain(
    "TooManyMissedTimes: too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew",
  );
});

test("[CRON-4] a new schedule counts from now", () => {
  const c = start({ schedule: "0 0 1 1 *" });
  c.advance(5 * MINUTE);
  set(c, { schedule: "*/2 * * * *" });
  c.advance(30_000);
  expect(jobs(c)).toEqual([]);
  c.advance(MINUTE);
  expect(minutes(c)).toEqual([6]);
});

test("[CRON-2] a schedule without any time says so", () => {
  const c = start({ schedule: "0 0 31 2 *" });
  c.advance(2_000);
  expect(said(c)).toEqual([
    "InvalidSchedule: invalid schedule: 0 0 31 2 * : time difference between two schedules is less than 1 second",
  ]);
});

test("[CRON-5] Jobs that others make or delete are reported", () => {
  const c = start({}, LONG);
  c.advance(MINUTE);
  const [job] = jobs(c);
  if (job === undefined) throw new Error("no Job");
  const { ownerReferences } = job.metadata;
  c.api.create("jobs.batch", "default", { ...job, metadata: { name: "extra", ownerReferences }, status: {} } as never);
  c.api.delete("jobs.batch", "default", job.metadata.name ?? "");
  c.advance(2_000);
  expect(said(c)).toContain("UnexpectedJob: Saw a job that the controller did not create or forgot: extra");
  expect(said(c)).toContain("MissingJob: Active job went missing: tick-N");
  expect(cron(c).status?.active).toBeUndefined();
});

test("[CRON-5] a deleted CronJob takes its Jobs along and starts no more", () => {
  const c = start({}, LONG);
  c.advance(MINUTE);
  c.api.delete("cronjobs.batch", "default", "tick");
  c.advance(3 * MINUTE);
  expect(jobs(c)).toEqual([]);
});
