// What quotas refuse and count: plugin/pkg/admission/resourcequota/admission_test.go, pkg/quota/v1/evaluator/core.
import { expect, test } from "vitest";
import type { ResourceQuota } from "../../cluster/api/types.gen.ts";
import { StatusError } from "../../cluster/apimachinery/errors.ts";
import { type Cluster, createCluster } from "../../cluster/cluster.ts";
import { SHELL_SETTINGS } from "../../cluster/sim/settings.ts";
import { ALL_KINDS } from "../index.ts";

type Hard = Readonly<Record<string, string>>;

function start(hard: Hard, more: object = {}): Cluster {
  const cluster = createCluster({ seed: "quotas", settings: SHELL_SETTINGS, addons: ALL_KINDS });
  cluster.api.create("resourcequotas", "default", {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "few" },
    spec: { hard, ...more },
  });
  cluster.advance(1_000);
  return cluster;
}

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name },
  spec: { containers: [{ name: "main", image: "nginx", resources }], ...spec },
});
const service = (name: string, type: string) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: {
    type,
    ports: [
      { port: 80, name: "a" },
      { port: 81, name: "b" },
    ],
  },
});
const config = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } });

function said(run: () => unknown): string {
  try {
    run();
    return "accepted";
  } catch (error) {
    if (error instanceof StatusError) return `${error.status.code} ${error.message}`;
    throw error;
  }
}

const few = (cluster: Cluster) => cluster.api.get("resourcequotas", "default", "few") as ResourceQuota; // of its kind
const used = (cluster: Cluster) => few(cluster).status?.used;

test("[QUOTA-1] [QUOTA-4] [QUOTA-5] pods beyond a quota are refused, and what is accepted counts at once", () => {
  const cluster = start({ pods: "2" });
  const make = (name: string, options = {}) => said(() => cluster.api.create("pods", "default", pod(name), options));
  expect(few(cluster).status).toEqual({
    hard: { pods: "2" },
    used: { pods: "0" },
  });
  expect(make("dry", { dryRun: true })).toBe("accepted");
  expect([make("a"), make("b")]).toEqual(["accepted", "accepted"]);
  expect(used(cluster)).toEqual({ pods: "2" });
  expect(make("x")).toBe(
    '403 pods "x" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2',
  );
  cluster.api.delete("pods", "default", "a", { gracePeriodSeconds: 0 });
  cluster.advance(1_000);
  expect(used(cluster)).toEqual({ pods: "1" });
  expect(make("x")).toBe("accepted");
});

test("[QUOTA-1] [QUOTA-2] cpu and memory are summed, and each container must ask", () => {
  const cluster = start({ cpu: "1", "requests.memory": "1Gi", "limits.cpu": "2" });
  const make = (name: string, resources: object) =>
    said(() => cluster.api.create("pods", "default", pod(name, resources)));
  expect(make("x", {})).toBe(
    '403 pods "x" is forbidden: failed quota: few: must specify cpu for: main; limits.cpu for: main; requests.memory for: main',
  );
  expect(make("x", { requests: { cpu: "250m", memory: "512Mi" } })).toBe(
    '403 pods "x" is forbidden: failed quota: few: must specify limits.cpu for: main',
  );
  const resources = { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1" } };
  expect(make("a", resources)).toBe("accepted");
  expect(used(cluster)).toEqual({ cpu: "250m", "limits.cpu": "1", "requests.memory": "512Mi" });
  expect(make("x", { requests: { cpu: "1", memory: "768Mi" }, limits: { cpu: "1" } })).toBe(
    '403 pods "x" is forbidden: exceeded quota: few, requested: cpu=1,requests.memory=768Mi, used: cpu=250m,requests.memory=512Mi, limited: cpu=1,requests.memory=1Gi',
  );
});

test("[QUOTA-1] Services count their node ports and load balancers, also when their type changes", () => {
  const cluster = start({ services: "3", "services.nodeports": "3", "services.loadbalancers": "0" });
  const make = (name: string, type: string) =>
    said(() => cluster.api.create("services", "default", service(name, type)));
  expect(make("a", "NodePort")).toBe("accepted");
  expect(make("x", "LoadBalancer")).toBe(
    '403 services "x" is forbidden: exceeded quota: few, requested: services.loadbalancers=1,services.nodeports=2, used: services.loadbalancers=0,services.nodeports=2, limited: services.loadbalancers=0,services.nodeports=3',
  );
  expect(make("b", "ClusterIP")).toBe("accepted");
  const change = (name: string, type: string) => {
    const target = { namespace: "default", name };
    return said(() => cluster.api.patch("services", target, { type: "merge", body: { spec: { type } } }));
  };
  expect(change("b", "NodePort")).toBe(
    '403 services "b" is forbidden: exceeded quota: few, requested: services.nodeports=2, used: services.nodeports=2, limited: services.nodeports=3',
  );
  expect(change("a", "ClusterIP")).toBe("accepted");
  cluster.advance(1_000);
  expect(change("b", "NodePort")).toBe("accepted");
});

test("[QUOTA-1] objects are counted by name and by count/RESOURCE.GROUP", () => {
  const cluster = start({ configmaps: "2", "count/configmaps": "5", "count/deployments.apps": "0", secrets: "9" });
  expect(used(cluster)).toEqual({
    configmaps: "1",
    "count/configmaps": "1",
    "count/deployments.apps": "0",
    secrets: "0",
  });
  const make = (name: string) => said(() => cluster.api.create("configmaps", "default", config(name)));
  expect([make("a"), make("x")]).toEqual([
    "accepted",
    '403 configmaps "x" is forbidden: exceeded quota: few, requested: configmaps=1, used: configmaps=2, limited: configmaps=2',
  ]);
  const labels = { app: "web" };
  const spec = { selector: { matchLabels: labels }, template: { ...pod("web"), metadata: { labels } } };
  const body = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { ...spec, template: { metadata: { labels }, spec: pod("web").spec } },
  };
  expect(said(() => cluster.api.create("deployments.apps", "default", body))).toBe(
    '403 deployments.apps "web" is forbidden: exceeded quota: few, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0',
  );
});

