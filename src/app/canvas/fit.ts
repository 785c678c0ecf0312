// How much of the world the picture shows in a room: no letter is smaller than 11 px on screen, so what doesn't fit loses detail.
import type { ObjectKey } from "../../cluster/index.ts";
import { GAP, LOW, MEDIUM, type Metrics, NARROW, POD_NAME, SLIM, SLIMMEST, TIGHT, WIDE } from "./metrics.ts";
import { type Detail, densityOf, FULL_DETAIL, layOut, type Scene, type SceneInput } from "./scene.ts";
import type { Slots } from "./slots.ts";

/** The smallest letter of the picture's style sheets, in px at zoom 1. */
const SMALLEST = 12;
/** The smallest letter on screen, in px; larger for those in the last row. */
const LEAST_PX = { page: 11, presenting: 14 };
const MOST_ZOOM = { page: 1.35, presenting: 2.4 };

type Shape = "wide" | "medium" | "low" | "tight" | "narrow";

/** How the picture is shown. */
export interface Manner {
  readonly shape: Shape;
  /** The smallest zoom at which every letter can be read, and the largest. */
  readonly least: number;
  readonly most: number;
  readonly presenting: boolean;
}

/** CSS pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

const NARROW_PX = 560;
const LOW_PX = 400;
/** Below either of these the wide arrangement leaves too little for what it shows. */
const ROOMY: Room = { width: 960, height: 640 };

const MANNERS = new Map<string, Manner>();

/** How the picture is shown in a room of this size: the same answer is the same object. */
export function mannerOf(room: Room, presenting: boolean): Manner {
  const shape = shapeOf(room, presenting);
  const key = `${shape} ${presenting}`;
  const kind = presenting ? "presenting" : "page";
  const manner = MANNERS.get(key) ?? { shape, least: LEAST_PX[kind] / SMALLEST, most: MOST_ZOOM[kind], presenting };
  MANNERS.set(key, manner);
  return manner;
}

/** For a projector as closely as may be, so that it is large. */
function shapeOf({ width, height }: Room, presenting: boolean): Shape {
  if (width < NARROW_PX || presenting) return width > height ? "tight" : "narrow";
  if (height < LOW_PX) return "low";
  return width < ROOMY.width || height < ROOMY.height ? "medium" : "wide";
}

/** Arrangements to try, the roomiest first. */
const VARIANTS: Readonly<Record<Shape, readonly Metrics[]>> = {
  wide: [WIDE, MEDIUM, TIGHT],
  medium: [MEDIUM, TIGHT, SLIM],
  low: [LOW, TIGHT, SLIM],
  tight: [TIGHT, SLIM, SLIMMEST],
  narrow: [NARROW],
};

const STEPS: readonly Partial<Detail>[] = [
  {},
  { workloadRows: 3 },
  { workloadRows: 2 },
  { density: "chip", workloadRows: 2 },
  { density: "group", workloadRows: 2 },
  { density: "group", workloadRows: 2, cells: false },
  { density: "chip", workloadRows: 1 },
  { density: "group", workloadRows: 1 },
  { density: "group", workloadRows: 1, cells: false },
  { density: "group", grouping: "namespace", workloadRows: 1 },
  { density: "group", grouping: "node", workloadRows: 1 },
  { density: "group", grouping: "node", workloadRows: 1, cells: false },
];

/** The steps that differ for who is there: with many pods in one band they are never cards, and one row holds few workloads. */
function stepsFor({ nodes, pods, workloads }: SceneInput): readonly Partial<Detail>[] {
  const counts = new Map(nodes.map((node) => [node, 0]));
  for (const { node } of pods) counts.set(node, (counts.get(node) ?? 0) + 1);
  const fullest = Math.max(0, ...counts.values());
  const steps = new Map<string, Partial<Detail>>();
  for (const step of STEPS) {
    const { density, grouping, cells, workloadRows } = { ...FULL_DETAIL, ...step };
    const drawn = densityOf(fullest, density);
    const key = [drawn, drawn === "group" && `${grouping} ${cells}`, Math.min(workloadRows, workloads.length)].join();
    if (!steps.has(key)) steps.set(key, step);
  }
  return [...steps.values()];
}

/** From so many pods on only the coarse steps are tried. */
const MANY = 2_000;

