// Brings a thing into sight: the box that it is drawn in, or is counted in, and the least move that shows it.
import { isSystem } from "../../store/derive.ts";
import type { ObjectAt } from "../../store/lit.ts";
import type { Playground } from "../../store/playground.ts";
import type { Selection } from "../../store/state.ts";
import { boxNear } from "../lit.ts";
import type { Box } from "../metrics.ts";
import type { Scene } from "../scene.ts";
import type { Subject } from "./match.ts";

export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** What stays free around what is brought into sight, in CSS pixels; above it is the bar. */
const MARGIN = { side: 16, top: 52 };

/** The view moved no further than shows the box; the same view when the box is in sight. */
export function movedTo(box: Box, view: View, room: { readonly width: number; readonly height: number }): View {
  const { x, y, zoom } = view;
  const left = within(x, MARGIN.side - box.x * zoom, room.width - MARGIN.side - (box.x + box.width) * zoom);
  const top = within(y, MARGIN.top - box.y * zoom, room.height - MARGIN.side - (box.y + box.height) * zoom);
  return left === x && top === y ? view : { zoom, x: left, y: top };
}

/** `value` between two ends; what is too large for its room begins at its corner. */
function within(value: number, least: number, most: number): number {
  return most < least ? least : Math.min(Math.max(value, least), most);
}

/** Where a selection is on the picture: the id of its box, or of the one that it is counted in. */
export function placeOf(selection: Selection, scene: Scene): { readonly id: string; readonly box: Box } | undefined {
  const id = selection.kind === "client" ? `client:${selection.name}` : undefined;
  const near = selection.kind === "object" ? boxNear(selection, scene) : id;
  const box = near === undefined ? undefined : (scene.boxes.get(near) ?? scene.pods.get(near.slice("pod:".length)));
  return near === undefined || box === undefined ? undefined : { id: near, box };
}

/** Where something missing is on the picture: its box, or the one that counts those without room. */
export function ghostPlace(id: string, { boxes }: Scene): { readonly id: string; readonly box: Box } | undefined {
  const own = `ghost:${id}`;
  const found = boxes.has(own) ? own : [...boxes.keys()].find((each) => each.startsWith("ghost:+"));
  const box = found === undefined ? undefined : boxes.get(found);
  return found === undefined || box === undefined ? undefined : { id: found, box };
}

/** Selects what was found, and shows what it is part of when that is not drawn; of what is missing, the field that refers to it. */
export function selectFound(playground: Playground, { selection, ghost }: Pick<Subject, "selection" | "ghost">): void {
  const { objects, view } = playground.store.getState();
  const object = selection.kind === "object" ? objects.get(selection.resource)?.get(selection.key) : undefined;
  if (object !== undefined && isSystem(object) && !view.system) playground.setView({ system: true });
  playground.setView({ servicesSought: undefined });
  playground.select(selection);
  if (ghost !== undefined) queueMicrotask(() => playground.reveal(ghost.by)); // the editor takes the focus once the inspector is open
}

const LIT_MS = 4_000;
let fading: ReturnType<typeof setTimeout> | undefined;

/** Lights what was found, for a while. */
export function lightFound(playground: Playground, object: ObjectAt | undefined): void {
  if (object === undefined) return;
  playground.point({ by: "find", objects: [object], fields: [] });
  clearTimeout(fading);
  fading = setTimeout(() => playground.unpoint("find"), LIT_MS);
}
