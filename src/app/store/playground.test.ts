// The gateway, the snapshot and the frames of the page, on the real engine.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import type { FrameSource } from "./frames.ts";
import { Playground } from "./playground.ts";
import { createRun } from "./run.ts";
import { step } from "./step.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../examples/nodeport.yaml"), "utf8");

/** Frames that come when the test says so. */
class HandFrames implements FrameSource {
  #waiting = new Map<number, (time: number) => void>();
  #next = 1;
  #time = 0;

  get wanted(): number {
    return this.#waiting.size;
  }

  request(run: (time: number) => void): number {
    this.#waiting.set(this.#next, run);
    return this.#next++;
  }

  cancel(id: number): void {
    this.#waiting.delete(id);
  }

  /** One frame, `ms` real milliseconds after the last. */
  frame(ms = 16): void {
    this.#time += ms;
    const runs = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const run of runs) run(this.#time);
  }
}

function setUp() {
  const frames = new HandFrames();
  const run = createRun(newScenario(TEXT));
  run.advance(5_000);
  const playground = new Playground(run, frames);
  const state = () => playground.store.getState();
  const begun = state().world.clock.now;
  const clock = () => state().world.clock.now - begun;
  return { frames, playground, state, clock };
}

describe("frames", () => {
  test("time passes by frames, times the speed", () => {
    const { frames, playground, clock } = setUp();
    frames.frame();
    frames.frame(16);
    expect(clock()).toBe(16);
    playground.setSpeed(10);
    frames.frame(16);
    expect(clock()).toBe(176);
  });

  test("a page that slept does not leap ahead", () => {
    const { frames, clock } = setUp();
    frames.frame();
    frames.frame(3_600_000);
    expect(clock()).toBe(100);
  });

  test("hidden or paused there are no frames, and no time passes", () => {
    const { frames, playground, clock } = setUp();
    frames.frame();
    playground.setShown(false);
    frames.frame();
    expect(frames.wanted).toBe(0);
    playground.setShown(true);
    expect(frames.wanted).toBe(1);
    playground.setPlaying(false);
    frames.frame();
    expect(frames.wanted).toBe(0);
    expect(clock()).toBe(0);
  });

  test("a paused page that is asked to draw gets one frame", () => {
    const { frames, playground } = setUp();
    playground.setPlaying(false);
    frames.frame();
    playground.setView({ route: "wire" });
    expect(frames.wanted).toBe(1);
    frames.frame();
    expect(frames.wanted).toBe(0);
  });

  test("[PAST-4] a step goes to what can be seen next and pauses; at rest it says that nothing is due", () => {
    const { playground, state } = setUp();
    const now = () => state().world.clock.now;
    const rest = now();
    step(playground);
    expect([state().playing, now()]).toEqual([false, rest]);
    expect(state().notice?.text).toContain("Nothing is scheduled");
    playground.run({ kind: "send", from: { kind: "client", name: "laptop" }, host: "192.168.1.11", port: 30080 });
    step(playground);
    expect(now() - rest).toBe(state().world.settings.hopLatency);
  });
});

describe("the snapshot", () => {
  test("begins with what the cluster holds, and an unchanged resource keeps its map", () => {
    const { frames, playground, state } = setUp();
    expect(state().objects.get("services")?.has("default/web")).toBe(true);
    const before = state().objects;
    playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 5 });
    frames.frame();
    expect(state().objects).not.toBe(before);
    expect(state().objects.get("services")).toBe(before.get("services"));
  });

  test("only changed records are replaced", () => {
    const { playground, state } = setUp();
    const before = state().objects.get("deployments.apps");
    playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 2 });
    const after = state().objects.get("deployments.apps");
    for (const [key, object] of before ?? []) expect(after?.get(key) === object, key).toBe(key !== "default/web");
  });
});

describe("the gateway", () => {
  test("a refusal becomes a notice in the API server's words, and changes nothing", () => {
    const { playground, state } = setUp();
    playground.run({ kind: "scale", namespace: "default", name: "absent", replicas: 2 });
    expect(state().notice).toMatchObject({ tone: "error", text: 'deployments.apps "absent" not found' });
  });

  test("a node without power is known, whether the canvas or a command cut it", () => {
    const { playground, state } = setUp();
    playground.run({ kind: "fail", fault: { kind: "node-power", node: "node-2" } });
    state().run.cluster.failNode("node-3");
    expect([...state().poweredOff]).toEqual(["node-2", "node-3"]);
    playground.run({ kind: "restore", id: "node/node-2" });
    expect([...state().poweredOff]).toEqual(["node-3"]);
  });

  test("traffic, held readiness and other faults are known, whoever began them", () => {
    const { playground, state } = setUp();
    const { cluster } = state().run;
    const from = { kind: "client", name: "phone" } as const;
    const id = cluster.startTraffic({ from, host: "192.168.1.11", port: 30080, rate: 3 });
    expect(state().traffic).toEqual([{ from, target: { host: "192.168.1.11", port: 30080 }, rate: 3 }]);
    cluster.stopTraffic(id);
    expect(state().traffic).toEqual([]);
    const pod = cluster.api.list("pods", { namespace: "default" })[0]?.metadata.name ?? "";
    cluster.setReadiness("default", pod, false);
    expect([...state().forcedReadiness]).toEqual([[`default/${pod}`, false]]);
    playground.run({ kind: "fail", fault: { kind: "firewall" } });
    expect(state().faults.map((fault) => fault.id)).toEqual([`pod/default/${pod} --readiness`, "firewall"]);
    cluster.api.delete("pods", "default", pod, { gracePeriodSeconds: 0 });
    playground.run({ kind: "restore", id: "firewall" });
    expect([state().faults, state().forcedReadiness.size]).toEqual([[], 0]);
  });

  test("another run takes the place of this one; what the visitor likes stays", () => {
    const { playground, state } = setUp();
    playground.setView({ theme: "dark" });
    playground.replace(createRun(newScenario("", "another")));
    expect(state().objects.get("deployments.apps")?.has("default/web") ?? false).toBe(false);
    expect(state().view.theme).toBe("dark");
  });
});
