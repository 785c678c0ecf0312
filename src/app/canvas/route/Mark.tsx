// A stop on the picture: its number, and its shape where the route or a packet of it ends.
import type { End } from "./stop.ts";

export interface MarkProps {
  readonly number: number;
  readonly x: number;
  readonly y: number;
  /** How much larger than usual it is. */
  readonly scale: number;
  readonly state: "past" | "now" | "ahead";
  readonly back: boolean;
  readonly end: End | undefined;
}

/** Shapes of ends, each distinguishable without colour. */
const OUTLINES: Readonly<Record<End, string>> = {
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
const SIGNS: Readonly<Record<End, string>> = {
  answered: "✓",
  refused: "✕",
  reset: "✂",
  dropped: "⊘",
  lost: "⊘",
  timeout: "◔",
  unreachable: "!",
  unresolved: "?",
};

export function Mark({ number, x, y, scale, state, back, end }: MarkProps) {
  return (
    <g
      className="route-mark"
      transform={`translate(${x} ${y}) scale(${scale})`}
      data-state={state}
      data-back={back}
      data-end={end}
    >
      {end === undefined ? <circle r={state === "now" ? 11 : 9.5} /> : <path d={OUTLINES[end]} />}
      <text dy="0.5">{number}</text>
      {end !== undefined && (
        <text className="route-sign" x={17} dy="0.5">
          {SIGNS[end]}
        </text>
      )}
    </g>
  );
}
