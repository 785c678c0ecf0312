// The ends of routes in a file, as `route/Mark.tsx` draws them on the page; a test holds them equal.
import type { End } from "../route/stop.ts";

/** Shapes, each distinguishable without colour. */
export const OUTLINES: Readonly<Record<End, string>> = {
  answered: "M-11 0a11 11 0 1 0 22 0a11 11 0 1 0 -22 0",
  refused: "M-10 -10H10V10H-10Z",
  reset: "M-10 -10H10V10H-10Z",
  dropped: "M-11 0a11 11 0 1 0 22 0a11 11 0 1 0 -22 0",
  lost: "M-11 0a11 11 0 1 0 22 0a11 11 0 1 0 -22 0",
  timeout: "M-9 -11H9L-9 11H9Z",
  unreachable: "M0 -12L12 10H-12Z",
  unresolved: "M0 -13L13 0L0 13L-13 0Z",
};

/** Signs beside the number. */
export const SIGNS: Readonly<Record<End, string>> = {
  answered: "✓",
  refused: "✕",
  reset: "✂",
  dropped: "⊘",
  lost: "⊘",
  timeout: "◔",
  unreachable: "!",
  unresolved: "?",
};
