// Hosts outside the cluster, and how an ExternalName or a headless Service leads to where no rule is.
import { describe, expect, test } from "vitest";
import type { Cluster } from "./cluster.ts";
import { describeHop } from "./network/describe.ts";
import type { Outcome, Place, SendRequest } from "./network/packet.ts";
import { aClusterWith, outcomeOf, type Part, pod, service, slice } from "./testing.ts";

const LAPTOP: Place = { kind: "client", name: "laptop" };
const POD: Place = { kind: "pod", namespace: "default", name: "client" };
const external = (name: string, externalName: string) =>
  service(name, { type: "ExternalName", externalName, ports: [{ port: 80, targetPort: 9 }] });

const WORLD: readonly Part[] = [
  pod("client", "node-2", "10.244.2.9"),
  pod("dns-1", "node-3", "10.244.3.3"),
  (world) => {
    const program = world.network.programs.get("coredns");
    if (program === undefined) throw new Error("no CoreDNS");
    world.network.listen({ kind: "pod", uid: "dns-1" }, { protocol: "UDP", port: 53 }, program);
  },
  service("dns", { clusterIP: "10.96.0.10", ports: [{ port: 53, protocol: "UDP" }] }),
  slice("dns", [{ port: 53, protocol: "UDP" }], [{ ip: "10.244.3.3", node: "node-3", pod: "dns-1" }]),
  external("db", "my.external-database.com"),
  external("pay", "gateway.payments.example"),
  external("ip", "1.2.3.4"),
  external("inner", "web.default.svc.cluster.local"),
];

function send(world: Cluster, request: Partial<SendRequest>): Outcome {
  return outcomeOf(world, { from: POD, host: "db", port: 80, timeoutMs: 60_000, ...request });
}

/** All hops of the last request that someone made, without its look-ups. */
function hopsOf(world: Cluster) {
  const asked = [...world.trace.exchanges()].filter(({ purpose }) => purpose === "request").at(-1);
  return (asked?.packets ?? []).flatMap((id) => world.trace.packet(id)?.hops ?? []);
}

