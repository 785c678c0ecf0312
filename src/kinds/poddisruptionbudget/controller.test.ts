// What budgets allow, and evictions that keep to it: pkg/controller/disruption/disruption_test.go, pkg/registry/core/pod/storage/eviction_test.go.
import { expect, test } from "vitest";
import { StatusError } from "../../cluster/apimachinery/errors.ts";
import { type Cluster, createCluster } from "../../cluster/cluster.ts";
import { SHELL_SETTINGS } from "../../cluster/sim/settings.ts";
import { ALL_KINDS } from "../index.ts";

const labels = { app: "web" };

function start(spec: Readonly<Record<string, unknown>>, replicas = 3): Cluster {
  const cluster = createCluster({ seed: "budgets", settings: SHELL_SETTINGS, addons: ALL_KINDS });
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "nginx" }] } },
    },
  });
  cluster.api.create("poddisruptionbudgets.policy", "default", {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "web" },
    spec: { selector: { matchLabels: labels }, ...spec },
  });
  cluster.advance(3_000);
  return cluster;
}

const status = (cluster: Cluster) => {
  const { currentHealthy, desiredHealthy, expectedPods, disruptionsAllowed } =
    cluster.api.get("poddisruptionbudgets.policy", "default", "web").status ?? {};
  return [currentHealthy, desiredHealthy, expectedPods, disruptionsAllowed];
};
const names = (cluster: Cluster) =>
  cluster.api.list("pods", { namespace: "default" }).map(({ metadata }) => metadata.name ?? "");
const evict = (cluster: Cluster, name: string) => {
  try {
    cluster.api.evict("default", name);
    return "gone";
  } catch (error) {
    if (error instanceof StatusError) return `${error.status.code} ${error.message}`;
    throw error;
  }
};
const REFUSED = "429 Cannot evict pod as it would violate the pod's disruption budget.";

test.each([
  [{ minAvailable: 2 }, [3, 2, 3, 1]],
  [{ minAvailable: "50%" }, [3, 2, 3, 1]],
  [{ maxUnavailable: 2 }, [3, 1, 3, 2]],
  [{ maxUnavailable: "34%" }, [3, 1, 3, 2]],
  [{ minAvailable: 5 }, [3, 5, 3, 0]],
])("[PDB-1] %j allows what is left of the healthy pods", (spec, wanted) => {
  expect(status(start(spec))).toEqual(wanted);
});

test("[PDB-2] the condition tells whether anything may go", () => {
  const condition = (cluster: Cluster) =>
    cluster.api.get("poddisruptionbudgets.policy", "default", "web").status?.conditions?.[0];
  expect(condition(start({ minAvailable: 2 }))).toMatchObject({
    type: "DisruptionAllowed",
    status: "True",
    reason: "SufficientPods",
  });
  expect(condition(start({ minAvailable: 3 }))).toMatchObject({ status: "False", reason: "InsufficientPods" });
});

test("[PDB-3] one disruption allowed: the second eviction is refused until a new pod is ready", () => {
  const cluster = start({ minAvailable: 2 });
  const [first = "", second = ""] = names(cluster);
  expect(evict(cluster, first)).toBe("gone");
  expect(evict(cluster, second)).toBe(REFUSED);
  cluster.advance(5_000);
  expect(status(cluster)).toEqual([3, 2, 3, 1]);
  expect(evict(cluster, second)).toBe("gone");
});

test("[PDB-3] an evicted pod carries the reason; without budget nothing is asked", () => {
  const cluster = start({ minAvailable: 3 });
  const [first = ""] = names(cluster);
  expect(evict(cluster, first)).toBe(REFUSED);
  cluster.api.delete("poddisruptionbudgets.policy", "default", "web");
  expect(evict(cluster, first)).toBe("gone");
  const conditions = cluster.api.get("pods", "default", first).status?.conditions;
  expect(conditions?.find(({ type }) => type === "DisruptionTarget")).toMatchObject({
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
  });
});

test("[PDB-3] two budgets for one pod are an error of the server", () => {
  const cluster = start({ minAvailable: 1 });
  cluster.api.create("poddisruptionbudgets.policy", "default", {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "again" },
    spec: { selector: {}, minAvailable: 1 },
  });
  cluster.advance(1_000);
  expect(evict(cluster, names(cluster)[0] ?? "")).toMatch(/^500 This pod has more than one PodDisruptionBudget/);
});
