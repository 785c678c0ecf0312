// What workloads, autoscalers and budgets are refused for or given: each answer reasoned from the sources before it was tried.
// Outside truth: kubernetes/pkg/apis/{apps,batch,autoscaling,policy,core}/validation, their v1/defaults.go; robfig/cron's parser.
import { expect, test } from "vitest";
import type { CronJob, DaemonSet, ReplicationController, StatefulSet } from "../api/types.gen.ts";
import { LABELS, MAIN, server, words, workload } from "./trial.ts";

const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
const NEGATIVE = "must be greater than or equal to 0";
const rolling = (rollingUpdate: object) => ({ strategy: { rollingUpdate } });
const TEMPLATE = { metadata: { labels: LABELS }, spec: { containers: [MAIN] } };

test.each<[string, string, object, string[]]>([
  [
    "Deployment",
    "a surge without a percent sign, and more unavailable than there are",
    rolling({ maxSurge: "25", maxUnavailable: "150%" }),
    [
      `spec.strategy.rollingUpdate.maxSurge: Invalid value: "25": ${PERCENT}`,
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "150%": must not be greater than 100%',
    ],
  ],
  [
    "Deployment",
    "an operator that is none, which leaves the template unread",
    { selector: { matchExpressions: [{ key: "app", operator: "Is", values: ["x"] }] }, template: {} },
    [
      'spec.selector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
      'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Is","values":["x"]}]}: invalid label selector',
    ],
  ],
  [
    "Deployment",
    "numbers below zero behind the strategy",
    { minReadySeconds: -1, revisionHistoryLimit: -2, progressDeadlineSeconds: 0, strategy: { type: "Canary" } },
    [
      'spec.strategy.type: Unsupported value: "Canary": supported values: "Recreate", "RollingUpdate"',
      `spec.minReadySeconds: Invalid value: -1: ${NEGATIVE}`,
      `spec.revisionHistoryLimit: Invalid value: -2: ${NEGATIVE}`,
    ],
  ],
  [
    "Deployment",
    "a deadline within the time of getting ready",
    { minReadySeconds: 60, progressDeadlineSeconds: 60 },
    ["spec.progressDeadlineSeconds: Invalid value: 60: must be greater than minReadySeconds"],
  ],
  [
    "StatefulSet",
    "an update strategy of its own",
    { updateStrategy: { type: "Canary" } },
    [
      'spec.updateStrategy: Invalid value: {"Type":"Canary","RollingUpdate":null}: must be \'RollingUpdate\' or \'OnDelete\'',
    ],
  ],
  [
    "StatefulSet",
    "claims' policies",
    { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Keep" } },
    [
      'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "Keep": supported values: "Retain", "Delete"',
    ],
  ],
  [
    "StatefulSet",
    "numbers below zero",
    { replicas: -1, ordinals: { start: -1 } },
    [`spec.replicas: Invalid value: -1: ${NEGATIVE}`, `spec.ordinals.start: Invalid value: -1: ${NEGATIVE}`],
  ],
  [
    "StatefulSet",
    "a mount of a claim's volume, and of one that is nobody's",
    {
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      ],
      template: {
        metadata: { labels: LABELS },
        spec: {
          containers: [
            {
              ...MAIN,
              volumeMounts: [
                { name: "data", mountPath: "/data" },
                { name: "date", mountPath: "/date" },
              ],
            },
          ],
        },
      },
    },
    ['spec.template.spec.containers[0].volumeMounts[1].name: Not found: "date"'],
  ],
  [
    "DaemonSet",
    "no selector: only that nothing matches is reported",
    { selector: undefined },
    ['spec.template.metadata.labels: Invalid value: {"app":"shop"}: `selector` does not match template `labels`'],
  ],
  [
    "DaemonSet",
    "surge and unavailable together",
    { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } },
    ["spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero"],
  ],
  [
    "DaemonSet",
    "neither surge nor unavailable",
    { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
    ["spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0"],
  ],
])("[WORK-2] a %s: %s", (kind, _, spec, answer) => {
  const resource = `${kind.toLowerCase()}s.apps`;
  expect(words(() => server().create(resource, "default", workload(kind, spec)))).toEqual(answer);
});

const job = (spec: object) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "j" },
  spec: { template: { spec: { restartPolicy: "Never", containers: [MAIN] } }, ...spec },
});

