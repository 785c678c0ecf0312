// The record of packets: what somebody holds stays as it was, what somebody asks for is as it is.
import { expect, test } from "vitest";
import type { Exchange, Hop } from "./packet.ts";
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
const exchange: Exchange = {
  id: 1,
  from: laptop,
  target: "192.168.1.11:30080",
  purpose: "request",
  startedAt: 0,
  outcome: { kind: "pending" },
  packets: [],
};

function begin(): Trace {
  const trace = new Trace();
  trace.startExchange(exchange);
  trace.addPacket({ id: 1, exchange: 1, kind: "request", hops: [] });
  return trace;
}

test("a packet that somebody holds stays as it was while its record goes on", () => {
  const trace = begin();
  trace.startHop(hop(0, "flying"));
  const held = trace.packet(1);
  trace.endHop(hop(0, "forwarded"));
  trace.startHop(hop(1, "flying"));
  expect(held?.hops.map(({ verdict }) => verdict)).toEqual(["flying"]);
  expect(trace.packet(1)?.hops.map(({ verdict }) => verdict)).toEqual(["forwarded", "flying"]);
  expect([...trace.inFlight()].map(({ index }) => index)).toEqual([1]);
});

test("an unchanged record is answered as the same object", () => {
  const trace = begin();
  trace.startHop(hop(0, "flying"));
  expect(trace.packet(1)).toBe(trace.packet(1));
  expect(trace.exchange(1)).toBe(trace.exchange(1));
});

test("an exchange that somebody holds stays as it was while packets join it", () => {
  const trace = begin();
  const held = trace.exchange(1);
  trace.addPacket({ id: 2, exchange: 1, kind: "reply", hops: [] });
  expect(held?.packets).toEqual([1]);
  expect([...trace.exchanges()].map(({ packets }) => packets)).toEqual([[1, 2]]);
});

test("who follows the news is told of each change with the record as it stands then", () => {
  const trace = begin();
  const told: string[] = [];
  trace.news.on((news) => {
    if ("packet" in news) told.push(`${news.kind} ${news.packet.hops.map(({ verdict }) => verdict).join()}`);
    else told.push(`${news.kind} ${news.exchange.outcome.kind}`);
  });
  trace.startHop(hop(0, "flying"));
  trace.endHop(hop(0, "delivered"));
  trace.endExchange({ ...exchange, packets: [1], outcome: { kind: "timeout", reason: "none came" } });
  expect(told).toEqual(["hop-started flying", "hop-ended delivered", "exchange-ended timeout"]);
});
