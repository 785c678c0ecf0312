// The routes a packet can take and the ways it can fail, on the real small engine.
import { describe, expect, test } from "vitest";
import type { Cluster } from "../cluster.ts";
import { aClusterWith, outcomeOf, type Part, pod, service, slice } from "../testing.ts";
import { describeHop, describeOutcome } from "./describe.ts";
import type { Hop, Outcome, Place } from "./packet.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const NODE_2 = { kind: "node", name: "node-2" } as const;
const CLIENT = { kind: "pod", namespace: "default", name: "client" } as const;

const NODE_PORT = {
  type: "NodePort",
  clusterIP: "10.96.0.50",
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
};
const PORTS = [{ port: 8080 }];
const WEB_1 = { ip: "10.244.1.2", node: "node-1", pod: "web-1" };

/** Service web with one pod on node-1, and a client pod on node-2. */
const WORLD: readonly Part[] = [
  pod("web-1", "node-1", "10.244.1.2", [8080]),
  pod("client", "node-2", "10.244.2.9"),
  service("web", NODE_PORT),
  slice("web", PORTS, [WEB_1]),
];

function nameOf(place: Place): string {
  return place.name;
}

/** Every packet of the last exchange as `from>to source>destination verdict`, random ports as `*`. */
function routes(cluster: Cluster): string[][] {
  const last = [...cluster.trace.exchanges()].at(-1);
  return (last?.packets ?? []).map((id) => (cluster.trace.packet(id)?.hops ?? []).map(hopLine));
}

function hopLine(hop: Hop): string {
  const { source, destination, destinationPort } = hop.header;
  const port = destinationPort >= 1024 && ![8080, 9090, 30080].includes(destinationPort) ? "*" : destinationPort;
  return `${nameOf(hop.from)}>${nameOf(hop.to)} ${source}>${destination}:${port} ${hop.verdict}`;
}

describe("a packet", () => {
  test("[WALK-1] goes laptop, node, pod and comes back the way it went", () => {
    const cluster = aClusterWith(WORLD);
    const outcome = outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.12", port: 30080, path: "/" });
    expect(outcome).toMatchObject({
      kind: "answered",
      status: 200,
      endpoint: "10.244.1.2:8080",
      clientSeen: "192.168.1.12",
      servedBy: { kind: "pod", namespace: "default", name: "web-1" },
    });
    expect(routes(cluster)).toEqual([
      [
        "laptop>node-2 192.168.1.10>192.168.1.12:30080 forwarded",
        "node-2>node-1 192.168.1.12>10.244.1.2:8080 forwarded",
        "node-1>web-1 192.168.1.12>10.244.1.2:8080 delivered",
      ],
      [
        "web-1>node-1 10.244.1.2>192.168.1.12:* forwarded",
        "node-1>node-2 10.244.1.2>192.168.1.12:* forwarded",
        "node-2>laptop 192.168.1.12>192.168.1.10:* delivered",
      ],
    ]);
  });

  test("[WALK-2] is never addressed to the cluster IP when it came to a node port, and says what rewrote it", () => {
    const cluster = aClusterWith(WORLD);
    outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.12", port: 30080 });
    const hops = [...cluster.trace.exchanges()].flatMap((each) =>
      each.packets.flatMap((id) => cluster.trace.packet(id)?.hops ?? []),
    );
    expect(hops.some((hop) => hop.header.destination === "10.96.0.50")).toBe(false);
    const second = hops[1];
    expect(second?.rules.map((rule) => rule.chain.replace(/-[A-Z0-9]{16}$/, ""))).toEqual([
      "PREROUTING",
      "KUBE-SERVICES",
      "KUBE-NODEPORTS",
      "KUBE-EXT",
      "KUBE-MARK-MASQ",
      "KUBE-EXT",
      "KUBE-SVC",
      "KUBE-SEP",
      "FORWARD",
      "KUBE-FORWARD",
      "POSTROUTING",
      "KUBE-POSTROUTING",
      "KUBE-POSTROUTING",
    ]);
    expect(second === undefined ? "" : describeHop(second)).toBe(
      "node-2 joined the rules of 10.96.0.50:80 (KUBE-NODEPORTS → KUBE-EXT → KUBE-SVC) and rewrote the destination 192.168.1.12:30080 to 10.244.1.2:8080 (Service default/web, its only usable endpoint) and the source 192.168.1.10 to 192.168.1.12.",
    );
    expect(second?.service?.candidates).toEqual([
      {
        endpoint: "10.244.1.2:8080",
        pod: { namespace: "default", name: "web-1" },
        node: "node-1",
        state: "drawn",
        chance: 1,
      },
    ]);
  });

  test("[WALK-3] of a pod to a cluster IP keeps its own address", () => {
    const cluster = aClusterWith(WORLD);
    const outcome = outcomeOf(cluster, { from: CLIENT, host: "10.96.0.50", port: 80 });
    expect(outcome).toMatchObject({ kind: "answered", clientSeen: "10.244.2.9", endpoint: "10.244.1.2:8080" });
    expect(routes(cluster)).toEqual([
      [
        "client>node-2 10.244.2.9>10.96.0.50:80 forwarded",
        "node-2>node-1 10.244.2.9>10.244.1.2:8080 forwarded",
        "node-1>web-1 10.244.2.9>10.244.1.2:8080 delivered",
      ],
      [
        "web-1>node-1 10.244.1.2>10.244.2.9:* forwarded",
        "node-1>node-2 10.244.1.2>10.244.2.9:* forwarded",
        "node-2>client 10.96.0.50>10.244.2.9:* delivered",
      ],
    ]);
  });

  test("[WALK-4] of a node goes through its own rules first, also by 127.0.0.1", () => {
    const cluster = aClusterWith(WORLD);
    for (const host of ["10.96.0.50", "127.0.0.1", "192.168.1.12"]) {
      const port = host === "10.96.0.50" ? 80 : 30080;
      expect(outcomeOf(cluster, { from: NODE_2, host, port })).toMatchObject({
        kind: "answered",
        clientSeen: "192.168.1.12",
      });
    }
  });

  test("[WALK-5] of a pod that draws itself is masqueraded, so that the answer finds its way", () => {
    const cluster = aClusterWith(WORLD);
    const from = { kind: "pod", namespace: "default", name: "web-1" } as const;
    expect(outcomeOf(cluster, { from, host: "10.96.0.50", port: 80 })).toMatchObject({
      kind: "answered",
      clientSeen: "192.168.1.11",
    });
  });

  test("[WALK-6] to a pod of the host network ends on the node", () => {
    const cluster = aClusterWith([
      pod("edge-2", "node-2", "192.168.1.12", [8080]),
      service("edge", NODE_PORT),
      slice("edge", PORTS, [{ ip: "192.168.1.12", node: "node-2", pod: "edge-2" }]),
    ]);
    expect(outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.11", port: 30080 })).toMatchObject({
      kind: "answered",
      servedBy: { kind: "pod", name: "edge-2" },
      clientSeen: "192.168.1.11",
    });
    expect(outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.12", port: 30080 })).toMatchObject({ kind: "answered" });
  });
});

