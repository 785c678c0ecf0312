// What the sender does not know yet: every way to be lost is known here at the drop.
import { describe, expect, test } from "vitest";
import type { Cluster } from "../cluster.ts";
import { aClusterWith, type Part, pod, service, slice } from "../testing.ts";
import { describeOutcome } from "./describe.ts";
import type { Exchange, SendRequest } from "./packet.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const CLIENT = { kind: "pod", namespace: "default", name: "client" } as const;
const NODE_PORT = {
  type: "NodePort",
  clusterIP: "10.96.0.50",
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
};
const WEB_1 = { ip: "10.244.1.2", node: "node-1", pod: "web-1" };
const WORLD: readonly Part[] = [
  pod("web-1", "node-1", "10.244.1.2", [8080]),
  pod("client", "node-2", "10.244.2.9"),
  service("web", NODE_PORT),
  slice("web", [{ port: 8080 }], [WEB_1]),
];
const REQUEST: SendRequest = { from: LAPTOP, host: "192.168.1.12", port: 30080 };

/** Sends at the page's own speed and gives the exchange 3 s later: a person has just seen the packet vanish. */
function soonAfter(cluster: Cluster, request: SendRequest): Exchange {
  const id = cluster.send(request);
  cluster.advance(3_000);
  return exchangeOf(cluster, id);
}

function exchangeOf(cluster: Cluster, id: number): Exchange {
  return cluster.trace.exchange(id) ?? expect.fail("it is forgotten");
}

const slow = (parts = WORLD) => aClusterWith(parts, { hopLatency: 400 });

const WAYS: readonly (readonly [string, Partial<SendRequest>, (cluster: Cluster) => void, RegExp])[] = [
  ["a firewall", {}, (c) => void c.faults.apply({ kind: "firewall" }), /^the firewall in front of the nodes/],
  [
    "no route",
    {},
    (c) => void c.faults.apply({ kind: "no-route", client: "laptop" }),
    /^the nodes are in a separate network/,
  ],
  ["a dead node", {}, (c) => c.failNode("node-2"), /^node-2 has no power/],
  ["a dead node behind", {}, (c) => c.failNode("node-1"), /^node-1 has no power/],
  [
    "a broken pod network",
    {},
    (c) => void c.faults.apply({ kind: "pod-network", between: ["node-1", "node-2"] }),
    /^the pod network between node-1 and node-2 is broken/,
  ],
  ["a pod that is gone", {}, (c) => c.network.detachPod("web-1"), /^no pod on node-1 has the address/],
  ["a cluster IP from outside", { host: "10.96.0.50", port: 80 }, () => undefined, /exists only in the rules/],
  [
    "a pod's address from outside",
    { host: "10.244.1.2", port: 8080 },
    () => undefined,
    /only the cluster's nodes and pods/,
  ],
  ["an undeclared port", { from: CLIENT, host: "10.96.0.50", port: 81 }, () => undefined, /10\.96\.0\.50/],
  ["a host that does not exist", { host: "198.51.100.7", port: 80 }, () => undefined, /^nothing out there/],
  [
    "UDP through a firewall",
    { protocol: "UDP", port: 30099 },
    (c) => void c.faults.apply({ kind: "firewall" }),
    /^the firewall in front of the nodes/,
  ],
];

