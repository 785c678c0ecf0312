// How kubectl writes spans of time and dates.
import { type Cluster, parseTime } from "../cluster/index.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** `119s`, `3m2s`, `179m`, `5h3m`, `47h`, `3d4h`, `23d`, `2y10d`, `8y`: the shorter the span, the finer. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/duration HumanDuration
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / SECOND);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(ms / MINUTE);
  if (minutes < 10) return pair(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(ms / HOUR);
  if (hours < 8) return pair(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 24 * 8) return pair(days, "d", hours % 24, "h");
  if (hours < 24 * 365 * 2) return `${days}d`;
  if (hours < 24 * 365 * 8) return pair(Math.trunc(days / 365), "y", days % 365, "d");
  return `${Math.trunc(days / 365)}y`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}

/** The age of an instant given as RFC 3339, seen from `now` (milliseconds since 1970); `<unknown>` when there is none. */
export function ageOf(timestamp: string | undefined, now: number): string {
  const at = parseTime(timestamp);
  return at === undefined ? "<unknown>" : humanDuration(now - at);
}

const WEEKDAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Fri, 20 Nov 2026 22:27:59 +0000` of an RFC 3339 text, as describe writes dates; the year 1 when there is none, as in Go. */
export function longDate(timestamp: string | undefined): string {
  const at = parseTime(timestamp);
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(timestamp ?? "");
  if (at === undefined || match === null) return "Mon, 01 Jan 0001 00:00:00 +0000";
  const [, year, month, day, clock] = match;
  const weekday = WEEKDAYS[((Math.floor(at / (24 * HOUR)) % 7) + 7) % 7];
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1]} ${year} ${clock} +0000`;
}

/** Milliseconds since 1970 on the virtual clock. */
export function virtualNow(cluster: Cluster): number {
  return cluster.settings.epoch + cluster.clock.now;
}

/** The cluster's time as `diff` prints the date of a file. */
export function goTime(cluster: Cluster): string {
  const text = new Date(cluster.settings.epoch + cluster.clock.now).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 23)}000000 +0000`;
}

/** A span as Go prints it: `7s`, `1m30s`, `1h0m0s`, `1.5s`, `250ms`. */
// Models Go's time.Duration String
export function goDuration(ms: number): string {
  if (ms === 0) return "0s";
  if (Math.abs(ms) < 1000) return `${ms}ms`;
  const sign = ms < 0 ? "-" : "";
  const seconds = Math.abs(ms) / 1000;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = `${Number((seconds % 60).toFixed(3))}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${sign}${minutes}m${rest}` : sign + rest;
}
