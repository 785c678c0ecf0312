// What the ends of routes look like, on the page and in a file.
import type { End } from "./stop.ts";

/** Shapes of ends, each distinguishable without colour. */
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

/** A sign beside the number, which stays the same in black and white. */
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
