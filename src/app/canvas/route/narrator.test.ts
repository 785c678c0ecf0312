// Going through a request stop by stop, on the real engine, by frames that the test gives.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Place } from "../../../cluster/index.ts";
import { newScenario } from "../../../scenario/index.ts";
import type { FrameSource } from "../../store/frames.ts";
import { Playground } from "../../store/playground.ts";
import { createRun } from "../../store/run.ts";
import { Narrator } from "./narrator.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../../examples/nodeport.yaml"), "utf8");
const LAPTOP: Place = { kind: "client", name: "laptop" };

class HandFrames implements FrameSource {
  #waiting = new Map<number, (time: number) => void>();
  #next = 1;
  #time = 0;

  request(run: (time: number) => void): number {
    this.#waiting.set(this.#next, run);
    return this.#next++;
  }

  cancel(id: number): void {
    this.#waiting.delete(id);
  }

  run(count: number): void {
    for (let at = 0; at < count; at++) {
      this.#time += 16;
      const runs = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const each of runs) each(this.#time);
    }
  }
}

/** A page on which a request was just sent; nothing is remembered in tests, so the visitor is a new one unless `narrated` is false. */
function setUp(narrated = true) {
  const frames = new HandFrames();
  const run = createRun(newScenario(TEXT));
  run.advance(5_000);
  const playground = new Playground(run, frames);
  playground.setView({ narrated });
  const { exchange = -1 } = playground.run({ kind: "send", from: LAPTOP, host: "192.168.1.11", port: 30080 });
  const narrator = new Narrator(playground, (error) => expect.fail(String(error)));
  narrator.tell(exchange, undefined);
  const settle = async (count = 60) => {
    for (let turn = 0; turn < 6; turn++) {
      frames.run(count);
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  const state = () => playground.store.getState();
  const clock = () => state().world.clock.now;
  const number = () => narrator.get().at + 1;
  return { playground, narrator, settle, state, clock, number };
}

describe("[ROUTE-7] a visitor's first request", () => {
  test("pauses at each stop, exactly where the packet is, until Next; then time runs on", async () => {
    const { narrator, settle, state, clock, number } = setUp();
    const seen: number[] = [];
    for (let turn = 0; turn < 20 && !narrator.isOver; turn++) {
      await settle();
      seen.push(number());
      const stop = narrator.get().story?.stops[number() - 1];
      if (!narrator.isOver) {
        expect(state().playing).toBe(false);
        expect(Math.abs(clock() - (stop?.at ?? 0))).toBeLessThan(40);
        narrator.next();
      }
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(state().playing).toBe(true);
    expect(narrator.get().follow).toBe(false);
  });

  test("runs on when asked to, and when the visitor does something else", async () => {
    const told = setUp();
    await told.settle();
    told.narrator.follow(false);
    await told.settle();
    expect(told.state().playing).toBe(true);
    expect(told.narrator.isOver).toBe(true);
    const other = setUp();
    await other.settle();
    other.playground.run({
      kind: "scale",
      namespace: "default",
      name: "web",
      replicas: 4,
    });
    await other.settle();
    expect(other.state().playing).toBe(true);
  });

  test("continues when the picture takes another shape, and is over when the route is cleared", async () => {
    const { playground, narrator, settle, state } = setUp();
    await settle();
    narrator.dispose();
    const again = new Narrator(playground, (error) => expect.fail(String(error)));
    again.tell(state().route ?? -1, undefined);
    await settle();
    expect([again.get().at, again.get().follow, state().playing]).toEqual([0, true, false]);
    playground.clearRoute();
    again.dispose();
    expect(state().playing).toBe(true);
  });

  test("Play goes to the next stop", async () => {
    const { playground, settle, number } = setUp();
    await settle();
    playground.setPlaying(true);
    await settle();
    expect(number()).toBe(2);
  });

  test("is not paused where the page says so, as in an embed that plays by itself", async () => {
    const { narrator, settle, state } = setUp(false);
    await settle();
    expect(state().playing).toBe(true);
    expect(narrator.isOver).toBe(true);
  });
});

test("[ROUTE-6] Previous and Next move through time, the picture being that of the stop", async () => {
  const { playground, narrator, settle, state, clock, number } = setUp(false);
  await playground.travel();
  await settle();
  const stops = narrator.get().story?.stops ?? [];
  for (let at = stops.length - 1; at >= 1; at--) {
    narrator.previous();
    await settle();
    expect([number(), state().past]).toEqual([at, true]);
    expect(clock()).toBeCloseTo(stops[at - 1]?.at ?? 0, 3);
  }
  narrator.next();
  await settle();
  expect(number()).toBe(2);
  expect(clock()).toBeCloseTo(stops[1]?.at ?? 0, 3);
  playground.toNow();
  await settle();
  expect(number()).toBe(stops.length);
});
