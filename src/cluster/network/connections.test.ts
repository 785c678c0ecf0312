// What a node remembers: connections, clients, health; and steady traffic.
import { describe, expect, test } from "vitest";
import { aClusterWith, changeSlice, outcomeOf, type Part, pod, service, slice } from "../testing.ts";
import { Conntrack, timeLeft } from "./conntrack.ts";
import type { Header, Outcome } from "./packet.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const NODE_1 = { kind: "node", name: "node-1" } as const;
const NODE_2 = { kind: "node", name: "node-2" } as const;

const NODE_PORT = {
  type: "NodePort",
  clusterIP: "10.96.0.50",
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
};
const PORTS = [{ port: 8080 }];
const WEB_1 = { ip: "10.244.1.2", node: "node-1", pod: "web-1" };
const WEB_2 = { ip: "10.244.2.2", node: "node-2", pod: "web-2" };

describe("connections", () => {
  const BOTH: readonly Part[] = [
    pod("web-1", "node-1", "10.244.1.2", [8080, { port: 8080, protocol: "UDP" }]),
    pod("web-2", "node-2", "10.244.2.2", [8080, { port: 8080, protocol: "UDP" }]),
  ];
  const endpointsOf = (requests: readonly Outcome[]) =>
    new Set(requests.map((each) => (each.kind === "answered" ? each.endpoint : each.kind)));

  test("[NAT-3] requests on one connection go to one endpoint, also after it left the Service", () => {
    const cluster = aClusterWith([...BOTH, service("web", NODE_PORT), slice("web", PORTS, [WEB_1, WEB_2])]);
    const request = { from: LAPTOP, host: "192.168.1.12", port: 30080, sourcePort: 50_000 } as const;
    const first = outcomeOf(cluster, request);
    const drawn = first.kind === "answered" ? first.endpoint : "";
    changeSlice(cluster, "web", PORTS, [drawn.startsWith("10.244.1") ? WEB_2 : WEB_1]);
    cluster.advance(1_000);
    const rest = Array.from({ length: 10 }, () => outcomeOf(cluster, request));
    expect(endpointsOf([first, ...rest])).toEqual(new Set([drawn]));
    const fresh = outcomeOf(cluster, { ...request, sourcePort: 50_001 });
    expect(fresh).toMatchObject({ kind: "answered" });
    expect(endpointsOf([fresh])).not.toEqual(new Set([drawn]));
  });

  test("[NAT-3] a node lists the connections that it translates, whether something came back, and how long it keeps them", () => {
    const cluster = aClusterWith([...BOTH, service("web", NODE_PORT), slice("web", PORTS, [WEB_1])]);
    expect([...cluster.network.flowsOf("node-2")]).toEqual([]);
    cluster.send({ from: LAPTOP, host: "192.168.1.12", port: 30080, sourcePort: 50_000 });
    for (let at = 0; at < 500 && [...cluster.network.flowsOf("node-2")].length === 0; at++) cluster.advance(1);
    const [flow] = cluster.network.flowsOf("node-2");
    expect(flow).toMatchObject({
      original: { source: "192.168.1.10", sourcePort: 50_000, destination: "192.168.1.12", destinationPort: 30080 },
      translated: { source: "192.168.1.12", destination: "10.244.1.2", destinationPort: 8080 },
    });
    cluster.advance(2_000);
    expect(flow?.replied).toBe(true);
    if (flow !== undefined) expect(timeLeft(flow, flow.lastSeen)).toBe(432_000_000);
    cluster.network.setPower("node-1", false);
    cluster.send({ from: LAPTOP, host: "192.168.1.12", port: 30080, sourcePort: 50_001 });
    cluster.advance(500);
    expect([...cluster.network.flowsOf("node-2")].map(({ replied }) => replied)).toEqual([true, false]);
  });

  test("[PROXY-11] a UDP flow to an endpoint that left is drawn again", () => {
    const udp = { ...NODE_PORT, ports: [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: "UDP" }] };
    const ports = [{ port: 8080, protocol: "UDP" }];
    const cluster = aClusterWith([...BOTH, service("web", udp), slice("web", ports, [WEB_1])]);
    const request = { from: LAPTOP, host: "192.168.1.12", port: 30080, protocol: "UDP", sourcePort: 50_000 } as const;
    expect(outcomeOf(cluster, request)).toMatchObject({ endpoint: "10.244.1.2:8080" });
    changeSlice(cluster, "web", ports, [WEB_2]);
    cluster.advance(1_000);
    expect(outcomeOf(cluster, request)).toMatchObject({ endpoint: "10.244.2.2:8080" });
  });

  test("[PROXY-9] affinity keeps a client with its endpoint on each node until its time is over", () => {
    const sticky = {
      ...NODE_PORT,
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    };
    const cluster = aClusterWith([...BOTH, service("web", sticky), slice("web", PORTS, [WEB_1, WEB_2])]);
    const ask = () => outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.12", port: 30080 });
    const minutes = Array.from({ length: 20 }, () => {
      const seen = endpointsOf(
        Array.from({ length: 5 }, () => {
          cluster.advance(10_000);
          return ask();
        }),
      );
      expect(seen.size).toBe(1);
      cluster.advance(61_000);
      return [...seen][0];
    });
    expect(new Set(minutes).size).toBe(2);
  });

  test("[PROXY-12] the health check port tells how many endpoints are ready on this node", () => {
    const spec = {
      type: "LoadBalancer",
      clusterIP: "10.96.0.50",
      externalTrafficPolicy: "Local",
      healthCheckNodePort: 32000,
      ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
    };
    const cluster = aClusterWith([...BOTH, service("web", spec), slice("web", PORTS, [WEB_1])]);
    const [here, there] = [NODE_1, NODE_2].map((node) =>
      outcomeOf(cluster, { from: LAPTOP, host: cluster.network.addressOf(node) ?? "", port: 32000 }),
    );
    expect(here).toMatchObject({
      kind: "answered",
      status: 200,
      headers: { "X-Load-Balancing-Endpoint-Weight": "1", "X-Content-Type-Options": "nosniff" },
      body: '{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "web"\n\t},\n\t"localEndpoints": 1,\n\t"serviceProxyHealthy": true\n}',
    });
    expect(there).toMatchObject({ kind: "answered", status: 503 });
  });
});

