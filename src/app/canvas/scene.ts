// Where everything stands: lanes laid out by hand from who is there, not from how they are.
import { compareText } from "../../cluster/index.ts";
import {
  BAND_GAP,
  BAND_LABEL,
  type Box,
  CARDS_UP_TO,
  CELL,
  CHIPS_UP_TO,
  FRAME_LABEL,
  GAP,
  GATE,
  type Metrics,
  POD_MARGIN,
} from "./metrics.ts";
import { type OutsideInput, placeOutside, withOutside } from "./outside.ts";
import { placePending } from "./pending.ts";
import { columnHeight, type PlacedService, placeServices, type ServiceInput } from "./services.ts";
import { growingCells, type Slots } from "./slots.ts";

/** Who is there. */
export interface SceneInput {
  readonly clients: readonly string[];
  readonly nodes: readonly string[];
  /** nodePorts open on every node. */
  readonly nodePorts: readonly number[];
  readonly services: readonly ServiceInput[];
  /** Keys `resource:namespace/name`. */
  readonly workloads: readonly string[];
  readonly pods: readonly PodInput[];
  /** Keys of the pods that fit on no Node. */
  readonly pending: readonly string[];
  readonly outside: OutsideInput;
}

export interface PodInput {
  readonly key: string;
  readonly node: string;
  /** What its group is named after when the band collapses. */
  readonly owner: string;
}

/** How pods are drawn. */
export type Density = "card" | "chip" | "group";

/** Pods of one owner on one Node, drawn as one. */
export interface PodGroup {
  readonly id: string;
  readonly node: string;
  readonly owner: string;
  readonly pods: readonly string[];
  readonly columns: number;
}

/** The laid-out picture. Boxes are in flow coordinates, by id: `client:laptop`, `gate:node-1`, `pod:default/web-0`. */
export interface Scene {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly density: Density;
  readonly groups: readonly PodGroup[];
  readonly services: ReadonlyMap<string, PlacedService>;
  /** Services that have no card because there are too many. */
  readonly hidden: number;
  /** Keys of the pods in the band of those that wait for a Node, drawn as chips as far as there is room. */
  readonly pending: readonly string[];
  readonly outside: OutsideInput;
  readonly nodePorts: readonly number[];
  /** How many of them a gate lists. */
  readonly shownPorts: number;
  /** Where each pod is, drawn as a card, a chip or a cell. */
  readonly pods: ReadonlyMap<string, Box>;
  readonly width: number;
  readonly height: number;
}

/** Lays out a scene. `slots` remembers the places of pods from one call to the next. */
export function layOut(input: SceneInput, given: Metrics, slots: Slots): Scene {
  const metrics = withOutside(input.outside, given);
  const bands = bandsOf(input);
  const density = densityOf(bands);
  const areas = [...bands].map(([node, members]) => arrange(node, members, { density, metrics, slots }));
  const podsWidth = Math.max(areaWidth(metrics), ...areas.map((area) => area.width));
  const boxes = new Map<string, Box>();
  const lanes = lanesOf(input, { metrics, podsWidth, areas, boxes });
  const pods = placeBands(areas, lanes, boxes);
  const bottom = lanes.top + Math.max(1, areas.length) * (lanes.bandHeight + BAND_GAP) - BAND_GAP;
  const room = { x: lanes.columnX, y: lanes.top - 12, width: metrics.column.width, height: bottom - lanes.top + 24 };
  const stack = placeServices(input.services, room);
  boxes.set("column", stack.column);
  for (const service of stack.placed.values()) boxes.set(`service:${service.key}`, service.box);
  const { x, y, padding } = metrics.frame;
  const end = Math.max(bottom + padding, stack.column.y + stack.column.height + 8);
  const pending = placePending(input.pending, {
    x: x + padding,
    y: end,
    right: lanes.right,
    chip: { width: metrics.card.width, height: metrics.chip.height },
  });
  for (const [id, box] of pending) boxes.set(id, box);
  const floor = Math.max(end, ...[...pending.values()].map((box) => box.y + box.height + padding));
  boxes.set("frame", { x, y, width: lanes.right + padding - x, height: floor - y });
  if (density !== "group") for (const [key, box] of pods) boxes.set(`pod:${key}`, box);
  placeClients(input.clients, { top: lanes.top, bottom, metrics, boxes });
  const outsideEnd = placeOutside(input.outside, { metrics, top: lanes.top, bottom, boxes });
  return {
    boxes,
    density,
    groups: areas.flatMap((area) => area.members),
    services: stack.placed,
    hidden: stack.hidden,
    pending: input.pending,
    outside: input.outside,
    nodePorts: input.nodePorts,
    shownPorts: lanes.shownPorts,
    pods,
    width: lanes.right + padding,
    height: Math.max(floor, outsideEnd),
  };
}

