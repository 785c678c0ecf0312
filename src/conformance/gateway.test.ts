// The Gateway API's conformance cases, played again: what comes out differently is listed in different.txt with its reason.
import { expect, test } from "vitest";
import { gatewayNames, playGateway } from "./gateway.ts";
import { gatewayReport } from "./gateway-report.ts";
import { readDifferent, summary } from "./playing.ts";

test("every conformance case of the Gateway API comes out as expected, or is listed with a reason [GW-18]", () => {
  const results = gatewayNames().map(playGateway);
  process.stdout.write(`${summary(results)}\n`);
  const different = readDifferent();
  const broken = results.filter(({ name, equal }) => !equal && !different.has(name));
  expect(broken.map(({ name, difference }) => `${name}, ${difference}`)).toEqual([]);
  const report = gatewayReport(results, "2026-01-01T00:00:00Z");
  expect(report).toMatch(/^kind: ConformanceReport$/m);
  expect(report).toContain("summary: Core tests succeeded. Extended tests succeeded.");
}, 120_000);
