// The layout is a function of who is there, and it is stable.
import { describe, expect, test } from "vitest";
import { type Box, CARDS_UP_TO, CHIPS_UP_TO, LOW, MEDIUM, NARROW, WIDE } from "./metrics.ts";
import { layOut, type SceneInput } from "./scene.ts";
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
