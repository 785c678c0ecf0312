// Where the picture has what is referred to and missing: boxes below everything else, and lines to them.
import { splitKey } from "../../../cluster/index.ts";
import { W } from "../../../words/en/picture-more.ts";
import { shownMissing } from "../../store/missing.ts";
import type { AppState } from "../../store/state.ts";
import { type Box, GAP } from "../metrics.ts";
import type { GhostRoom, Ghosts, Scene } from "../scene.ts";
import { edge, type SceneEdge } from "../sceneEdges.ts";

/** Size of a box: as wide as the pods' part of a band, within limits; in a low picture one line high, and as wide as that takes. */
const SIZE = { least: 182, roomy: 250, most: 280, height: 42, low: { least: 250, roomy: 340, height: 26 } };
/** The most rows of boxes. */
const ROWS = 2;

/** What the layout is given. */
export function ghostsIn(state: AppState): Ghosts | undefined {
  const ids = shownMissing(state).map(({ id }) => id);
  return ids.length === 0 ? undefined : { ids, place: (room) => placeGhosts(ids, room) };
}

/** The boxes by id, `ghost:<id>`, the first below the pods; those without room share the last, `ghost:+<how many>`. */
export function placeGhosts(ids: readonly string[], room: GhostRoom): ReadonlyMap<string, Box> {
  const inner = room.right - room.x;
  const { least, roomy, height } = room.low ? SIZE.low : SIZE;
  const usual = Math.min(inner, SIZE.most, Math.max(least, room.right - room.podsX));
  const perRow = Math.max(1, Math.floor((inner + GAP) / (usual + GAP)));
  const share = (inner + GAP) / Math.min(perRow, ids.length) - GAP;
  const width = Math.max(usual, Math.min(roomy, share)); // few have room for longer names
  const most = perRow * Math.min(ROWS, room.rows);
  const shown = ids.length > most ? ids.slice(0, most - 1) : ids;
  const rest = ids.length - shown.length;
  const keys = rest === 0 ? shown : [...shown, `+${rest}`];
  return new Map(
    keys.map((key, at) => [
      `ghost:${key}`,
      {
        x: room.right - width - (at % perRow) * (width + GAP),
        y: room.y + Math.floor(at / perRow) * (height + GAP),
        width,
        height,
      },
    ]),
  );
}

/** Lines from the Services whose selectors match no pod, down the gap before the pods. */
export function ghostEdges(scene: Scene, state: AppState): readonly SceneEdge[] {
  return shownMissing(state).flatMap(({ id, name, by }) => {
    const [from, to] = [scene.services.get(by.key)?.box, scene.boxes.get(`ghost:${id}`)];
    if (!id.startsWith("pods ") || from === undefined || to === undefined) return [];
    const y = from.y + from.height - Math.min(21, from.height / 2);
    const x = scene.podsX - scene.metrics.pods.gap / 2;
    const end = to.x > x ? { x: to.x, y: to.y + to.height / 2 } : { x, y: to.y };
    const path = `M${from.x + from.width} ${y}${turn(x, y, TURN)}L${x} ${end.y - (to.x > x ? TURN : 0)}${to.x > x ? `Q${x} ${end.y} ${x + TURN} ${end.y}L${end.x} ${end.y}` : ""}`;
    const ends = [`service:${by.key}`, "column"] as const; // React Flow knows no ends in boxes that are loaded late
    return [edge(`${by.key}>${id}`, ends, { name: W.fromService(splitKey(by.key).name, name), path, tone: "ghost" })];
  });
}

/** Radius of a line's turns. */
const TURN = 8;

/** From the left to (x, y), and down. */
function turn(x: number, y: number, radius: number): string {
  return `L${x - radius} ${y}Q${x} ${y} ${x} ${y + radius}`;
}