interface Lanes {
  readonly metrics: Metrics;
  readonly gateX: number;
  readonly columnX: number;
  readonly podsX: number;
  readonly right: number;
  /** Where the first band begins. */
  readonly top: number;
  readonly bandHeight: number;
  readonly shownPorts: number;
}

function lanesOf(
  input: SceneInput,
  room: { metrics: Metrics; podsWidth: number; areas: readonly Area[]; boxes: Map<string, Box> },
): Lanes {
  const { metrics, podsWidth, areas } = room;
  const { frame, gate, column } = metrics;
  const gateX = frame.x + frame.padding - gate.inset / 2;
  const columnX = frame.x + frame.padding + gate.inset + gate.width + column.gap;
  const podsX = columnX + column.width + metrics.pods.gap;
  const right = podsX + podsWidth + frame.padding;
  const top =
    frame.y + 28 + placeWorkloads(input.workloads, { x: podsX, right: podsX + podsWidth, metrics, boxes: room.boxes });
  const ports = Math.max(1, input.nodePorts.length);
  const count = Math.max(1, areas.length);
  const bandHeight = Math.max(
    metrics.minimumBand,
    BAND_LABEL + gateHeight(Math.min(ports, 2)) + 10,
    ...areas.map((area) => area.height + 2 * POD_MARGIN),
    (columnHeight(input.services) - 24 - (count - 1) * BAND_GAP) / count,
  );
  const fitting = Math.floor((bandHeight - BAND_LABEL - 10 - gateHeight(0)) / GATE.port);
  return { metrics, gateX, columnX, podsX, right, top, bandHeight, shownPorts: Math.max(1, Math.min(ports, fitting)) };
}

/** Places the bands, their gates and their pods; returns the pods' boxes. */
function placeBands(areas: readonly Area[], lanes: Lanes, boxes: Map<string, Box>): ReadonlyMap<string, Box> {
  const { metrics, bandHeight } = lanes;
  const pods = new Map<string, Box>();
  const left = metrics.frame.x + metrics.frame.padding;
  areas.forEach((area, at) => {
    const y = lanes.top + at * (bandHeight + BAND_GAP);
    boxes.set(`node:${area.node}`, { x: left, y, width: lanes.right - left, height: bandHeight });
    boxes.set(`gate:${area.node}`, {
      x: lanes.gateX,
      y: y + BAND_LABEL,
      width: metrics.gate.width,
      height: gateHeight(lanes.shownPorts),
    });
    const offset = { x: lanes.podsX, y: y + POD_MARGIN };
    for (const [key, box] of area.pods) pods.set(key, shifted(box, offset));
    for (const [id, box] of area.groups) boxes.set(id, shifted(box, offset));
  });
  return pods;
}

/** Height of a gate with so many rows of ports. */
export function gateHeight(ports: number): number {
  return GATE.address + GATE.padding + ports * GATE.port;
}

function areaWidth(metrics: Metrics): number {
  return metrics.base.columns * (metrics.card.width + GAP) - GAP;
}

function bandsOf(input: SceneInput): ReadonlyMap<string, PodInput[]> {
  const bands = new Map<string, PodInput[]>(input.nodes.map((node) => [node, []]));
  for (const pod of input.pods) bands.get(pod.node)?.push(pod);
  return bands;
}

function densityOf(bands: ReadonlyMap<string, readonly PodInput[]>): Density {
  const fullest = Math.max(0, ...[...bands.values()].map((members) => members.length));
  if (fullest <= CARDS_UP_TO) return "card";
  return fullest <= CHIPS_UP_TO ? "chip" : "group";
}

interface Area {
  readonly node: string;
  readonly width: number;
  readonly height: number;
  readonly pods: ReadonlyMap<string, Box>;
  readonly groups: ReadonlyMap<string, Box>;
  readonly members: readonly PodGroup[];
}

interface Style {
  readonly density: Density;
  readonly metrics: Metrics;
  readonly slots: Slots;
}

function arrange(node: string, members: readonly PodInput[], style: Style): Area {
  return style.density === "group" ? arrangeGroups(node, members) : arrangeCards(node, members, style);
}

