// Routes and links that are broken: what packets then come to, in the sender's words.
import { describe, expect, test } from "vitest";
import type { Cluster } from "../cluster.ts";
import { aClusterWith, outcomeOf, pod, service, slice } from "../testing.ts";
import type { SendRequest } from "./packet.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const CLIENT = { kind: "pod", namespace: "default", name: "client" } as const;
const NODE_PORT = { from: LAPTOP, host: "192.168.1.12", port: 30080, timeoutMs: 5_000 } as const;

/** Service web with one pod on node-1, and a client pod on node-2. */
function smallWorld(): Cluster {
  return aClusterWith([
    pod("web-1", "node-1", "10.244.1.2", [8080]),
    pod("client", "node-2", "10.244.2.9"),
    pod("edge", "node-1", "192.168.1.11", [7070]),
    service("web", {
      type: "NodePort",
      clusterIP: "10.96.0.50",
      ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
    }),
    slice("web", [{ port: 8080 }], [{ ip: "10.244.1.2", node: "node-1", pod: "web-1" }]),
  ]);
}

function reason(cluster: Cluster, request: SendRequest): string {
  const outcome = outcomeOf(cluster, request);
  return `${outcome.kind}: ${"reason" in outcome ? outcome.reason : ""}`;
}

describe("between places", () => {
  test("[FAULT-5] a client without a route to the nodes times out, and others are served", () => {
    const cluster = smallWorld();
    cluster.faults.apply({ kind: "no-route", client: "laptop" });
    expect(reason(cluster, NODE_PORT)).toBe(
      "timeout: the nodes are in a separate network, to which the laptop has no route",
    );
    const phone = { ...NODE_PORT, from: { kind: "client", name: "phone" } } as const;
    expect(outcomeOf(cluster, phone)).toMatchObject({ kind: "answered" });
    cluster.faults.undo("route laptop");
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
  });

  test("[FAULT-6] a firewall drops what clients send to node ports, and nothing else", () => {
    const cluster = smallWorld();
    cluster.faults.apply({ kind: "firewall" });
    expect(reason(cluster, NODE_PORT)).toBe(
      "timeout: the firewall in front of the nodes lets nothing through to node ports",
    );
    expect(outcomeOf(cluster, { ...NODE_PORT, from: CLIENT })).toMatchObject({ kind: "answered" });
    expect(outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.11", port: 7070 })).toMatchObject({ kind: "answered" });
    cluster.faults.undo("firewall");
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
  });

  test("[FAULT-7] a broken pod network loses packets for pods of the other node, and nodes still reach each other", () => {
    const cluster = smallWorld();
    cluster.faults.apply({ kind: "pod-network", between: ["node-1", "node-2"] });
    const words = "timeout: the pod network between node-1 and node-2 is broken";
    expect(reason(cluster, NODE_PORT)).toBe(words);
    expect(reason(cluster, { from: CLIENT, host: "10.96.0.50", port: 80, timeoutMs: 5_000 })).toBe(words);
    expect(outcomeOf(cluster, { ...NODE_PORT, host: "192.168.1.11" })).toMatchObject({ kind: "answered" });
    expect(outcomeOf(cluster, { ...NODE_PORT, host: "192.168.1.13" })).toMatchObject({ kind: "answered" });
    const edge = { from: { kind: "node", name: "node-2" }, host: "192.168.1.11", port: 7070 } as const;
    expect(outcomeOf(cluster, edge)).toMatchObject({ kind: "answered" });
    cluster.faults.undo("network node-1 node-2");
    expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
  });

  test("[FAULT-8] a slow link delays each packet that crosses it, both ways", () => {
    const cluster = smallWorld();
    const time = () => {
      const began = cluster.clock.now;
      expect(outcomeOf(cluster, NODE_PORT)).toMatchObject({ kind: "answered" });
      return cluster.clock.now - began;
    };
    cluster.faults.apply({ kind: "link", between: ["laptop", "node-2"], latencyMs: 200, loss: 0 });
    expect(time()).toBe(400);
    cluster.faults.apply({ kind: "link", between: ["node-2", "node-1"], latencyMs: 50, loss: 0 });
    expect(time()).toBe(500);
    cluster.faults.apply({ kind: "link", between: ["laptop", "node-3"], latencyMs: 900, loss: 0 });
    expect(time()).toBe(500);
  });

  test("[FAULT-8] on a link that loses all, TCP tries again after 1, 2 and 4 s and then times out", () => {
    const cluster = smallWorld();
    cluster.faults.apply({ kind: "link", between: ["laptop", "node-2"], latencyMs: 0, loss: 1 });
    const began = cluster.clock.now;
    expect(reason(cluster, { ...NODE_PORT, timeoutMs: 8_000 })).toBe(
      "timeout: the link between laptop and node-2 loses 100 % of all packets, including this one",
    );
    const exchange = [...cluster.trace.exchanges()].at(-1);
    const sent = (exchange?.packets ?? []).map((id) => (cluster.trace.packet(id)?.hops[0]?.sentAt ?? 0) - began);
    expect(sent).toEqual([0, 1_000, 3_000, 7_000]);
  });

  test("[FAULT-8] TCP survives a link that loses a third, its endpoint drawn once, and UDP does not", () => {
    const cluster = aClusterWith([
      pod("echo", "node-1", "10.244.1.2", [8080, { port: 53, protocol: "UDP" }]),
      service("echo", { clusterIP: "10.96.0.60", ports: [{ port: 80, targetPort: 8080 }] }),
      slice("echo", [{ port: 8080 }], [{ ip: "10.244.1.2", node: "node-1", pod: "echo" }]),
    ]);
    cluster.faults.apply({ kind: "link", between: ["node-1", "node-2"], latencyMs: 0, loss: 0.34 });
    const from = { kind: "node", name: "node-2" } as const;
    let answered = 0;
    for (let i = 0; i < 100; i++)
      if (outcomeOf(cluster, { from, host: "10.96.0.60", port: 80 }).kind === "answered") answered += 1;
    expect(answered).toBe(100);
    expect([...cluster.trace.counts()].reduce((sum, { count }) => sum + count, 0)).toBe(100);
    const lost = Array.from({ length: 200 }, () =>
      outcomeOf(cluster, { from, host: "10.244.1.2", port: 53, protocol: "UDP", timeoutMs: 1_000 }),
    ).filter(({ kind }) => kind === "timeout").length;
    // A question and its answer both pass with a chance of 0.66²: 113 of 200 are lost, give or take three standard deviations.
    expect(Math.abs(lost - 113)).toBeLessThan(21);
  });

  test("[FAULT-8] equal seeds lose the same packets", () => {
    const run = () => {
      const cluster = smallWorld();
      cluster.faults.apply({ kind: "link", between: ["laptop", "node-2"], latencyMs: 30, loss: 0.5 });
      return Array.from({ length: 20 }, () => {
        outcomeOf(cluster, NODE_PORT);
        return cluster.clock.now;
      });
    };
    expect(run()).toEqual(run());
  });
});
