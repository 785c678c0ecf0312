// "Show me" on the real engine, its frames by hand.
import { expect, test, vi } from "vitest";
import { EXAMPLES, scenarioOf } from "../examples/index.ts";
import type { FrameSource } from "../store/frames.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { Tour } from "./tour.ts";

class HandFrames implements FrameSource {
  #waiting: ((time: number) => void)[] = [];
  #time = 0;

  request(run: (time: number) => void): number {
    return this.#waiting.push(run);
  }

  cancel(): void {
    this.#waiting = [];
  }

  frame(): void {
    this.#time += 50;
    for (const run of this.#waiting.splice(0)) run(this.#time);
  }
}

async function begin() {
  const [first] = EXAMPLES;
  if (first === undefined) throw new Error("no example");
  const run = createRun(await scenarioOf(first));
  run.advance(5_000);
  const frames = new HandFrames();
  const playground = new Playground(run, frames);
  playground.setView({ narrated: true });
  const onEnd = vi.fn<() => void>();
  const tour = await Tour.begin(playground, onEnd);
  if (tour === undefined) throw new Error("no tour");
  const untilHeld = () => {
    for (let each = 0; each < 2_000 && !tour.get().holds; each++) frames.frame();
    return tour.get().sentence;
  };
  return { playground, frames, tour, onEnd, untilHeld, state: () => playground.store.getState() };
}

test("[WELCOME-2] three stops hold until Next: to the Node, through the rules to a pod, and endpoints follow a killed pod", async () => {
  const { tour, untilHeld, state, frames, onEnd } = await begin();
  expect(state().view.touring).toBe(true);
  expect(untilHeld()).toMatch(
    /^The laptop's request goes to 192\.168\.1\.11:30080: the address of node-1, and the nodePort /,
  );
  const { now } = state().world.clock;
  for (let each = 0; each < 20; each++) frames.frame();
  expect(state().world.clock.now).toBe(now);
  tour.next();
  expect(untilHeld()).toMatch(
    /^The rules of Service web draw one of 3 ready pods: the destination 192\.168\.1\.11:30080 becomes 10\.244\.\d\.\d+:8080\.$/,
  );
  tour.next();
  expect(tour.get().sentence).toBe("The answer returns by the same node, which restores the addresses.");
  expect(untilHeld()).toMatch(
    /^Pod web-\S+ was killed at 0:0\d\.\d\. Its endpoint (10\.244\.\d\.\d+) gets no new requests, and the Deployment's new pod became one: (?!\1\.)10\.244\.\d\.\d+\.$/,
  );
  expect(state().world.clock.now).toBeLessThan(60_000);
  tour.next();
  expect([onEnd.mock.calls.length, state().playing, state().route, state().view.touring]).toEqual([
    1,
    true,
    undefined,
    false,
  ]);
});

test("[WELCOME-2] Play goes on like Next, and who goes elsewhere ends the tour", async () => {
  const { playground, tour, untilHeld, onEnd, frames } = await begin();
  untilHeld();
  playground.setPlaying(true);
  frames.frame();
  expect(tour.get().stop).toBe(2);
  const [, other] = EXAMPLES;
  if (other === undefined) throw new Error("no example");
  playground.replace(createRun(await scenarioOf(other)));
  frames.frame();
  expect([onEnd.mock.calls.length, playground.store.getState().view.touring]).toEqual([1, false]);
});

test("[WELCOME-2] what was done before makes place for a fresh cluster", async () => {
  const { playground, tour, onEnd } = await begin();
  tour.end();
  playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 1 });
  const again = await Tour.begin(playground, onEnd);
  expect(again?.get().stop).toBe(1);
  expect(playground.store.getState().world.api.get("deployments.apps", "default", "web").spec?.replicas).toBe(3);
  expect(playground.store.getState().beginning.source).toEqual({ kind: "example", name: "NodePort" });
  again?.end();
});
