// Entries: named after what is in them, read back with care; a shelf that refuses costs no work.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { type Entry, entryOf, nameOf, readRecord, tidyName, toRecord } from "./entry.ts";
import { type Refusal, refusalOf, SafeShelf } from "./safe.ts";
import { MemoryShelf } from "./shelf.ts";
import { refusalWords, sizeWords, timeWords } from "./words.ts";

const entry = (id: string, text = "kind: Service\n", revision = "r1"): Entry =>
  entryOf({ id, revision, source: { kind: "example", name: "NodePort" }, text, now: 5 });

describe("names", () => {
  test.each([
    ["kind: Service\nmetadata:\n  name: web\n", "web"],
    ["kind: Service\nmetadata: {name: web, labels: {name: other}}\n", "web"],
    ["metadata:\n  name: web\n---\nmetadata:\n  name: web\n", "web"],
    ["metadata:\n    name: 'a'\n---\nmetadata:\n  name: b\n---\nmetadata:\n  name: c\n", "a, b and 1 more"],
    ["spec:\n  name: web\n", "Untitled"],
    ["", "Untitled"],
  ])("[WORK-9] %j is called %s", (text, name) => {
    expect(nameOf(text)).toBe(name);
  });

  test("[WORK-9] a name that a person gives is one line", () => {
    expect(tidyName("  my \n shop ")).toBe("my shop");
    expect(tidyName(" \n ")).toBeUndefined();
    expect(tidyName("x".repeat(999))).toHaveLength(200);
  });
});

describe("reading back", () => {
  test("[WORK-10] an entry comes back as it was written", () => {
    const run = { ...newScenario("a: b\n"), log: [{ at: 1, action: { kind: "shell" as const, line: "ls" } }] };
    const written = { ...entry("1"), run };
    expect(readRecord("1", toRecord(written))).toEqual({ kind: "entry", id: "1", entry: written });
  });

  test.each([
    ["nothing", undefined],
    ["a text", "apiVersion"],
    ["a list", []],
    ["another version", { ...toRecord(entry("1")), version: 2 }],
    ["no text", { ...toRecord(entry("1")), scenario: { version: 1, text: 5 } }],
    ["a scenario of another version", { ...toRecord(entry("1")), scenario: { version: 9, text: "" } }],
    ["too long a text", { ...toRecord(entry("1")), original: "x".repeat(20_000_000) }],
    ["a name that is an object", { ...toRecord(entry("1")), name: { toString: "web" } }],
    ["a time beyond all times", { ...toRecord(entry("1")), changed: Number.POSITIVE_INFINITY }],
    ["a broken run", { ...toRecord(entry("1")), run: { version: 1, log: [{ at: 0, action: { kind: "__proto__" } }] } }],
    ["an unknown source", { ...toRecord(entry("1")), source: { kind: "constructor", name: "" } }],
  ])("[WORK-10] %s is a broken entry that says why, and can still be saved", (_name, raw) => {
    expect(readRecord("1", raw)).toEqual({ kind: "broken", id: "1", raw, reason: expect.stringMatching(/./) });
  });

  test("[WORK-10] no record whatever makes reading throw", () => {
    fc.assert(
      fc.property(fc.object(), fc.anything(), (some, other) => {
        readRecord("1", other);
        expect(["entry", "broken"]).toContain(readRecord("1", { ...toRecord(entry("1")), ...some }).kind);
      }),
    );
  });
});

describe("storage that refuses", () => {
  function shelves(error: Error) {
    const below = new MemoryShelf();
    let refusing = true;
    const told: (Refusal | undefined)[] = [];
    const put = below.put.bind(below);
    below.put = async (each, expected) => {
      if (refusing) throw error;
      return put(each, expected);
    };
    const accept = () => {
      refusing = false;
    };
    return { below, told, accept, safe: new SafeShelf(below, (refusal) => told.push(refusal)) };
  }

  test.each([
    [new DOMException("", "QuotaExceededError"), "full", "no space"],
    [new DOMException("", "SecurityError"), "refused", "keeps nothing for this page"],
    [new DOMException("", "InvalidStateError"), "refused", "keeps nothing for this page"],
    [new TypeError("indexedDB is null"), "failed", "indexedDB is null"],
  ])("[WORK-11] %s is said as %s, with the file as the other way", async (error, kind, words) => {
    const { safe, told } = shelves(error);
    await safe.put(entry("1"), undefined);
    expect(told).toEqual([expect.objectContaining({ kind })]);
    expect(refusalWords(refusalOf(error))).toContain(words);
    expect(refusalWords(refusalOf(error))).toContain("as a file");
  });

  test("[WORK-11] what is refused stays in the list and can be opened while the page is", async () => {
    const { safe } = shelves(new DOMException("", "QuotaExceededError"));
    await safe.put(entry("1"), undefined);
    expect((await safe.list()).map(({ id }) => id)).toEqual(["1"]);
    expect(await safe.get("1")).toMatchObject({ kind: "entry" });
    expect(safe.isUnsaved("1")).toBe(true);
  });

  test("[WORK-11] when room is made, what was refused is written, without becoming two", async () => {
    const { safe, below, told, accept } = shelves(new DOMException("", "QuotaExceededError"));
    below.putNow([entry("1", "old\n", "r0")]);
    await safe.put(entry("1", "new\n", "r1"), "r0");
    await safe.put(entry("1", "newer\n", "r2"), "r1");
    accept();
    await safe.saveAgain();
    expect(await below.get("1")).toMatchObject({ entry: { scenario: { text: "newer\n" } } });
    expect(told.at(-1)).toBeUndefined();
    expect(safe.isUnsaved("1")).toBe(false);
  });

  test("[WORK-11] a text that could not be read back is not written but said", async () => {
    const { safe, below, told, accept } = shelves(new Error());
    accept();
    await safe.put(entry("1", "x".repeat(20_000_000)), undefined);
    expect(told).toEqual([expect.objectContaining({ kind: "too-long" })]);
    expect(await below.list()).toEqual([]);
  });
});

test("[WORK-9] times and sizes are said shortly", () => {
  const day = new Date(2026, 10, 29, 9, 5).getTime();
  expect(timeWords(day, day + 3_600_000)).toBe("today 09:05");
  expect(timeWords(day, day + 86_400_000)).toBe("Nov 29, 2026, 09:05");
  expect(sizeWords(entry("1", "a: 1\nb: 2\n"))).toBe("2 lines, 0.0 kB");
});