describe("the API server", () => {
  test("[WALK-16] answers at its Service's address, and forbids what a caller without credentials asks", () => {
    const cluster = aClusterWith(WORLD);
    const ask = (path: string) => outcomeOf(cluster, { from: CLIENT, host: "10.96.0.1", port: 443, path });
    expect(ask("/healthz")).toMatchObject({ kind: "answered", status: 200, body: "ok", clientSeen: "192.168.1.12" });
    expect(ask("/")).toMatchObject({ kind: "answered", status: 403 });
  });
});

describe("a request fails", () => {
  const refused: [string, readonly Part[], Place, string, number, string][] = [
    [
      "no endpoints: the sender learns at once",
      [service("web", NODE_PORT)],
      LAPTOP,
      "192.168.1.11",
      30080,
      "Service default/web has no endpoints: it has no selector, and no EndpointSlice is labelled with its name",
    ],
    [
      "nobody listens on the target port",
      [pod("web-1", "node-1", "10.244.1.2", [9090]), service("web", NODE_PORT), slice("web", PORTS, [WEB_1])],
      LAPTOP,
      "192.168.1.12",
      30080,
      "nothing listens on port 8080 of pod default/web-1; it listens on 9090",
    ],
    [
      "the program listens on 127.0.0.1 only",
      [
        pod("web-1", "node-1", "10.244.1.2", [{ port: 8080, loopback: true }]),
        service("web", NODE_PORT),
        slice("web", PORTS, [WEB_1]),
      ],
      LAPTOP,
      "192.168.1.12",
      30080,
      "the program in pod default/web-1 listens on 127.0.0.1:8080 only, which nothing outside can reach",
    ],
    [
      "the node has neither rule nor process for the port",
      WORLD,
      LAPTOP,
      "192.168.1.12",
      80,
      "nothing listens on port 80 of node-2; Service default/web has the nodePort 30080 for its port 80",
    ],
  ];
  test.each(refused)("[WALK-7] refused: %s", (...row) => {
    const [, parts, from, host, port, reason] = row;
    const cluster = aClusterWith(parts);
    const before = cluster.clock.now;
    expect(outcomeOf(cluster, { from, host, port })).toEqual({ kind: "refused", reason });
    expect(cluster.clock.now).toBe(before);
  });

  const silent: [string, readonly Part[], Place, string, number, string][] = [
    [
      "policy Local and no endpoint here",
      [
        pod("web-1", "node-1", "10.244.1.2", [8080]),
        service("web", { ...NODE_PORT, externalTrafficPolicy: "Local" }),
        slice("web", PORTS, [WEB_1]),
      ],
      LAPTOP,
      "192.168.1.12",
      30080,
      "Service default/web has externalTrafficPolicy Local and no usable endpoint on node-2: its ready endpoints are on node-1",
    ],
    [
      "a cluster IP from the laptop",
      WORLD,
      LAPTOP,
      "10.96.0.50",
      80,
      "10.96.0.50 is a cluster IP, which exists only in the rules of the cluster's nodes",
    ],
    [
      "a pod's address from the laptop",
      WORLD,
      LAPTOP,
      "10.244.1.2",
      8080,
      "10.244.1.2 is a pod's address, which only the cluster's nodes and pods can reach",
    ],
    [
      "a port that the Service does not have",
      WORLD,
      CLIENT,
      "10.96.0.50",
      8080,
      "Service default/web at 10.96.0.50 has 80/TCP, not 8080/TCP, so no rule matches",
    ],
    [
      "a pod's address that nobody has any more",
      WORLD,
      CLIENT,
      "10.244.1.77",
      8080,
      "no pod on node-1 has the address 10.244.1.77 any more",
    ],
  ];
  test.each(silent)("[WALK-8] by silence: %s", (...row) => {
    const [, parts, from, host, port, reason] = row;
    const cluster = aClusterWith(parts);
    const before = cluster.clock.now;
    expect(outcomeOf(cluster, { from, host, port, timeoutMs: 2_000 })).toEqual({ kind: "timeout", reason });
    expect(cluster.clock.now - before).toBe(2_000);
  });

  test("[WALK-8] without a limit the sender gives up after 130 s", () => {
    const cluster = aClusterWith(WORLD);
    const before = cluster.clock.now;
    expect(outcomeOf(cluster, { from: LAPTOP, host: "10.96.0.50", port: 80 })).toMatchObject({ kind: "timeout" });
    expect(cluster.clock.now - before).toBe(130_000);
  });

  test("[WALK-9] when the node has no power, and no longer when it is back", () => {
    const cluster = aClusterWith(WORLD);
    cluster.network.setPower("node-2", false);
    const request = { from: LAPTOP, host: "192.168.1.12", port: 30080, timeoutMs: 1_000 } as const;
    expect(outcomeOf(cluster, request)).toEqual({ kind: "timeout", reason: "node-2 has no power" });
    cluster.network.setPower("node-2", true);
    expect(outcomeOf(cluster, request)).toMatchObject({ kind: "refused" });
    cluster.advance(1_000);
    expect(outcomeOf(cluster, request)).toMatchObject({ kind: "answered" });
  });

  test("[WALK-10] when the pod ends while the packet flies, and the rules still name it", () => {
    const cluster = aClusterWith(WORLD, { hopLatency: 100 });
    let outcome: Outcome | undefined;
    cluster.send({ from: LAPTOP, host: "192.168.1.12", port: 30080, timeoutMs: 3_000 }, (what) => {
      outcome = what;
    });
    cluster.advance(250);
    cluster.network.detachPod("web-1");
    cluster.advance(3_000);
    expect(outcome).toEqual({ kind: "timeout", reason: "pod default/web-1 was gone when the packet arrived" });
    const [exchange] = cluster.trace.exchanges();
    expect(exchange === undefined ? "" : describeOutcome(exchange)).toBe(
      "The laptop gave up on 192.168.1.12:30080 after 3 s: pod default/web-1 was gone when the packet arrived.",
    );
  });

  test("[WALK-11] when the answer takes longer than the sender waits", () => {
    const cluster = aClusterWith(WORLD, { hopLatency: 400 });
    expect(outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.12", port: 30080, timeoutMs: 1_000 })).toEqual({
      kind: "timeout",
      reason: "the answer was still in flight when the sender gave up",
    });
  });

  test("[WALK-12] when no machine has the address", () => {
    const cluster = aClusterWith(WORLD);
    expect(outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.77", port: 80 })).toEqual({
      kind: "unreachable",
      reason: "no machine has the address 192.168.1.77",
    });
  });

  test("[WALK-13] when the program ends before it answers", () => {
    const cluster = aClusterWith(WORLD.slice(1), { hopLatency: 100 });
    cluster.network.attachPod({
      uid: "slow",
      namespace: "default",
      name: "web-1",
      node: "node-1",
      address: "10.244.1.2",
      hostNetwork: false,
      resolver: undefined,
    });
    const slow = { status: 200, body: "late", delay: 500 };
    const close = cluster.network.listen({ kind: "pod", uid: "slow" }, { protocol: "TCP", port: 8080 }, () => slow);
    cluster.clock.schedule(600, close);
    expect(outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.12", port: 30080 })).toEqual({
      kind: "reset",
      reason: "the program at 10.244.1.2:8080 ended before it answered",
    });
  });
});