test.each([
  ["BestEffort", {}, {}, 1],
  ["BestEffort", { requests: { cpu: "1" } }, {}, 0],
  ["NotBestEffort", { requests: { cpu: "1" } }, {}, 1],
  ["Terminating", {}, { activeDeadlineSeconds: 60 }, 1],
  ["NotTerminating", {}, { activeDeadlineSeconds: 60 }, 0],
])("[QUOTA-3] of the scope %s, pod %j %j", (scope, resources, spec, pods) => {
  const cluster = start({ pods: "5" }, { scopes: [scope] });
  cluster.api.create("pods", "default", pod("a", resources, spec));
  expect(used(cluster)).toEqual({ pods: String(pods) });
});

test("[QUOTA-3] what is wrong in a quota is said", () => {
  const refused = (hard: Hard, scopes: readonly string[] = []) =>
    said(() => start(hard, { scopes })).replace(/^.*is invalid: /, "");
  expect(refused({ pods: "-1" })).toBe('spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0');
  expect(refused({ pods: "500m" })).toBe('spec.hard[pods]: Invalid value: "500m": must be an integer');
  expect(refused({ teapots: "1" })).toContain(
    'spec.hard[teapots]: Invalid value: "teapots": must be a standard resource for quota',
  );
  expect(refused({ pods: "1" }, ["BestEffort", "NotBestEffort"])).toContain("conflicting scopes");
  expect(refused({ services: "1" }, ["BestEffort"])).toContain("unsupported scope applied to resource");
});

test("[QUOTA-6] a ReplicaSet says what it was refused, and goes on when there is room", () => {
  const cluster = start({ pods: "2" });
  const labels = { app: "web" };
  const template = { metadata: { labels }, spec: pod("web").spec };
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas: 3, selector: { matchLabels: labels }, template },
  });
  cluster.advance(5_000);
  const set = cluster.api.list("replicasets.apps", { namespace: "default" })[0];
  const why =
    /^pods "web-\w+-\w{5}" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2$/;
  const failure = set?.status?.conditions?.find(({ type }) => type === "ReplicaFailure");
  expect([set?.status?.replicas, failure?.status, failure?.reason]).toEqual([2, "True", "FailedCreate"]);
  expect(failure?.message).toMatch(why);
  const events = cluster.api.list("events", { namespace: "default" }).filter(({ reason }) => reason === "FailedCreate");
  expect(events.length).toBeGreaterThan(1);
  expect(events[0]?.message?.replace("Error creating: ", "")).toMatch(why);
  cluster.api.patch(
    "resourcequotas",
    { namespace: "default", name: "few" },
    { type: "merge", body: { spec: { hard: { pods: "3" } } } },
  );
  cluster.advance(60_000);
  expect(cluster.api.list("pods", { namespace: "default" })).toHaveLength(3);
  expect(used(cluster)).toEqual({ pods: "3" });
});
