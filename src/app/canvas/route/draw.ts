// A story on a scene: which lines, marks and labels go where, in CSS pixels. A pure function of the story and the view.
import type { Hop, Trace } from "../../../cluster/index.ts";
import { W } from "../../../words/en/narration.ts";
import type { Box } from "../metrics.ts";
import { COLUMN, SERVICE } from "../metrics.ts";
import { type HopPath, pathOf, placePoint, pointAt, type Surroundings } from "../paths.ts";
import { placeLabels, spread, type Wanted } from "./labels.ts";
import type { MarkProps } from "./Mark.tsx";
import type { Telling } from "./narrator.ts";
import type { Phase, Stop } from "./stop.ts";
import type { TimeOf } from "./story.ts";

/** What a route is drawn from. */
export interface View {
  readonly around: Surroundings;
  readonly trace: Trace;
  readonly transform: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
  /** How much larger than usual letters are. */
  readonly scale: number;
}

export interface Label {
  readonly number: number;
  readonly box: Box;
  readonly lines: readonly { readonly text: string; readonly was: boolean }[];
  readonly now: boolean;
  /** A line to its stop, where that is not beside it. */
  readonly leader: string | undefined;
}

export interface Drawn {
  readonly transform: View["transform"];
  readonly lines: readonly {
    readonly id: string;
    readonly d: string;
    readonly back: boolean;
    readonly state: MarkProps["state"];
  }[];
  readonly marks: readonly MarkProps[];
  readonly labels: readonly Label[];
  /** The address on a Service's card whose rules the packet joins. */
  readonly address: { readonly box: Box; readonly now: boolean } | undefined;
}

/** Width of a character and height of a line of a label, and what is around them: 11.5 px of the monospaced face. */
const LETTER = { width: 7, line: 15, sides: 16, ends: 8 };
const RADIUS = 11;
/** How far from its stop a label may be: the current one has a line to it, which would be clutter for all. */
const REACH = { now: 150, past: 45 };
/** In the picture's own units: how wide a Node's title is, and how high the buttons below a sender are. */
const NODE_TITLE = 160;
const ACTIONS = 74;
/** The word in the corner of the cluster's frame. */
const FRAME_WORD = { width: 80, height: 20 };
/** From the middle of a packet to that of a mark above it. */
const PILL = 24;
/** Height of the bar over the picture. */
const BAR = 46;

/** The times at which packets are at their stops, as the picture shows them: paths past a card are longer. */
export function timesOn(around: Surroundings, trace: Trace): TimeOf {
  return (hop, phase) => {
    const path = pathOf(hop, trace.packet(hop.packet), around);
    return hop.sentAt + untilPart(partOf(phase, path)) * (hop.arrivesAt - hop.sentAt);
  };
}

/** Part of a hop's path at which a stop is. */
function partOf(phase: Phase, path: HopPath | undefined): number {
  const turn = path?.turn ?? 0.5;
  const enter = path === undefined || path.enter === 0 ? turn / 2 : path.enter;
  return { start: 0, service: enter, drawn: turn, source: turn + (1 - turn) * 0.4, end: 1 }[phase];
}

/** The part of the time after which a packet has so much of its way behind it: what `progressOf` does, backwards. */
function untilPart(part: number): number {
  return part < 0.5 ? Math.sqrt(part / 2) : 1 - Math.sqrt((1 - part) / 2);
}

export function drawRoute({ story, at, now }: Telling, view: View): Drawn {
  const paths = new Map<Hop, HopPath>();
  for (const hop of story?.hops ?? []) {
    const path = pathOf(hop, view.trace.packet(hop.packet), view.around);
    if (path !== undefined) paths.set(hop, path);
  }
  const lines = [...paths].map(([hop, { d }]) => ({
    id: `${hop.packet} ${hop.index}`,
    d,
    back: view.trace.packet(hop.packet)?.kind !== "request",
    state: hop.arrivesAt <= now ? ("past" as const) : hop.sentAt <= now ? ("now" as const) : ("ahead" as const),
  }));
  const stops = (story?.stops ?? []).flatMap((stop) => {
    const way = wayOf(stop, paths, view);
    return way === undefined ? [] : [{ stop, ...way }];
  });
  const words = wordsOf(view);
  const points = spread(stops, RADIUS * view.scale, words);
  const isUnderWay = lines.some(({ state }) => state === "now");
  const stateOf = (stop: Stop) => (stop.number === at + 1 ? "now" : stop.number <= at ? "past" : "ahead");
  const marks = stops.map(({ stop }, index): MarkProps => {
    const { x, y } = points[index] ?? { x: 0, y: 0 };
    const state = stateOf(stop);
    const above = state === "now" && isUnderWay ? PILL * view.scale : 0; // the packet itself is there
    return { number: stop.number, x, y: y - above, scale: view.scale, state, back: stop.back, end: stop.end };
  });
  const labels = labelsOf(
    stops.map(({ stop }) => stop),
    marks,
    { at, view },
  );
  return { transform: view.transform, lines, marks, labels, address: addressOf(story?.stops ?? [], at, view) };
}

/** Where on the picture a stop is, and where it may move to when another is there. */
function wayOf(stop: Stop, paths: ReadonlyMap<Hop, HopPath>, view: View) {
  const path = stop.hop && paths.get(stop.hop);
  if (path !== undefined) {
    const at = (part: number) => {
      const point = { x: 0, y: 0 };
      pointAt(path, part, point);
      return onScreen(point, view);
    };
    return { at, part: partOf(stop.phase, path) };
  }
  const point = placePoint(stop.place, view.around.scene);
  return (
    point && { at: (part: number) => ({ ...onScreen(point, view), x: onScreen(point, view).x + part * 60 }), part: 0 }
  );
}

