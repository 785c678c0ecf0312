// The picture as an SVG file: the page's own layout, lines and route, drawn without a browser.
import type { AppState } from "../../store/state.ts";
import { mannerOf, type Room } from "../fit.ts";
import { drawRoute, timesOn } from "../route/draw.ts";
import { OUTLINES, SIGNS } from "../route/ends.ts";
import { storyOf } from "../route/story.ts";
import type { Scene } from "../scene.ts";
import { sceneEdges } from "../sceneEdges.ts";
import { gateAddresses, sceneSelector } from "../sceneInput.ts";
import { Slots } from "../slots.ts";
import { card } from "./cards.ts";
import { type Colours, coloursOf, element, line, MONO, SANS, type Theme, words } from "./markup.ts";

export type { Theme } from "./markup.ts";

/** How a picture is drawn. */
export interface PictureOptions {
  readonly theme: Theme;
  /** CSS pixels within which everything must be readable: what doesn't fit loses detail. */
  readonly room: Room;
  /** The request whose route is drawn, by its number. */
  readonly exchange?: number | undefined;
  /** What the picture is called, for those who do not see it. */
  readonly title: string;
}

/** Around the picture, in its own units. */
const MARGIN = 16;
/** What holds other boxes, and is drawn below them, in this order. */
const BELOW = ["frame", "node", "pending", "column"];

/** A whole SVG document. */
export function pictureOf(state: AppState, { theme, room, exchange, title }: PictureOptions): string {
  const scene = sceneSelector(room, mannerOf(room, false), new Slots())(state);
  const colour = coloursOf(theme);
  const route = exchange === undefined ? { svg: "", told: [] } : routeOf(state, scene, { exchange, colour });
  const kindOf = (id: string) => id.replace(/:.*/s, "");
  const below = [...scene.boxes].filter(([id]) => BELOW.includes(kindOf(id)));
  below.sort(([a], [b]) => BELOW.indexOf(kindOf(a)) - BELOW.indexOf(kindOf(b)));
  const above = [...scene.boxes].filter(([id]) => !BELOW.includes(kindOf(id)));
  const cards = (all: typeof above) => all.map(([id, box]) => card(id, box, { state, scene, colour })).join("\n");
  const [width, height] = [scene.width + 2 * MARGIN, scene.height + 2 * MARGIN];
  const view = { x: -MARGIN, y: -MARGIN, width, height };
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `${view.x} ${view.y} ${width} ${height}`,
      width,
      height,
      role: "img",
      "font-family": SANS,
    },
    element("title", {}, words(title)),
    route.told.length === 0 ? "" : element("desc", {}, words(route.told.join(" "))),
    element("rect", { ...view, fill: colour("ground") }),
    cards(below),
    edgesOf(scene, state, colour),
    cards(above),
    route.svg,
  )}\n`;
}

const TONES: Readonly<Record<string, string>> = {
  ready: "ready",
  "not-ready": "not-ready",
  starting: "not-ready",
};

function edgesOf(scene: Scene, { objects }: AppState, colour: Colours): string {
  return sceneEdges(scene, objects, undefined)
    .flatMap(({ data }) => (data === undefined ? [] : [data]))
    .map(({ path, tone }) =>
      element("path", {
        d: path,
        fill: "none",
        stroke: colour(TONES[tone] ?? "line-strong"),
        "stroke-width": 1.4,
        "stroke-dasharray": tone === "ready" || tone === "wire" ? undefined : "4 3",
        "stroke-opacity": 0.75,
      }),
    )
    .join("\n");
}

/** The route of a request with its stops numbered, and a sentence for each. */
function routeOf(
  state: AppState,
  scene: Scene,
  { exchange, colour }: { exchange: number; colour: Colours },
): { readonly svg: string; readonly told: readonly string[] } {
  const { trace } = state.world;
  const around = { scene, ...gateAddresses(state), wire: false, measured: new Map() };
  const story = storyOf(exchange, trace, timesOn(around, trace));
  if (story === undefined) return { svg: "", told: [] };
  const telling = { story, at: story.stops.length - 1, now: Number.POSITIVE_INFINITY, follow: false, first: false };
  const drawn = drawRoute(telling, {
    around,
    trace,
    transform: [0, 0, 1],
    width: scene.width,
    height: scene.height,
    scale: 1,
  });
  const lines = drawn.lines.map(({ d, back }) =>
    element("path", {
      d,
      fill: "none",
      stroke: colour(back ? "reply" : "request"),
      "stroke-width": 2.4,
      "stroke-dasharray": back ? "6 4" : undefined,
      "stroke-opacity": 0.85,
    }),
  );
  const labels = drawn.labels.map(({ box, lines: texts, leader }) =>
    [
      leader === undefined ? "" : element("path", { d: leader, stroke: colour("ink-3"), fill: "none" }),
      element("rect", { ...box, rx: 5, fill: colour("surface"), stroke: colour("line-strong") }),
      ...texts.map(({ text, was }, at) =>
        element(
          "text",
          {
            x: box.x + 8,
            y: box.y + 15 + at * 15,
            "font-size": 11.5,
            "font-family": MONO,
            fill: colour(was ? "ink-3" : "ink"),
            "xml:space": "preserve",
          },
          words(text),
        ),
      ),
    ].join(""),
  );
  const marks = drawn.marks.map(({ number, x, y, back, end }) => {
    const failed = end !== undefined && end !== "answered";
    const fill = colour(failed ? "refused" : end === "answered" ? "ready" : back ? "reply" : "request");
    const shape =
      end === undefined
        ? element("circle", { r: 9.5, fill, stroke: colour("surface"), "stroke-width": 1.5 })
        : element("path", { d: OUTLINES[end], fill, stroke: colour("surface"), "stroke-width": 1.5 });
    const sign = end === undefined ? "" : line(SIGNS[end], 14, 0, { size: 13, fill, bold: true });
    const text = line(String(number), 0, 0, { size: 11, fill: colour("on-packet"), bold: true, anchor: "middle" });
    return element("g", { transform: `translate(${x} ${y})` }, shape, text, sign);
  });
  const told = story.stops.map(({ number, sentence }) => `${number}. ${sentence}`);
  return { svg: [...lines, ...labels, ...marks].join("\n"), told };
}