test.each<[string, object, string[]]>([
  [
    "numbers below zero",
    { parallelism: -1, completions: -2, activeDeadlineSeconds: -3, backoffLimit: -4, ttlSecondsAfterFinished: -5 },
    [
      `spec.parallelism: Invalid value: -1: ${NEGATIVE}`,
      `spec.completions: Invalid value: -2: ${NEGATIVE}`,
      `spec.activeDeadlineSeconds: Invalid value: -3: ${NEGATIVE}`,
      `spec.backoffLimit: Invalid value: -4: ${NEGATIVE}`,
      `spec.ttlSecondsAfterFinished: Invalid value: -5: ${NEGATIVE}`,
    ],
  ],
  [
    "indexed without a number",
    { completionMode: "Indexed", parallelism: 2 },
    ["spec.completions: Required value: when completion mode is Indexed"],
  ],
  [
    "a mode of its own",
    { completionMode: "Random" },
    ['spec.completionMode: Unsupported value: "Random": supported values: "NonIndexed", "Indexed"'],
  ],
  [
    "a restart policy of its own",
    { template: { spec: { restartPolicy: "Sometimes", containers: [MAIN] } } },
    [
      'spec.template.spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
      'spec.template.spec.restartPolicy: Unsupported value: "Sometimes": supported values: "OnFailure", "Never"',
    ],
  ],
])("[WORK-4] a Job with %s", (_, spec, answer) => {
  expect(words(() => server().create("jobs.batch", "default", job(spec)))).toEqual(answer);
});

const cronJob = (spec: object, name = "c") => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name },
  spec: { schedule: "* * * * *", jobTemplate: { spec: job({}).spec }, ...spec },
});

test.each<[string, object, string[]]>([
  [
    "four fields",
    { schedule: "* * * *" },
    ['spec.schedule: Invalid value: "* * * *": expected exactly 5 fields, found 4: [* * * *]'],
  ],
  [
    "a minute beyond the hour",
    { schedule: "61 * * * *" },
    ['spec.schedule: Invalid value: "61 * * * *": end of range (61) above maximum (59): 61'],
  ],
  [
    "a range from behind",
    { schedule: "5-3 * * * *" },
    ['spec.schedule: Invalid value: "5-3 * * * *": beginning of range (5) beyond end of range (3): 5-3'],
  ],
  [
    "a word for a minute",
    { schedule: "x * * * *" },
    [
      'spec.schedule: Invalid value: "x * * * *": failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax',
    ],
  ],
  [
    "a step of nothing",
    { schedule: "*/0 * * * *" },
    ['spec.schedule: Invalid value: "*/0 * * * *": step of range should be a positive number: */0'],
  ],
  [
    "a nickname nobody knows",
    { schedule: "@never" },
    ['spec.schedule: Invalid value: "@never": unrecognized descriptor: @never'],
  ],
  ["names of days and months, and nicknames", { schedule: "*/15 9-17 1,15 jan-MAR Mon-Fri" }, ["accepted"]],
  [
    "many mistakes, reported in their order",
    {
      schedule: "",
      startingDeadlineSeconds: -1,
      timeZone: "Mars/Base",
      concurrencyPolicy: "Maybe",
      jobTemplate: { spec: job({ backoffLimit: -1 }).spec },
      successfulJobsHistoryLimit: -1,
    },
    [
      "spec.schedule: Required value",
      `spec.startingDeadlineSeconds: Invalid value: -1: ${NEGATIVE}`,
      'spec.timeZone: Invalid value: "Mars/Base": unknown time zone Mars/Base',
      'spec.concurrencyPolicy: Unsupported value: "Maybe": supported values: "Allow", "Forbid", "Replace"',
      `spec.jobTemplate.spec.backoffLimit: Invalid value: -1: ${NEGATIVE}`,
      `spec.successfulJobsHistoryLimit: Invalid value: -1: ${NEGATIVE}`,
    ],
  ],
])("[CRON-1] a CronJob with %s", (_, spec, answer) => {
  expect(words(() => server().create("cronjobs.batch", "default", cronJob(spec)))).toEqual(answer);
});

test("[CRON-1] a CronJob's name leaves room for what its Jobs add; its template gets a Job's defaults", () => {
  const long = "a".repeat(53);
  expect(words(() => server().create("cronjobs.batch", "default", cronJob({}, long)))).toEqual([
    `metadata.name: Invalid value: "${long}": must be no more than 52 characters`,
  ]);
  const made = server().create("cronjobs.batch", "default", cronJob({})).object as CronJob;
  expect(made.spec).toMatchObject({ concurrencyPolicy: "Allow", suspend: false, successfulJobsHistoryLimit: 3 });
  expect(made.spec?.jobTemplate.spec?.template.spec).toMatchObject({
    dnsPolicy: "ClusterFirst",
    restartPolicy: "Never",
  });
});