/** Where words are: on cards, and in the line above a Node's gate. */
function wordsOf(view: View): Box[] {
  const { boxes, pods } = view.around.scene;
  const cards = [...boxes].flatMap(([id, box]) => {
    if (id.startsWith("node:")) return [{ ...box, width: NODE_TITLE, height: view.around.scene.metrics.label }];
    if (id === "column") return headAndFoot(box, view.around.scene.metrics.column);
    if (id === "frame") return [{ x: box.x + 14, y: box.y + 10, ...FRAME_WORD }];
    return /^(?:pod|group)/.test(id) ? [] : [box];
  });
  return [...cards, ...pods.values()].map((box) => boxOnScreen(box, view));
}

/** The words at the top and the bottom of the column of Services. */
function headAndFoot(column: Box, { head, foot }: { head: number; foot: number }): Box[] {
  return [
    { ...column, height: head },
    { ...column, y: column.y + column.height - foot, height: foot },
  ];
}

/** Where a person presses: below the senders. */
function buttonsOf(view: View): Box[] {
  const clients = [...view.around.scene.boxes].flatMap(([id, box]) => (id.startsWith("client:") ? [box] : []));
  return clients.map((box) => boxOnScreen({ ...box, y: box.y + box.height, height: ACTIONS }, view));
}

function onScreen({ x, y }: { readonly x: number; readonly y: number }, { transform: [left, top, zoom] }: View) {
  return { x: x * zoom + left, y: y * zoom + top };
}

function boxOnScreen({ x, y, width, height }: Box, view: View): Box {
  const zoom = view.transform[2];
  return { ...onScreen({ x, y }, view), width: width * zoom, height: height * zoom };
}

/** Addresses before and after, beside the stops that rewrite: the one where the packet is first, then as they came. */
function labelsOf(
  stops: readonly Stop[],
  marks: readonly MarkProps[],
  { at, view }: { at: number; view: View },
): Label[] {
  const texts = new Map(
    stops.filter(({ changes, number }) => changes.length > 0 && number <= at + 1).map((stop) => [stop, textsOf(stop)]),
  );
  const order = [...texts.keys()].sort(
    (a, b) => Number(b.number === at + 1) - Number(a.number === at + 1) || a.number - b.number,
  );
  const wanted = order.flatMap((stop): Wanted[] => {
    const mark = marks.find(({ number }) => number === stop.number);
    const lines = texts.get(stop) ?? [];
    const width = (Math.max(...lines.map(({ text }) => text.length)) * LETTER.width + LETTER.sides) * view.scale;
    return mark === undefined
      ? []
      : [
          {
            id: String(stop.number),
            reach: (stop.number === at + 1 ? REACH.now : REACH.past) * view.scale,
            x: mark.x,
            y: mark.y,
            width,
            height: (lines.length * LETTER.line + LETTER.ends) * view.scale,
          },
        ];
  });
  const radius = RADIUS * view.scale;
  const taken = marks.map(({ x, y, end }) => ({
    x: x - radius,
    y: y - radius,
    width: 2 * radius + (end === undefined ? 0 : 14 * view.scale),
    height: 2 * radius,
  }));
  const words = wordsOf(view);
  const room = { width: view.width, height: view.height, top: BAR, taken: [...taken, ...buttonsOf(view)], words };
  const placed = placeLabels(wanted, room);
  return order.flatMap((stop): Label[] => {
    const box = placed.get(String(stop.number));
    const mark = marks.find(({ number }) => number === stop.number);
    if (box === undefined || mark === undefined) return [];
    const now = stop.number === at + 1;
    return [{ number: stop.number, box, lines: texts.get(stop) ?? [], now, leader: leaderOf(box, mark, radius) }];
  });
}

/** From the nearest edge of a label to the edge of its stop. */
function leaderOf(box: Box, { x, y }: MarkProps, radius: number): string | undefined {
  const [left, top] = [clamp(x, box.x, box.x + box.width), clamp(y, box.y, box.y + box.height)];
  const length = Math.hypot(x - left, y - top);
  if (length < radius + 10) return undefined;
  const part = radius / length;
  return `M${left} ${top}L${x + (left - x) * part} ${y + (top - y) * part}`;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function textsOf({ changes }: Stop) {
  return changes.flatMap(({ what, before, after }) => [
    { text: `${what === "to" ? W.toLabel : W.fromLabel} ${before}`, was: true },
    { text: `  →  ${after}`, was: false },
  ]);
}

/** The row of a Service's card that shows its ClusterIP. */
function addressOf(stops: readonly Stop[], at: number, view: View): Drawn["address"] {
  const joined = stops.filter((stop) => stop.phase === "service" && stop.number <= at + 1);
  const stop = joined.find(({ number }) => number === at + 1) ?? joined.at(-1);
  const placed = stop?.service === undefined ? undefined : view.around.scene.services.get(stop.service.key);
  if (stop === undefined || placed === undefined) return undefined;
  const { x, y, width, height } = placed.box;
  const row =
    placed.form === "full"
      ? { y: y + SERVICE.padding + SERVICE.title, height: SERVICE.address }
      : placed.form === "brief"
        ? { y: y + height / 2, height: height / 2 - 3 }
        : { y, height };
  const inset = COLUMN.padding / 2;
  return { box: boxOnScreen({ ...row, x: x + inset, width: width - 2 * inset }, view), now: stop.number === at + 1 };
}
