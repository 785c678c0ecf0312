import { expect, test } from "vitest";
import { allWithoutEffect } from "../../diagnosis/index.ts";
import { SIMULATED } from "./simulated.ts";

test("[WELCOME-3] what is simulated names nothing that is stored without effect", () => {
  const kinds = allWithoutEffect().flatMap(({ what }) => what.split(", "));
  const [real, switched] = SIMULATED.map(({ says }) => says.join(" "));
  for (const kind of kinds)
    expect(`${real} ${switched}`).not.toMatch(new RegExp(`\\b${kind.replaceAll(/\W/g, "\\$&")}s?\\b`));
  expect(SIMULATED.map(({ title }) => title)).toEqual([
    "As in a real cluster",
    "Once you switch it on",
    "Simpler than in a real cluster",
    "Not simulated",
  ]);
});
