// What a speaker goes through: moments in their own order, a lesson press by press, and the notes beside it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LessonRun, loadLesson, startOf } from "../../lessons/index.ts";
import { decode, encode, newScenario, parseScenario } from "../../scenario/index.ts";
import { createShell } from "../../shell/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { moved, setDeck, showMoment, withMoment } from "./deck.ts";
import { channelName, readNotes, spanText } from "./notes.ts";
import { DeckTalk, hasStops, LessonTalk, WAITING } from "./talk.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../examples/nodeport.yaml"), "utf8");
const LAPTOP = { kind: "client", name: "laptop" } as const;

/** A page whose frames come when they are asked for. */
function pageOf(run: ReturnType<typeof createRun>) {
  const waiting: ((time: number) => void)[] = [];
  const playground = new Playground(run, { request: (frame) => waiting.push(frame), cancel: () => undefined });
  playground.setPlaying(false);
  const settle = () => {
    for (let most = 300; waiting.length > 0 && most > 0; most--) waiting.shift()?.(0);
  };
  const live = (ms: number) => {
    playground.store.getState().run.advance(ms);
    playground.flush();
  };
  return { playground, state: () => playground.store.getState(), settle, live };
}

describe("[DECK-1] moments", () => {
  const deck = ["a", "b", "c"].map((text, at) => ({ at, text }));
  const texts = (all: typeof deck | ReturnType<typeof moved>) => all.map(({ text }) => text).join("");

  test("move up and down, and stay at the ends", () => {
    expect(texts(moved(deck, 2, -1))).toBe("acb");
    expect(texts(moved(deck, 0, 2))).toBe("bca");
    expect(moved(deck, 0, -1)).toBe(deck);
    expect(moved(deck, 7, 1)).toBe(deck);
    expect(withMoment(deck, 5, "x".repeat(900)).at(-1)?.text).toHaveLength(500);
  });

  test("are saved in their order with the scenario, come back from a link, and leave with another scenario", async () => {
    const run = createRun(newScenario(TEXT));
    const { playground, state, live } = pageOf(run);
    live(8_000);
    const kept = [
      { at: 6_000, text: "second first" },
      { at: 2_000, text: "" },
    ];
    setDeck(playground, kept);
    const decoded = await decode(await encode(playground.scenarioOf()));
    if (decoded.kind !== "scenario") throw new Error("the link is broken");
    expect(decoded.scenario.deck).toEqual(kept);
    const opened = pageOf(createRun(decoded.scenario));
    expect(opened.state().deck).toEqual(kept);
    await opened.playground.travel();
    expect(opened.playground.scenarioOf().deck).toEqual(kept);
    setDeck(playground, []);
    expect(playground.scenarioOf().deck).toBeUndefined();
    playground.replace(createRun(newScenario("")));
    expect(state().deck).toBeUndefined();
  });

  test("[LINK-12] of the wrong form are refused with their place", () => {
    const raw = { ...newScenario(""), deck: [{ at: -1, text: "" }] };
    expect(() => parseScenario(raw)).toThrow(/^deck\[0\]\.at/);
  });
});

test("[DECK-2] [TALK-2] a clicker goes from moment to moment in the deck's order, with the request of that time", async () => {
  const { playground, state, settle, live } = pageOf(createRun(newScenario(TEXT)));
  live(6_000);
  const result = playground.run({ kind: "send", from: LAPTOP, host: "192.168.1.11", port: 30080 });
  live(8_000);
  playground.run({ kind: "scale", namespace: "default", name: "web", replicas: 5 });
  live(8_000);
  const deck = [
    { at: 6_900, text: "On its way" },
    { at: 20_000, text: "Five pods" },
    { at: 3_000, text: "The beginning" },
  ];
  setDeck(playground, deck);
  await playground.travel();
  const talk = new DeckTalk(playground, deck);
  expect(talk.slide).toMatchObject({ at: 0, of: 3, next: "On its way" });
  const at = async () => {
    settle();
    return [state().world.clock.now, state().route, talk.slide.title];
  };
  await talk.next();
  expect(await at()).toEqual([6_900, result.exchange, "On its way"]);
  expect([hasStops(playground, "ahead"), hasStops(playground, "behind")]).toEqual([true, true]);
  await talk.next();
  expect(await at()).toEqual([20_000, undefined, "Five pods"]);
  expect(
    [...(state().objects.get("pods")?.values() ?? [])].filter(({ metadata }) => metadata.namespace === "default"),
  ).toHaveLength(5);
  await talk.next();
  await talk.next();
  expect(await at()).toEqual([3_000, undefined, "The beginning"]);
  expect(talk.slide.next).toBe("This is the last moment.");
  talk.previous();
  expect(await at()).toEqual([20_000, undefined, "Five pods"]);
  showMoment(playground, { at: 6_900, text: "" });
  settle();
  expect(state().route).toBe(result.exchange);
});

