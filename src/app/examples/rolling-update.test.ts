// The example that compares two futures: what it says happens, and it comes back from a link as it went in.
import { expect, test } from "vitest";
import { compareRuns } from "../../history/index.ts";
import { decode, encode } from "../../scenario/index.ts";
import { writeNote } from "../store/branching.ts";
import { openAt } from "../store/open.ts";
import { Playground } from "../store/playground.ts";
import { ROLLING_UPDATE } from "./rolling-update.ts";

const WAITING = { signal: new AbortController().signal, now: () => 0, onProgress: () => undefined };

async function open(scenario = ROLLING_UPDATE) {
  const run = await openAt(scenario, {}, WAITING);
  if (run === undefined) throw new Error("nobody gave it up");
  const playground = new Playground(run, { request: () => 0, cancel: () => undefined });
  const { history } = await playground.travel();
  return { playground, history };
}

test("without a readiness probe requests are refused during the update, with one none are", async () => {
  const { playground, history } = await open();
  const { branches, notes } = playground.store.getState();
  expect(branches.map(({ name }) => name)).toEqual(["Without a readiness probe", "With a readiness probe"]);
  expect(notes.length).toBeGreaterThan(0);
  const [without, withProbe] = branches.map(({ id }) => history.headOf(id));
  if (without === undefined || withProbe === undefined) throw new Error("two branches");
  expect([without.cluster.clock.now, withProbe.cluster.clock.now]).toEqual([40_000, 40_000]);
  for (const { cluster } of [without, withProbe]) {
    const images = cluster.api.list("pods", { namespace: "default" }).map(({ spec }) => spec?.containers[0]?.image);
    expect(images).toEqual(["nginx:1.29", "nginx:1.29", "nginx:1.29"]);
  }
  const { outcomes, counts } = compareRuns(without, withProbe);
  const refused = outcomes.find(({ kind }) => kind === "refused");
  expect(refused?.before).toBeGreaterThan(0);
  expect(refused?.after).toBe(0);
  expect(counts.length).toBeGreaterThan(0);
});

test("a page with branches and notes is the same again from its link", async () => {
  const { playground, history } = await open();
  await writeNote(playground, "here they part", 10_500);
  const before = playground.scenarioOf();
  const decoded = await decode(await encode(before));
  if (decoded.kind !== "scenario") throw new Error("a broken link");
  const again = await open(decoded.scenario);
  expect(again.playground.store.getState().notes).toContainEqual({ at: 10_500, text: "here they part" });
  expect(again.playground.scenarioOf()).toEqual(before);
  for (const { id } of history.branches()) expect(again.history.headOf(id).digest).toBe(history.headOf(id).digest);
  await writeNote(playground, "", 10_500);
  expect(playground.store.getState().notes).not.toContainEqual({ at: 10_500, text: "here they part" });
});

test("a note belongs to the branches that have its moment", async () => {
  const { playground, history } = await open();
  await writeNote(playground, "early", 7_000);
  await writeNote(playground, "late", 39_000);
  const main = history.current;
  const past = await playground.travel();
  past.seek(20_000);
  past.work(() => true);
  playground.run({ kind: "stop-traffic" });
  const { branch, notes } = playground.store.getState();
  expect(branch).not.toBe(main);
  expect(notes.map(({ text }) => text)).toContain("early");
  expect(notes.map(({ text }) => text)).not.toContain("late");
  playground.switchTo(main);
  expect(playground.store.getState().notes.map(({ text }) => text)).toContain("late");
});
