// The recorded sessions of a real cluster, played again: those listed in passing.txt must come out as recorded.
import { expect, test } from "vitest";
import { growPassing, measure, names, readPassing, summary } from "./measure.ts";

test("every recorded session that came out as recorded still does", () => {
  const results = names().map(measure);
  if (process.env.CONFORMANCE_UPDATE !== undefined) growPassing(results);
  process.stdout.write(`${summary(results)}\n`);
  const passing = new Set(readPassing());
  const broken = results.filter(({ name, equal }) => !equal && passing.has(name));
  expect(broken.map(({ name, difference }) => `${name}, ${difference}`)).toEqual([]);
}, 300_000);
