// What is found is brought into sight by the least move.
import { expect, test } from "vitest";
import type { Scene } from "../scene.ts";
import { ghostPlace, movedTo } from "./sight.ts";

const ROOM = { width: 800, height: 600 };
const box = (x: number, y: number) => ({ x, y, width: 100, height: 50 });

test("[FIND-4] a box in sight moves nothing", () => {
  const view = { x: 0, y: 0, zoom: 1 };
  expect(movedTo(box(300, 300), view, ROOM)).toBe(view);
});

test.each([
  ["left of the room", box(-200, 300), { x: 216, y: 0 }],
  ["right of it", box(900, 300), { x: -216, y: 0 }],
  ["under the bar", box(300, 10), { x: 0, y: 42 }],
  ["below it", box(300, 700), { x: 0, y: -166 }],
  ["larger than it", { x: 500, y: 300, width: 1_000, height: 50 }, { x: -484, y: 0 }],
])("[FIND-4] a box %s comes into sight", (_where, far, moved) => {
  expect(movedTo(far, { x: 0, y: 0, zoom: 1 }, ROOM)).toEqual({ zoom: 1, ...moved });
});

test("[FIND-4] the move counts the zoom", () => {
  expect(movedTo(box(500, 100), { x: 0, y: 0, zoom: 2 }, ROOM)).toEqual({ zoom: 2, x: 800 - 16 - 1_200, y: 0 });
});

test("[FIND-4] what is missing is at its box, or at the one that counts it", () => {
  const boxes = new Map([
    ["ghost:a", box(0, 0)],
    ["ghost:+2", box(100, 0)],
  ]);
  const scene = { boxes } as unknown as Scene; // nothing else of it is read
  expect(ghostPlace("a", scene)?.id).toBe("ghost:a");
  expect(ghostPlace("b", scene)).toEqual({ id: "ghost:+2", box: box(100, 0) });
  expect(ghostPlace("a", { boxes: new Map() } as unknown as Scene)).toBeUndefined();
});
