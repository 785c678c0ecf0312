// Virtual time in words and on a track.
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/timeline.ts";

/** Speeds that are offered, in virtual milliseconds per real millisecond. */
export const SPEEDS: readonly number[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 100];

/** `0.1×`, `1×`. */
export function formatSpeed(speed: number): string {
  return `${speed}×`;
}

const MINUTE = 60_000;
const SPANS = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1440].map((minutes) => minutes * MINUTE);

/** How much time the track shows: the first of a row of round spans that leaves a little room behind `now`. */
export function trackSpan(now: number): number {
  return SPANS.find((span) => now <= span * 0.96) ?? Math.ceil((now * 1.1) / (1440 * MINUTE)) * 1440 * MINUTE;
}

/** A stretch of virtual time. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The longest stretch that the track shows enlarged. */
const ENLARGED_MS = MINUTE;

/** What the track shows: all of it while that is short, else the stretch around the playhead, moved in steps so that it rests. */
export function shownStretch(playhead: number, end: number): Stretch {
  const whole = trackSpan(end);
  if (whole <= ENLARGED_MS) return { from: 0, to: whole };
  const page = ENLARGED_MS / 2;
  const from = Math.max(0, Math.floor((playhead - page / 2) / page) * page);
  return { from, to: from + ENLARGED_MS };
}

/** `0:41.2, 12 s before now`, or `now, 0:53.2`. */
export function momentText(time: number, now: number): string {
  return time >= now ? W.now(formatElapsed(time)) : W.ago(formatElapsed(time), agoText(now - time));
}

function agoText(ms: number): string {
  if (ms < 1_000) return `${Math.max(1, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 2 * MINUTE) return `${Math.round(ms / 1_000)} s`;
  return `${Math.round(ms / MINUTE)} min`;
}
