// What all cards of a picture in a file are made of.
import type { LifeState } from "../../store/derive.ts";
import type { AppState } from "../../store/state.ts";
import type { Box } from "../metrics.ts";
import type { Scene } from "../scene.ts";
import { type Attributes, type Colours, element } from "./markup.ts";

/** What cards are drawn from. */
export interface Drawing {
  readonly state: AppState;
  readonly scene: Scene;
  readonly colour: Colours;
}

/** The colour of each state. */
export const STATES: Readonly<Record<LifeState, string>> = {
  ready: "ready",
  "not-ready": "not-ready",
  starting: "not-ready",
  terminating: "terminating",
  failed: "failed",
  ended: "terminating",
};

export function rectangle({ x, y, width, height }: Box, attributes: Attributes): string {
  return element("rect", { x, y, width, height, rx: 7, ...attributes });
}

/** The mark of a state, a shape and a colour, as `StateMark` draws it; its middle is at (x, y). */
export function mark(state: LifeState, x: number, y: number, colour: Colours): string {
  const stroke = colour(STATES[state]);
  const ring = { cx: 0, cy: 0, r: 4, fill: "none", stroke, "stroke-width": 1.6 };
  const shapes: Readonly<Record<LifeState, string>> = {
    ready: element("circle", { r: 4.6, fill: stroke }),
    "not-ready": element("circle", ring) + element("path", { d: "M0-4a4 4 0 0 1 0 8z", fill: stroke }),
    starting: element("circle", { ...ring, "stroke-dasharray": "2.2 1.95" }),
    terminating: element("path", { d: "M-3.6-3.6h7.2v7.2h-7.2z", fill: "none", stroke, "stroke-width": 1.6 }),
    failed: element("path", { d: "M-3.5-3.5l7 7m0-7l-7 7", stroke, "stroke-width": 2 }),
    ended: element("path", { d: "M-4 0h8", stroke, "stroke-width": 2 }),
  };
  return element("g", { transform: `translate(${x} ${y})` }, shapes[state]);
}

/** Draws one kind of box. */
export type Card = (key: string, box: Box, drawing: Drawing) => string;
