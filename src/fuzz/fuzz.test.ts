// The short run: the same inputs each time. `npm run fuzz -- SECONDS` continues with others.
import fc from "fast-check";
import { describe, it } from "vitest";
import { TARGETS } from "./targets/index.ts";

describe("whatever comes in from outside", () => {
  it.each(TARGETS.filter(({ runs }) => runs > 0).map((each) => [each.rule, each] as const))(
    "%s",
    async (_, { inputs, runs, check }) => {
      const property = fc.asyncProperty(inputs, async (input) => check(input));
      await fc.assert(property, { numRuns: runs, seed: 20261129 });
    },
    120_000,
  );
});
