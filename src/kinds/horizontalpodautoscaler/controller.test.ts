// What autoscalers do: expectations from pkg/controller/podautoscaler/horizontal_test.go, replica_calculator_test.go and the walkthrough on kubernetes.io.
import { expect, test } from "vitest";
import type { HorizontalPodAutoscaler } from "../../cluster/api/types.gen.ts";
import { type Cluster, createCluster } from "../../cluster/cluster.ts";
import { SHELL_SETTINGS } from "../../cluster/sim/settings.ts";
import { ALL_KINDS } from "../index.ts";
import { limit, Memory } from "./controller-limits.ts";

const labels = { app: "web" };
const HPA = "horizontalpodautoscalers.autoscaling";

interface World {
  readonly spec?: object;
  readonly metricsServer?: boolean;
  readonly requests?: object;
  readonly replicas?: number;
  readonly rate?: number;
}

/** A Deployment with a Service, its autoscaler, and traffic. */
function start({
  spec = {},
  metricsServer = true,
  requests = { cpu: "200m" },
  replicas = 1,
  rate = 0,
}: World): Cluster {
  const cluster = createCluster({ seed: "hpa", settings: { ...SHELL_SETTINGS, metricsServer }, addons: ALL_KINDS });
  const container = { name: "main", image: "nginx", ports: [{ containerPort: 80 }], resources: { requests } };
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  });
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { type: "NodePort", selector: labels, ports: [{ port: 80, nodePort: 30080 }] },
  });
  cluster.advance(40_000);
  cluster.api.create(HPA, "default", {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web" },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      maxReplicas: 10,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } },
      ],
      ...spec,
    },
  });
  if (rate > 0)
    cluster.startTraffic({ from: { kind: "client", name: "laptop" }, host: "192.168.1.11", port: 30080, rate });
  return cluster;
}

const statusOf = (cluster: Cluster) => (cluster.api.get(HPA, "default", "web") as HorizontalPodAutoscaler).status;
const replicasOf = (cluster: Cluster) => cluster.api.get("deployments.apps", "default", "web").spec?.replicas;
const conditions = (cluster: Cluster) =>
  statusOf(cluster)?.conditions?.map(({ type, status, reason }) => `${type} ${status} ${reason}`);
const events = (cluster: Cluster) =>
  cluster.api
    .list("events")
    .filter(({ source }) => source?.component === "horizontal-pod-autoscaler")
    .map(({ reason, message }) => `${reason}: ${message}`);

test("[HPA-2] usage above the target brings pods, at first at most four, within the bounds", () => {
  // 10 requests of 100m each second are 1001m of the 200m that are requested: 500 %, ten times the target.
  const cluster = start({ rate: 10, spec: { maxReplicas: 6 } });
  cluster.advance(16_000);
  expect(replicasOf(cluster)).toBe(4);
  expect(conditions(cluster)).toEqual([
    "AbleToScale True SucceededRescale",
    "ScalingActive True ValidMetricFound",
    "ScalingLimited True ScaleUpLimit",
  ]);
  expect(events(cluster)).toEqual([
    "SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above target",
  ]);
  cluster.advance(60_000);
  expect(replicasOf(cluster)).toBe(6);
  expect(conditions(cluster)?.at(-1)).toBe("ScalingLimited True TooManyReplicas");
});

test("[HPA-3] pods go only when the highest recommendation of five minutes is lower", () => {
  const cluster = start({ rate: 4 });
  cluster.advance(60_000);
  const most = replicasOf(cluster) ?? 0;
  expect(most).toBeGreaterThan(3);
  cluster.stopTraffic(1);
  cluster.advance(250_000);
  expect(replicasOf(cluster)).toBe(most);
  expect(conditions(cluster)?.[0]).toBe("AbleToScale True ScaleDownStabilized");
  cluster.advance(120_000);
  expect(replicasOf(cluster)).toBe(1);
  expect(events(cluster)).toContain("SuccessfulRescale: New size: 1; reason: All metrics below target");
});

