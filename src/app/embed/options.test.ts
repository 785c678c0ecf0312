// The options of an embed: defaults, every value, and addresses that were mistyped.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOptions } from "./format.ts";
import { DEFAULT_OPTIONS, EMBED_VIEWS, isEmbed, parseOptions } from "./options.ts";
import { parsePlace } from "./place.ts";

const SCENARIOS = ["nodeport", "bookshop"];

describe("options of an embed", () => {
  it("[EMBED-1] ?embed alone asks for the defaults", () => {
    expect(isEmbed("?embed")).toBe(true);
    expect(isEmbed("?embed=0")).toBe(false);
    expect(isEmbed("?scenario=nodeport")).toBe(false);
    expect(isEmbed("?embed&lesson=four-ports"), "[LMS-4] the whole page").toBe(false);
    expect(parseOptions("?embed", SCENARIOS)).toEqual({ options: DEFAULT_OPTIONS, problems: [] });
  });

  it("[EMBED-2] every option is read", () => {
    const search =
      "?embed&scenario=bookshop&view=split&step=3&at=8412.25&theme=dark&controls=0&autoplay=0&readonly&present&predict&lang=en";
    expect(parseOptions(search, SCENARIOS)).toEqual({
      options: {
        scenario: "bookshop",
        view: "split",
        step: 3,
        at: 8412.25,
        theme: "dark",
        controls: false,
        autoplay: false,
        readonly: true,
        present: true,
        predict: true,
      },
      problems: [],
    });
  });

  it.each([
    ["?embed&view=cavnas", "view=cavnas is not one of canvas, editor, console, split; using canvas."],
    ["?embed&theme=blue", "theme=blue is not one of auto, light, dark; using auto."],
    ["?embed&controls=yes", "controls=yes is not 0 or 1; using 1."],
    ["?embed&step=-1", "step=-1 is not a whole number; starting at the beginning."],
    ["?embed&at=1e12", "at=1e12 is not a time in milliseconds up to 2592000000; starting at the beginning."],
    [
      "?embed&at=9999999999",
      "at=9999999999 is not a time in milliseconds up to 2592000000; starting at the beginning.",
    ],
    ["?embed&scenario=constructor", 'There is no scenario "constructor"; available: nodeport, bookshop.'],
    ["?embed&hight=300", 'There is no option "hight".'],
    ["?embed&lang=tlh", "lang=tlh is not one of en, de; using en."],
  ])("[EMBED-3] %s falls back and reports it", (search, problem) => {
    expect(parseOptions(search, SCENARIOS)).toEqual({ options: DEFAULT_OPTIONS, problems: [problem] });
  });

  it("[EMBED-8] the whole page reads which scenario and which moment, and leaves the rest of its query alone", () => {
    expect(parsePlace("?scenario=bookshop&step=2&at=1500&utm_source=x&theme=blue", SCENARIOS)).toEqual({
      scenario: "bookshop",
      present: false,
      predict: false,
      step: 2,
      at: 1500,
      problems: [],
    });
    expect(parsePlace("?scenario=nothing", SCENARIOS).problems).toHaveLength(1);
  });

  it("[EMBED-4] what is written is read back", () => {
    const options = fc.record({
      scenario: fc.constantFrom(undefined, ...SCENARIOS),
      view: fc.constantFrom(...EMBED_VIEWS),
      step: fc.option(fc.nat(99_999), { nil: undefined }),
      at: fc.option(fc.double({ min: 0.001, max: 2_592_000_000, noNaN: true }), { nil: undefined }),
      theme: fc.constantFrom("auto" as const, "light" as const, "dark" as const),
      controls: fc.boolean(),
      autoplay: fc.boolean(),
      readonly: fc.boolean(),
      present: fc.boolean(),
      predict: fc.boolean(),
    });
    fc.assert(
      fc.property(options, (wanted) => {
        expect(parseOptions(formatOptions(wanted), SCENARIOS)).toEqual({ options: wanted, problems: [] });
      }),
    );
  });
});
