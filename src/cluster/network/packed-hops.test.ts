// The record packs the hops of what arrived while nobody listened; what it shows is the same.
import { expect, test } from "vitest";
import { aClusterWith, pod, service, slice } from "../testing.ts";
import { describeHop } from "./describe.ts";
import { packHops, Reader, unpackHops, Writer } from "./packed-hops.ts";
import type { Hop, SendRequest } from "./packet.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const CLIENT = { kind: "pod", namespace: "default", name: "client" } as const;
const PORTS = [{ port: 80, targetPort: 8080, nodePort: 30080 }];
const WEB = [
  { ip: "10.244.1.2", node: "node-1", pod: "web-1" },
  { ip: "10.244.2.2", node: "node-2", pod: "web-2" },
];

const REQUESTS: readonly SendRequest[] = [
  { from: LAPTOP, host: "192.168.1.12", port: 30080 },
  { from: LAPTOP, host: "192.168.1.12", port: 30080, because: "asked for it" },
  { from: LAPTOP, host: "192.168.1.12", port: 30081 },
  { from: LAPTOP, host: "192.168.1.13", port: 12345 },
  { from: LAPTOP, host: "192.168.1.99", port: 80 },
  { from: LAPTOP, host: "192.168.1.11", port: 0, protocol: "ICMP" },
  { from: LAPTOP, host: "127.0.0.1", port: 8088 },
  { from: CLIENT, host: "10.96.0.50", port: 80 },
  { from: CLIENT, host: "10.96.0.51", port: 80 },
  { from: CLIENT, host: "10.244.1.2", port: 8080 },
  { from: CLIENT, host: "10.244.1.2", port: 8081, protocol: "UDP" },
  { from: CLIENT, host: "192.168.1.12", port: 9100 },
  { from: CLIENT, host: "203.0.113.1", port: 80 },
];

/** Everything the record shows of these requests. */
function shown(isHeard: boolean): unknown {
  const cluster = aClusterWith([
    pod("web-1", "node-1", "10.244.1.2", [8080]),
    pod("web-2", "node-2", "10.244.2.2", [8080]),
    pod("client", "node-2", "10.244.2.9"),
    pod("host", "node-2", "192.168.1.12", [9100]),
    service("web", { type: "NodePort", clusterIP: "10.96.0.50", ports: PORTS }),
    slice("web", [{ port: 8080 }], WEB),
    service("none", { type: "NodePort", clusterIP: "10.96.0.51", ports: [{ port: 80, nodePort: 30081 }] }),
  ]);
  cluster.network.forwards.set("laptop:8088", {
    pod: { uid: "web-1", namespace: "default", name: "web-1" },
    podPort: 8080,
    everywhere: false,
    opened: () => undefined,
    failed: () => undefined,
  });
  const stop = isHeard ? cluster.trace.news.on(() => undefined) : () => undefined;
  for (let round = 0; round < 4; round++)
    for (const request of REQUESTS) {
      cluster.send({ ...request, timeoutMs: 5_000 });
      cluster.advance(700);
    }
  cluster.advance(10_000);
  stop();
  return [...cluster.trace.exchanges()].map((exchange) => ({
    ...exchange,
    packets: exchange.packets.map((id) => {
      const packet = cluster.trace.packet(id);
      return { ...packet, words: packet?.hops.map(describeHop) };
    }),
  }));
}

test("hops are the same whether they were packed or not", () => {
  const packed = shown(false);
  expect(JSON.parse(JSON.stringify(packed))).toEqual(JSON.parse(JSON.stringify(shown(true))));
  expect(JSON.stringify(packed)).toContain("masquerade");
});

test("the last 2,000 are there in the order in which they began, whenever someone looks", () => {
  const cluster = aClusterWith([pod("web-1", "node-1", "10.244.1.2", [8080]), pod("client", "node-2", "10.244.2.9")]);
  const send = (count: number) => {
    for (let i = 0; i < count; i++) {
      cluster.send({ from: CLIENT, host: i % 7 === 3 ? "192.168.1.11" : "10.244.1.2", port: 8080 });
      if (i % 3 !== 0) cluster.advance(0);
    }
    cluster.advance(5_000);
  };
  const ids = () => [...cluster.trace.exchanges()].map(({ id }) => id);
  const last = (sent: number) => Array.from({ length: 2_000 }, (_, i) => sent - 1_999 + i);
  send(2_100);
  expect(cluster.trace.size).toBe(2_000);
  expect(ids()).toEqual(last(2_100));
  send(900);
  expect(ids()).toEqual(last(3_000));
  send(100);
  expect(cluster.trace.exchange(3_050)?.id).toBe(3_050);
  expect(cluster.trace.exchange(1_100)).toBeUndefined();
  send(100);
  expect(ids()).toEqual(last(3_200));
});

test("hops that are not as those before them lead to expect come back as they were", () => {
  const header = { protocol: "TCP", source: "a", sourcePort: 1, destination: "b", destinationPort: 2 } as const;
  const way = { packet: 7, from: LAPTOP, to: LAPTOP, received: header, header, rewrites: [], rules: [] } as const;
  const rules = [{ table: "filter", chain: "KUBE-SERVICES", text: "-j ACCEPT" }] as unknown as Hop["rules"];
  const hops: readonly Hop[] = [
    { ...way, index: 0, sentAt: 0, arrivesAt: 5, verdict: "forwarded" },
    { ...way, index: 1, sentAt: 9, arrivesAt: 12, verdict: "forwarded", rules },
    {
      ...way,
      index: 2,
      from: CLIENT,
      received: { ...header, source: "c" },
      sentAt: 12,
      arrivesAt: 15,
      verdict: "lost",
    },
  ];
  const writer = new Writer();
  packHops(hops, writer);
  packHops([], writer);
  const reader = new Reader(writer.values);
  expect(unpackHops(7, reader)).toEqual(hops);
  expect(unpackHops(7, reader)).toEqual([]);
});