test("[TALK-1] a lesson is shown press by press: its solution is done, its steps follow, and the way back leads to where they began", async () => {
  const lesson = await loadLesson("four-ports");
  const stage = {
    open: async (scenario: Parameters<typeof createRun>[0]) => createRun(scenario, { createShell }),
    example: async () => newScenario(""),
    lesson: loadLesson,
  };
  const { scenario, at: begins } = await startOf(lesson, stage);
  const run = createRun(scenario, { createShell });
  run.advance(begins);
  const { playground, state, settle, live } = pageOf(run);
  const course = new LessonRun(lesson, run);
  const talk = new LessonTalk(playground, course);
  expect(talk.slide).toMatchObject({
    title: "Three pairs",
    at: 1,
    of: 3,
    text: expect.stringMatching(/^Reach the pods in three ways/),
  });
  expect(talk.slide.notes.join(" ")).toContain("Three of them lead somewhere");
  expect(talk.slide.next).toBe("curl -sS -m 10 http://192.168.1.11:30080");
  for (let press = 0; press < 3; press++) {
    await talk.next();
    live(20_000);
  }
  expect(talk.slide.next).toBe("Next step: A wrong pair");
  const second = state().world.clock.now;
  playground.select({ kind: "exchange", id: [...state().world.trace.exchanges()].at(-1)?.id ?? 0 });
  expect(state().route).toBeDefined();
  await talk.next();
  expect(state().route).toBeUndefined();
  expect(talk.slide).toMatchObject({
    at: 2,
    text: expect.stringMatching(/What happens\? · A: It is answered.* · B: It is refused at once · C: /),
  });
  await talk.next();
  live(20_000);
  expect(course.prediction(state().run)).toMatchObject({ chosen: 2, right: 2 });
  await talk.next();
  expect(talk.slide.at).toBe(3);
  await talk.next(); // the prediction and the change
  await talk.next(); // a wait
  expect([state().speed, talk.slide.next]).toEqual([10, WAITING]);
  const before = state().run.log.length;
  await talk.next();
  expect(state().run.log).toHaveLength(before);
  live(15_000);
  talk.look();
  expect([state().speed, talk.slide.next]).toEqual([1, "curl -sS -m 10 http://192.168.1.11:30080"]);
  await talk.next();
  await talk.next();
  expect(state().run.log).toHaveLength(before + 1); // the command has the console
  live(10_000);
  expect(talk.slide.next).toBe("The lesson is done.");
  await playground.travel();
  live(1_000);
  talk.previous();
  settle();
  talk.previous();
  settle();
  expect([talk.slide.at, state().world.clock.now]).toEqual([2, second]);
  await talk.next();
  settle();
  expect(talk.slide.at).toBe(3);
  await talk.next();
  settle();
  expect(state().past).toBe(false);
});

test("[TALK-3] notes are read as they were said, and nothing else is", () => {
  const slide = { title: "a", text: "b", next: "c", at: 1, of: 2, notes: ["d"] };
  const state = { ...slide, sentence: "", beganAt: 5 };
  expect(readNotes({ kind: "state", state })).toEqual({ kind: "state", state });
  expect(readNotes({ kind: "go", by: -1 })).toEqual({ kind: "go", by: -1 });
  for (const data of [
    null,
    1,
    {},
    { kind: "go", by: 5 },
    { kind: "state" },
    { kind: "state", state: { ...state, notes: "x" } },
    { kind: "state", state: { ...state, at: "1" } },
  ])
    expect(readNotes(data)).toBeUndefined();
  expect(readNotes({ kind: "state", state: { ...state, title: "x".repeat(30_000), notes: [1, "ok"] } })).toMatchObject({
    state: { title: "x".repeat(20_000), notes: ["ok"] },
  });
  expect(channelName("ab")).toBe("podpath-notes-ab");
  expect([spanText(0), spanText(65_400), spanText(3_600_000)]).toEqual(["0:00", "1:05", "60:00"]);
});

test("[TALK-1] of several requests of one press the first is shown stop by stop, and a step ends when its waits are over", async () => {
  const lesson = await loadLesson("four-ports");
  const [first] = lesson.steps;
  if (first === undefined) throw new Error("there is no step");
  const { playground, state, live } = pageOf(createRun(newScenario(TEXT), { createShell }));
  live(5_000);
  const waits = { ...first, checks: [], solution: [{ wait: 5_000 }] };
  const waiting = new LessonTalk(playground, new LessonRun({ ...lesson, steps: [waits, first] }, state().run));
  await waiting.next();
  expect([waiting.slide.at, state().speed]).toEqual([1, 10]);
  live(5_000);
  waiting.look();
  await waiting.next();
  expect([waiting.slide.at, state().speed]).toEqual([2, 1]);
  const send = () => playground.run({ kind: "send", from: LAPTOP, host: "192.168.1.11", port: 30080 });
  await waiting.next(); // curl
  const one = send().exchange;
  waiting.look();
  expect(state().route).toBe(one);
  send();
  waiting.look();
  expect(state().route).toBeUndefined();
});
