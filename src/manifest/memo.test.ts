// Keeping what was made of texts, within a bound.
import { expect, test } from "vitest";
import { Memo } from "./memo.ts";

function begin() {
  const made: string[] = [];
  const memo = new Memo<{ readonly text: string; readonly size: number }>(500_000);
  const get = (text: string, size = 1) =>
    memo.get(text, (each) => {
      made.push(each);
      return { text: each, size };
    });
  return { made, get };
}

test("what was made of a text is answered again for an equal one", () => {
  const { made, get } = begin();
  expect(get("web")).toBe(get(["w", "eb"].join("")));
  expect(made).toEqual(["web"]);
});

test("what is asked for again and again stays, what nobody asks for goes", () => {
  const { made, get } = begin();
  get("once");
  for (let i = 0; i < 30; i++) {
    get("often");
    get(`big ${i}`, 200_000);
  }
  get("once");
  expect(made.filter((each) => each === "often")).toHaveLength(1);
  expect(made.filter((each) => each === "once")).toHaveLength(2);
});

test("what is too large to be kept pushes nothing out", () => {
  const { made, get } = begin();
  get("small");
  for (let i = 0; i < 5; i++) get("huge", 1_000_000);
  get("small");
  expect(made).toEqual(["small", "huge", "huge", "huge", "huge", "huge"]);
});