describe("traffic", () => {
  test("[WALK-14] is steady, counted, and the same in every run", () => {
    const run = () => {
      const cluster = aClusterWith([
        pod("web-1", "node-1", "10.244.1.2", [8080]),
        pod("web-2", "node-2", "10.244.2.2", [8080]),
        service("web", NODE_PORT),
        slice("web", PORTS, [WEB_1, WEB_2]),
      ]);
      const id = cluster.startTraffic({ from: LAPTOP, host: "192.168.1.12", port: 30080, rate: 50 });
      cluster.advance(9_990);
      expect(cluster.stopTraffic(id)).toBe(true);
      cluster.advance(1_000);
      return JSON.stringify({ counts: [...cluster.trace.counts()], exchanges: [...cluster.trace.exchanges()] });
    };
    const first = run();
    expect(run()).toBe(first);
    const counts: { count: number }[] = JSON.parse(first).counts;
    expect(counts.reduce((sum, each) => sum + each.count, 0)).toBe(500);
  });
});

describe("[WALK-15] a cloud's load balancer", () => {
  const served = (external: string, ipMode: string): Part => {
    const spec = {
      type: "LoadBalancer",
      clusterIP: "10.96.0.50",
      externalTrafficPolicy: external,
      ...(external === "Local" ? { healthCheckNodePort: 32000 } : {}),
      ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
    };
    return (cluster) => {
      service("web", spec, { ingress: [{ ip: "203.0.113.10", ipMode }] })(cluster);
      const object = cluster.api.get("services", "default", "web");
      const finalizers = ["service.kubernetes.io/load-balancer-cleanup"];
      cluster.api.update("services", { ...object, metadata: { ...object.metadata, finalizers } });
    };
  };
  const world = (external: string, ipMode: string) =>
    aClusterWith([
      pod("web-1", "node-1", "10.244.1.2", [8080]),
      served(external, ipMode),
      slice("web", PORTS, [WEB_1]),
    ]);
  const seen = (external: string, ipMode: string) => {
    const cluster = world(external, ipMode);
    const seenBy = Array.from({ length: 30 }, () => {
      const outcome = outcomeOf(cluster, { from: LAPTOP, host: "203.0.113.10", port: 80 });
      return outcome.kind === "answered" ? outcome.clientSeen : outcome.kind;
    });
    return [...new Set(seenBy)].sort();
  };

  test("passes packets on to any node under policy Cluster", () => {
    expect(seen("Cluster", "VIP")).toEqual(["192.168.1.11", "192.168.1.12", "192.168.1.13"]);
  });

  test("keeps to nodes with endpoints under policy Local, and the pod sees the client", () => {
    expect(seen("Local", "VIP")).toEqual(["192.168.1.10"]);
  });

  test("is itself the client that the pod sees when it ends connections", () => {
    expect(seen("Local", "Proxy")).toEqual(["203.0.113.10"]);
  });

  test("is silent without a node that passes the health check, and on ports it does not have", () => {
    const cluster = world("Local", "VIP");
    const request = { from: LAPTOP, host: "203.0.113.10", port: 80, timeoutMs: 1_000 } as const;
    changeSlice(cluster, "web", PORTS, []);
    cluster.advance(1_000);
    expect(outcomeOf(cluster, request)).toEqual({
      kind: "timeout",
      reason: "no node passes the load balancer's health check for default/web",
    });
    expect(outcomeOf(cluster, { ...request, port: 8080 })).toMatchObject({ kind: "timeout" });
  });

  test("is not asked by pods and nodes when it passes packets on: their own node serves the address", () => {
    const cluster = world("Local", "VIP");
    outcomeOf(cluster, { from: NODE_2, host: "203.0.113.10", port: 80 });
    const places = [...cluster.trace.exchanges()].flatMap((each) =>
      each.packets.flatMap((id) => (cluster.trace.packet(id)?.hops ?? []).map((hop) => hop.to.kind)),
    );
    expect(places).not.toContain("outside");
  });
});

