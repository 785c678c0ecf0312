// Everything that can be broken: what then happens, and that it is as before when it is undone.
import { describe, expect, test } from "vitest";
import { containers } from "../runtime/index.ts";
import { type Cluster, createCluster } from "./cluster.ts";
import { describeFault } from "./describe-fault.ts";
import { type Fault, faultId } from "./fault.ts";
import type { SendRequest } from "./network/packet.ts";
import { printRules } from "./rules.ts";
import { SHELL_SETTINGS } from "./sim/settings.ts";
import { aClusterWith, outcomeOf } from "./testing.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const NODE_PORT = { from: LAPTOP, host: "192.168.1.12", port: 30080, timeoutMs: 5_000 } as const;

/** A cluster with kubelets at work and a Deployment of two on it. */
function wholeWorld(container: Record<string, unknown> = {}, replicas = 2): Cluster {
  const cluster = createCluster({ seed: "faults", settings: SHELL_SETTINGS, addons: [containers] });
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { type: "NodePort", selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] },
  });
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: {
          containers: [
            { name: "web", image: "registry.k8s.io/e2e-test-images/agnhost:2.53", args: SERVE, ...container },
          ],
        },
      },
    },
  });
  cluster.advance(2_000);
  return cluster;
}

const SERVE = ["netexec", "--http-port=8080"];
const PROBED = { readinessProbe: { httpGet: { path: "/", port: 8080 }, periodSeconds: 5, failureThreshold: 2 } };

function pods(cluster: Cluster) {
  return cluster.api.list("pods", { namespace: "default" });
}

function ready(cluster: Cluster): number {
  return pods(cluster).filter((each) => each.status?.conditions?.some((c) => c.type === "Ready" && c.status === "True"))
    .length;
}

function reason(cluster: Cluster, request: SendRequest): string {
  const outcome = outcomeOf(cluster, request);
  return `${outcome.kind}: ${"reason" in outcome ? outcome.reason : ""}`;
}

describe("the list of faults", () => {
  test("[FAULT-1] holds what was broken in order, with new amounts in the old place, until it is undone", () => {
    const cluster = aClusterWith([]);
    let told = 0;
    cluster.faults.changed.on(() => {
      told += 1;
    });
    cluster.faults.apply({ kind: "firewall" });
    cluster.advance(500);
    cluster.faults.apply({ kind: "link", between: ["laptop", "node-1"], latencyMs: 100, loss: 0 });
    cluster.faults.apply({ kind: "link", between: ["node-1", "laptop"], latencyMs: 200, loss: 0.5 });
    expect(cluster.faults.list().map(({ id, since }) => [id, since])).toEqual([
      ["firewall", 1_000],
      ["link laptop node-1", 1_500],
    ]);
    expect(cluster.faults.list()[1]?.fault).toMatchObject({ latencyMs: 200, loss: 0.5 });
    expect(cluster.faults.undo("firewall")).toBe(true);
    expect(cluster.faults.undo("firewall")).toBe(false);
    expect(cluster.faults.list()).toHaveLength(1);
    expect(told).toBe(4);
  });

  test("[FAULT-1] holds what others broke: a node cordoned, a node switched off, CoreDNS scaled to nothing", () => {
    const cluster = wholeWorld();
    cluster.api.patch("nodes", { name: "node-3" }, { type: "merge", body: { spec: { unschedulable: true } } });
    cluster.failNode("node-2");
    const coredns = { namespace: "kube-system", name: "coredns" };
    cluster.api.patch("deployments.apps", coredns, { type: "merge", body: { spec: { replicas: 0 } } });
    expect(cluster.faults.list().map(({ id }) => id)).toEqual(["cordon/node-3", "node/node-2", "coredns"]);
    for (const { id } of cluster.faults.list()) cluster.faults.undo(id);
    expect(cluster.faults.list()).toEqual([]);
    expect(cluster.api.get("nodes", undefined, "node-3").spec?.unschedulable).toBeUndefined();
    expect(cluster.network.isOn("node-2")).toBe(true);
    expect(cluster.api.get("deployments.apps", "kube-system", "coredns").spec?.replicas).toBe(2);
  });

  test("[FAULT-1] loses a fault with its object", () => {
    const cluster = wholeWorld();
    const name = pods(cluster)[0]?.metadata.name ?? "";
    cluster.setReadiness("default", name, false);
    cluster.faults.apply({ kind: "listen", namespace: "default", pod: name, loopback: true });
    const web = { resource: "deployments.apps", namespace: "default", name: "web" } as const;
    cluster.faults.apply({ kind: "slow-start", ...web, seconds: 3 });
    expect(cluster.faults.list()).toHaveLength(3);
    cluster.api.delete("pods", "default", name);
    cluster.advance(2_000);
    expect(cluster.faults.list().map(({ id }) => id)).toEqual(["deployment/default/web --slow-start"]);
    cluster.api.delete("deployments.apps", "default", "web");
    cluster.advance(2_000);
    expect(cluster.faults.list()).toEqual([]);
  });

  const wrong: [string, Fault, string][] = [
    ["a node that is not there", { kind: "kubelet", node: "node-9" }, 'nodes "node-9" not found'],
    ["a client that is not there", { kind: "no-route", client: "desk" }, 'clients "desk" not found'],
    [
      "a link between clients",
      { kind: "link", between: ["laptop", "phone"], latencyMs: 1, loss: 0 },
      "there is no link between laptop and phone",
    ],
    ["the pod network of a client", { kind: "pod-network", between: ["laptop", "node-1"] }, 'nodes "laptop" not found'],
    [
      "a pod that is not there",
      { kind: "listen", namespace: "default", pod: "web", loopback: true },
      'pods "web" not found',
    ],
    [
      "a workload that is not there",
      { kind: "slow-start", resource: "deployments.apps", namespace: "default", name: "x", seconds: 1 },
      'deployments.apps "x" not found',
    ],
  ];
  test.each(wrong)("[FAULT-1] refuses %s", (_, fault, message) => {
    expect(() => aClusterWith([]).faults.apply(fault)).toThrow(message);
  });
});

