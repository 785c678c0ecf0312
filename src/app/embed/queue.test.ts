// Floods of messages: answered in order, and little work.
import { expect, it } from "vitest";
import type { FrameMessage } from "./messages.ts";
import { MessageQueue, TOO_MANY } from "./queue.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A frame whose state is the text that was set last. */
function setUp() {
  const done: string[] = [];
  const answers: FrameMessage[] = [];
  let text = "first";
  const queue = new MessageQueue({
    pause: turn,
    get: async () => {
      done.push("get");
      return { text, fragment: "", time: 0 };
    },
    act: async ({ type }) => {
      done.push(`${type} of ${text}`);
      return type === "podpath:send" ? "nothing to send to" : undefined;
    },
    set: async (message) => {
      await turn();
      text = "text" in message ? message.text : "";
      done.push(`set ${text}`);
      return text === "bad" ? "it is bad" : undefined;
    },
  });
  const answer = (message: FrameMessage) => answers.push(message);
  const set = (id: string, value: string) => queue.add({ type: "podpath:set", id, text: value }, answer);
  const get = (id: string) => queue.add({ type: "podpath:get", id }, answer);
  const idle = async (count: number) => {
    for (let i = 0; i < 100_000 && answers.length < count; i++) await turn();
  };
  return { queue, done, answers, answer, set, get, idle };
}

const short = (message: FrameMessage) => {
  switch (message.type) {
    case "podpath:state":
      return `${message.id} ${message.text}`;
    case "podpath:done":
      return `${message.id} ${message.superseded === true ? "superseded" : "done"}`;
    case "podpath:error":
      return `${message.id} ${message.message}`;
    default:
      return message.type;
  }
};

it("[EMBED-9] every message is answered in its turn, each get with what was set before it", async () => {
  const { queue, answers, answer, set, get, idle } = setUp();
  get("1");
  set("2", "a");
  get("3");
  queue.refuse("4", answer, "no message");
  set("5", "bad");
  set("6", "b");
  get("7");
  set("8", "bad");
  await idle(8);
  expect(answers.map(short)).toEqual([
    "1 first",
    "2 done",
    "3 a",
    "4 no message",
    "5 superseded",
    "6 done",
    "7 b",
    "8 it is bad",
  ]);
});

it("[EMBED-9] of four thousand sets in one go the last is done", async () => {
  const { done, answers, set, get, idle } = setUp();
  for (let i = 0; i < 4_000; i++) set(String(i), `text ${i}`);
  get("end");
  await idle(4_001);
  expect(done).toEqual(["set text 3999", "get"]);
  expect(answers.map((each) => ("id" in each ? each.id : ""))).toEqual([
    ...Array.from({ length: 4_000 }, (_, i) => String(i)),
    "end",
  ]);
  expect(answers.at(-1)).toMatchObject({ text: "text 3999" });
});

it("[EMBED-9] four thousand gets are one look", async () => {
  const { done, answers, get, idle } = setUp();
  for (let i = 0; i < 4_000; i++) get(String(i));
  await idle(4_000);
  expect(done).toEqual(["get"]);
  expect(answers.every(({ type }) => type === "podpath:state")).toBe(true);
});

it("[EMBED-9] sets and gets by turns are done up to a limit, and refused in their turn beyond it", async () => {
  const { done, answers, set, get, idle } = setUp();
  for (let i = 0; i < 2_000; i++) {
    set(`set ${i}`, String(i));
    get(`get ${i}`);
  }
  await idle(4_000);
  expect(done.length).toBeLessThanOrEqual(12);
  expect(answers.map(short).slice(0, 4)).toEqual(["set 0 done", "get 0 0", "set 1 done", "get 1 1"]);
  expect(answers.at(-1)).toMatchObject({ id: "get 1999", message: TOO_MANY });
  set("later", "x");
  await idle(4_001);
  expect(answers.at(-1)).toEqual({ type: "podpath:done", id: "later" });
});

it("[EMBED-12] what is to be done happens in its turn, after what was set before it", async () => {
  const { queue, done, answers, answer, set, get, idle } = setUp();
  set("1", "a");
  queue.add({ type: "podpath:seek", id: "2", time: 5 }, answer);
  queue.add({ type: "podpath:send", id: "3", from: undefined, to: undefined }, answer);
  set("4", "b");
  get("5");
  await idle(5);
  expect(done).toEqual(["set a", "podpath:seek of a", "podpath:send of a", "set b", "get"]);
  expect(answers.map(short)).toEqual(["1 done", "2 done", "3 nothing to send to", "4 done", "5 b"]);
});