describe("[WALK-19] clients that keep their connections open", () => {
  const port = (cluster: ReturnType<typeof aClusterWith>, name: string, ip: string, node: string) => {
    cluster.network.attachPod({
      uid: name,
      namespace: "default",
      name,
      node,
      address: ip,
      hostNetwork: false,
      resolver: undefined,
    });
    return cluster.network.listen({ kind: "pod", uid: name }, { protocol: "TCP", port: 8080 }, () => ({
      status: 200,
      body: name,
    }));
  };
  const REQUEST = { from: LAPTOP, host: "192.168.1.12", port: 30080 } as const;
  const ask = (cluster: ReturnType<typeof aClusterWith>, client: ReturnType<typeof cluster.keepAlive>) => {
    let body = "";
    client.send({ ...REQUEST, timeoutMs: 2_000 }, (outcome) => {
      body = outcome.kind === "answered" ? outcome.body : outcome.kind;
    });
    cluster.advance(3_000);
    return body;
  };
  const world = () => {
    const cluster = aClusterWith([service("web", NODE_PORT), slice("web", PORTS, [WEB_1])]);
    return { cluster, client: cluster.keepAlive(), end: port(cluster, "web-1", "10.244.1.2", "node-1") };
  };

  test("pods that come later get nothing of an open connection, but half of new ones", () => {
    const { cluster, client } = world();
    expect(client.isOpen(REQUEST)).toBe(false);
    expect(ask(cluster, client)).toBe("web-1");
    expect(client.isOpen(REQUEST)).toBe(true);
    port(cluster, "web-2", "10.244.2.2", "node-2");
    changeSlice(cluster, "web", PORTS, [WEB_1, WEB_2]);
    cluster.advance(1_000);
    expect(new Set(Array.from({ length: 30 }, () => ask(cluster, client)))).toEqual(new Set(["web-1"]));
    const fresh = Array.from({ length: 30 }, () => ask(cluster, cluster.keepAlive()));
    expect(new Set(fresh)).toEqual(new Set(["web-1", "web-2"]));
  });

  test("the server's end closes the connection, and the next request makes a new one without an error", () => {
    const { cluster, client, end } = world();
    expect(ask(cluster, client)).toBe("web-1");
    port(cluster, "web-2", "10.244.2.2", "node-2");
    changeSlice(cluster, "web", PORTS, [WEB_2]);
    cluster.advance(1_000);
    expect(ask(cluster, client)).toBe("web-1");
    end();
    expect(client.isOpen(REQUEST)).toBe(false);
    expect(ask(cluster, client)).toBe("web-2");
  });

  test("a node that loses its power says nothing: the request on the connection times out, the next one is new", () => {
    const { cluster, client } = world();
    expect(ask(cluster, client)).toBe("web-1");
    port(cluster, "web-2", "10.244.2.2", "node-2");
    changeSlice(cluster, "web", PORTS, [WEB_2]);
    cluster.network.setPower("node-1", false);
    cluster.advance(1_000);
    expect(ask(cluster, client)).toBe("timeout");
    expect(ask(cluster, client)).toBe("web-2");
  });

  test("traffic with keep-alive is one connection, without it many", () => {
    const { cluster } = world();
    port(cluster, "web-2", "10.244.2.2", "node-2");
    changeSlice(cluster, "web", PORTS, [WEB_1, WEB_2]);
    cluster.advance(1_000);
    const bodies = (keepAlive: boolean) => {
      const from = cluster.clock.now;
      const id = cluster.startTraffic({ ...REQUEST, rate: 10, keepAlive });
      cluster.advance(4_000);
      cluster.stopTraffic(id);
      cluster.advance(1_000);
      const seen = [...cluster.trace.exchanges()].filter(({ startedAt }) => startedAt >= from);
      expect(seen.length).toBeGreaterThan(35);
      return new Set(seen.map(({ outcome }) => (outcome.kind === "answered" ? outcome.body : outcome.kind)));
    };
    expect(bodies(true).size).toBe(1);
    expect(bodies(false)).toEqual(new Set(["web-1", "web-2"]));
  });
});

