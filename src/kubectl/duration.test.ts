import { expect, test } from "vitest";
import { goDuration, humanDuration, longDate } from "./duration.ts";

const S = 1_000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;
const Y = 365 * D;

// kubernetes/staging/src/k8s.io/apimachinery/pkg/util/duration TestHumanDuration
test.each([
  [-2 * S, "<invalid>"],
  [-1 * S, "0s"],
  [119 * S, "119s"],
  [2 * M, "2m"],
  [3 * M + 2 * S, "3m2s"],
  [9 * M + 59 * S, "9m59s"],
  [179 * M, "179m"],
  [5 * H + 3 * M, "5h3m"],
  [47 * H, "47h"],
  [3 * D + 4 * H, "3d4h"],
  [8 * D, "8d"],
  [23 * D, "23d"],
  [2 * Y + 10 * D, "2y10d"],
  [8 * Y + 10 * D, "8y"],
])("[AGE-1] %i ms are %s", (ms, text) => expect(humanDuration(ms)).toBe(text));

// kubectl/describe-deployment.transcript
test("[AGE-2] dates as RFC 1123", () => {
  expect(longDate("2026-11-20T22:27:59Z")).toBe("Fri, 20 Nov 2026 22:27:59 +0000");
  expect(longDate(undefined)).toBe("Mon, 01 Jan 0001 00:00:00 +0000");
});

// go/src/time/time_test.go TestDurationString
test.each([
  [0, "0s"],
  [1, "1ms"],
  [1_100, "1.1s"],
  [2 * M + 3 * S, "2m3s"],
  [5 * M + S + 1, "5m1.001s"],
  [5 * H + 6 * M + 7 * S + 1, "5h6m7.001s"],
])("[AGE-3] Go prints %i ms as %s", (ms, text) => expect(goDuration(ms)).toBe(text));
