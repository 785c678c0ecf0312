// Cases of github.com/robfig/cron/v3 spec_test.go TestActivation and TestNext, without seconds and zones.
import { expect, test } from "vitest";
import { formatTime, parseTime } from "../sim/time.ts";
import { parseCron } from "./cron.ts";

function next(schedule: string, after: string): string {
  const parsed = parseCron(schedule);
  if (typeof parsed === "string") return parsed;
  const at = parsed.next(parseTime(after) ?? 0);
  return at === undefined ? "never" : formatTime(at);
}

test.each([
  ["0/15 * * * *", "2012-07-09T14:45:00Z", "2012-07-09T15:00:00Z"],
  ["0/15 * * * *", "2012-07-09T14:59:00Z", "2012-07-09T15:00:00Z"],
  ["20-35/15 * * * *", "2012-07-09T15:45:00Z", "2012-07-09T16:20:00Z"],
  ["20-35/15 * * * *", "2012-07-09T23:46:00Z", "2012-07-10T00:20:00Z"],
  ["0 0 9 Apr,Aug,Oct Mon", "2012-07-09T23:35:00Z", "2012-08-06T00:00:00Z"],
  ["0 0 9 Feb Mon", "2012-07-09T23:35:00Z", "2013-02-04T00:00:00Z"],
  ["0 0 * Feb Mon/2", "2012-07-09T23:35:00Z", "2013-02-01T00:00:00Z"],
  ["0 0 29 Feb ?", "2012-07-09T23:35:00Z", "2016-02-29T00:00:00Z"],
  ["0 0 30 Feb ?", "2012-07-09T23:35:00Z", "never"],
  ["0 0 31 Apr ?", "2012-07-09T23:35:00Z", "never"],
  ["0 0 1,15 * Sun", "2012-07-09T23:35:00Z", "2012-07-15T00:00:00Z"],
  ["0 0 */10 * Sun", "2012-07-09T23:35:00Z", "2012-07-11T00:00:00Z"],
  ["0 0 * * Mon", "2012-07-09T00:00:00Z", "2012-07-16T00:00:00Z"],
  ["@hourly", "2012-07-09T14:45:00Z", "2012-07-09T15:00:00Z"],
  ["@weekly", "2012-07-09T14:45:00Z", "2012-07-15T00:00:00Z"],
  ["@yearly", "2012-07-09T14:45:00Z", "2013-01-01T00:00:00Z"],
  ["@every 5m", "2012-07-09T14:45:10Z", "2012-07-09T14:50:10Z"],
  ["@every 0s", "2012-07-09T14:45:10Z", "2012-07-09T14:45:11Z"],
  ["@every 1.5m", "2012-07-09T14:45:10Z", "2012-07-09T14:46:40Z"],
  ["@every 2500ms", "2012-07-09T14:45:10Z", "2012-07-09T14:45:12Z"],
])("[CRON-2] %s after %s", (schedule, after, due) => {
  expect(next(schedule, after)).toBe(due);
});

test.each(["*/7 3-9 * * *", "5 4 1,15 * 3", "@monthly", "@every 90s"])(
  "[CRON-4] the last time of %s is what counting forward gives",
  (text) => {
    const schedule = parseCron(text);
    if (typeof schedule === "string") throw new Error(schedule);
    const first = schedule.next(parseTime("2026-01-01T00:00:00Z") ?? 0) ?? 0;
    let last = first;
    for (let i = 0; i < 40; i++) {
      const following = schedule.next(last) ?? 0;
      expect(schedule.last(following - 1000, first)).toBe(last);
      expect(schedule.last(following, first)).toBe(following);
      last = following;
    }
  },
);

test.each([
  ["@every ", 'failed to parse duration @every : time: invalid duration ""'],
  ["@every 5", 'failed to parse duration @every 5: time: missing unit in duration "5"'],
  ["@every 1h30", 'failed to parse duration @every 1h30: time: missing unit in duration "1h30"'],
  ["@every 1d", 'failed to parse duration @every 1d: time: unknown unit "d" in duration "1d"'],
  ["@every 9999999999h", 'failed to parse duration @every 9999999999h: time: invalid duration "9999999999h"'],
])("[CRON-1] %s is no schedule", (schedule, why) => {
  expect(parseCron(schedule)).toBe(why);
});
