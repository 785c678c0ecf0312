// Elapsed time and the track's span.
import { expect, it } from "vitest";
import { formatElapsed } from "../../scenario/index.ts";
import { formatSpeed, trackSpan } from "./time.ts";

it.each([
  [0, "0:00.0"],
  [42_399, "0:42.3"],
  [725_000, "12:05.0"],
  [3_723_450, "1:02:03.4"],
])("[TIME-1] %d ms is %s", (ms, text) => {
  expect(formatElapsed(ms)).toBe(text);
});

it("[TIME-2] speeds are written as factors", () => {
  expect([0.1, 1, 100].map(formatSpeed)).toEqual(["0.1×", "1×", "100×"]);
});

it("[TIME-3] the track always ends a little after now", () => {
  for (let now = 0; now < 40 * 86_400_000; now = now * 1.3 + 997) {
    expect(trackSpan(now)).toBeGreaterThan(now);
    expect(trackSpan(now)).toBeGreaterThanOrEqual(30_000);
  }
});