describe("[WALK-20] what the sender does not know yet", () => {
  test.each(WAYS)("%s", (_, request, break_, reason) => {
    const cluster = slow();
    break_(cluster);
    const sentAt = cluster.clock.now;
    const exchange = soonAfter(cluster, { ...REQUEST, ...request });
    expect(exchange.outcome.kind).toBe("pending");
    expect(exchange.loss).toMatchObject({
      reason: expect.stringMatching(reason),
      ends: "timeout",
      until: sentAt + 130_000,
    });
    expect(describeOutcome(exchange)).toMatch(/ doesn't know it yet and waits for .*, 130 s in all: /);
    cluster.advance(130_000);
    const ended = exchangeOf(cluster, exchange.id);
    expect(ended.outcome).toEqual({ kind: "timeout", reason: exchange.loss?.reason });
    expect(ended.endedAt).toBe(exchange.loss?.until);
  });

  test("an answer that is lost on its way back", () => {
    const cluster = slow();
    const id = cluster.send(REQUEST);
    cluster.advance(1_300); // delivered; the answer is on its way
    cluster.failNode("node-2");
    cluster.advance(1_000);
    expect(exchangeOf(cluster, id).loss).toMatchObject({ reason: "node-2 has no power" });
  });

  test("an address of the nodes' network that no machine has", () => {
    const cluster = slow();
    const sentAt = cluster.clock.now;
    const id = cluster.send({ ...REQUEST, host: "192.168.1.77" });
    cluster.advance(500);
    const loss = exchangeOf(cluster, id).loss;
    expect(loss).toMatchObject({ ends: "unreachable", until: sentAt + 3_400 });
    cluster.advance(4_000);
    expect(exchangeOf(cluster, id)).toMatchObject({ endedAt: loss?.until, outcome: { kind: "unreachable" } });
  });

  test("a lossy link: it will be sent again, is under way then, and an answer ends it", () => {
    const cluster = slow();
    cluster.faults.apply({ kind: "link", between: ["laptop", "node-2"], latencyMs: 0, loss: 1 });
    const id = cluster.send(REQUEST);
    cluster.advance(500);
    expect(exchangeOf(cluster, id).loss).toMatchObject({ at: cluster.clock.now - 100, again: cluster.clock.now + 900 });
    expect(describeOutcome(exchangeOf(cluster, id))).toContain(
      "has no answer from 192.168.1.12:30080 yet and will try again",
    );
    for (const { id: fault } of cluster.faults.list()) cluster.faults.undo(fault);
    cluster.advance(1_000);
    expect(exchangeOf(cluster, id).loss).toBeUndefined();
    cluster.advance(3_000);
    expect(exchangeOf(cluster, id)).toMatchObject({ outcome: { kind: "answered" }, loss: undefined });
  });

  test("a lossy link until given up: the last loss is not followed by another try", () => {
    const cluster = slow();
    cluster.faults.apply({ kind: "link", between: ["laptop", "node-2"], latencyMs: 0, loss: 1 });
    const exchange = soonAfter(cluster, { ...REQUEST, timeoutMs: 2_000 });
    expect(exchange.outcome.kind).toBe("timeout");
    expect(exchange.loss?.again).toBeUndefined();
  });

  test("a program that takes the request and says nothing", () => {
    const cluster = slow();
    cluster.network.listen({ kind: "pod", uid: "web-1" }, { protocol: "UDP", port: 9 }, () => undefined);
    const node = { kind: "node", name: "node-1" } as const;
    const exchange = soonAfter(cluster, { from: node, host: "10.244.1.2", port: 9, protocol: "UDP" });
    expect(exchange.loss).toMatchObject({ taken: true, reason: expect.stringContaining("has not answered") });
  });

  test("whoever waits for a name has the loss of its question, through both questions", () => {
    const cluster = slow();
    cluster.network.attachPod({
      uid: "asker",
      namespace: "default",
      name: "asker",
      node: "node-2",
      address: "10.244.2.20",
      hostNetwork: false,
      resolver: { nameserver: "10.244.1.99", search: [], ndots: 1 },
    });
    const sentAt = cluster.clock.now;
    const id = cluster.send({
      ...REQUEST,
      from: { kind: "pod", namespace: "default", name: "asker" },
      host: "web.shop",
    });
    cluster.advance(2_000);
    expect(exchangeOf(cluster, id).loss).toMatchObject({
      ends: "unresolved",
      reason: expect.stringMatching(/^the name server 10\.244\.1\.99 gave no answer for web\.shop: no pod on node-1/),
      again: sentAt + 5_000,
      until: sentAt + 10_000,
    });
    cluster.advance(3_100);
    expect(exchangeOf(cluster, id).loss).toBeUndefined(); // asked again, and on its way
    cluster.advance(2_000);
    expect(exchangeOf(cluster, id).loss).toMatchObject({ until: sentAt + 10_000 });
    cluster.advance(4_000);
    const ended = exchangeOf(cluster, id);
    expect(ended).toMatchObject({ endedAt: sentAt + 10_000, outcome: { kind: "unresolved" } });
  });

  test("a name server that has the question and asks others is no loss of who waits for the name", () => {
    const cluster = slow();
    cluster.network.listen({ kind: "pod", uid: "web-1" }, { protocol: "UDP", port: 53 }, (_, respond) => {
      cluster.clock.schedule(2_000, () => respond({ status: 0, body: "" }));
      return undefined;
    });
    cluster.network.attachPod({
      uid: "asker",
      namespace: "default",
      name: "asker",
      node: "node-2",
      address: "10.244.2.20",
      hostNetwork: false,
      resolver: { nameserver: "10.244.1.2", search: [], ndots: 1 },
    });
    const id = cluster.send({
      ...REQUEST,
      from: { kind: "pod", namespace: "default", name: "asker" },
      host: "web.shop",
    });
    cluster.advance(2_500);
    expect(exchangeOf(cluster, id).loss).toBeUndefined();
    const question = [...cluster.trace.exchanges()].find(({ parent }) => parent === id);
    expect(question?.loss).toMatchObject({ taken: true });
    cluster.advance(1_000);
    expect(cluster.trace.exchange(question?.id ?? 0)?.loss).toBeUndefined();
  });
});