describe("time limits and echoes", () => {
  test("[WALK-18] the limit on connecting ends when a process takes the request", () => {
    const cluster = aClusterWith([service("web", NODE_PORT), slice("web", PORTS, [WEB_1])]);
    const request = { from: LAPTOP, host: "192.168.1.12", port: 30080, connectTimeoutMs: 1_000, timeoutMs: 5_000 };
    const started = cluster.clock.now;
    expect(outcomeOf(cluster, request).kind).toBe("timeout");
    expect(cluster.trace.exchange(lastId(cluster))?.endedAt).toBe(started + 1_000);
    cluster.network.attachPod({
      uid: "web-1",
      namespace: "default",
      name: "web-1",
      node: "node-1",
      address: "10.244.1.2",
      hostNetwork: false,
      resolver: undefined,
    });
    cluster.network.listen({ kind: "pod", uid: "web-1" }, { protocol: "TCP", port: 8080 }, () => undefined);
    const again = cluster.clock.now;
    expect(outcomeOf(cluster, request).kind).toBe("timeout");
    expect(cluster.trace.exchange(lastId(cluster))?.endedAt).toBe(again + 5_000);
  });

  test("[WALK-17] nodes and pods answer an echo, a cluster IP does not, and a laptop reaches no pod", () => {
    const cluster = aClusterWith([
      pod("web-1", "node-1", "10.244.1.2", [8080]),
      service("web", NODE_PORT),
      slice("web", PORTS, [WEB_1]),
    ]);
    const echo = (from: typeof LAPTOP | typeof NODE_1, host: string) =>
      outcomeOf(cluster, { from, host, port: 0, protocol: "ICMP", timeoutMs: 1_000 }).kind;
    expect(echo(LAPTOP, "192.168.1.12")).toBe("answered");
    expect(echo(LAPTOP, "192.168.1.20")).toBe("answered");
    expect(echo(NODE_1, "10.244.1.2")).toBe("answered");
    expect(echo(NODE_1, "10.96.0.50")).toBe("timeout");
    expect(echo(LAPTOP, "10.244.1.2")).toBe("timeout");
    cluster.network.setPower("node-2", false);
    expect(echo(LAPTOP, "192.168.1.12")).toBe("timeout");
  });
});

function lastId(cluster: ReturnType<typeof aClusterWith>): number {
  return [...cluster.trace.exchanges()].at(-1)?.id ?? -1;
}

test("many senders with the same ports are not compared with one another", () => {
  const senders = 2_000;
  let compared = 0;
  const table = new Conntrack();
  for (let at = 0; at < senders; at++) {
    const address = `10.244.${at >> 8}.${at & 255}`;
    const header = (destination: string, destinationPort: number): Header => ({
      protocol: "TCP",
      get source() {
        compared += 1;
        return address;
      },
      sourcePort: 32_768,
      destination,
      destinationPort,
    });
    table.add(header("10.96.0.5", 80), header("10.244.1.2", 8080), 0);
  }
  expect(table.size).toBe(senders);
  expect(compared).toBeLessThan(100 * senders);
});
