// The layout: lanes computed from which objects exist, not from their state.
import { arrangeGroups, type Grouping, type PodGroup, type PodInput } from "./groups.ts";
import { type Box, CARDS_UP_TO, CHIPS_UP_TO, FRAME_LABEL, GAP, GATE, type Metrics, NARROW } from "./metrics.ts";
import { type OutsideInput, placeOutside, withOutside } from "./outside.ts";
import { placePending } from "./pending.ts";
import { columnHeight, type PlacedService, placeServices, type ServiceInput } from "./services.ts";
import { growingCells, type Slots } from "./slots.ts";

/** Who is there. */
export interface SceneInput {
  readonly clients: readonly string[];
  readonly nodes: readonly string[];
  /** Those of them that have no Node object any more, only pods. */
  readonly gone?: readonly string[];
  /** nodePorts open on every node. */
  readonly nodePorts: readonly number[];
  readonly services: readonly ServiceInput[];
  /** What the names of those that a list shows contain. */
  readonly sought?: string | undefined;
  /** Keys `resource:namespace/name`. */
  readonly workloads: readonly string[];
  /** Those of them that have a chip before others: they belong to what is looked at. */
  readonly near?: ReadonlySet<string> | undefined;
  readonly pods: readonly PodInput[];
  /** Keys of the pods that fit on no Node. */
  readonly pending: readonly string[];
  readonly outside: OutsideInput;
  readonly ghosts?: Ghosts | undefined;
}

/** What is referred to and missing, and where it is drawn: in boxes below everything else. */
export interface Ghosts {
  readonly ids: readonly string[];
  readonly place: (room: GhostRoom) => ReadonlyMap<string, Box>;
}

/** Where they may be. */
export interface GhostRoom {
  readonly x: number;
  readonly y: number;
  readonly podsX: number;
  readonly right: number;
  readonly rows: number;
  /** Whether the picture is as low as a frame in a page. */
  readonly low: boolean;
}

/** How pods are drawn. */
export type Density = "card" | "chip" | "group";

/** How much is shown of a world: what doesn't fit loses detail, and no letter gets smaller. */
export interface Detail {
  /** Pods are drawn with no more detail than this. */
  readonly density: Density;
  readonly grouping: Grouping;
  /** Whether a group shows a cell for each pod. */
  readonly cells: boolean;
  /** The most rows of workloads above the pods. */
  readonly workloadRows: number;
  /** The most bands; the Nodes beyond share one. */
  readonly bands: number;
  /** Height that the scene may have. */
  readonly height: number;
  /** Position in the list of Services of the first to show when not all can be. */
  readonly servicesFrom: number | undefined;
}

/** Everything, however high it gets. */
export const FULL_DETAIL: Detail = {
  density: "card",
  grouping: "owner",
  cells: true,
  workloadRows: Number.POSITIVE_INFINITY,
  bands: Number.POSITIVE_INFINITY,
  height: Number.POSITIVE_INFINITY,
  servicesFrom: undefined,
};

