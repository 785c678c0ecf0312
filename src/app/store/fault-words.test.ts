// Every fault is said in words, made and undone.
import { expect, test } from "vitest";
import { type Fault, faultId } from "../../cluster/index.ts";
import { describeAction } from "./sentences.ts";

const POD = { namespace: "default", pod: "web-1" } as const;
const WORKLOAD = { resource: "deployments.apps", namespace: "default", name: "web", seconds: 3 } as const;
const BETWEEN = ["node-1", "node-2"] as const;

const SAID: ReadonlyArray<readonly [Fault, string, string]> = [
  [{ kind: "node-power", node: "node-1" }, "Cut the power of node-1", "Restore the power of node-1"],
  [{ kind: "kubelet", node: "node-2" }, "Stop the kubelet of node-2", "Start the kubelet of node-2"],
  [{ kind: "kube-proxy", node: "node-2" }, "Stop the kube-proxy of node-2", "Start the kube-proxy of node-2"],
  [{ kind: "cordon", node: "node-3" }, "Cordon node-3", "Uncordon node-3"],
  [{ kind: "coredns" }, "Stop CoreDNS", "Start CoreDNS"],
  [{ kind: "firewall" }, "Add the firewall in front of the nodes", "Remove the firewall in front of the nodes"],
  [
    { kind: "no-route", client: "laptop" },
    "Cut the route from laptop to the nodes",
    "Restore the route from laptop to the nodes",
  ],
  [
    { kind: "pod-network", between: BETWEEN },
    "Break the pod network between node-1 and node-2",
    "Restore the pod network between node-1 and node-2",
  ],
  [
    { kind: "link", between: BETWEEN, latencyMs: 5, loss: 0 },
    "Disturb the link between node-1 and node-2",
    "Restore the link between node-1 and node-2",
  ],
  [
    { kind: "readiness", ...POD, ready: false },
    "Override the readiness of pod web-1",
    "Return the readiness of pod web-1 to its probes",
  ],
  [
    { kind: "listen", ...POD, loopback: true },
    "Change the port that pod web-1 listens on",
    "Restore the port that pod web-1 listens on",
  ],
  [{ kind: "slow-start", ...WORKLOAD }, "Slow down the start of deployment web", "Restore the start of deployment web"],
  [
    { kind: "slow-shutdown", ...WORKLOAD },
    "Slow down the shutdown of deployment web",
    "Restore the shutdown of deployment web",
  ],
];

test.each(SAID)("%j is said in words", (fault, made, undone) => {
  expect(describeAction({ kind: "fail", fault })).toBe(made);
  expect(describeAction({ kind: "restore", id: faultId(fault) })).toBe(undone);
});
