// Looking at earlier moments: everything that panels read follows, and acting there begins a branch.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { deleteBranch } from "./branching.ts";
import { goBackTo } from "./go-back.ts";
import { Playground } from "./playground.ts";
import { createRun } from "./run.ts";
import { startOver } from "./start-over.ts";
import { step, stepBack } from "./step.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../examples/nodeport.yaml"), "utf8");
const LAPTOP = { kind: "client", name: "laptop" } as const;

/** A page whose frames come at once when it asks for one. */
async function setUp() {
  const waiting: ((time: number) => void)[] = [];
  const frames = { request: (run: (time: number) => void) => waiting.push(run), cancel: () => undefined };
  const run = createRun(newScenario(TEXT));
  run.advance(5_000);
  const playground = new Playground(run, frames);
  const settle = () => {
    for (let most = 200; waiting.length > 0 && most > 0; most--) waiting.shift()?.(0);
  };
  const live = (ms: number) => {
    playground.store.getState().run.advance(ms);
    playground.flush();
  };
  playground.setPlaying(false);
  await playground.travel();
  return { playground, state: () => playground.store.getState(), settle, live };
}

const pods = ({ objects }: ReturnType<Awaited<ReturnType<typeof setUp>>["state"]>) =>
  [...(objects.get("pods")?.values() ?? [])].filter(({ metadata }) => metadata.namespace === "default");

test("[PAST-1] one playhead: objects, log, counts and traffic are those of the moment that is shown", async () => {
  const { playground, state, settle, live } = await setUp();
  playground.run({ kind: "send", from: LAPTOP, host: "192.168.1.11", port: 30080 });
  live(5_000);
  const [log, counts] = [state().log, state().counts];
  playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 6 });
  playground.run({ kind: "start-traffic", from: LAPTOP, host: "192.168.1.11", port: 30080, rate: 2 });
  live(20_000);
  expect(pods(state())).toHaveLength(6);
  playground.seek(10_000, 1);
  settle();
  expect(state().past).toBe(true);
  expect(pods(state())).toHaveLength(3);
  expect(state().log).toEqual(log);
  expect(state().counts).toEqual(counts);
  expect(state().traffic).toEqual([]);
  playground.toNow();
  expect(state().past).toBe(false);
  expect(pods(state())).toHaveLength(6);
  expect(state().traffic).toHaveLength(1);
});

test("[PAST-2] acting in the past begins a branch that is named after it, and the other future is kept", async () => {
  const { playground, state, settle, live } = await setUp();
  playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 1 });
  live(20_000);
  playground.seek(4_000);
  settle();
  playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 5 });
  live(20_000);
  expect(state().branches.map(({ name }) => name)).toEqual(["First run", "Scale web to 5 at 0:04.0"]);
  expect([state().past, pods(state()).length]).toEqual([false, 5]);
  playground.switchTo(1);
  expect([state().past, pods(state()).length]).toEqual([false, 1]);
  await deleteBranch(playground, 2);
  expect(state().branches).toHaveLength(1);
});

test("[PAST-3] time plays on from an earlier moment until now, and continues there", async () => {
  const { playground, state, settle, live } = await setUp();
  live(3_000);
  const now = playground.now;
  playground.seek(now - 100);
  settle();
  expect(state().past).toBe(true);
  playground.setPlaying(true);
  playground.setSpeed(100);
  const { run } = state();
  run.advance(100);
  playground.toNow();
  expect(state().run.digest).toBe(run.digest);
});

test("[PAST-4] steps and actions are gone through one by one, both ways", async () => {
  const { playground, state, settle, live } = await setUp();
  playground.run({ kind: "send", from: LAPTOP, host: "192.168.1.11", port: 30080 });
  live(5_000);
  playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 4 });
  const here = () => state().world.clock.now;
  const now = here();
  stepBack(playground);
  settle();
  const before = here();
  expect(before).toBeLessThan(now);
  stepBack(playground);
  settle();
  expect(here()).toBeLessThan(before);
  step(playground);
  settle();
  expect(here()).toBe(before);
  playground.toNow();
  expect(playground.undo()).toBe(true);
  settle();
  const replicas = () => state().world.api.get("deployments.apps", "default", "web").spec?.replicas;
  expect(replicas()).toBe(3);
  expect(playground.redo()).toBe(true);
  settle();
  expect([replicas(), state().past]).toEqual([4, false]);
});

test("[PAST-7] starting over returns cluster, text and time, and keeps what was done as a branch", async () => {
  const { playground, state, settle, live } = await setUp();
  playground.run({ kind: "apply", text: TEXT.replace("replicas: 3", "replicas: 2") });
  live(20_000);
  playground.run({ kind: "send", from: LAPTOP, host: "192.168.1.11", port: 30080 });
  live(5_000);
  expect(pods(state())).toHaveLength(2);
  await startOver(playground);
  playground.setPlaying(false);
  settle();
  expect([pods(state()).length, state().world.clock.now, state().log.length]).toEqual([3, 5_000, 0]);
  expect(state().run.lastApplied().text).toBe(TEXT);
  expect(state().branches.map(({ name }) => name)).toEqual(["First run", "Started over at 0:30.0"]);
  state().notice?.offer?.act();
  expect([pods(state()).length, state().past]).toEqual([2, false]);
});

test("[LESSONS-5] going back continues at that moment in a branch, and the other future stays", async () => {
  const { playground, state, settle, live } = await setUp();
  playground.run({ kind: "send", from: LAPTOP, host: "192.168.1.11", port: 30080 });
  live(5_000);
  playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 1 });
  live(20_000);
  const [, scaled] = state().run.log;
  await goBackTo(playground, { time: scaled?.at ?? 0, actions: 1 });
  settle();
  playground.setPlaying(false);
  expect([state().past, state().run.log.length, pods(state()).length]).toEqual([false, 1, 3]);
  expect(state().branches.map(({ name }) => name)).toEqual(["First run", "Back at 0:10.0"]);
  state().notice?.offer?.act();
  expect([pods(state()).length, state().past]).toEqual([1, false]);
});

test("[PAST-7] starting over from the past, and at the start itself", async () => {
  const { playground, state, settle, live } = await setUp();
  await startOver(playground);
  playground.setPlaying(false);
  expect(state().branches).toHaveLength(1);
  playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 5 });
  live(20_000);
  playground.seek(10_000, 1);
  settle();
  await startOver(playground);
  expect([state().past, pods(state()).length, state().run.log.length]).toEqual([false, 3, 0]);
  expect(state().branches).toHaveLength(2);
});
