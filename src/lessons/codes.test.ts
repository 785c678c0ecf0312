// Results as codes: read back, refused when something is wrong, found in what people paste, written as a table.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { LESSONS } from "./catalogue.ts";
import { type CodedResult, cleanName, codeOf, doneInNumbers, lessonsIn, readCode } from "./code.ts";
import { csvOf, findResults, rowOf, sorted } from "./codes.ts";

const ADA: CodedResult = {
  name: "Ada Lovelace",
  what: "four-ports",
  when: "2026-11-30 10:52",
  steps: { count: 3, of: 3 },
  right: { count: 1, of: 2 },
  hints: 2,
  shown: 0,
  minutes: 7,
};
const CODE =
  "PODPATH1; Ada Lovelace; four-ports; 2026-11-30 10:52; steps 3/3; right 1/2; hints 2; shown 0; 7 min; JS11VH";

describe("[RESULT-1] a result and its code", () => {
  it("is one line that a person can read, and stays the same in later versions", () => {
    expect(codeOf(ADA)).toBe(CODE);
    expect(readCode(CODE)).toEqual({ result: ADA });
  });

  it("comes back whatever was done, and whatever the name is", () => {
    const count = fc.integer({ min: 0, max: 999 });
    const share = fc.tuple(count, count).map(([a, b]) => ({ count: Math.min(a, b), of: Math.max(a, b) }));
    const lesson = fc.constantFrom(
      ...LESSONS.map(({ id }) => id),
      "daily-2026-11-30",
      "another-abc1",
      "none",
      "course 1-5,7 broken 1",
      "broken 21",
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), lesson, share, count, (name, what, steps, hints) => {
        const result = { ...ADA, name, what, steps, hints };
        const expected = { ...result, name: cleanName(name) === "-" ? "" : cleanName(name) };
        expect(readCode(`${codeOf(result)} sent from my phone`)).toEqual({ result: expected });
      }),
    );
  });

  it("names all lessons that are done by their numbers", () => {
    const ids = LESSONS.map(({ id }) => id);
    expect(doneInNumbers(new Set())).toBe("none");
    expect(doneInNumbers(new Set([...ids.slice(0, 5), ids[6] ?? "", ids[24] ?? ""]))).toBe("course 1-5,7 broken 1");
    expect(lessonsIn(doneInNumbers(new Set(ids)))).toEqual(LESSONS.map(({ title }) => title));
    expect(lessonsIn("course 3,99")).toBeUndefined();
    expect(lessonsIn("course 3-1")).toBeUndefined();
  });
});

describe("[RESULT-2] a code with a mistake", () => {
  test.each([
    [CODE.replace("Ada", "Adam"), /checksum does not match/],
    [CODE.replace("right 1/2", "right 2/2"), /checksum does not match/],
    [CODE.replace("7 min", "6 min"), /checksum does not match/],
    [CODE.replace("JS11VH", "JS11V"), /checksum does not match/],
    [CODE.replace("four-ports", "five-ports"), /“five-ports” where it should have the name of a lesson/],
    [CODE.replace("steps 3/3", "steps 4/3"), /“steps 4\/3” where it should have steps/],
    [CODE.replace("2026-11-30", "30 Nov"), /should have a date/],
    [CODE.slice(0, 70), /cut off: 5 of 9 fields/],
    [CODE.replace("PODPATH1", "PODPATH2"), /version 2/],
    ["", /does not begin with PODPATH1/],
  ])("%s", (code, reason) => {
    expect(readCode(code)).toEqual({ problem: expect.stringMatching(reason) });
  });

  it("is refused wherever one character is another one, is missing or comes twice", () => {
    for (let at = 0; at < CODE.length; at++) {
      const [before, sign, after] = [CODE.slice(0, at), CODE[at] ?? "", CODE.slice(at + 1)];
      const other = sign === "7" ? "8" : "7";
      for (const typed of [before + other + after, ...(sign === " " ? [] : [before + after])])
        expect(readCode(typed), typed).toHaveProperty("problem");
    }
  });

  test.each([
    ["another case", CODE.toLowerCase()],
    ["letters for digits", CODE.replace("JS11VH", "JSIlVH")],
    ["line breaks and quotes of a mail", CODE.replace("four-ports; ", "four-ports;\n> ").replace("Ada ", "Ada\r\n> ")],
    ["dashes of a word processor", CODE.replaceAll("-", "–")],
    ["wide spaces", CODE.replaceAll(" ", " ")],
  ])("is none if it is only %s", (_, typed) => {
    const read = readCode(typed);
    expect("result" in read && { ...read.result, name: read.result.name.toLowerCase() }).toEqual({
      ...ADA,
      name: "ada lovelace",
    });
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void readCode(`PODPATH1;${text}`)));
  });
});