describe("a stopped process of a node", () => {
  test("[FAULT-2] kubelet: the node goes NotReady after the grace period, its pods and rules go on", () => {
    const cluster = wholeWorld({}, 3);
    const here = pods(cluster).find((each) => each.spec?.nodeName === "node-2");
    const direct = { from: { kind: "node", name: "node-1" }, host: here?.status?.podIP ?? "", port: 8080 } as const;
    cluster.faults.apply({ kind: "kubelet", node: "node-2" });
    cluster.advance(30_000);
    expect(conditionOf(cluster, "node-2")).toBe("True");
    cluster.advance(30_000);
    expect(conditionOf(cluster, "node-2")).toBe("Unknown");
    expect(ready(cluster)).toBe(2);
    expect(outcomeOf(cluster, direct)).toMatchObject({ kind: "answered" });
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
    cluster.faults.undo("kubelet/node-2");
    cluster.advance(1_000);
    expect(conditionOf(cluster, "node-2")).toBe("True");
    expect(ready(cluster)).toBe(3);
  });

  test("[FAULT-2] kubelet: deleted pods stay Terminating and dead containers dead until it runs again", () => {
    const cluster = wholeWorld({}, 3);
    const here = pods(cluster).find((each) => each.spec?.nodeName === "node-1");
    const there = pods(cluster).find((each) => each.spec?.nodeName === "node-3");
    const [leaving = "", dying = ""] = [here?.metadata.name, there?.metadata.name];
    cluster.faults.apply({ kind: "kubelet", node: "node-1" });
    cluster.faults.apply({ kind: "kubelet", node: "node-3" });
    cluster.api.delete("pods", "default", leaving);
    expect(cluster.crash("default", dying)).toBe(true);
    cluster.advance(40_000);
    expect(cluster.api.get("pods", "default", leaving).metadata.deletionTimestamp).toBeDefined();
    const dead = { from: { kind: "node", name: "node-2" }, host: there?.status?.podIP ?? "", port: 8080 } as const;
    expect(outcomeOf(cluster, dead)).toMatchObject({ kind: "refused" });
    expect(cluster.api.get("pods", "default", dying).status?.containerStatuses?.[0]?.restartCount).toBe(0);
    cluster.faults.undo("kubelet/node-1");
    cluster.faults.undo("kubelet/node-3");
    cluster.advance(3_000);
    expect(cluster.api.find("pods", "default", leaving)).toBeUndefined();
    expect(cluster.api.get("pods", "default", dying).status?.containerStatuses?.[0]?.restartCount).toBe(1);
    expect(outcomeOf(cluster, dead)).toMatchObject({ kind: "answered" });
  });

  test("[FAULT-3] kube-proxy: rules stay as they were, and the health check port closes", () => {
    const cluster = wholeWorld({}, 3);
    const spec = { type: "LoadBalancer", externalTrafficPolicy: "Local" };
    cluster.api.patch("services", { namespace: "default", name: "web" }, { type: "merge", body: { spec } });
    cluster.advance(1_000);
    const health = cluster.api.get("services", "default", "web").spec?.healthCheckNodePort ?? 0;
    const check = { from: LAPTOP, host: "192.168.1.12", port: health };
    expect(outcomeOf(cluster, check)).toMatchObject({ kind: "answered", status: 200 });
    cluster.faults.apply({ kind: "kube-proxy", node: "node-2" });
    const before = printRules(cluster, "node-2");
    cluster.api.delete("services", "default", "web");
    cluster.advance(1_000);
    expect(printRules(cluster, "node-2")).toBe(before);
    expect(outcomeOf(cluster, check)).toMatchObject({ kind: "refused" });
    cluster.faults.undo("kube-proxy/node-2");
    cluster.advance(1_000);
    expect(printRules(cluster, "node-2")).toBe(printRules(cluster, "node-1"));
  });

  function conditionOf(cluster: Cluster, node: string): string | undefined {
    return cluster.api.get("nodes", undefined, node).status?.conditions?.find(({ type }) => type === "Ready")?.status;
  }
});

