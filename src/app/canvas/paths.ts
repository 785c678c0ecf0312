// The routes packets take through the picture: from a hop and the scene to a line one can walk along.
import { type Header, type Hop, makeKey, type Packet, type Place } from "../../cluster/index.ts";
import { type Box, COLUMN, GAP, GATE, UNDER } from "./metrics.ts";
import { outsidePoint } from "./outside.ts";
import { REST_BAND, type Scene } from "./scene.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line with its length measured out, so that a part of the way is a point. */
export interface HopPath {
  /** x and y by turns. */
  readonly points: Float32Array;
  /** Length from the start to each point. */
  readonly lengths: Float32Array;
  readonly length: number;
  /** Part of the way, in [0, 1], after which the address on the packet is the rewritten one. */
  readonly turn: number;
  /** Part of the way at which it comes to the Service's card; 0 where it passes none. */
  readonly enter: number;
  readonly d: string;
}

/** What of the world decides where a node's end of a hop is. */
export interface Surroundings {
  readonly scene: Scene;
  /** Addresses of the machines outside: packets to these leave by a gate. */
  readonly clients: ReadonlySet<string>;
  /** Address of each node by name: packets to it end at its gate. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly wire: boolean;
  /** Routes already measured in these surroundings: packets that go the same way share one. */
  readonly measured: Map<string, HopPath>;
}

type Knot = Point & {
  /** Which way the path runs here. */
  readonly heading: Point;
};

const SAMPLES = 18;
const EAST: Point = { x: 1, y: 0 };
const WEST: Point = { x: -1, y: 0 };
const SOUTH: Point = { x: 0, y: 1 };
const NORTH: Point = { x: 0, y: -1 };

/** The path of one hop of a packet. */
export function pathOf(hop: Hop, packet: Packet | undefined, around: Surroundings): HopPath | undefined {
  const before = hop.index > 0 ? packet?.hops[hop.index - 1] : undefined;
  const start = departure(hop, before, around);
  const end = arrival(hop.to, hop.from, hop.header, around);
  if (start === undefined || end === undefined) return undefined;
  const card = around.wire || hop.service === undefined ? undefined : cardOf(hop, around.scene);
  const key = [start.x, start.y, end.x, end.y, card?.enter.y, card?.leave.y, hop.from.kind, hop.to.kind].join(" ");
  const known = around.measured.get(key);
  if (known !== undefined) return known;
  const path =
    card === undefined
      ? plainPath(hop, [start, end], around.scene)
      : servicePath([start, end], card, lanesTo(hop.to, around.scene));
  around.measured.set(key, path);
  return path;
}

/** Between clients and gates straight; across the column of Services in a lane below the cards, because no rule of a Service is asked. */
function plainPath(hop: Hop, [start, end]: readonly [Point, Point], scene: Scene): HopPath {
  const column = scene.boxes.get("column");
  const ahead = end.x < start.x ? WEST : EAST;
  const left = column === undefined ? 0 : column.x;
  const right = column === undefined ? 0 : column.x + column.width;
  const crosses = column !== undefined && Math.min(start.x, end.x) < left && Math.max(start.x, end.x) > right;
  const [leaving, coming] = [lanesTo(hop.from, scene), lanesTo(hop.to, scene)];
  if (!crosses) {
    const first = { ...start, heading: headingAt(hop.from, scene, { vertical: SOUTH, ahead }) };
    const last = { ...end, heading: headingAt(hop.to, scene, { vertical: NORTH, ahead }) };
    return measure([first, ...backwards(leaving, ahead), ...coming, last], 0.5);
  }
  const y = clearOf(laneOf(ahead === WEST ? end.y : start.y, scene), scene);
  const [near, far] = ahead === WEST ? [right, left] : [left, right];
  return measure(
    [
      { ...start, heading: ahead },
      ...backwards(leaving, ahead),
      { x: near, y, heading: ahead },
      { x: far, y, heading: ahead },
      ...coming,
      { ...end, heading: ahead },
    ],
    0.5,
  );
}

