// Upstream's own tests and public reports, played again: what comes out differently is listed in different.txt with its reason.
import { expect, test } from "vitest";
import { readDifferent, summary } from "./playing.ts";
import { playUpstream } from "./upstream.ts";

test("every case of upstream comes out as expected, or is listed with a reason", () => {
  const results = playUpstream();
  process.stdout.write(`${summary(results)}\n`);
  const different = readDifferent();
  const broken = results.filter(({ name, equal }) => !equal && !different.has(name));
  expect(broken.map(({ name, difference }) => `${name}, ${difference}`)).toEqual([]);
  const names = new Set(results.map(({ name }) => name));
  expect([...different].filter(([name, reason]) => !names.has(name) || reason.length < 10)).toEqual([]);
}, 120_000);