describe("[RESULT-3] a pasted text", () => {
  it("gives its codes, with line and reason what cannot be used, and counts the rest", () => {
    const bob = codeOf({ ...ADA, name: "Bob" });
    const text = `Hi all!\n[10:53] Ada: ${CODE} done :)\r\n\n${bob}\n${bob.replace("hints 2", "hints 0")}\n${CODE.slice(10)}\n${CODE}`;
    expect(findResults(text)).toEqual({
      results: [
        { line: 2, result: ADA },
        { line: 4, result: { ...ADA, name: "Bob" } },
      ],
      bad: [
        { line: 5, text: expect.stringContaining("hints 0"), reason: expect.stringMatching(/checksum/) },
        { line: 6, text: expect.anything(), reason: expect.stringMatching(/does not begin with PODPATH1/) },
        { line: 7, text: expect.anything(), reason: "is the same code as in line 2" },
      ],
      others: 1,
    });
  });

  it("may have its codes broken over lines", () => {
    const broken = `> ${CODE.replace("steps", "\n> steps")}\n> and more`;
    expect(findResults(`${broken}\n${broken}`)).toMatchObject({
      results: [{ line: 1 }],
      bad: [{ line: 4 }],
      others: 2,
    });
  });

  it("is read in linear time, up to a limit that is said", () => {
    const hostile = [
      `PODPATH1;`.repeat(22_000),
      ";".repeat(210_000),
      "\n".repeat(210_000),
      "PODPATH1; ".repeat(20_000),
    ];
    const began = performance.now();
    for (const text of hostile) findResults(text);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(findResults(hostile[1] ?? "").bad.at(-1)?.reason).toMatch(/longer than 200000 characters/);
    expect(findResults(hostile[0] ?? "").bad.length).toBeLessThanOrEqual(101);
  });
});

describe("[RESULT-4] the table", () => {
  const rows = [ADA, { ...ADA, name: "bob", minutes: 10 }, { ...ADA, name: "Cy", minutes: 9 }].map(rowOf);

  it("sorts by names without case and by numbers as numbers, either way", () => {
    expect(sorted(rows, 0, false).map(([name]) => name)).toEqual(["Ada Lovelace", "bob", "Cy"]);
    expect(sorted(rows, 9, true).map(([name]) => name)).toEqual(["bob", "Cy", "Ada Lovelace"]);
  });

  it("is quoted as CSV, and no cell begins as a formula does", () => {
    const names = ["=1+1", "+1", "-1", "@x", " =1", '"a", b', "＝1", "'=1"];
    const [head, ...lines] = csvOf(names.map((name) => rowOf({ ...ADA, name }))).split("\r\n");
    expect(head).toBe(
      '"Name","Lesson","When","Steps done","Steps","Predictions right","Predictions","Hints","Solutions shown","Minutes"',
    );
    expect(lines.map((line) => line.slice(0, line.indexOf(',"Four ports"')))).toEqual([
      ...['"\'=1+1"', '"\'+1"', '"\'-1"', '"\'@x"', '"\' =1"', '"""a"", b"', '"\'＝1"', "\"''=1\""],
      "",
    ]);
  });
});