/** A client above the cluster is left and reached from below. */
function headingAt(place: Place, scene: Scene, ways: { vertical: Point; ahead: Point }): Point {
  return place.kind === "client" && isAbove(place.name, scene) ? ways.vertical : ways.ahead;
}

/** The lane along the foot of the band that holds `y`. */
function laneOf(y: number, scene: Scene): number {
  for (const [id, box] of scene.boxes)
    if (id.startsWith("node:") && y >= box.y && y <= box.y + box.height) return box.y + box.height - 14;
  return y;
}

/** The same height, or the nearest at which a line across the column of Services strikes out no word. */
function clearOf(y: number, { boxes, services, metrics }: Scene): number {
  const column = boxes.get("column");
  if (column === undefined) return y;
  const { head, foot } = metrics.column;
  const words = [
    { top: column.y, bottom: column.y + head },
    { top: column.y + column.height - foot, bottom: column.y + column.height },
    ...[...services.values()].map(({ box: { y, height }, space }) => ({
      top: space === undefined ? y : y - COLUMN.space,
      bottom: y + height,
    })),
  ];
  const isFree = (at: number) => words.every(({ top, bottom }) => at < top || at > bottom);
  if (isFree(y)) return y;
  const beside = words.flatMap(({ top, bottom }) => [top - BESIDE, bottom + BESIDE]).filter(isFree);
  return beside.reduce((best, at) => (Math.abs(at - y) < Math.abs(best - y) ? at : best), beside[0] ?? y);
}

/** Between words and a line that passes them. */
const BESIDE = 4;

interface CardEnds {
  readonly enter: Point;
  readonly leave: Point;
}

/** Past the card of the Service whose rules chose: in at its port, out at the endpoint that was drawn. */
function servicePath([start, end]: readonly [Point, Point], card: CardEnds, lanes: readonly Knot[]): HopPath {
  const leave = { ...card.leave, heading: EAST };
  const knots: Knot[] =
    start.x < card.enter.x
      ? [
          { ...start, heading: EAST },
          { ...card.enter, heading: EAST },
        ]
      : [
          { ...start, heading: WEST },
          { x: card.leave.x, y: card.enter.y, heading: WEST },
          { x: (card.enter.x + card.leave.x) / 2, y: (card.enter.y + card.leave.y) / 2, heading: SOUTH },
        ];
  return measure([...knots, leave, ...lanes, { ...end, heading: end.x < leave.x ? WEST : EAST }], leave);
}

function cardOf(hop: Hop, scene: Scene): CardEnds | undefined {
  if (hop.service === undefined) return undefined;
  const placed = scene.services.get(makeKey(hop.service.namespace, hop.service.name));
  const box = placed?.box ?? scene.boxes.get("column");
  if (box === undefined) return undefined;
  const enterY = placed?.enterY ?? box.y + box.height - 20;
  const leaveY = placed?.rows.get(hop.header.destination) ?? enterY;
  return { enter: { x: box.x, y: enterY }, leave: { x: box.x + box.width, y: leaveY } };
}

function departure(hop: Hop, before: Hop | undefined, around: Surroundings): Point | undefined {
  if (before !== undefined) return arrival(before.to, before.from, before.header, around);
  if (hop.from.kind === "node") return gateOf(hop.from.name, hop.header, around.scene);
  return arrival(hop.from, hop.to, hop.header, around);
}

function arrival(place: Place, other: Place, header: Header, around: Surroundings): Point | undefined {
  const { boxes } = around.scene;
  switch (place.kind) {
    case "client":
      return clientPoint(place.name, around.scene);
    case "pod":
      // A pod that is not shown is somewhere on its Node.
      return (
        podPoint(makeKey(place.namespace, place.name), around.scene) ??
        (other.kind === "node" ? innerOf(other.name, around.scene) : undefined)
      );
    case "outside": {
      const card = outsidePoint(place.name, other, around.scene);
      if (card !== undefined) return card;
      const frame = boxes.get("frame");
      if (place.name === "firewall" && other.kind === "client") return wallPoint(other.name, around.scene);
      return frame && { x: Math.max(40, frame.x - 60), y: frame.y + frame.height - 10 };
    }
    case "node":
      if (other.kind === "client" || other.kind === "outside" || passesGate(place.name, header, around))
        return gateOf(place.name, header, around.scene);
      return innerOf(place.name, around.scene);
  }
}

