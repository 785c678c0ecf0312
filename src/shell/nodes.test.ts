// `sim node`, Nodes in YAML, and kubectl delete node.
import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { completeSim } from "./complete.ts";
import { createShell, runToEnd } from "./index.ts";

function world(settings = SHELL_SETTINGS) {
  const cluster = createCluster({ seed: "nodes", settings });
  const shell = createShell({ cluster, files: new Map() });
  const run = (line: string) => {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    runToEnd(cluster, shell, line, { out: write, err: write });
    return text.trimEnd();
  };
  return { cluster, run };
}

const NAMES = "kubectl get nodes -o name";

test("[SHELL-12] sim node add and sim node remove", () => {
  const { run } = world();
  expect(run("sim node add")).toBe("node/node-4 joined: address 192.168.1.14, zone-a, pods in 10.244.4.0/24");
  expect(run("sim node add big --zone far --cpu 32 --memory 64Gi --pods 200")).toBe(
    "node/big joined: address 192.168.1.15, far, pods in 10.244.5.0/24",
  );
  expect(run(`kubectl get node big -o jsonpath='{.status.capacity.cpu} {.status.capacity.pods}'`)).toBe("32 200");
  expect(run("sim node remove node/node-2; sim node remove big")).toBe("node/node-2 was removed\nnode/big was removed");
  expect(run(NAMES)).toBe("node/node-1\nnode/node-3\nnode/node-4");
  expect(run("sim node add")).toBe("node/node-2 joined: address 192.168.1.12, zone-b, pods in 10.244.2.0/24");
  expect(run("sim node add flat --zone ''")).toContain("without a zone");
  expect(run("curl -m 1 192.168.1.15:10256/healthz")).toContain('"lastUpdated"');
});

test.each([
  ["sim node", "sim node: specify add [NAME] or remove NAME, for example sim node add --zone zone-b"],
  ["sim node add a b", "sim node: unexpected word: b"],
  ["sim node add node-1", "sim node: there is a node node-1"],
  ["sim node add laptop", "sim node: laptop is the name of a client outside the cluster"],
  ["sim node add A", /^sim node: "A": must be at most 63 small letters/],
  ["sim node add --zone 'no zone'", /^sim node: --zone: must be empty or at most 63 letters/],
  ["sim node add --cpu many", "sim node: --cpu: must be a number of processors, such as 4, 0.5 or 500m"],
  ["sim node add --memory 0", "sim node: --memory: must be an amount of memory, such as 8Gi or 512Mi"],
  ["sim node add --pods 251", "sim node: --pods: must be a whole number from 1 to 250"],
  ["sim node add --size 3", "sim: unknown option: --size"],
  ["sim node remove", "sim node: the NAME of a node is required"],
  ["sim node remove node-9", 'sim node: there is no node "node-9"'],
  ["sim node remove node-1; sim node remove node-2; sim node remove node-3", /a cluster needs at least one node$/],
])("[SHELL-12] %s is refused", (line, answer) => {
  const { run } = world();
  expect(run(line)).toMatch(answer);
  expect(run("sim node remove x; echo $?")).toMatch(/1$/);
});

test("[SHELL-12] a hundred nodes and no more", () => {
  const { cluster, run } = world();
  run("for i in $(seq 97); do sim node add; done");
  expect(cluster.settings.nodes).toHaveLength(100);
  expect(run("sim node add")).toBe("sim node: a cluster has at most 100 nodes here");
});

test("[SHELL-12] completion knows the words, and the nodes that can be removed", () => {
  const { cluster } = world();
  const texts = (...words: string[]) => completeSim(words, cluster).map(({ text }) => text);
  expect(texts("no")).toEqual(["node"]);
  expect(texts("node", "")).toEqual(["add", "remove"]);
  expect(texts("node", "remove", "")).toEqual(["node-1", "node-2", "node-3"]);
  expect(texts("node", "add", "x", "--z")).toEqual(["--zone"]);
});

const EDGE = ["apiVersion: v1", "kind: Node", "metadata: {name: edge, labels: {topology.kubernetes.io/zone: z}}"];

test("[NODE-13] kubectl apply of a Node makes a machine join, kubectl delete makes it leave", () => {
  const { cluster, run } = world({ ...SHELL_SETTINGS, machinesJoin: true });
  expect(run(`kubectl apply -f - <<END\n${EDGE.join("\n")}\nEND\nsleep 1`)).toBe("node/edge created");
  expect(run("kubectl get node edge -L topology.kubernetes.io/zone")).toMatch(/edge +Ready +<none> +\d+s +v1.36.2 +z$/);
  expect(run("kubectl delete node edge; sleep 1")).toBe('node "edge" deleted');
  expect(cluster.settings.nodes).toHaveLength(3);
});

test("[NODE-16] in the terminal a Node is only a Node", () => {
  const { cluster, run } = world();
  expect(run(`kubectl apply -f - <<END\n${EDGE.join("\n")}\nEND\nsleep 1`)).toBe("node/edge created");
  expect(run("kubectl get node edge --no-headers")).toMatch(/^edge +Unknown +<none> +\d+s *$/);
  expect(cluster.settings.nodes).toHaveLength(3);
});

test("[NODE-15] kubectl delete node leaves the machine, which registers when its kubelet restarts", () => {
  const { run } = world();
  expect(run(`kubectl delete node node-3; sleep 60; ${NAMES}`)).not.toContain("node-3\n");
  expect(run("sim fail kubelet/node-3")).toMatch(/^The kubelet of node-3 is stopped/);
  expect(run(`sim restore kubelet/node-3; ${NAMES}`)).toContain("node/node-3");
});
