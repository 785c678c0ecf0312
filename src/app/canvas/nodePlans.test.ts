// What the settings' dialog makes of the cluster's machines.
import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import { byName, common, ownNodes, spread, valuesOf, withChange, withCount, without } from "./nodePlans.ts";

function start() {
  const cluster = createCluster({ seed: "plans", settings: SHELL_SETTINGS });
  const names = () => byName(cluster.settings.nodes).map(({ name }) => name);
  return { cluster, names };
}

test("fewer and more: the last leave first, and new ones take the lowest numbers", () => {
  const { cluster, names } = start();
  cluster.configure({ nodes: withCount(cluster.settings, 1) });
  expect(names()).toEqual(["node-1"]);
  cluster.configure({ nodes: [...cluster.settings.nodes, { name: "node-3" }] });
  cluster.configure({ nodes: withCount(cluster.settings, 12) });
  expect(names()).toEqual(Array.from({ length: 12 }, (_, at) => `node-${at + 1}`));
  cluster.configure({ nodes: without(cluster.settings, "node-2") });
  expect(withCount(cluster.settings, 12).at(-1)).toEqual({ name: "node-2" });
});

test("a Node in YAML leaves last and keeps its zone", () => {
  const { cluster, names } = start();
  cluster.configure({ nodes: [{ name: "yaml", zone: "z", declared: true }, ...cluster.settings.nodes] });
  cluster.configure({ nodes: spread(cluster.settings, 2) });
  expect(cluster.settings.nodes.map(({ zone }) => zone)).toEqual(["z", "zone-a", "zone-b", "zone-a"]);
  cluster.configure({ nodes: withCount(cluster.settings, 2) });
  expect(names()).toEqual(["node-1", "yaml"]);
  expect(ownNodes(cluster.settings).map(({ name }) => name)).toEqual(["node-1"]);
});

test("one node is changed, and the others stay; what all have in common is known", () => {
  const { cluster } = start();
  cluster.configure({ nodes: withChange(cluster.settings, ["node-2"], { cpu: "500m" }) });
  expect(cluster.settings.nodes.map((node) => valuesOf(node).cpu)).toEqual(["8", "500m", "8"]);
  expect(common(cluster.settings.nodes, "cpu")).toBeUndefined();
  expect(common(cluster.settings.nodes, "pods")).toBe("250");
});
