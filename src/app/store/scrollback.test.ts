// The terminal's lines: pieces of output joined, old lines dropped.
import { expect, it } from "vitest";
import { addCommand, addOutput, cleared, EMPTY_SCROLLBACK, LINES_KEPT } from "./scrollback.ts";

const texts = (lines: typeof EMPTY_SCROLLBACK) => lines.lines.map((line) => line.text);

it("[CONSOLE-12] output that comes in pieces makes the same lines as output in one piece", () => {
  const whole = "NAME   READY\nweb-0  1/1\n\nlast";
  const once = addOutput(EMPTY_SCROLLBACK, "out", whole);
  for (let at = 1; at < whole.length; at++) {
    const pieces = addOutput(addOutput(EMPTY_SCROLLBACK, "out", whole.slice(0, at)), "out", whole.slice(at));
    expect(texts(pieces)).toEqual(texts(once));
  }
  expect(texts(once)).toEqual(["NAME   READY", "web-0  1/1", "", "last"]);
});

it("[CONSOLE-13] a command begins a line of its own, its here-document follows with >", () => {
  const after = addCommand(addOutput(EMPTY_SCROLLBACK, "out", "no newline"), "laptop$", "cat <<EOF\nhello\nEOF");
  expect(after.lines.slice(1).map((line) => `${line.prompt} ${line.text}`)).toEqual([
    "laptop$ cat <<EOF",
    "> hello",
    "> EOF",
  ]);
  expect(texts(addOutput(after, "out", "hello\n")).at(-1)).toBe("hello");
});

it("[CONSOLE-14] errors do not run into output", () => {
  const mixed = addOutput(addOutput(EMPTY_SCROLLBACK, "out", "a"), "err", "b\n");
  expect(mixed.lines.map((line) => [line.kind, line.text])).toEqual([
    ["out", "a"],
    ["err", "b"],
  ]);
});

it("[CONSOLE-15] long output keeps its end, and no line is endless", () => {
  const many = addOutput(EMPTY_SCROLLBACK, "out", Array.from({ length: 5_000 }, (_, i) => `${i}\n`).join(""));
  expect(many.lines.length).toBe(LINES_KEPT);
  expect(many.lines.at(-1)?.text).toBe("4999");
  expect(many.dropped).toBe(3_000);
  expect(new Set(many.lines.map((line) => line.id)).size).toBe(LINES_KEPT);
  expect(addOutput(EMPTY_SCROLLBACK, "out", "x".repeat(1e6)).lines[0]?.text.length).toBeLessThan(21_000);
  expect(cleared(many).lines).toEqual([]);
});

it("[CONSOLE-27] clear clears, and colours are left out", () => {
  const before = addOutput(EMPTY_SCROLLBACK, "out", "old\n");
  expect(texts(addOutput(before, "out", "\u001b[H\u001b[2J"))).toEqual([]);
  expect(texts(addOutput(before, "out", "\u001b[31mred\u001b[0m\n"))).toEqual(["old", "red"]);
});