/** The laid-out picture. Boxes are in flow coordinates, by id: `client:laptop`, `gate:node-1`, `pod:default/web-0`. */
export interface Scene {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly density: Density;
  readonly groups: readonly PodGroup[];
  readonly services: ReadonlyMap<string, PlacedService>;
  /** How many Services before and after those placed have no card because there are too many. */
  readonly before: number;
  readonly after: number;
  /** Whether the list of Services has a field that searches it. */
  readonly searched: boolean;
  /** Workloads that have no chip, by key. */
  readonly moreWorkloads: readonly string[];
  /** The Nodes that share the last band, when there are too many for a band each. */
  readonly rest: readonly string[];
  /** The measures it was laid out with. */
  readonly metrics: Metrics;
  /** Where the first column of pods begins. */
  readonly podsX: number;
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
export function layOut(input: SceneInput, given: Metrics, slots: Slots, detail: Detail = FULL_DETAIL): Scene {
  const metrics = withOutside(input.outside, given);
  const { bands, rest } = bandsOf(input, detail.bands);
  const fullest = Math.max(0, ...[...bands.values()].map((members) => members.length));
  const density = densityOf(fullest, detail.density);
  const style = { density, metrics, slots, grouping: detail.grouping, cells: detail.cells };
  const areas = [...bands].map(([node, members]) => arrange(node, members, style));
  const podsWidth = Math.max(areaWidth(metrics), ...areas.map((area) => area.width));
  const boxes = new Map<string, Box>();
  const lanes = lanesOf(input, { metrics, podsWidth, areas, boxes, detail });
  const pods = placeBands(areas, lanes, boxes, input.gone);
  const bottom = lanes.top + Math.max(1, areas.length) * (lanes.bandHeight + metrics.bandGap) - metrics.bandGap;
  const { column } = metrics;
  const room = {
    x: lanes.columnX,
    y: lanes.top - column.over,
    width: column.width,
    height: bottom - lanes.top + 2 * column.over,
  };
  const stack = placeServices(input.services, room, { ...column, from: detail.servicesFrom, sought: input.sought });
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
  const below = floorOf(pending, end, padding);
  const { podsX, right } = lanes;
  const ghosts =
    input.ghosts?.place({
      x: x + padding,
      y: below,
      podsX,
      right,
      rows: detail.workloadRows,
      low: metrics.label < NARROW.label,
    }) ?? new Map<string, Box>();
  for (const [id, box] of [...pending, ...ghosts]) boxes.set(id, box);
  const floor = floorOf(ghosts, below, padding);
  boxes.set("frame", { x, y, width: lanes.right + padding - x, height: floor - y });
  if (density !== "group") for (const [key, box] of pods) boxes.set(`pod:${key}`, box);
  placeClients(input.clients, { top: lanes.top, bottom, metrics, boxes });
  const outsideEnd = placeOutside(input.outside, { metrics, top: lanes.top, bottom, boxes });
  return {
    boxes,
    density,
    groups: areas.flatMap((area) => area.members),
    services: stack.placed,
    before: stack.before,
    after: stack.after,
    searched: stack.searched,
    moreWorkloads: lanes.moreWorkloads,
    rest,
    metrics,
    podsX: lanes.podsX,
    pending: input.pending,
    outside: input.outside,
    nodePorts: input.nodePorts,
    shownPorts: lanes.shownPorts,
    pods,
    width: lanes.right + padding,
    height: Math.max(floor, outsideEnd, ...clientEnds(boxes, metrics)),
  };
}

/** Where boxes below the others end; `end` without any. */
function floorOf(below: ReadonlyMap<string, Box>, end: number, padding: number): number {
  return Math.max(end, ...[...below.values()].map((box) => box.y + box.height + padding));
}

/** Where the buttons below the clients end. */
function clientEnds(boxes: ReadonlyMap<string, Box>, { client }: Metrics): number[] {
  return [...boxes].flatMap(([id, box]) => (id.startsWith("client:") ? [box.y + box.height + client.buttons] : []));
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
  readonly moreWorkloads: readonly string[];
}

function lanesOf(
  input: SceneInput,
  room: {
    metrics: Metrics;
    podsWidth: number;
    areas: readonly Area[];
    boxes: Map<string, Box>;
    detail: Detail;
  },
): Lanes {
  const { metrics, podsWidth, areas, detail } = room;
  const { frame, gate, column, label, podMargin, bandGap } = metrics;
  const gateX = frame.x + frame.padding - gate.inset / 2;
  const columnX = frame.x + frame.padding + gate.inset + gate.width + column.gap;
  const podsX = columnX + column.width + metrics.pods.gap;
  const right = podsX + podsWidth + frame.padding;
  const chips = placeWorkloads(input, {
    x: podsX,
    right: podsX + podsWidth,
    rows: detail.workloadRows,
    metrics,
    boxes: room.boxes,
  });
  const top = frame.y + metrics.head + chips.height;
  const ports = Math.max(1, input.nodePorts.length);
  const count = Math.max(1, areas.length);
  const most = detail.height - top - frame.padding + 2 * column.over;
  const bandHeight = Math.max(
    metrics.minimumBand,
    label + gateHeight(Math.min(ports, 2)) + podMargin - 4,
    ...areas.map((area) => area.height + 2 * podMargin),
    (columnHeight(input.services, most, column) - 2 * column.over - (count - 1) * bandGap) / count,
  );
  const fitting = Math.floor((bandHeight - label - podMargin + 4 - gateHeight(0)) / GATE.port);
  const shownPorts = Math.max(1, Math.min(ports, fitting));
  return { metrics, gateX, columnX, podsX, right, top, bandHeight, shownPorts, moreWorkloads: chips.more };
}

/** Places the bands, their gates and their pods; returns the pods' boxes. */
function placeBands(
  areas: readonly Area[],
  lanes: Lanes,
  boxes: Map<string, Box>,
  gone: readonly string[] = [],
): ReadonlyMap<string, Box> {
  const { metrics, bandHeight } = lanes;
  const pods = new Map<string, Box>();
  const left = metrics.frame.x + metrics.frame.padding;
  areas.forEach((area, at) => {
    const y = lanes.top + at * (bandHeight + metrics.bandGap);
    boxes.set(`node:${area.node}`, { x: left, y, width: lanes.right - left, height: bandHeight });
    if (!gone.includes(area.node))
      boxes.set(`gate:${area.node}`, {
        x: lanes.gateX,
        y: y + metrics.label,
        width: metrics.gate.width,
        height: gateHeight(lanes.shownPorts),
      });
    const offset = { x: lanes.podsX, y: y + metrics.podMargin };
    for (const [key, box] of area.pods) pods.set(key, shifted(box, offset));
    for (const [id, box] of area.groups) boxes.set(id, shifted(box, offset));
  });
  return pods;
}

/** Height of a gate with this many rows of ports. */
export function gateHeight(ports: number): number {
  return GATE.address + GATE.padding + ports * GATE.port;
}

function areaWidth(metrics: Metrics): number {
  return metrics.base.columns * (metrics.card.width + GAP) - GAP;
}

/** The band of the Nodes that have none of their own. */
export const REST_BAND = "+";

/** Who is in which band; Nodes beyond `most` share the last. */
function bandsOf(input: SceneInput, most: number): { bands: Map<string, PodInput[]>; rest: readonly string[] } {
  const isPart = input.nodes.length > most;
  const own = isPart ? input.nodes.slice(0, Math.max(0, most - 1)) : input.nodes;
  const rest = input.nodes.slice(own.length);
  const bands = new Map<string, PodInput[]>([...own, ...(isPart ? [REST_BAND] : [])].map((node) => [node, []]));
  const shared = new Set(rest);
  for (const pod of input.pods) bands.get(shared.has(pod.node) ? REST_BAND : pod.node)?.push(pod);
  return { bands, rest };
}

/** As much detail as a band of so many pods has room for, and no more than wanted. */
export function densityOf(fullest: number, wanted: Density): Density {
  if (wanted === "group" || fullest > CHIPS_UP_TO) return "group";
  return wanted === "chip" || fullest > CARDS_UP_TO ? "chip" : "card";
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
  readonly grouping: Grouping;
  readonly cells: boolean;
}

function arrange(node: string, members: readonly PodInput[], style: Style): Area {
  if (style.density !== "group") return arrangeCards(node, members, style);
  const { grouping: by, cells } = style;
  return { node, ...arrangeGroups(node, members, { by, cells, width: areaWidth(style.metrics) }) };
}

function arrangeCards(node: string, members: readonly PodInput[], { density, metrics, slots }: Style): Area {
  const least = density === "card" ? metrics.card : metrics.chip;
  const size = { ...least, width: least.width + (metrics.wider ?? 0) };
  const places = slots.assign(
    node,
    members.map((pod) => pod.key),
  );
  const most = Math.max(-1, ...places.values()) + 1;
  const base = density === "card" ? metrics.base : { columns: metrics.base.columns + 1, rows: 4 };
  const cells = growingCells(Math.max(most, 1), { ...base, cellWidth: least.width, cellHeight: least.height });
  const pods = new Map<string, Box>();
  for (const [key, at] of places) {
    const cell = cells[at];
    if (cell === undefined) continue;
    pods.set(key, { x: cell.column * (size.width + GAP), y: cell.row * (size.height + GAP), ...size });
  }
  const extent = extentOf(pods.values());
  return { node, ...extent, pods, groups: new Map(), members: [] };
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

/** Chips above the pods, in rows that reach as far left as they must; returns the height they take, and who has none. */
function placeWorkloads(
  { workloads, near = new Set() }: SceneInput,
  room: { x: number; right: number; rows: number; metrics: Metrics; boxes: Map<string, Box> },
): { height: number; more: readonly string[] } {
  const { frame, workload } = room.metrics;
  const { width, height } = workload;
  const fitting = (from: number) => Math.max(1, Math.floor((room.right - from + GAP) / (width + GAP)));
  const widest = fitting(frame.x + frame.padding + FRAME_LABEL);
  const perRow = workloads.length <= fitting(room.x) ? fitting(room.x) : Math.min(widest, workloads.length);
  const left = Math.min(room.x, room.right - perRow * (width + GAP) + GAP);
  const most = perRow * room.rows;
  const rank = (key: string) => (/^(?:ingresses|gateways)\./.test(key) ? 0 : near.has(key) ? 1 : 2);
  const first = workloads.toSorted((a, b) => rank(a) - rank(b));
  const chosen = new Set(workloads.length > most ? first.slice(0, most - 1) : first);
  const shown = workloads.filter((key) => chosen.has(key));
  const more = workloads.filter((key) => !chosen.has(key));
  [...shown.map((key) => `workload:${key}`), ...(more.length > 0 ? ["more"] : [])].forEach((id, at) => {
    const [column, row] = [at % perRow, Math.floor(at / perRow)];
    const x = left + column * (width + GAP);
    room.boxes.set(id, { x, y: frame.y + 10 + row * (height + 6), width, height });
  });
  const rows = Math.ceil((shown.length + (more.length > 0 ? 1 : 0)) / perRow);
  return { height: Math.max(1, rows) * (height + 6), more };
}

function placeClients(
  clients: readonly string[],
  room: { top: number; bottom: number; metrics: Metrics; boxes: Map<string, Box> },
): void {
  const { width, height, buttons } = room.metrics.client;
  const step = Math.max(height + buttons + 4, Math.min(210, (room.bottom - room.top) / Math.max(1, clients.length)));
  clients.forEach((name, at) => {
    const place = room.metrics.clientsAbove
      ? { x: at * (width + 20), y: 0 }
      : { x: 0, y: room.top + room.metrics.label + at * step };
    room.boxes.set(`client:${name}`, { ...place, width, height });
  });
}
