// Frames that give less time to work which cannot follow.
import { expect, test } from "vitest";
import { Frames } from "./frames.ts";

/** A screen of 10 ms frames on a machine where each handed millisecond of work takes `cost` milliseconds. */
function run(cost: number, count: number): number[] {
  let time = 0;
  let next: ((time: number) => void) | undefined;
  const handed: number[] = [];
  const source = {
    request: (frame: (time: number) => void) => {
      next = frame;
      return 1;
    },
    cancel: () => undefined,
    now: () => time,
  };
  const frames = new Frames(source, (dt) => {
    handed.push(dt);
    time += dt * cost;
  });
  frames.setRunning(true);
  for (let at = 0; at < count; at++) {
    time += 10;
    next?.(time);
  }
  return handed;
}

test("work that follows gets all the time there is", () => {
  expect(run(0.5, 5).at(-1)).toBeCloseTo(15, -1);
});

test("work that cannot follow gets less time, so that a frame stays short", () => {
  const handed = run(20, 50);
  expect(Math.max(...handed.slice(10).map((ms) => ms * 20))).toBeLessThan(100);
  expect(Math.min(...handed.slice(10))).toBeGreaterThan(0);
});