describe("hosts outside", () => {
  test("[OUT-3] a pod reaches an ExternalName's host by its alias, past every rule, with its node's address", () => {
    const world = aClusterWith(WORLD);
    const outcome = send(world, { headers: { host: "my.external-database.com" } });
    expect(outcome).toMatchObject({
      kind: "answered",
      status: 200,
      body: "my.external-database.com at 198.51.100.10, you are 192.168.1.12\n",
      servedBy: { kind: "outside", name: "my.external-database.com" },
    });
    const hops = hopsOf(world);
    expect(hops.some((hop) => hop.service !== undefined)).toBe(false);
    expect(hops.slice(0, 2).map(describeHop)).toEqual([
      "Pod client took db for its alias my.external-database.com, as DNS said, so no Service rule applies and no port is translated, and sent a packet for 198.51.100.10:80 to node-2.",
      "node-2 rewrote the source 10.244.2.9 to 192.168.1.12, and my.external-database.com took it.",
    ]);
  });

  test("[OUT-4] the alias in the Host header is nothing the host knows: 404, and a certificate for another name", () => {
    const world = aClusterWith(WORLD);
    expect(send(world, {})).toMatchObject({ status: 404 });
    expect(send(world, { port: 443 })).toMatchObject({ status: 404, certificate: ["my.external-database.com"] });
    expect(send(world, { port: 5432 })).toMatchObject({ status: 200 });
  });

  test("[OUT-3] ports of the Service count for nothing: what the host does not listen on is refused", () => {
    const world = aClusterWith(WORLD);
    expect(send(world, { host: "pay", port: 9 })).toMatchObject({ kind: "refused" });
    expect(send(world, { host: "pay", headers: { Host: "gateway.payments.example" } })).toMatchObject({ status: 200 });
  });

  test("[OUT-1] an address as externalName does not resolve, nor does a name that nobody pointed to", () => {
    const world = aClusterWith(WORLD);
    expect(send(world, { host: "ip" }).kind).toBe("unresolved");
    expect(send(world, { host: "api.prodd" }).kind).toBe("unresolved");
    expect(world.resolve("ip.default.svc.cluster.local", "A").rcode).toBe("NXDOMAIN");
  });

  test("[OUT-1] a name has one address, whichever seed and whatever came before", () => {
    const address = (parts: readonly Part[]) =>
      aClusterWith(parts).resolve("gateway.payments.example", "A").answers[0]?.data;
    expect(address(WORLD)).toMatch(/^198\.51\.100\.\d+$/);
    expect(address([external("other", "a.b.example"), ...WORLD])).toBe(address(WORLD));
  });

  test("[OUT-2] laptop and nodes find hosts outside by themselves; the setting takes them all away", () => {
    const world = aClusterWith(WORLD);
    expect(send(world, { from: LAPTOP, host: "example.com" })).toMatchObject({
      status: 200,
      clientSeen: "192.168.1.10",
    });
    expect(send(world, { from: { kind: "node", name: "node-1" }, host: "example.com" })).toMatchObject({ status: 200 });
    const alone = aClusterWith(WORLD, { internet: false });
    expect(send(alone, { from: LAPTOP, host: "example.com" }).kind).toBe("unresolved");
    expect(send(alone, {}).kind).toBe("unresolved");
  });

  test("[DNS-11] the CoreDNS pod asks the name server outside in a packet of its own, and the alias comes with its address", () => {
    const world = aClusterWith(WORLD);
    send(world, {});
    const questions = [...world.trace.exchanges()].filter(({ purpose }) => purpose === "dns");
    expect(questions.map(({ from, target, parent }) => [from.kind === "pod" ? from.name : "", target, parent])).toEqual(
      [
        ["client", "db.default.svc.cluster.local. A", 1],
        ["dns-1", "my.external-database.com. A", 2],
      ],
    );
    expect(world.resolve("db.default.svc.cluster.local", "A").answers.map(({ type, data }) => [type, data])).toEqual([
      ["CNAME", "my.external-database.com."],
      ["A", "198.51.100.10"],
    ]);
    const alone = aClusterWith(WORLD, { internet: false });
    expect(alone.resolve("db.default.svc.cluster.local", "A").answers).toHaveLength(1);
    expect(alone.resolve("example.com", "A").rcode).toBe("NXDOMAIN");
  });
});

describe("headless", () => {
  const PODS = [
    { ip: "10.244.1.2", node: "node-1", pod: "web-1" },
    { ip: "10.244.2.2", node: "node-2", pod: "web-2" },
  ];
  const HEADLESS: readonly Part[] = [
    ...WORLD,
    pod("web-1", "node-1", "10.244.1.2", [8080]),
    pod("web-2", "node-2", "10.244.2.2", [8080]),
    service("hl", { clusterIP: "None", ports: [{ port: 80, targetPort: 8080 }] }),
    slice("hl", [{ port: 8080 }], PODS),
  ];

  test("[OUT-5] a client picks one of the addresses, needs the pod's own port, and tries the next when one refuses", () => {
    const world = aClusterWith(HEADLESS);
    expect(send(world, { host: "hl", port: 8080 }).kind).toBe("answered");
    expect(describeHop(hopsOf(world)[0] ?? expect.fail())).toMatch(
      /^Pod client took the first of the 2 pod addresses that DNS gave for hl, so no Service rule applies and no port is translated, and sent a packet for 10\.244\.[12]\.2:8080 to node-2\.$/,
    );
    expect(send(world, { host: "hl", port: 80 }).kind).toBe("refused");
    const tried = hopsOf(world).flatMap(({ because }) => because ?? []);
    expect(tried).toHaveLength(2);
    expect(tried[1]).toBe("was refused, tried the next address from DNS");
  });
});
