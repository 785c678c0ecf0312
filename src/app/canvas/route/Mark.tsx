// A stop on the picture: its number, and its shape where the route or a packet of it ends.
import { OUTLINES, SIGNS } from "./ends.ts";
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
