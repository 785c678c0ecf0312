// What is painted is a function of hops and the clock.
import { expect, test } from "vitest";
import type { Hop, Packet } from "../../cluster/index.ts";
import { labelOf, notePlace, progressOf } from "./flights.ts";
import { LOW, NARROW, WIDE } from "./metrics.ts";
import { pathOf, pointAt } from "./paths.ts";
import { layOut } from "./scene.ts";
import { Slots } from "./slots.ts";

const INPUT = {
  clients: ["laptop", "phone"],
  nodes: ["node-1", "node-2"],
  nodePorts: [30080],
  services: [{ key: "default/web", ports: 1, endpoints: ["10.244.2.2"], focused: true }],
  workloads: [],
  pending: [],
  outside: { balancers: [], hosts: [] },
  pods: [{ key: "default/web-0", node: "node-2", owner: "web" }],
};
const SCENE = layOut(INPUT, WIDE, new Slots());
const AROUND = {
  scene: SCENE,
  wire: false,
  measured: new Map(),
  clients: new Set(["192.168.1.10"]),
  nodes: new Map([
    ["node-1", "192.168.1.11"],
    ["node-2", "192.168.1.12"],
  ]),
};

const CAME = {
  protocol: "TCP",
  source: "192.168.1.10",
  sourcePort: 50000,
  destination: "192.168.1.11",
  destinationPort: 30080,
} as const;
const SENT = {
  protocol: "TCP",
  source: "192.168.1.11",
  sourcePort: 40000,
  destination: "10.244.2.2",
  destinationPort: 8080,
} as const;

const FIRST: Hop = {
  packet: 1,
  index: 0,
  from: { kind: "client", name: "laptop" },
  to: { kind: "node", name: "node-1" },
  received: CAME,
  header: CAME,
  rewrites: [],
  rules: [],
  sentAt: 0,
  arrivesAt: 400,
  verdict: "forwarded",
};
const SECOND: Hop = {
  ...FIRST,
  index: 1,
  from: { kind: "node", name: "node-1" },
  to: { kind: "node", name: "node-2" },
  header: SENT,
  rewrites: [{ kind: "dnat", from: "192.168.1.11:30080", to: "10.244.2.2:8080", by: "KUBE-SEP-X" }],
  service: {
    namespace: "default",
    name: "web",
    portName: "",
    clusterIP: "10.96.0.20",
    port: 80,
    via: "nodePort",
    candidates: [],
  },
  sentAt: 400,
  arrivesAt: 800,
};
const THIRD: Hop = {
  ...FIRST,
  index: 2,
  from: { kind: "node", name: "node-2" },
  to: { kind: "pod", namespace: "default", name: "web-0" },
  received: SENT,
  header: SENT,
};
const PACKET: Packet = { id: 1, exchange: 1, kind: "request", hops: [FIRST, SECOND, THIRD] };

function ends(hop: Hop): { start: { x: number; y: number }; end: { x: number; y: number } } {
  const path = pathOf(hop, PACKET, AROUND);
  if (path === undefined) throw new Error("no path");
  const [start, end] = [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ];
  pointAt(path, 0, start);
  pointAt(path, 1, end);
  return { start, end };
}

test("a packet is at the start when it sets out, at the end when it arrives, and nowhere else before or after", () => {
  expect([-10, 0, 200, 400, 500].map((now) => progressOf(FIRST, now))).toEqual([0, 0, 0.5, 1, 1]);
});

test("each hop begins where the previous one ended", () => {
  expect(ends(SECOND).start).toEqual(ends(FIRST).end);
  expect(ends(THIRD).start).toEqual(ends(SECOND).end);
});

test("the address changes at the Service whose rules rewrite it, in the hop that rewrites it", () => {
  const path = pathOf(SECOND, PACKET, AROUND);
  expect(path?.turn).toBeGreaterThan(0.2);
  expect(path?.turn).toBeLessThan(1);
  expect(labelOf(FIRST, 0.9, 0.5)).toBe("192.168.1.11:30080");
  expect(labelOf(SECOND, 0.01, path?.turn ?? 0)).toBe("192.168.1.11:30080");
  expect(labelOf(SECOND, 0.99, path?.turn ?? 0)).toBe("10.244.2.2:8080");
});

test("the logical route touches the Service's card at its port and at the drawn endpoint; the wire does not", () => {
  const card = SCENE.services.get("default/web");
  const nearest = (wire: boolean, x: number, y: number) => {
    const path = pathOf(SECOND, PACKET, { ...AROUND, wire, measured: new Map() });
    const point = { x: 0, y: 0 };
    let best = Number.POSITIVE_INFINITY;
    for (let part = 0; path !== undefined && part <= 1; part += 0.002) {
      pointAt(path, part, point);
      best = Math.min(best, Math.hypot(point.x - x, point.y - y));
    }
    return best;
  };
  if (card === undefined) throw new Error("no card");
  const right = card.box.x + card.box.width;
  expect(nearest(false, card.box.x, card.enterY)).toBeLessThan(3);
  expect(nearest(false, right, card.rows.get("10.244.2.2") ?? 0)).toBeLessThan(3);
  expect(nearest(true, card.box.x, card.enterY)).toBeGreaterThan(3);
});

test.each([
  ["wide", WIDE],
  ["low", LOW],
  ["narrow", NARROW],
] as const)("[PICTURE-6] what no Service's rules choose crosses the %s column beside its words", (_, metrics) => {
  const scene = layOut(INPUT, metrics, new Slots());
  const column = scene.boxes.get("column");
  const card = scene.services.get("default/web")?.box;
  if (column === undefined || card === undefined) throw new Error("no column");
  const back = { ...SENT, source: "10.244.2.2", sourcePort: 8080, destination: "192.168.1.11", destinationPort: 40000 };
  const hop: Hop = {
    ...FIRST,
    from: { kind: "node", name: "node-2" },
    to: { kind: "node", name: "node-1" },
    header: back,
  };
  const reply: Packet = { ...PACKET, kind: "reply", hops: [hop] };
  const path = pathOf({ ...hop, from: { kind: "pod", namespace: "default", name: "web-0" } }, reply, {
    ...AROUND,
    scene,
    measured: new Map(),
  });
  if (path === undefined) throw new Error("no path");
  const words = [
    { from: column.y, to: column.y + metrics.column.head },
    { from: card.y, to: card.y + card.height },
    { from: column.y + column.height - metrics.column.foot, to: column.y + column.height },
  ];
  const point = { x: 0, y: 0 };
  for (let part = 0; part <= 1; part += 0.002) {
    pointAt(path, part, point);
    if (point.x <= column.x || point.x >= column.x + column.width) continue;
    expect(words.filter(({ from, to }) => point.y > from && point.y < to)).toEqual([]);
  }
});

test("[PICTURE-14] notes are above their sender and below the bar; where there is no room, in its card", () => {
  const [box, size] = [
    { x: 10, y: 100, width: 160, height: 54 },
    { width: 60, height: 20 },
  ];
  const at = (row: number, top: number) => notePlace(box, row, size, [0, top, 1]);
  expect([0, 1, 2].map((row) => at(row, 0))).toEqual([{ x: 60, y: 76 }, { x: 60, y: 56 }, undefined]);
  expect([0, 1].map((row) => at(row, -45))).toEqual([
    { x: 105, y: 84 },
    { x: 105, y: 84 },
  ]);
});