function passesGate(node: string, header: Header, around: Surroundings): boolean {
  return around.clients.has(header.destination) || around.nodes.get(node) === header.destination;
}

function isAbove(client: string, scene: Scene): boolean {
  const [box, frame] = [scene.boxes.get(`client:${client}`), scene.boxes.get("frame")];
  return box !== undefined && frame !== undefined && box.y < frame.y;
}

/** Where a machine is on the picture when no path says more: at its side to the right, a Node at its gate. */
export function placePoint(place: Place, scene: Scene): Point | undefined {
  switch (place.kind) {
    case "client":
      return clientPoint(place.name, scene);
    case "pod":
      return podPoint(makeKey(place.namespace, place.name), scene);
    case "node": {
      const box = gateBox(place.name, scene);
      return box && { x: box.x + box.width / 2, y: box.y + GATE.address / 2 };
    }
    case "outside":
      return outsidePoint(place.name, place, scene);
  }
}

/** Where a path meets a client: its right side, or the cluster's edge below it. */
export function clientPoint(name: string, scene: Scene): Point | undefined {
  const box = scene.boxes.get(`client:${name}`);
  if (box === undefined) return undefined;
  if (isAbove(name, scene)) return { x: box.x + 10, y: (scene.boxes.get("frame")?.y ?? 0) + 3 };
  return { x: box.x + box.width, y: box.y + box.height / 2 };
}

/** Where the path of a client meets the firewall in front of the nodes. */
export function wallPoint(client: string, scene: Scene): Point | undefined {
  const [from, frame] = [clientPoint(client, scene), scene.boxes.get("frame")];
  if (from === undefined || frame === undefined) return undefined;
  return isAbove(client, scene) ? { x: from.x, y: frame.y - WALL } : { x: frame.x - WALL, y: from.y };
}

/** From the frame of the cluster to the firewall before it. */
const WALL = 16;

/** Where a path meets a pod: the left edge of its card, or its cell. */
export function podPoint(key: string, scene: Scene): Point | undefined {
  const box = scene.pods.get(key);
  return box && { x: box.x, y: box.y + box.height / 2 };
}

/** The gate of a Node, which may be one that several share. */
export function gateBox(node: string, scene: Scene): Box | undefined {
  return (
    scene.boxes.get(`gate:${node}`) ?? (scene.rest.includes(node) ? scene.boxes.get(`gate:${REST_BAND}`) : undefined)
  );
}

function gateOf(node: string, header: Header, scene: Scene): Point | undefined {
  const box = gateBox(node, scene);
  if (box === undefined) return undefined;
  const at = scene.nodePorts.indexOf(header.destinationPort);
  // Over the end of the address, which it would strike out; else under its port.
  if (at < 0 || at >= scene.shownPorts) return { x: box.x + box.width - 8, y: box.y + 3 };
  return { x: box.x + box.width / 2, y: box.y + GATE.address + (at + UNDER) * GATE.port };
}

/** Where a Node hands packets to and from its pods: inside its band, right of the column of Services. */
export function innerOf(node: string, scene: Scene): Point | undefined {
  const band = scene.boxes.get(`node:${scene.rest.includes(node) ? REST_BAND : node}`);
  const column = scene.boxes.get("column");
  if (band === undefined || column === undefined) return undefined;
  return { x: column.x + column.width + 16, y: band.y + band.height - Math.min(15, scene.metrics.label / 2) };
}

