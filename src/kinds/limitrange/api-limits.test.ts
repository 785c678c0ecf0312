// What limit ranges give and refuse: plugin/pkg/admission/limitranger/admission_test.go, pkg/apis/core/validation.
import { expect, test } from "vitest";
import type { LimitRange } from "../../cluster/api/types.gen.ts";
import { StatusError } from "../../cluster/apimachinery/errors.ts";
import { createCluster } from "../../cluster/cluster.ts";
import { SHELL_SETTINGS } from "../../cluster/sim/settings.ts";
import { ALL_KINDS } from "../index.ts";

function start(...limits: object[]) {
  const { api } = createCluster({ seed: "limits", settings: SHELL_SETTINGS, addons: ALL_KINDS });
  const metadata = { name: "fair" };
  api.create("limitranges", "default", { apiVersion: "v1", kind: "LimitRange", metadata, spec: { limits } });
  return api;
}

const pod = (...containers: object[]) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "x" },
  spec: { containers: containers.map((resources, index) => ({ name: `c${index}`, image: "nginx", resources })) },
});

function said(run: () => unknown): string {
  try {
    run();
    return "accepted";
  } catch (error) {
    if (error instanceof StatusError) return error.message.replace(/^.*?(?:is forbidden|is invalid): /, "");
    throw error;
  }
}

test("[LIMIT-1] containers get what they leave out, and the pod says so", () => {
  const api = start({
    type: "Container",
    default: { cpu: "500m", memory: "1Gi" },
    defaultRequest: { cpu: "100m", memory: "512Mi" },
  });
  const { object } = api.create("pods", "default", pod({}, { limits: { cpu: "200m" } }));
  expect(object.spec?.containers.map(({ resources }) => resources)).toEqual([
    { limits: { cpu: "500m", memory: "1Gi" }, requests: { cpu: "100m", memory: "512Mi" } },
    { limits: { cpu: "200m", memory: "1Gi" }, requests: { cpu: "200m", memory: "512Mi" } },
  ]);
  expect(object.metadata.annotations?.["kubernetes.io/limit-ranger"]).toBe(
    "LimitRanger plugin set: cpu, memory request for container c0; cpu, memory limit for container c0; memory request for container c1; memory limit for container c1",
  );
  expect(object.status?.qosClass).toBe("Burstable");
});

test.each<[string, object, object[], string]>([
  [
    "a limit",
    { type: "Container", max: { cpu: "500m" } },
    [{ limits: { cpu: "1" } }],
    "maximum cpu usage per Container is 500m, but limit is 1",
  ],
  [
    "a request",
    { type: "Container", min: { cpu: "200m" } },
    [{ requests: { cpu: "100m" } }],
    "minimum cpu usage per Container is 200m, but request is 100m",
  ],
  [
    "a sum",
    { type: "Pod", max: { memory: "1Gi" } },
    [{ limits: { memory: "768Mi" } }, { limits: { memory: "512Mi" } }],
    "maximum memory usage per Pod is 1Gi, but limit is 1280Mi",
  ],
  [
    "a missing limit",
    { type: "Pod", max: { cpu: "1" } },
    [{}],
    "maximum cpu usage per Pod is 1.  No limit is specified",
  ],
  [
    "a missing request",
    { type: "Pod", min: { cpu: "1" } },
    [{}],
    "minimum cpu usage per Pod is 1.  No request is specified",
  ],
  [
    "a ratio",
    { type: "Container", maxLimitRequestRatio: { cpu: "2" } },
    [{ requests: { cpu: "100m" }, limits: { cpu: "300m" } }],
    "cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000",
  ],
  [
    "a ratio of nothing",
    { type: "Container", maxLimitRequestRatio: { cpu: "2" } },
    [{}],
    "cpu max limit to request ratio per Container is 2, but no request is specified or request is 0",
  ],
  [
    "two things",
    { type: "Container", max: { cpu: "1", memory: "1Gi" } },
    [{ limits: { cpu: "2", memory: "2Gi" } }],
    "[maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Container is 1Gi, but limit is 2Gi]",
  ],
  ["nothing", { type: "Container", max: { cpu: "1" } }, [{}], "accepted"],
])("[LIMIT-2] refused for %s", (_, item, containers, wanted) => {
  const api = start(item);
  expect(said(() => api.create("pods", "default", pod(...containers)))).toBe(wanted);
});

test("[LIMIT-2] claims are held to it too", () => {
  const api = start({ type: "PersistentVolumeClaim", max: { storage: "2Gi" }, min: { storage: "1Gi" } });
  const claim = (storage: string) =>
    said(() =>
      api.create("persistentvolumeclaims", "default", {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name: "x" },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
      }),
    );
  expect([claim("3Gi"), claim("1Mi"), claim("2Gi")]).toEqual([
    "maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi",
    "minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi",
    "accepted",
  ]);
});

test("[LIMIT-3] its own defaults follow from its bounds", () => {
  const item = { type: "Container", max: { cpu: "1" }, min: { cpu: "100m", memory: "1Mi" } };
  const range = start(item).get("limitranges", "default", "fair") as LimitRange; // of its kind
  expect(range.spec?.limits).toEqual([{ ...item, default: { cpu: "1" }, defaultRequest: { cpu: "1", memory: "1Mi" } }]);
});

test.each<[object, string]>([
  [
    { type: "Container", min: { cpu: "2" }, max: { cpu: "1" }, default: { cpu: "3" }, defaultRequest: { cpu: "2" } },
    'spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1',
  ],
  [
    { type: "Pod", default: { cpu: "1" } },
    "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'",
  ],
  [{ type: "Tea" }, 'spec.limits[0].type: Invalid value: "Tea": must be a standard limit type or fully qualified'],
  [
    { type: "Pod", maxLimitRequestRatio: { cpu: "500m" } },
    'spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "500m": ratio 500m is less than 1',
  ],
])("[LIMIT-3] refuses %j", (item, wanted) => {
  expect(said(() => start(item))).toContain(wanted);
});
