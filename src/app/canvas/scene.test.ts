// The layout is a function of who is there, and it is stable.
import { describe, expect, test } from "vitest";
import { type Box, CARDS_UP_TO, CHIPS_UP_TO, COLUMN, LOW, MEDIUM, NARROW, WIDE } from "./metrics.ts";
import { FULL_DETAIL, layOut, type SceneInput } from "./scene.ts";
import { sceneNodes } from "./sceneNodes.ts";
import { Slots } from "./slots.ts";

const NODES = ["node-1", "node-2", "node-3"];

function input(pods: number, services = 1): SceneInput {
  return {
    clients: ["laptop", "phone"],
    nodes: NODES,
    nodePorts: [30080],
    services: Array.from({ length: services }, (_, at) => ({
      key: `default/service-${at}`,
      ports: 1,
      endpoints: ["10.244.1.2", "10.244.2.2"],
      focused: at === 0,
    })),
    workloads: ["deployments.apps:default/web"],
    pending: [],
    outside: { balancers: [], hosts: [] },
    pods: Array.from({ length: pods }, (_, at) => ({
      key: `default/web-${at}`,
      node: NODES[at % 3] ?? "",
      owner: "web",
    })),
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe.each([
  ["wide", WIDE],
  ["medium", MEDIUM],
  ["low", LOW],
  ["narrow", NARROW],
] as const)("the %s picture", (_name, metrics) => {
  test.each([
    [3, 1],
    [27, 2],
    [100, 4],
    [500, 40],
  ])("%i pods and %i Services do not overlap and stay in the frame", (pods, services) => {
    const scene = layOut(input(pods, services), metrics, new Slots());
    const cards = [...scene.boxes].filter(([id]) => /^(pod|group|service|gate|client|workload):/.test(id));
    const frame = scene.boxes.get("frame");
    for (const [at, [id, box]] of cards.entries()) {
      for (const [other, otherBox] of cards.slice(at + 1))
        if (overlap(box, otherBox)) throw new Error(`${id} overlaps ${other}`);
      if (!id.startsWith("client:") && frame !== undefined)
        expect(box.y + box.height, id).toBeLessThanOrEqual(frame.y + frame.height);
    }
    expect(scene.pods.size).toBe(pods);
  });
});

test("cards become chips and chips become groups as a band fills", () => {
  const densities = [CARDS_UP_TO * 3, CARDS_UP_TO * 3 + 1, CHIPS_UP_TO * 3, CHIPS_UP_TO * 3 + 1].map(
    (pods) => layOut(input(pods), WIDE, new Slots()).density,
  );
  expect(densities).toEqual(["card", "chip", "chip", "group"]);
});

test("a pod that joins moves no other pod and no gate", () => {
  const slots = new Slots();
  const before = layOut(input(6), WIDE, slots);
  const after = layOut(input(7), WIDE, slots);
  for (const [id, box] of before.boxes)
    if (/^(pod|gate|service):/.test(id)) expect(after.boxes.get(id), id).toEqual(box);
});

test("nodes whose box is unchanged are the same objects, so that nothing of them renders again", () => {
  const slots = new Slots();
  const before = sceneNodes(layOut(input(6), WIDE, slots), []);
  const after = sceneNodes(layOut(input(7), WIDE, slots), before);
  expect(after.filter((node) => !before.includes(node)).map((node) => node.id)).toEqual(["pod:default/web-6"]);
});

test("with many Services one card is open, a stack is shown and the rest is counted", () => {
  const scene = layOut(input(3, 40), WIDE, new Slots());
  expect([...scene.services.values()].filter((each) => each.form === "full").map((each) => each.key)).toEqual([
    "default/service-0",
  ]);
  expect(scene.before + scene.services.size + scene.after).toBe(40);
});

/** Services of three namespaces, ten each. */
const SPACED = {
  ...input(3),
  services: Array.from({ length: 30 }, (_, at) => ({
    key: `${["front", "shop", "stock"][Math.floor(at / 10)]}/app-${at}`,
    ports: 1,
    endpoints: ["10.244.1.2"],
    focused: at === 0,
  })),
};

test.each([
  ["wide", WIDE, 900],
  ["medium", MEDIUM, 560],
  ["low", LOW, 400],
  ["narrow", NARROW, 800],
] as const)(
  "[PICTURE-10] %s, rows of several namespaces have headings that cover no card",
  (_name, metrics, height) => {
    for (const servicesFrom of [0, 5, 8, 19, 29]) {
      const scene = layOut(SPACED, metrics, new Slots(), { ...FULL_DETAIL, height, servicesFrom });
      const placed = [...scene.services.values()];
      const spaces = placed.map(({ key }) => key.split("/")[0]);
      expect(placed.map(({ space }) => space)).toEqual(
        spaces.map((space, at) => (space === spaces[at - 1] ? undefined : space)),
      );
      for (const [at, { box, space }] of placed.entries()) {
        const before = placed[at - 1]?.box;
        const top = box.y - (space === undefined ? 0 : COLUMN.space);
        if (before !== undefined) expect(top).toBeGreaterThanOrEqual(before.y + before.height);
      }
      const [column, last] = [scene.boxes.get("column"), placed.at(-1)?.box];
      if (column === undefined || last === undefined) throw new Error("no column");
      const foot = column.y + column.height - metrics.column.foot - COLUMN.more;
      expect(last.y + last.height).toBeLessThanOrEqual(foot);
      expect(scene.before + placed.length + scene.after).toBe(30);
    }
  },
);

test("[PICTURE-10] one namespace needs no heading", () => {
  const scene = layOut(input(3, 40), WIDE, new Slots(), { ...FULL_DETAIL, height: 700 });
  expect([...scene.services.values()].every(({ space }) => space === undefined)).toBe(true);
});

test("[PICTURE-11] a search lists what it finds, counts the rest of that, and moves nothing else", () => {
  const detail = { ...FULL_DETAIL, height: 700 };
  const all = layOut(SPACED, WIDE, new Slots(), detail);
  expect(all.searched).toBe(true);
  for (const [sought, count] of [
    ["app-2", 11],
    ["shop/", 10],
    ["app-29", 1],
    ["nobody", 0],
  ] as const) {
    const scene = layOut({ ...SPACED, sought }, WIDE, new Slots(), detail);
    expect(scene.before + scene.services.size + scene.after, sought).toBe(count);
    expect([...scene.services.keys()].every((key) => key.includes(sought))).toBe(true);
    expect(scene.searched).toBe(true);
    for (const [id, box] of all.boxes) if (!id.startsWith("service:")) expect(scene.boxes.get(id), id).toEqual(box);
  }
  expect(layOut(input(3, 2), WIDE, new Slots()).searched).toBe(false);
});

test("pods that fit on no Node wait in a band below the Nodes, which is there only for them", () => {
  const pending = Array.from({ length: 40 }, (_, at) => `default/waiting-${at}`);
  const scene = layOut({ ...input(3), pending }, MEDIUM, new Slots());
  const [band, frame] = [scene.boxes.get("pending"), scene.boxes.get("frame")];
  const first = scene.boxes.get("pod:default/waiting-0");
  if (band === undefined || frame === undefined || first === undefined) throw new Error("no band");
  expect(band.y + band.height).toBeLessThanOrEqual(frame.y + frame.height);
  expect(first.y).toBeGreaterThan(band.y);
  for (const [id, box] of scene.boxes) if (/^(node|column)/.test(id) && overlap(box, band)) throw new Error(id);
  expect(layOut(input(3), MEDIUM, new Slots()).boxes.has("pending")).toBe(false);
});
