// Links: whatever follows `#`, it opens as a run or says what is wrong.
import fc from "fast-check";
import { decode, encode, type Scenario } from "../../scenario/index.ts";
import { replaceAt } from "../mutate.ts";
import { begin, pass } from "../play.ts";
import { scenario } from "../scenarios.ts";
import { target } from "../target.ts";
import { checkAnswer, checkPrototypes } from "../walls.ts";
import { PROTOTYPE_NAMES } from "../words.ts";

/** A value that replaces some field of a scenario. */
const foreign = fc.oneof(
  fc.anything({ maxDepth: 2 }),
  fc.constantFrom(1e12, -1, Number.MAX_VALUE, "x".repeat(2_000_000), null, [], {}, ...PROTOTYPE_NAMES),
  fc.constantFrom(...PROTOTYPE_NAMES).map((key) => JSON.parse(`{${JSON.stringify(key)}:{"x":1}}`) as unknown),
);

const whole = scenario.map((each): unknown => each);
const hostile = fc
  .tuple(scenario, fc.array(fc.nat(20), { maxLength: 4 }), foreign)
  .map(([each, at, value]) => replaceAt(each, at, value));

/** A fragment: a good link, one with a foreign value inside, or one whose characters were changed. */
const fragment = fc.oneof(
  whole.map((value) => ({ value, cut: [] as number[] })),
  hostile.map((value) => ({ value, cut: [] as number[] })),
  fc.tuple(whole, fc.array(fc.nat(5_000), { minLength: 1, maxLength: 3 })).map(([value, cut]) => ({ value, cut })),
);

export const links = target({
  name: "links",
  rule: "[FUZZ-5] any link opens as a run that goes on and comes back from its own link, or says what is wrong",
  runs: 60,
  inputs: fragment,
  async check({ value, cut }) {
    let link: string;
    try {
      link = await encode(value as Scenario); // not one, mostly: that is the question
    } catch (error) {
      if (error instanceof TypeError) return; // no JSON at all
      throw error;
    }
    for (const at of cut) link = link.slice(0, at % link.length) + "A_-0z"[at % 5] + link.slice((at % link.length) + 1);
    const decoded = await decode(link);
    checkPrototypes();
    if (decoded.kind !== "scenario") {
      if (decoded.kind === "broken") checkAnswer(decoded.message, "");
      return;
    }
    const again = await decode(await encode(decoded.scenario));
    if (JSON.stringify(again) !== JSON.stringify(decoded))
      throw new Error("the scenario does not come back from its link");
    const { run } = begin(decoded.scenario);
    pass(run, 30_000);
    checkPrototypes();
  },
});
