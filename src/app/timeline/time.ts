// Virtual time in words and on a track.

/** Speeds that are offered, in virtual milliseconds per real millisecond. */
export const SPEEDS: readonly number[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 100];

/** `0:42.3`, `12:05.0`, `1:02:03.4`. Rounds down, as clocks do. */
export function formatElapsed(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const end = `${two(seconds % 60)}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${end}` : `${minutes}:${end}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

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
