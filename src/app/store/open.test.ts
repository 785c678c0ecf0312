// Opening a scenario at a moment, a little at a time.
import { expect, test } from "vitest";
import { newScenario, type Scenario } from "../../scenario/index.ts";
import { goTo, type Opening, Openings, openAt } from "./open.ts";
import { createRun, type Run } from "./run.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const SEND = { kind: "send", from: LAPTOP, host: "192.168.1.12", port: 30_080 } as const;
const RUN: Scenario = {
  ...newScenario(""),
  log: [
    { at: 1_000, action: SEND },
    { at: 2_000, action: SEND },
    { at: 2_000, action: SEND },
  ],
};

/** Traffic that continues: a cluster at rest would be at any moment at once. */
const BUSY: Scenario = {
  ...newScenario(""),
  log: [{ at: 0, action: { ...SEND, kind: "start-traffic", rate: 1 } }],
};

/** A clock on which every look takes 5 ms, so that slices are short. */
function slow(): () => number {
  let time = 0;
  return () => {
    time += 5;
    return time;
  };
}

const waiting = { signal: new AbortController().signal, now: slow(), onProgress: () => undefined };

test.each([
  [{}, 0, 0],
  [{ step: 1 }, 1_000, 1],
  [{ step: 2 }, 2_000, 2],
  [{ step: 9 }, 2_000, 3],
  [{ at: 1_500.25 }, 1_500.25, 1],
  [{ at: 9_000, step: 2 }, 9_000, 3],
  [{ at: 2_000, step: 2 }, 2_000, 2],
  [{ at: 1_500, step: 3 }, 1_500, 1],
  [{ at: 2_000 }, 2_000, 3],
])("[EMBED-8] %j opens at %d ms with %d actions done", async (moment, at, actions) => {
  const run = await openAt(RUN, moment, waiting);
  expect([run?.cluster.clock.now, run?.log.length]).toEqual([at, actions]);
});

test("[EMBED-8] without a log it opens with its pods ready, unless a moment is asked for", async () => {
  expect((await openAt(newScenario(""), {}, waiting))?.cluster.clock.now).toBe(5_000);
  expect((await openAt(newScenario(""), { at: 700 }, waiting))?.cluster.clock.now).toBe(700);
});

test("it tells how far it is, and is given up at the next slice", async () => {
  const shown: (Opening | undefined)[] = [];
  const openings = new Openings(slow(), (opening) => {
    shown.push(opening);
    if (opening !== undefined && opening.share > 0.3) opening.cancel();
  });
  expect(await openings.open(BUSY, { at: 600_000 }, () => expect.fail("it was given up"))).toBe(false);
  expect(shown.at(-1)).toBeUndefined();
  const shares = shown.flatMap((each) => each?.share ?? []);
  expect(shares.length).toBeGreaterThan(3);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test("the last one asked for wins", async () => {
  const openings = new Openings(slow(), () => undefined);
  const taken: string[] = [];
  const take = (run: Run) => void taken.push(run.origin.seed);
  const first = openings.open({ ...BUSY, seed: "one" }, { at: 600_000 }, take);
  const second = openings.open(newScenario("", "two"), {}, take);
  expect([await first, await second]).toEqual([false, true]);
  expect(taken).toEqual(["two"]);
});

test("it is opening from the moment it is asked for, before its text has come, until the run is handed over", async () => {
  let opening: Opening | undefined;
  const openings = new Openings(slow(), (shown) => {
    opening = shown;
  });
  const done = openings.open(Promise.resolve(newScenario("")), {}, () => expect(opening).toBeDefined());
  expect(opening).toBeDefined();
  expect(await done).toBe(true);
  expect(opening).toBeUndefined();
});

test("a text that does not come ends the opening", async () => {
  let opening: Opening | undefined;
  const openings = new Openings(slow(), (shown) => {
    opening = shown;
  });
  await expect(openings.open(Promise.reject(new Error("gone")), {}, () => undefined)).rejects.toThrow("gone");
  expect(opening).toBeUndefined();
});

test("a run is taken on from where it is", async () => {
  const run = createRun(RUN);
  expect(await goTo(run, { at: 1_200 }, waiting)).toBe(true);
  expect(await goTo(run, { at: 4_000 }, waiting)).toBe(true);
  const whole = createRun(RUN);
  whole.advance(4_000);
  expect(run.digest).toBe(whole.digest);
});
