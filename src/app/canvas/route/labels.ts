// Where the labels of a route go: beside their stops, over as little else as may be, and never over one another.
import type { Box } from "../metrics.ts";

/** A label that wants a place beside a point; all in CSS pixels of the window. */
export interface Wanted {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How far from its point its edge may be. */
  readonly reach: number;
}

/** What is there already. */
export interface Room {
  readonly width: number;
  readonly height: number;
  /** Where the picture begins, below its bar. */
  readonly top: number;
  /** What may not be covered: the route's own stops, and buttons. */
  readonly taken: readonly Box[];
  /** What is better not covered: the words of cards. */
  readonly words: readonly Box[];
}

const GAP = 14;
const MARGIN = 6;
/** The part of a label that may lie over words; one that would hide more is left out. */
const HIDES = 0.06;
/** As many pixels of distance are as bad as lying over words altogether. */
const COST = 330;
/** Columns and rows of places around a point, in steps of half the label's own size. */
const STEPS = [0, -0.5, 0.5, -1, 1, -1.5, 1.5, -2, 2, -2.5, 2.5, -3, 3];

/** Places labels in their order of importance; one for which there is no room is left out. */
export function placeLabels(wanted: readonly Wanted[], room: Room): ReadonlyMap<string, Box> {
  const placed = new Map<string, Box>();
  for (const label of wanted) {
    const taken = [...room.taken, ...placed.values()];
    let best: { box: Box; cost: number } | undefined;
    const area = label.width * label.height;
    for (const box of places(label, room)) {
      if (taken.some((each) => overlap(box, each, 2) > 0)) continue;
      const hidden = room.words.reduce((sum, each) => sum + overlap(box, each, 0), 0);
      if (hidden > HIDES * area || gap(box, label) > label.reach) continue;
      const cost = (COST * hidden) / area + distance(box, label);
      if (best === undefined || cost < best.cost) best = { box, cost };
    }
    if (best !== undefined) placed.set(label.id, best.box);
  }
  return placed;
}

function places({ x, y, width, height }: Wanted, room: Room): Box[] {
  const boxes: Box[] = [];
  for (const row of STEPS)
    for (const column of STEPS) {
      const left = x - width / 2 + column * (width / 2 + GAP / 2);
      const top = y - height / 2 + row * (height / 2 + GAP / 2);
      const box = { x: Math.round(left), y: Math.round(top), width, height };
      if (
        box.x >= MARGIN &&
        box.x + width <= room.width - MARGIN &&
        box.y >= room.top &&
        box.y + height <= room.height - MARGIN
      )
        boxes.push(box);
    }
  return boxes;
}

/** From a point to the nearest edge of a box. */
function gap({ x, y, width, height }: Box, point: Spot): number {
  return Math.hypot(Math.max(x - point.x, 0, point.x - x - width), Math.max(y - point.y, 0, point.y - y - height));
}

function distance(box: Box, { x, y }: Wanted): number {
  return Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
}

/** The area that two boxes share, each grown by half of `gap`. */
export function overlap(a: Box, b: Box, gap: number): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + gap;
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + gap;
  return width > 0 && height > 0 ? width * height : 0;
}

/** A point on a way, from which it may move along when something is there already. */
export interface OnWay {
  readonly at: (part: number) => Spot;
  readonly part: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

const SHIFTS = [0, 0.05, -0.05, 0.1, -0.1, 0.15, -0.15, 0.2, -0.2, 0.27, -0.27, 0.34, -0.34, 0.42, -0.42];

/** Moves points along their own ways until none lies on another, and if it can be, none on the words of a card. */
export function spread(wanted: readonly OnWay[], radius: number, words: readonly Box[]): Spot[] {
  const spots: Spot[] = [];
  const isFree = (spot: Spot) => spots.every((each) => Math.hypot(each.x - spot.x, each.y - spot.y) >= 2 * radius + 2);
  const isClear = (spot: Spot) => words.every((box) => !isWithin(spot, box));
  for (const { at, part } of wanted) {
    const along = SHIFTS.map((by) => at(Math.min(1, Math.max(0, part + by))));
    const beside = along.flatMap(({ x, y }) => [-1, 1].map((side) => ({ x, y: y + side * (2 * radius + 3) })));
    const free = [...along, ...beside].filter(isFree);
    spots.push(free.find(isClear) ?? free[0] ?? at(part));
  }
  return spots;
}

/** Whether a point is inside a card and not just on its edge. */
function isWithin({ x, y }: Spot, box: Box): boolean {
  const edge = 7;
  return x > box.x + edge && x < box.x + box.width - edge && y > box.y + 2 && y < box.y + box.height - 2;
}
