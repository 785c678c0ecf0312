// Workloads and the other kinds in the API server. Outside truth: recorded sessions of service-api; upstream's validation.go messages.
import { expect, test } from "vitest";
import type { Deployment, Job, Secret } from "../api/types.gen.ts";
import { LABELS, MAIN, server, words, workload } from "./trial.ts";

test.each<[string, string, object, string[]]>([
  [
    "Deployment",
    "negative replicas",
    { replicas: -1 },
    ["spec.replicas: Invalid value: -1: must be greater than or equal to 0"],
  ],
  [
    "Deployment",
    "no selector",
    { selector: undefined },
    [
      "spec.selector: Required value",
      'spec.template.metadata.labels: Invalid value: {"app":"shop"}: `selector` does not match template `labels`',
    ],
  ],
  [
    "Deployment",
    "empty selector",
    { selector: {} },
    ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"],
  ],
  [
    "Deployment",
    "selector of others",
    { selector: { matchLabels: { app: "x" } } },
    ['spec.template.metadata.labels: Invalid value: {"app":"shop"}: `selector` does not match template `labels`'],
  ],
  [
    "Deployment",
    "strategy unknown",
    { strategy: { type: "BlueGreen" } },
    ['spec.strategy.type: Unsupported value: "BlueGreen": supported values: "Recreate", "RollingUpdate"'],
  ],
  [
    "Deployment",
    "Recreate with a rolling update",
    { strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } },
    ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
  ],
  [
    "Deployment",
    "no way to roll",
    { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
    ["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"],
  ],
  [
    "Deployment",
    "pods that end",
    { template: { metadata: { labels: LABELS }, spec: { restartPolicy: "Never", containers: [MAIN] } } },
    ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
  ],
  [
    "StatefulSet",
    "management policy",
    { podManagementPolicy: "Wild" },
    ["spec.podManagementPolicy: Invalid value: \"Wild\": must be 'OrderedReady' or 'Parallel'"],
  ],
  [
    "StatefulSet",
    "an empty claim template [SAFE-5]",
    { volumeClaimTemplates: [{}] },
    [
      "spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required",
      "spec.volumeClaimTemplates[0].spec.resources[storage]: Required value",
    ],
  ],
  [
    "DaemonSet",
    "empty selector",
    { selector: {} },
    ["spec.selector: Invalid value: {}: empty selector is invalid for daemonset"],
  ],
])("[WORK-2] a %s: %s", (kind, _, spec, answer) => {
  const resource = `${kind.toLowerCase()}s.apps`;
  expect(words(() => server().create(resource, "default", workload(kind, spec)))).toEqual(answer);
});

test("[WORK-1] a Deployment's defaults", () => {
  const { spec, metadata, status } = server().create("deployments.apps", "default", workload("Deployment", {}))
    .object as Deployment;
  expect([metadata.generation, status]).toEqual([1, {}]);
  expect(spec).toMatchObject({
    progressDeadlineSeconds: 600,
    replicas: 1,
    revisionHistoryLimit: 10,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
  });
  expect(spec?.template.spec?.terminationGracePeriodSeconds).toBe(30);
});

test("[WORK-3] fields that may not change", () => {
  const api = server();
  const patch = (resource: string, spec: object) =>
    words(() => api.patch(resource, { namespace: "default", name: "w" }, { type: "merge", body: { spec } }));
  api.create("deployments.apps", "default", workload("Deployment", {}));
  const store = { matchLabels: { app: "store" } };
  expect(patch("deployments.apps", { selector: store, template: { metadata: { labels: { app: "store" } } } })).toEqual([
    'spec.selector: Invalid value: {"matchLabels":{"app":"store"}}: field is immutable',
  ]);
  api.create("statefulsets.apps", "default", workload("StatefulSet", { serviceName: "a" }));
  expect(patch("statefulsets.apps", { serviceName: "b" })[0]).toMatch(
    /^spec: Forbidden: updates to statefulset spec for fields other than 'replicas', /,
  );
});

test("[WORK-4] a Job finds its pods by its uid and must not restart them always", () => {
  const api = server();
  const job = (policy: string) => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "j" },
    spec: { template: { spec: { restartPolicy: policy, containers: [MAIN] } } },
  });
  expect(words(() => api.create("jobs.batch", "default", job("Always")))).toEqual([
    'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
  ]);
  const made = api.create("jobs.batch", "default", job("Never")).object as Job;
  expect(made.spec?.selector?.matchLabels).toEqual({ "batch.kubernetes.io/controller-uid": made.metadata.uid });
  expect(made.spec).toMatchObject({ backoffLimit: 6, completions: 1, parallelism: 1, completionMode: "NonIndexed" });
});

test("[DATA-1] a Secret's plain texts become data", () => {
  const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, stringData: { user: "bob", word: "pä" } };
  const made = server().create("secrets", "default", secret).object as Secret;
  expect([made.type, made.data, made.stringData]).toEqual(["Opaque", { user: "Ym9i", word: "cMOk" }, undefined]);
});

test("[EPSV-2] every access to Endpoints warns", () => {
  const api = server();
  const warning = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
  expect(api.warningsOf("endpoints")).toEqual([warning]);
  const subsets = [{ addresses: [], ports: [{ port: 80 }] }];
  expect(
    words(() =>
      api.create("endpoints", "default", { apiVersion: "v1", kind: "Endpoints", metadata: { name: "e" }, subsets }),
    ),
  ).toEqual(["subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`"]);
});