test("[FAULT-4] without CoreDNS a pod cannot resolve names, at once, and reaches addresses; it comes back as it was", () => {
  const cluster = wholeWorld();
  const name = pods(cluster)[0]?.metadata.name ?? "";
  const from = { kind: "pod", namespace: "default", name } as const;
  cluster.faults.apply({ kind: "coredns" });
  cluster.advance(2_000);
  const began = cluster.clock.now;
  expect(reason(cluster, { from, host: "web", port: 80 })).toMatch(
    /^unresolved: the name server 10\.96\.0\.10 gave no answer for web: Service kube-system\/kube-dns has no endpoints/,
  );
  expect(cluster.clock.now - began).toBeLessThan(100);
  const address = cluster.api.get("services", "default", "web").spec?.clusterIP ?? "";
  expect(outcomeOf(cluster, { from, host: address, port: 80 })).toMatchObject({ kind: "answered" });
  cluster.faults.undo("coredns");
  cluster.advance(3_000);
  expect(outcomeOf(cluster, { from, host: "web", port: 80 })).toMatchObject({ kind: "answered" });
});

describe("a program that misbehaves", () => {
  test("[FAULT-9] on 127.0.0.1 only: refused from outside, reached from within, until undone; restarts keep it", () => {
    const cluster = wholeWorld({}, 1);
    const [one] = pods(cluster);
    const name = one?.metadata.name ?? "";
    const listen: Fault = { kind: "listen", namespace: "default", pod: name, loopback: true };
    cluster.faults.apply(listen);
    const words = `refused: the program in pod default/${name} listens on 127.0.0.1:8080 only, which nothing outside can reach`;
    expect(reason(cluster, NODE_PORT)).toBe(words);
    const inside = { from: { kind: "pod", namespace: "default", name }, host: "127.0.0.1", port: 8080 } as const;
    expect(outcomeOf(cluster, inside)).toMatchObject({ kind: "answered" });
    cluster.crash("default", name);
    cluster.advance(2_000);
    expect(reason(cluster, NODE_PORT)).toBe(words);
    cluster.faults.undo(faultId(listen));
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
  });

  test("[FAULT-9] on another port: its probe, which had passed, fails at its next turns; undone, it passes again", () => {
    const cluster = wholeWorld(PROBED, 1);
    const name = pods(cluster)[0]?.metadata.name ?? "";
    const listen: Fault = { kind: "listen", namespace: "default", pod: name, loopback: false, port: 9000 };
    expect(ready(cluster)).toBe(1);
    cluster.faults.apply(listen);
    expect(reason(cluster, NODE_PORT)).toBe(
      `refused: nothing listens on port 8080 of pod default/${name}; it listens on 9000`,
    );
    cluster.advance(4_000);
    expect(ready(cluster)).toBe(1);
    cluster.advance(6_000);
    expect(ready(cluster)).toBe(0);
    cluster.faults.undo(faultId(listen));
    cluster.advance(5_100);
    expect(ready(cluster)).toBe(1);
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
  });

  test("[FAULT-9] a pod whose programs have no ports cannot listen elsewhere", () => {
    const cluster = wholeWorld({ image: "busybox", args: ["sleep", "10000"] }, 1);
    const name = pods(cluster)[0]?.metadata.name ?? "";
    const listen: Fault = { kind: "listen", namespace: "default", pod: name, loopback: true };
    expect(() => cluster.faults.apply(listen)).toThrow(`no program in pod "${name}" listens on a port`);
  });

  test.each([
    ["with a readiness probe it is not Ready before", PROBED, 0],
    ["without one it is Ready and refuses", {}, 1],
  ])("[FAULT-10] slow start: a new pod opens its port late; %s", (_, container, early) => {
    const cluster = wholeWorld(container, 1);
    const web = { resource: "deployments.apps", namespace: "default", name: "web" } as const;
    cluster.faults.apply({ kind: "slow-start", ...web, seconds: 10 });
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
    cluster.api.delete("pods", "default", pods(cluster)[0]?.metadata.name ?? "", { gracePeriodSeconds: 0 });
    cluster.advance(5_000);
    expect(ready(cluster)).toBe(early);
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "refused" });
    cluster.advance(11_000);
    expect(ready(cluster)).toBe(1);
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
  });

  test("[FAULT-11] slow shutdown: the pod serves after SIGTERM, and is killed when its grace is over", () => {
    const cluster = wholeWorld({}, 1);
    const web = { resource: "deployments.apps", namespace: "default", name: "web" } as const;
    const ends = (seconds: number) => {
      cluster.faults.apply({ kind: "slow-shutdown", ...web, seconds });
      const [old] = pods(cluster);
      const name = old?.metadata.name ?? "";
      const began = cluster.clock.now;
      cluster.api.delete("pods", "default", name);
      cluster.advance(Math.min(seconds, 30) * 1000 - 500);
      const direct = { from: { kind: "node", name: "node-1" }, host: old?.status?.podIP ?? "", port: 8080 } as const;
      expect(outcomeOf(cluster, direct)).toMatchObject({ kind: "answered" });
      while (cluster.api.find("pods", "default", name) !== undefined) cluster.step();
      return Math.round((cluster.clock.now - began) / 1000);
    };
    expect(ends(20)).toBe(20);
    expect(ends(90)).toBe(30);
    expect(cluster.faults.undo("deployment/default/web --slow-shutdown")).toBe(true);
  });
});

test("[FAULT-1] every fault is reported in a sentence", () => {
  const between = ["laptop", "node-1"] as const;
  const web = { resource: "deployments.apps", namespace: "default", name: "web" } as const;
  const all: Fault[] = [
    { kind: "link", between, latencyMs: 200, loss: 0.3 },
    { kind: "listen", namespace: "default", pod: "web-1", loopback: true, port: 9000 },
    { kind: "readiness", namespace: "shop", pod: "web-1", ready: false },
    { kind: "slow-start", ...web, seconds: 10 },
  ];
  expect(all.map(describeFault)).toEqual([
    "The link between laptop and node-1 takes 200 ms longer and loses 30 % of all packets.",
    "The program in pod web-1 listens on 127.0.0.1:9000 only.",
    "Pod shop/web-1 is held not ready, as if its readiness probe failed.",
    "Programs of deployment web open their ports 10 s after they start.",
  ]);
});
