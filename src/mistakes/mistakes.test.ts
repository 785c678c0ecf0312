// A sample of the checker: each kind of mistake in one world, and some worlds with nothing wrong.
import { describe, expect, test } from "vitest";
import { healthyWorld, KINDS } from "../lessons/mistakes/index.ts";
import { checkBroken, checkHealthy } from "./check.ts";

test("[MISTAKE-1] equal seeds give equal worlds", () => {
  expect(healthyWorld("same")).toEqual(healthyWorld("same"));
  expect(healthyWorld("same")).not.toEqual(healthyWorld("other"));
});

test("[MISTAKE-1] nothing is wrong in healthy worlds, and what is said about them is so", () => {
  for (const seed of ["calm-1", "calm-2", "calm-3", "calm-4", "calm-5"])
    expect(checkHealthy(seed), seed).toEqual({ seed, mistakes: [], complaints: [] });
});

// The kinds of mistakes include probes that have not run yet [DIAG-46] and resolvers of the sender [DIAG-47]; their
// claims [DIAG-42] and fixes [DIAG-43] are checked with those of all others.
describe("[MISTAKE-2] [MISTAKE-3] [MISTAKE-4] [MISTAKE-5] what is said about a mistake is true, can be typed, and fixes it", () => {
  test.each(KINDS.map(({ name }) => name))("%s", (name) => {
    for (let round = 0; round < 40; round++) {
      const verdict = checkBroken(`sample-${round}`, [name], 1);
      if (verdict === undefined) continue;
      expect(verdict.complaints).toEqual([]);
      return;
    }
    throw new Error(`no world can be broken by ${name}`);
  });
});

describe("[MISTAKE-6] with two mistakes each step names one of them, and cures lead to an answer", () => {
  test.each([
    ["selector-typo", "target-port"],
    ["dns-policy-default", "image-missing"],
    ["short-name-from-another-namespace", "probe-path"],
    ["cluster-ip-from-outside", "scaled-to-zero"],
  ])("%s and %s", (first, second) => {
    for (let round = 0; round < 40; round++) {
      const verdict = checkBroken(`both-${round}`, [first, second]);
      if (verdict === undefined) continue;
      expect(verdict.complaints).toEqual([]);
      return;
    }
    throw new Error("no world can be broken so");
  });
});