function arrangeCards(node: string, members: readonly PodInput[], { density, metrics, slots }: Style): Area {
  const size = density === "card" ? metrics.card : metrics.chip;
  const places = slots.assign(
    node,
    members.map((pod) => pod.key),
  );
  const most = Math.max(-1, ...places.values()) + 1;
  const base = density === "card" ? metrics.base : { columns: metrics.base.columns + 1, rows: 4 };
  const cells = growingCells(Math.max(most, 1), { ...base, cellWidth: size.width, cellHeight: size.height });
  const pods = new Map<string, Box>();
  for (const [key, at] of places) {
    const cell = cells[at];
    if (cell === undefined) continue;
    pods.set(key, { x: cell.column * (size.width + GAP), y: cell.row * (size.height + GAP), ...size });
  }
  const extent = extentOf(pods.values());
  return { node, ...extent, pods, groups: new Map(), members: [] };
}

function arrangeGroups(node: string, members: readonly PodInput[]): Area {
  const byOwner = new Map<string, string[]>();
  for (const pod of members) byOwner.set(pod.owner, [...(byOwner.get(pod.owner) ?? []), pod.key]);
  const pods = new Map<string, Box>();
  const groups = new Map<string, Box>();
  const list: PodGroup[] = [];
  let y = 0;
  for (const [owner, keys] of [...byOwner].sort(([a], [b]) => compareText(a, b))) {
    const columns = Math.max(20, Math.ceil(Math.sqrt(keys.length * 3)));
    const rows = Math.ceil(keys.length / columns);
    const id = `group:${node}:${owner}`;
    const box = {
      x: 0,
      y,
      width: columns * CELL.pitch + 2 * CELL.padding,
      height: CELL.head + rows * CELL.pitch + CELL.padding,
    };
    groups.set(id, box);
    list.push({ id, node, owner, pods: keys, columns });
    keys.forEach((key, at) => {
      const [column, row] = [at % columns, Math.floor(at / columns)];
      pods.set(key, {
        x: CELL.padding + column * CELL.pitch,
        y: y + CELL.head + row * CELL.pitch,
        width: CELL.size,
        height: CELL.size,
      });
    });
    y += box.height + GAP;
  }
  return { node, ...extentOf(groups.values()), pods, groups, members: list };
}

function extentOf(boxes: Iterable<Box>): { width: number; height: number } {
  let [width, height] = [0, 0];
  for (const box of boxes) {
    width = Math.max(width, box.x + box.width);
    height = Math.max(height, box.y + box.height);
  }
  return { width, height };
}

function shifted(box: Box, by: { x: number; y: number }): Box {
  return { ...box, x: box.x + by.x, y: box.y + by.y };
}

/** Chips above the pods, in rows that reach as far left as they must; returns the height they take. */
function placeWorkloads(
  workloads: readonly string[],
  room: { x: number; right: number; metrics: Metrics; boxes: Map<string, Box> },
): number {
  const { frame, workload } = room.metrics;
  const { width, height } = workload;
  const fitting = (from: number) => Math.max(1, Math.floor((room.right - from + GAP) / (width + GAP)));
  const widest = fitting(frame.x + frame.padding + FRAME_LABEL);
  const perRow = workloads.length <= fitting(room.x) ? fitting(room.x) : Math.min(widest, workloads.length);
  const left = Math.min(room.x, room.right - perRow * (width + GAP) + GAP);
  workloads.forEach((key, at) => {
    const [column, row] = [at % perRow, Math.floor(at / perRow)];
    const x = left + column * (width + GAP);
    room.boxes.set(`workload:${key}`, { x, y: room.metrics.frame.y + 10 + row * (height + 6), width, height });
  });
  return Math.max(1, Math.ceil(workloads.length / perRow)) * (height + 6);
}

function placeClients(
  clients: readonly string[],
  room: { top: number; bottom: number; metrics: Metrics; boxes: Map<string, Box> },
): void {
  const { width, height } = room.metrics.client;
  const step = Math.min(210, (room.bottom - room.top) / Math.max(1, clients.length));
  clients.forEach((name, at) => {
    const place = room.metrics.clientsAbove
      ? { x: at * (width + 20), y: 0 }
      : { x: 0, y: room.top + BAND_LABEL + at * step };
    room.boxes.set(`client:${name}`, { ...place, width, height });
  });
}