/** The scene with the most detail that fits into the room, readable. */
export function layOutWithin(
  input: SceneInput,
  room: Room,
  manner: Manner,
  how: { readonly slots: Slots; readonly servicesFrom: number | undefined },
): Scene {
  const { shape, least } = manner;
  const { slots, servicesFrom } = how;
  const edge = edgesOf(room, manner);
  const width = (room.width - 2 * edge.side) / least;
  const height = (room.height - edge.top - edge.bottom) / least;
  const steps = input.pods.length > MANY ? STEPS.slice(-1) : stepsFor(input);
  const variants = input.pods.length > MANY ? VARIANTS[shape].slice(-1) : VARIANTS[shape];
  for (const step of steps)
    for (const metrics of variants) {
      if (input.nodes.length * (metrics.minimumBand + metrics.bandGap) > height) continue;
      const detail = { ...FULL_DETAIL, ...step, height, servicesFrom };
      const scene = layOut(input, metrics, slots, detail);
      if (scene.width <= width && scene.height <= height)
        return stretched(scene, { input, metrics, slots, detail }, { room, manner });
    }
  const metrics = VARIANTS[shape].at(-1) ?? SLIM;
  const coarse = { ...FULL_DETAIL, ...STEPS.at(-1), height, servicesFrom };
  const all = layOut(input, metrics, slots, coarse);
  if (all.height <= height) return all;
  const band = all.boxes.get(`node:${input.nodes[0] ?? ""}`)?.height ?? metrics.minimumBand;
  const spare = all.height - input.nodes.length * (band + metrics.bandGap);
  const bands = Math.max(2, Math.floor((height - spare) / (band + metrics.bandGap)));
  const detail = { ...coarse, bands };
  return stretched(layOut(input, metrics, slots, detail), { input, metrics, slots, detail }, { room, manner });
}

interface Made {
  readonly input: SceneInput;
  readonly metrics: Metrics;
  readonly slots: Slots;
  readonly detail: Detail;
}

interface Place {
  readonly room: Room;
  readonly manner: Manner;
}

/** The same scene with higher bands and longer names of pods, as far as there is room to spare. */
function stretched(scene: Scene, made: Made, place: Place): Scene {
  const metrics = higher(scene, made, place);
  const high = metrics === made.metrics ? scene : layOut(made.input, metrics, made.slots, made.detail);
  const wider = widening(high, made.input, place);
  return wider < 1 ? high : layOut(made.input, { ...metrics, wider }, made.slots, made.detail);
}

/** How much wider pods may be drawn, up to what the longest name needs, before the picture gets smaller for it. */
function widening(scene: Scene, { pods }: SceneInput, { room, manner }: Place): number {
  const { metrics, density } = scene;
  if (density === "group") return 0;
  const { width } = density === "card" ? metrics.card : metrics.chip;
  const letters = Math.max(0, ...pods.map(({ key, owner }) => labelLength(key, owner)));
  const wanted = Math.min(POD_NAME.most, letters * POD_NAME.letter + POD_NAME.around) - width;
  const columns = Math.max(
    0,
    ...[...scene.pods.values()].map(({ x }) => Math.round((x - scene.podsX) / (width + GAP)) + 1),
  );
  const { top, side, bottom } = edgesOf(room, manner);
  const zoom = Math.max(manner.least, Math.min(manner.most, (room.height - top - bottom) / scene.height));
  const spare = (room.width - 2 * side) / zoom - scene.width;
  return Math.floor(Math.min(wanted, spare / Math.max(1, columns)));
}

/** Letters of a pod's name as it is drawn: that of its workload, and its own end. */
function labelLength(key: ObjectKey, owner: string): number {
  const name = key.slice(key.indexOf("/") + 1);
  return owner === "" ? name.length : owner.length + name.length - name.lastIndexOf("-");
}

/** The measures with higher bands, as far as the room is higher than it is wide; the same where it is not. */
function higher(scene: Scene, { metrics }: Made, { room, manner }: Place): Metrics {
  const { top, side, bottom } = edgesOf(room, manner);
  const zoom = Math.min(manner.most, (room.width - 2 * side) / scene.width);
  const spare = (room.height - top - bottom) / zoom - scene.height;
  const bands = [...scene.boxes].flatMap(([id, box]) => (id.startsWith("node:") ? [box.height] : []));
  const [band] = bands;
  if (band === undefined || spare < bands.length) return metrics;
  const minimumBand = Math.min(MOST_BAND, band + spare / bands.length);
  return minimumBand <= band ? metrics : { ...metrics, minimumBand };
}

/** Bands are not made higher than this for the sake of the room. */
const MOST_BAND = 190;

/** What stays free around the picture, in CSS pixels: the bar is above it. */
function edgesOf({ height }: Room, { shape, presenting }: Manner): { top: number; side: number; bottom: number } {
  if (presenting) return { top: 14, side: 14, bottom: 14 }; // without a bar
  if (shape === "narrow") return { top: 52, side: 6, bottom: 8 }; // fingers need a higher bar
  return height < LOW_PX ? { top: 36, side: 8, bottom: 4 } : { top: 44, side: 20, bottom: 20 };
}

/** The viewport that shows the whole scene, as large as reads well; what is too large for the room begins at its corner. */
export function fitted(scene: Pick<Scene, "width" | "height">, room: Room, manner: Manner) {
  const { top, side, bottom } = edgesOf(room, manner);
  const [width, height] = [room.width - 2 * side, room.height - top - bottom];
  const zoom = Math.max(manner.least, Math.min(manner.most, width / scene.width, height / scene.height));
  return {
    zoom,
    x: Math.max(side, (room.width - scene.width * zoom) / 2),
    y: Math.max(top, top + (height - scene.height * zoom) / 2),
  };
}