const controller = (spec: object) => ({
  apiVersion: "v1",
  kind: "ReplicationController",
  metadata: { name: "r" },
  spec: { template: TEMPLATE, ...spec },
});

test.each<[string, object, string[]]>([
  ["no template", { template: undefined }, ["spec.selector: Required value", "spec.template: Required value"]],
  [
    "a selector of others",
    { selector: { app: "x" }, replicas: -1 },
    [
      `spec.replicas: Invalid value: -1: ${NEGATIVE}`,
      'spec.template.metadata.labels: Invalid value: {"app":"shop"}: `selector` does not match template `labels`',
    ],
  ],
])("[RC-1] a ReplicationController with %s", (_, spec, answer) => {
  expect(words(() => server().create("replicationcontrollers", "default", controller(spec)))).toEqual(answer);
});

test("[RC-1] a ReplicationController selects its template's labels and has one replica", () => {
  const made = server().create("replicationcontrollers", "default", controller({})).object as ReplicationController;
  expect([made.spec?.selector, made.spec?.replicas, made.metadata.labels]).toEqual([LABELS, 1, LABELS]);
});

test("[WORK-1] defaults of StatefulSets and DaemonSets", () => {
  const set = server().create("statefulsets.apps", "default", workload("StatefulSet", {})).object as StatefulSet;
  expect(set.spec).toMatchObject({
    podManagementPolicy: "OrderedReady",
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
    revisionHistoryLimit: 10,
  });
  const daemons = server().create("daemonsets.apps", "default", workload("DaemonSet", {})).object as DaemonSet;
  expect(daemons.spec?.updateStrategy).toEqual({
    type: "RollingUpdate",
    rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
  });
});

const autoscaler = (spec: object) => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "h" },
  spec: { maxReplicas: 3, scaleTargetRef: { kind: "Deployment", name: "d" }, ...spec },
});

test.each<[string, object, string[]]>([
  [
    "numbers and target",
    { minReplicas: 0, maxReplicas: -1, scaleTargetRef: {} },
    [
      "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
      "spec.maxReplicas: Invalid value: -1: must be greater than 0",
      "spec.maxReplicas: Invalid value: -1: must be greater than or equal to `minReplicas`",
      "spec.scaleTargetRef.kind: Required value",
      "spec.scaleTargetRef.name: Required value",
    ],
  ],
  [
    "a metric without its source",
    { metrics: [{ type: "Resource" }] },
    ["spec.metrics[0].resource: Required value: must populate information for the given metric source"],
  ],
  [
    "target of nothing",
    { metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Tea", averageUtilization: 0 } } }] },
    [
      'spec.metrics[0].resource.target.type: Invalid value: "Tea": must be either Utilization, Value, or AverageValue',
      "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0",
    ],
  ],
  [
    "behavior",
    {
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 3601, selectPolicy: "Most" },
        scaleDown: {
          stabilizationWindowSeconds: -1,
          policies: [
            { type: "Tea", value: 0, periodSeconds: 0 },
            { type: "Pods", value: 1, periodSeconds: 1801 },
          ],
        },
      },
    },
    [
      "spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600",
      'spec.behavior.scaleUp.selectPolicy: Unsupported value: "Most": supported values: "Disabled", "Max", "Min"',
      "spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: -1: must be greater than or equal to zero",
      'spec.behavior.scaleDown.policies[0].type: Unsupported value: "Tea": supported values: "Percent", "Pods"',
      "spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be greater than zero",
      "spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 0: must be greater than zero",
      "spec.behavior.scaleDown.policies[1].periodSeconds: Invalid value: 1801: must be less than or equal to 1800",
    ],
  ],
])("[HPA-1] an autoscaler's %s", (_, spec, answer) => {
  expect(words(() => server().create("horizontalpodautoscalers.autoscaling", "default", autoscaler(spec)))).toEqual(
    answer,
  );
});

test.each<[string, object, string[]]>([
  [
    "both numbers",
    { minAvailable: 1, maxUnavailable: "50%", selector: { matchLabels: LABELS } },
    [
      'spec: Invalid value: {"MinAvailable":1,"Selector":{"matchLabels":{"app":"shop"}},"MaxUnavailable":"50%","UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
    ],
  ],
  [
    "more than all",
    { minAvailable: "120%" },
    ['spec.minAvailable: Invalid value: "120%": must not be greater than 100%'],
  ],
])("[PDB-4] a budget with %s", (_, spec, answer) => {
  const budget = { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "b" }, spec };
  expect(words(() => server().create("poddisruptionbudgets.policy", "default", budget))).toEqual(answer);
});
