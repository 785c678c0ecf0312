// The record of packets: what someone holds stays as it was, what someone asks for is as it is.
import { expect, test } from "vitest";
import type { Hop } from "./packet.ts";
import { Trace } from "./trace.ts";

const laptop = { kind: "client", name: "laptop" } as const;
const node = { kind: "node", name: "node-1" } as const;
const header = {
  protocol: "TCP",
  source: "192.168.1.10",
  sourcePort: 40_000,
  destination: "192.168.1.11",
  destinationPort: 30_080,
} as const;
const hop = (index: number, verdict: Hop["verdict"]): Hop => ({
  packet: 1,
  index,
  from: laptop,
  to: node,
  received: header,
  header,
  rewrites: [],
  rules: [],
  sentAt: 0,
  arrivesAt: 400,
  verdict,
});
const asked = {
  from: laptop,
  target: "192.168.1.11:30080",
  purpose: "request",
  startedAt: 0,
} as const;

function begin() {
  const trace = new Trace();
  const record = trace.startExchange(asked);
  return { trace, record, packet: trace.addPacket(record, 1, "request") };
}

test("a packet that someone holds stays as it was while its record continues", () => {
  const { trace, packet } = begin();
  trace.startHop(packet, hop(0, "flying"));
  const held = trace.packet(1);
  trace.endHop(packet, hop(0, "flying"), { verdict: "forwarded" });
  trace.startHop(packet, hop(1, "flying"));
  expect(held?.hops.map(({ verdict }) => verdict)).toEqual(["flying"]);
  expect(trace.packet(1)?.hops.map(({ verdict }) => verdict)).toEqual(["forwarded", "flying"]);
  expect([...trace.inFlight()].map(({ index }) => index)).toEqual([1]);
});

test("a hop that someone saw in flight stays as it was; one that nobody saw is not copied", () => {
  const { trace, packet } = begin();
  const first = hop(0, "flying");
  trace.startHop(packet, first);
  const [seen] = trace.inFlight();
  trace.endHop(packet, first, { verdict: "forwarded" });
  expect(seen?.verdict).toBe("flying");
  const second = hop(1, "flying");
  trace.startHop(packet, second);
  trace.endHop(packet, second, { verdict: "lost", reason: "nobody was there" });
  expect(trace.packet(1)?.hops.map(({ verdict }) => verdict)).toEqual(["forwarded", "lost"]);
  expect(trace.packet(1)?.hops[1]).toBe(second);
});

test("an unchanged record is answered as the same object", () => {
  const { trace, packet } = begin();
  trace.startHop(packet, hop(0, "flying"));
  expect(trace.packet(1)).toBe(trace.packet(1));
  expect(trace.exchange(1)).toBe(trace.exchange(1));
});

test("an exchange that someone holds stays as it was while packets join it", () => {
  const { trace, record } = begin();
  const held = trace.exchange(1);
  trace.addPacket(record, 2, "reply");
  expect(held?.packets).toEqual([1]);
  expect([...trace.exchanges()].map(({ packets }) => packets)).toEqual([[1, 2]]);
});

test("followers of the news get each change with the record as it is then", () => {
  const { trace, record, packet } = begin();
  const told: string[] = [];
  trace.news.on((news) => {
    if ("packet" in news) told.push(`${news.kind} ${news.packet.hops.map(({ verdict }) => verdict).join()}`);
    else told.push(`${news.kind} ${news.exchange.outcome.kind}`);
  });
  trace.startHop(packet, hop(0, "flying"));
  trace.endHop(packet, hop(0, "flying"), { verdict: "delivered" });
  trace.endExchange(record, { kind: "timeout", reason: "none came" }, 400);
  expect(told).toEqual(["hop-started flying", "hop-ended delivered", "exchange-ended timeout"]);
});