/** A smooth line through knots. `turn` is a part of the way, or one of the knots. */
function measure(knots: readonly Knot[], turn: number | Point): HopPath {
  const points: number[] = [];
  let d = "";
  let turnAt = 0;
  knots.forEach((knot, at) => {
    const before = knots[at - 1];
    if (before === undefined) {
      points.push(knot.x, knot.y);
      d = `M${knot.x} ${knot.y}`;
    } else d += curve(before, knot, points);
    if (knot === turn) turnAt = points.length / 2 - 1;
  });
  const lengths = new Float32Array(points.length / 2);
  for (let i = 1; i < lengths.length; i++) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.slice(2 * i - 2, 2 * i + 2);
    lengths[i] = (lengths[i - 1] ?? 0) + Math.hypot(x1 - x0, y1 - y0);
  }
  const length = lengths[lengths.length - 1] ?? 0;
  const part = typeof turn === "number" ? turn : length === 0 ? 0 : (lengths[turnAt] ?? 0) / length;
  const enter = typeof turn === "number" || length === 0 ? 0 : (lengths[SAMPLES] ?? 0) / length;
  return { points: Float32Array.from(points), lengths, length, turn: part, enter, d };
}

function curve(a: Knot, b: Knot, points: number[]): string {
  const reach = Math.max(Math.min(Math.abs(b.x - a.x) * 0.5, 90), Math.min(24, Math.abs(b.y - a.y)));
  const c1 = { x: a.x + a.heading.x * reach, y: a.y + a.heading.y * reach };
  const c2 = { x: b.x - b.heading.x * reach, y: b.y - b.heading.y * reach };
  for (let i = 1; i <= SAMPLES; i++) {
    const t = i / SAMPLES;
    const u = 1 - t;
    const [w0, w1, w2, w3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    points.push(w0 * a.x + w1 * c1.x + w2 * c2.x + w3 * b.x, w0 * a.y + w1 * c1.y + w2 * c2.y + w3 * b.y);
  }
  return `C${c1.x} ${c1.y} ${c2.x} ${c2.y} ${b.x} ${b.y}`;
}

/**
 * The way past the pods before one that is not in the first column: in the gap above its row, so that no line runs behind a
 * card that it does not belong to.
 */
function lanesTo(place: Place, scene: Scene): readonly Knot[] {
  return place.kind === "pod" ? lanesToPod(makeKey(place.namespace, place.name), scene) : [];
}

function lanesToPod(key: string, scene: Scene): readonly Knot[] {
  const box = scene.pods.get(key);
  if (box === undefined || scene.density === "group" || box.x <= scene.podsX + 1) return [];
  const y = box.y - GAP / 2;
  return [
    { x: scene.podsX - TURN, y, heading: EAST },
    { x: box.x - TURN, y, heading: EAST },
  ];
}

/** Before a card, where a line turns from its lane. */
const TURN = GAP;

function backwards(lanes: readonly Knot[], heading: Point): readonly Knot[] {
  return heading === WEST ? [...lanes].reverse().map((knot) => ({ ...knot, heading })) : [];
}

/** The line from a Service to a pod. */
export function podPath(from: Point, key: string, scene: Scene): string | undefined {
  const to = podPoint(key, scene);
  if (to === undefined) return undefined;
  return measure([{ ...from, heading: EAST }, ...lanesToPod(key, scene), { ...to, heading: EAST }], 0.5).d;
}

/** The line from one point to another, as the edges of the picture are drawn; from a client above, it sets out downwards. */
export function edgePath(from: Point, to: Point, down = false): string {
  return `M${from.x} ${from.y}${curve({ ...from, heading: down ? SOUTH : EAST }, { ...to, heading: EAST }, [])}`;
}

/** The point after `part` of the way, in [0, 1]; written into `out` to make no garbage. */
export function pointAt(path: HopPath, part: number, out: { x: number; y: number }): void {
  const wanted = part * path.length;
  let low = 0;
  let high = path.lengths.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((path.lengths[middle] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  const [from = 0, to = 0] = [path.lengths[low], path.lengths[high]];
  const rest = to > from ? (wanted - from) / (to - from) : 0;
  const [x0 = 0, y0 = 0] = [path.points[2 * low], path.points[2 * low + 1]];
  const [x1 = 0, y1 = 0] = [path.points[2 * high], path.points[2 * high + 1]];
  out.x = x0 + (x1 - x0) * rest;
  out.y = y0 + (y1 - y0) * rest;
}
