// Frames that give less time to work which cannot follow.
import { expect, test } from "vitest";
import type { World } from "../../cluster/index.ts";
import { Frames } from "./frames.ts";
import { Rest } from "./rest.ts";

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
    return 0;
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

/** Frames that are asked for, pauses that are begun, and how both end. */
function screen() {
  let frame: ((time: number) => void) | undefined;
  let pause: (() => void) | undefined;
  const source = {
    request: (run: (time: number) => void) => {
      frame = run;
      return 1;
    },
    cancel: () => undefined,
    after: (_: number, run: () => void) => {
      pause = run;
      return () => {
        pause = undefined;
      };
    },
  };
  return {
    source,
    state: () => `${frame === undefined ? "no" : "a"} frame, ${pause === undefined ? "no" : "a"} pause`,
    draw: (time: number) => {
      const run = frame;
      frame = undefined;
      run?.(time);
    },
    wait: () => {
      const run = pause;
      pause = undefined;
      run?.();
    },
  };
}

test("while nothing moves frames come after a pause, which a request ends", () => {
  const { source, state, draw, wait } = screen();
  const handed: number[] = [];
  const frames = new Frames(source, (dt) => (handed.push(dt) > 1 ? 400 : 0));
  frames.setRunning(true);
  draw(0);
  expect(state()).toBe("a frame, no pause");
  draw(16);
  expect(state()).toBe("no frame, a pause");
  wait();
  expect(state()).toBe("a frame, no pause");
  draw(432);
  frames.request();
  expect(state()).toBe("a frame, no pause");
  draw(448);
  frames.setRunning(false);
  expect(state()).toBe("no frame, no pause");
  expect(handed).toEqual([0, 16, 416, 16]);
});

test("what someone does during a pause happens at once: time goes on from there, and leaps over nothing", () => {
  const { source, draw } = screen();
  const handed: number[] = [];
  const frames = new Frames(source, (dt) => (handed.push(dt) > 1 ? 400 : 0));
  frames.setRunning(true);
  draw(0);
  draw(16);
  frames.request();
  draw(366);
  expect(handed).toEqual([0, 16, 100]);
});

test("a pause is longer than was asked for, as of a page in another tab: no more time passes than a pause and a frame", () => {
  const { source, draw, wait } = screen();
  const handed: number[] = [];
  const frames = new Frames(source, (dt) => (handed.push(dt) > 1 ? 400 : 0));
  frames.setRunning(true);
  draw(0);
  draw(16);
  wait();
  draw(60_000);
  expect(handed).toEqual([0, 16, 500]);
});

test("it rests when nothing is in flight and nothing has lately changed, at most until what happens next", () => {
  const at = (now: number, inFlightCount: number) => ({ clock: { now }, trace: { inFlightCount } as World["trace"] });
  const rest = new Rest();
  const late = { due: 9_000, speed: 1 };
  expect(rest.pause(at(0, 1), false, late)).toBe(0);
  expect(rest.pause(at(1_000, 0), false, late)).toBe(0);
  expect(rest.pause(at(2_100, 0), false, late)).toBe(1_000);
  expect(rest.pause(at(2_200, 0), true, late)).toBe(0);
  expect(rest.pause(at(5_000, 0), false, late)).toBe(1_000);
  expect(rest.pause(at(5_000, 0), false, { due: 5_300, speed: 1 })).toBe(300);
  expect(rest.pause(at(7_000, 0), false, { due: 7_300, speed: 2 })).toBe(150);
  expect(rest.pause(at(5_000, 0), false, { due: 5_050, speed: 1 })).toBe(0);
  expect(rest.pause(at(5_000, 0), false, { due: undefined, speed: 1 })).toBe(1_000);
});
