// What is kept of the visitor's work, and when: the real engine, the real editor's text, a shelf in memory.
import { describe, expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { Browser, EXAMPLE, LINK, service } from "./testing.ts";

describe("what is kept", () => {
  test("[WORK-1] what nobody changed is no entry: looking, sending, traffic and a second look at the same text", async () => {
    const browser = new Browser();
    const { playground, type, settle } = browser.page(service("web"));
    const target = { from: { kind: "client", name: "laptop" }, host: "192.168.1.11", port: 30080 } as const;
    playground.run({ kind: "send", ...target });
    playground.run({ kind: "start-traffic", ...target, rate: 1 });
    playground.run({ kind: "stop-traffic" });
    type(service("web"));
    await settle();
    expect(await browser.entries()).toEqual([]);
  });

  test("[WORK-1] a changed text is an entry at once, named after its objects, with what it came from", async () => {
    const browser = new Browser();
    const { playground, settle } = browser.page(service("web"));
    playground.doors.work?.typed(`${service("web")}# mine`); // not applied yet
    await settle();
    expect(await browser.only()).toMatchObject({
      name: "web",
      named: false,
      source: EXAMPLE.source,
      original: service("web"),
      scenario: { text: `${service("web")}# mine`, log: [] },
    });
  });

  test("[WORK-1] what is done in the console or on the canvas is kept with the text, as a run that can be done again", async () => {
    const browser = new Browser();
    const { playground, type, settle } = browser.page(service("web"));
    playground.run({ kind: "shell", line: "kubectl create namespace mine" });
    playground.run({ kind: "configure", settings: { cloud: true } });
    type(service("shop"));
    await settle();
    const entry = await browser.only();
    expect(entry.scenario).toMatchObject({ text: service("shop"), settings: { cloud: true }, log: [] });
    expect(entry.run?.text).toBe(service("web"));
    expect(entry.run?.log.map(({ action }) => action.kind)).toEqual(["shell", "configure", "apply"]);
  });

  test("[WORK-1] so is what is done after an example took the place of changed text", async () => {
    const browser = new Browser();
    const { playground, type, settle, replaceText } = browser.page(service("web"));
    type(service("mine"));
    replaceText(EXAMPLE, service("b"));
    await settle();
    playground.run({ kind: "shell", line: "kubectl create namespace mine" });
    await settle();
    const [last, first] = await browser.entries();
    expect(last?.run?.log.map(({ action }) => action.kind)).toEqual(["apply", "apply", "shell"]);
    expect(first?.run).toBeUndefined();
  });

  test("[WORK-1] typing continues in the same entry, and is written once in a while", async () => {
    const browser = new Browser();
    const { type, settle, waiting } = browser.page(service("a"));
    type(service("b"));
    await settle();
    type(service("c"));
    type(service("d"));
    expect(waiting.size).toBe(1);
    expect(await browser.texts()).toEqual([service("b")]);
    await settle();
    expect(await browser.texts()).toEqual([service("d")]);
  });

  test("[WORK-2] a log that is replayed is not the visitor's work", async () => {
    const browser = new Browser();
    const log = [{ at: 10, action: { kind: "apply" as const, text: service("b") } }];
    const { playground, type, settle } = browser.page({ ...newScenario(service("a")), log }, LINK);
    playground.store.getState().run.advance(20);
    await settle();
    expect(await browser.entries()).toEqual([]);
    type(service("c"));
    await settle();
    expect(await browser.only()).toMatchObject({ source: LINK.source, original: service("a") });
  });
});

describe("what takes the place of something", () => {
  test.each([
    ["an example", EXAMPLE],
    ["a reset", { source: { kind: "page", name: "" } } as const],
  ])("[WORK-3] %s leaves what was there as an entry, offered back", async (_name, from) => {
    const browser = new Browser();
    const { playground, type, settle, replaceText } = browser.page(service("web"));
    type(service("mine"));
    replaceText(from, service("other"));
    await settle();
    expect(await browser.texts()).toEqual([service("mine")]);
    const { kept } = playground.store.getState();
    expect(kept?.name).toBe("mine");
    type(`${service("other")}# mine too`);
    await settle();
    expect(await browser.texts()).toEqual([`${service("other")}# mine too`, service("mine")]);
    await playground.store.getState().kept?.open();
    await expect.poll(() => playground.store.getState().run.text).toBe(service("mine"));
    expect(playground.store.getState().kept).toBeUndefined();
  });

  test("[WORK-3] a link leaves what was there as an entry, also what was typed a moment ago", async () => {
    const browser = new Browser();
    const { playground, settle } = browser.page(service("web"));
    playground.doors.work?.typed(service("mine"));
    await playground.open(newScenario(service("linked")));
    await settle();
    expect(await browser.texts()).toEqual([service("mine")]);
    expect(playground.store.getState().kept?.name).toBe("mine");
  });

  test("[WORK-3] an example chosen after an untouched one keeps the earlier offer", async () => {
    const browser = new Browser();
    const { playground, type, settle, replaceText } = browser.page(service("web"));
    type(service("mine"));
    replaceText(EXAMPLE, service("b"));
    await settle();
    replaceText(EXAMPLE, service("c"));
    await settle();
    expect(playground.store.getState().kept?.name).toBe("mine");
    expect(await browser.entries()).toHaveLength(1);
  });

  test("[WORK-4] a link that is left without a change is an entry too: the address no longer has it", async () => {
    const browser = new Browser();
    const log = [{ at: 10, action: { kind: "shell" as const, line: "kubectl get pods" } }];
    const { replaceText, settle } = browser.page({ ...newScenario(service("linked")), title: "Lesson", log }, LINK);
    replaceText(EXAMPLE, service("b"));
    await settle();
    const entry = await browser.only();
    expect(entry).toMatchObject({ name: "Lesson", source: LINK.source, scenario: { text: service("linked") } });
    expect(entry.run?.log).toEqual(log);
  });

  test("[WORK-5] an entry that is opened continues, and Reset goes back to where it once came from", async () => {
    const browser = new Browser();
    const first = browser.page(service("web"));
    first.type(service("mine"));
    await first.settle();
    const second = browser.reload(await browser.only());
    expect(second.playground.store.getState().beginning.original).toBe(service("web"));
    second.type(service("mine-2"));
    await second.settle();
    expect(await browser.only()).toMatchObject({ name: "mine-2", original: service("web"), source: EXAMPLE.source });
    second.replaceText({ source: EXAMPLE.source }, service("web"));
    await second.settle();
    expect(second.playground.store.getState().kept?.name).toBe("mine-2");
    expect(await browser.texts()).toEqual([service("mine-2")]);
  });

  test("[WORK-5] an untouched entry of one's own is offered back when an example takes its place", async () => {
    const browser = new Browser();
    const first = browser.page(service("web"));
    first.type(service("mine"));
    await first.settle();
    const second = browser.reload(await browser.only());
    second.replaceText(EXAMPLE, service("b"));
    await second.settle();
    expect(second.playground.store.getState().kept?.name).toBe("mine");
  });
});

describe("earlier moments", () => {
  test("[WORK-12] looking at an earlier moment changes nothing, there and back", async () => {
    const browser = new Browser();
    const { playground, keeper, type, settle, look } = browser.page(service("web"));
    type(service("mine"));
    await settle();
    const before = await browser.entries();
    await playground.travel();
    look(0);
    expect(playground.store.getState().past).toBe(true);
    keeper.saveNow();
    await settle();
    look(undefined);
    await settle();
    expect(await browser.entries()).toEqual(before);
    type(service("mine-2"));
    await settle();
    expect(await browser.texts()).toEqual([service("mine-2")]);
  });

  test("[WORK-12] acting there begins an entry beside the one whose future it leaves; each branch continues in its own", async () => {
    const browser = new Browser();
    const { playground, type, settle, look } = browser.page(service("web"));
    type(service("mine"));
    await settle();
    const first = playground.store.getState().branch;
    await playground.travel();
    look(0);
    playground.run({ kind: "apply", text: service("other") });
    await settle();
    expect(await browser.texts()).toEqual([service("other"), service("mine")]);
    expect((await browser.entries())[0]).toMatchObject({
      source: { kind: "branch", name: "mine" },
      original: service("web"),
    });
    playground.switchTo(first);
    playground.doors.work?.typed(service("mine"));
    await settle();
    expect(await browser.texts()).toEqual([service("other"), service("mine")]);
    type(service("mine-2"));
    await settle();
    expect(await browser.texts()).toEqual([service("mine-2"), service("other")]);
  });
});

describe("several pages", () => {
  test("[WORK-6] a page in which nothing is changed never writes", async () => {
    const browser = new Browser();
    const first = browser.page(service("web"));
    first.type(service("mine"));
    await first.settle();
    const idle = browser.reload(await browser.only());
    first.type(service("mine-2"));
    await first.settle();
    const before = await browser.entries();
    idle.keeper.saveNow();
    await idle.settle();
    idle.replaceText(EXAMPLE, service("b"));
    await idle.settle();
    expect(await browser.entries()).toEqual(before);
  });

  test("[WORK-7] an entry that two pages change becomes two, whoever was first", async () => {
    const browser = new Browser();
    const first = browser.page(service("web"));
    first.type(service("mine"));
    await first.settle();
    const second = browser.reload(await browser.only());
    first.type(service("one"));
    await first.settle();
    second.type(service("two"));
    await second.settle();
    expect(await browser.texts()).toEqual([service("two"), service("one")]);
    expect((await browser.entries())[0]?.source).toEqual({ kind: "copy", name: "two" });
    expect(second.playground.store.getState().notice?.text).toContain("Both are kept");
    first.type(service("one-b"));
    second.type(service("two-b"));
    await first.settle();
    await second.settle();
    expect(await browser.texts()).toEqual([service("two-b"), service("one-b")]);
  });

  test("[WORK-7] taking over an entry from an idle page leaves that page an entry of its own", async () => {
    const browser = new Browser();
    const first = browser.page(service("web"));
    first.type(service("mine"));
    await first.settle();
    const second = browser.reload(await browser.only());
    second.type(service("two"));
    await second.settle();
    expect(await browser.texts()).toEqual([service("two")]);
    first.type(service("one"));
    first.keeper.saveNow(); // it goes at once
    await first.settle();
    expect(new Set(await browser.texts())).toEqual(new Set([service("one"), service("two")]));
  });

  test("[WORK-7] an entry that was deleted elsewhere is there again when it is changed", async () => {
    const browser = new Browser();
    const { keeper, type, settle } = browser.page(service("web"));
    type(service("mine"));
    await settle();
    const { id } = await browser.only();
    await browser.shelf.remove(id);
    keeper.heard({ id, revision: undefined });
    type(service("mine-2"));
    await settle();
    expect(await browser.texts()).toEqual([service("mine-2")]);
  });
});

describe("leaving", () => {
  test("[WORK-8] what was typed a moment before the page goes is kept, in the same entry", async () => {
    const browser = new Browser();
    const { playground, keeper, type, settle } = browser.page(service("web"));
    type(service("mine"));
    await settle();
    playground.doors.work?.typed(service("mine-2"));
    keeper.saveNow();
    expect(await browser.texts()).toEqual([service("mine-2")]);
  });

  test("[WORK-8] so is what was typed while the first writing was under way, and what made place just before", async () => {
    const browser = new Browser();
    const { playground, keeper, type, settle, replaceText } = browser.page(service("web"));
    const typed = (name: string) => playground.doors.work?.typed(service(name));
    typed("m");
    typed("mine");
    keeper.saveNow();
    keeper.saveNow(); // a page that goes is hidden, too
    expect(await browser.texts()).toEqual([service("mine")]);
    await settle();
    expect(await browser.texts()).toEqual([service("mine")]);
    typed("mine-2");
    await Promise.resolve();
    typed("mine-3");
    replaceText(EXAMPLE, service("b"));
    typed("b-2");
    keeper.saveNow();
    expect(new Set(await browser.texts())).toEqual(new Set([service("mine-3"), service("b-2")]));
    await settle();
    expect(await browser.entries()).toHaveLength(2);
    type(service("b-3"));
    await settle();
    expect(new Set(await browser.texts())).toEqual(new Set([service("mine-3"), service("b-3")]));
  });

  test("[WORK-8] the page remembers what it has in hand", async () => {
    const browser = new Browser();
    const { type, settle, replaceText, remembered } = browser.page(service("web"));
    type(service("mine"));
    await settle();
    const { id } = await browser.only();
    expect(remembered.at(-1)).toBe(id);
    replaceText(EXAMPLE, service("b"));
    expect(remembered.at(-1)).toBeUndefined();
  });
});
