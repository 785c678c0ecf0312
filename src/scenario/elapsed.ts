// Virtual time as a clock shows it.

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
