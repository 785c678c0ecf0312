// Messages from the page around the frame: what is ours, what is broken, what is left alone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMessage } from "./messages.ts";

describe("messages to an embed", () => {
  it("[EMBED-5] set and get are read with their id", () => {
    expect(readMessage({ type: "podpath:get", id: "a" })).toEqual({
      kind: "message",
      message: { type: "podpath:get", id: "a" },
    });
    expect(readMessage({ type: "podpath:set", text: "kind: Pod" })).toEqual({
      kind: "message",
      message: { type: "podpath:set", id: undefined, text: "kind: Pod" },
    });
    expect(readMessage({ type: "podpath:set", fragment: "p1:abc", extra: {} })).toEqual({
      kind: "message",
      message: { type: "podpath:set", id: undefined, fragment: "p1:abc" },
    });
  });

  it.each([
    [{ type: "podpath:set" }],
    [{ type: "podpath:set", text: 5 }],
    [{ type: "podpath:set", text: "a", fragment: "b" }],
    [{ type: "podpath:set", text: "x".repeat(8_000_001) }],
    [{ type: "podpath:set", fragment: "x".repeat(500_001) }],
  ])("[EMBED-6] a set that cannot be used says why", (data) => {
    expect(readMessage(data).kind).toBe("invalid");
  });

  it("[EMBED-12] words, seeks and sends are read; one that cannot be used says why", () => {
    expect(readMessage({ type: "podpath:hello", more: 1 })).toEqual({ kind: "word", word: { type: "podpath:hello" } });
    const theme = (given: unknown) => readMessage({ type: "podpath:theme", theme: given });
    expect(theme("dark")).toEqual({ kind: "word", word: { type: "podpath:theme", theme: "dark" } });
    expect(theme("toString")).toMatchObject({ kind: "invalid" });
    const seek = (time: unknown) => readMessage({ type: "podpath:seek", id: "a", time });
    expect(seek(1_500)).toEqual({ kind: "message", message: { type: "podpath:seek", id: "a", time: 1_500 } });
    for (const time of [-1, Number.NaN, Number.POSITIVE_INFINITY, "5", undefined, 1e300])
      expect(seek(time)).toMatchObject({ kind: "invalid", id: "a" });
    const send = (given: object) => readMessage({ type: "podpath:send", ...given });
    expect(send({ from: "phone", to: "web:80" })).toMatchObject({ message: { from: "phone", to: "web:80" } });
    expect(send({})).toMatchObject({ message: { from: undefined, to: undefined } });
    for (const given of [{ from: 1 }, { to: {} }, { to: "x".repeat(2_001) }])
      expect(send(given)).toMatchObject({ kind: "invalid" });
  });

  it("[EMBED-7] other people's messages are left alone, whatever they are", () => {
    for (const data of [null, "podpath:get", 5, [], { type: "height" }, { type: "podpath:ready" }])
      expect(readMessage(data)).toEqual({ kind: "foreign" });
    fc.assert(
      fc.property(fc.anything(), (data) => {
        expect(readMessage(data).kind).toBe("foreign");
      }),
    );
  });
});
