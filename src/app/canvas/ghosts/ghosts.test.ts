// Where what is missing is drawn.
import { describe, expect, test } from "vitest";
import { type Box, LOW, MEDIUM, NARROW, TIGHT, WIDE } from "../metrics.ts";
import { layOut, type Scene, type SceneInput } from "../scene.ts";
import { Slots } from "../slots.ts";
import { placeGhosts } from "./ghosts.ts";

function sceneWith(ids: readonly string[], metrics: typeof WIDE, pending: readonly string[] = []): Scene {
  const input: SceneInput = {
    clients: ["laptop"],
    nodes: ["node-1", "node-2"],
    nodePorts: [30080],
    services: [{ key: "default/web", ports: 1, endpoints: [], focused: true }],
    workloads: ["deployments.apps:default/web"],
    pods: [{ key: "default/web-0", node: "node-1", owner: "web" }],
    pending,
    outside: { balancers: [], hosts: [] },
    ghosts: { ids, place: (room) => placeGhosts(ids, room) },
  };
  return layOut(input, metrics, new Slots());
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe.each([
  ["wide", WIDE],
  ["medium", MEDIUM],
  ["low", LOW],
  ["tight", TIGHT],
  ["narrow", NARROW],
] as const)("the %s picture", (_name, metrics) => {
  test.each([1, 3, 40])("[PICTURE-9] %i missing things are below everything else and inside the frame", (count) => {
    const ids = Array.from({ length: count }, (_, at) => `pods ${at}`);
    const scene = sceneWith(ids, metrics, ["default/waits"]);
    const frame = scene.boxes.get("frame");
    const all = [...scene.boxes].filter(([id]) => id !== "frame");
    const ghosts = all.filter(([id]) => id.startsWith("ghost:"));
    expect(ghosts.length).toBeGreaterThan(0);
    for (const [id, box] of ghosts) {
      expect(box.x).toBeGreaterThanOrEqual(frame?.x ?? 0);
      expect(box.x + box.width).toBeLessThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0));
      expect(box.y + box.height).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
      for (const [other, its] of all) if (other !== id) expect(overlap(box, its), `${id} and ${other}`).toBe(false);
    }
  });
});

test("[PICTURE-9] boxes without room share one that counts them", () => {
  const ids = Array.from({ length: 9 }, (_, at) => `pods ${at}`);
  const room = { x: 0, y: 100, podsX: 300, right: 500, rows: 1, low: false };
  expect([...placeGhosts(ids, room).keys()]).toEqual(["ghost:pods 0", "ghost:+8"]);
  expect(placeGhosts(ids.slice(0, 1), room).get("ghost:pods 0")).toEqual({ x: 250, y: 100, width: 250, height: 42 });
});

test("[PICTURE-9] in a low picture a box is one line high", () => {
  const room = { x: 0, y: 100, podsX: 300, right: 500, rows: 1, low: true };
  expect(placeGhosts(["pods 0"], room).get("ghost:pods 0")).toEqual({ x: 160, y: 100, width: 340, height: 26 });
  const heights = [LOW, WIDE].map((metrics) => sceneWith(["pods 0"], metrics).boxes.get("ghost:pods 0")?.height);
  expect(heights).toEqual([26, 42]);
});
