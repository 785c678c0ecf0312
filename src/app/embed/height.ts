// How high a frame is by itself.

/** Heights that suit the picture: wide frames show it low, narrow ones high. */
export function wantedHeight(width: number): number {
  if (width < 560) return 640;
  return Math.round(Math.min(Math.max(width * 0.58, 400), 720));
}