test("[HPA-3] a window and policies of its own", () => {
  const behavior = {
    scaleDown: { stabilizationWindowSeconds: 0, policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] },
    scaleUp: { policies: [{ type: "Pods", value: 1, periodSeconds: 15 }] },
  };
  const cluster = start({ rate: 10, spec: { behavior, maxReplicas: 5 } });
  cluster.advance(16_000);
  expect(replicasOf(cluster)).toBe(2);
  cluster.advance(45_000);
  expect(replicasOf(cluster)).toBe(5);
  cluster.advance(60_000); // what came counts no more
  cluster.stopTraffic(1);
  cluster.advance(60_000);
  const before = replicasOf(cluster) ?? 0;
  expect(before).toBeGreaterThan(1);
  expect(conditions(cluster)?.at(-1)).toBe("ScalingLimited True ScaleDownLimit");
  cluster.advance(60_000);
  expect(replicasOf(cluster)).toBe(before - 1);
});

// pkg/apis/autoscaling/v2/defaults_test.go TestGenerateScaleDownRules, TestGenerateScaleUpRules
test("[HPA-3] a behavior is filled in by the API server", () => {
  const cluster = start({ spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } } });
  const percent = { type: "Percent", value: 100, periodSeconds: 15 };
  expect((cluster.api.get(HPA, "default", "web") as HorizontalPodAutoscaler).spec?.behavior).toEqual({
    scaleDown: { policies: [percent], selectPolicy: "Max", stabilizationWindowSeconds: 60 },
    scaleUp: {
      policies: [{ type: "Pods", value: 4, periodSeconds: 15 }, percent],
      selectPolicy: "Max",
      stabilizationWindowSeconds: 0,
    },
  });
});

test("[HPA-2] usage within a tenth of the target changes nothing", () => {
  const cluster = start({ rate: 2, replicas: 2 });
  cluster.advance(60_000);
  expect(replicasOf(cluster)).toBe(2);
  expect(statusOf(cluster)?.currentMetrics?.[0]?.resource?.current.averageUtilization).toBeGreaterThan(44);
});

test("[HPA-4] without a metrics server, and without requests, it says why", () => {
  const blind = start({ metricsServer: false });
  blind.advance(16_000);
  const missing =
    "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)";
  expect(events(blind)).toEqual([
    `FailedGetResourceMetric: ${missing}`,
    `FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: ${missing}`,
  ]);
  expect(conditions(blind)).toEqual([
    "AbleToScale True SucceededGetScale",
    "ScalingActive False FailedGetResourceMetric",
  ]);
  const bare = start({ requests: {} });
  bare.advance(16_000);
  const [pod] = bare.api.list("pods", { namespace: "default" });
  expect(events(bare)[0]).toBe(
    `FailedGetResourceMetric: failed to get cpu utilization: missing request for cpu in container main of Pod ${pod?.metadata.name}`,
  );
});

test("[HPA-2] too many, too few, none, and a target that is not there", () => {
  const many = start({ replicas: 5, spec: { maxReplicas: 3 } });
  many.advance(16_000);
  expect(events(many)).toEqual([
    "SuccessfulRescale: New size: 3; reason: Current number of replicas above Spec.MaxReplicas",
  ]);
  const few = start({ spec: { minReplicas: 2 } });
  few.advance(16_000);
  expect(events(few)).toEqual([
    "SuccessfulRescale: New size: 2; reason: Current number of replicas below Spec.MinReplicas",
  ]);
  const none = start({ replicas: 0 });
  none.advance(16_000);
  expect(conditions(none)).toContain("ScalingActive False ScalingDisabled");
  const lost = start({ spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "nope" } } });
  lost.advance(16_000);
  expect(events(lost)).toEqual(['FailedGetScale: deployments.apps "nope" not found']);
});

test("[METRICS-2] equal seeds give equal runs, however time is sliced", () => {
  const whole = start({ rate: 10 });
  whole.advance(120_000);
  const sliced = start({ rate: 10 });
  for (let at = 0; at < 120; at++) sliced.advance(1_000);
  expect(statusOf(sliced)).toEqual(statusOf(whole));
  expect(events(sliced)).toEqual(events(whole));
});

test("[HPA-3] a policy counts from the pods at the start of its period, those that went too", () => {
  const memory = new Memory();
  memory.changes = [{ at: 50_000, by: -3 }];
  const policies = [{ type: "Pods", value: 4, periodSeconds: 60 }];
  const spec = {
    scaleTargetRef: { kind: "Deployment", name: "web" },
    maxReplicas: 30,
    behavior: { scaleUp: { policies } },
  };
  expect(limit({ spec, memory, now: 60_000, current: 5, wanted: 20 }).replicas).toBe(12);
});
