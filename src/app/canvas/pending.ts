// Where pods that fit on no Node wait: a slim band below the Nodes, there only while someone waits.
import { type Box, GAP, PENDING } from "./metrics.ts";

/** The band and its chips by id, `pending` and `pod:<key>`; nothing when no pod waits. Pods without room have no chip. */
export function placePending(
  keys: readonly string[],
  room: { x: number; y: number; right: number; chip: { width: number; height: number } },
): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  if (keys.length === 0) return boxes;
  const { chip } = room;
  const width = room.right - room.x;
  const perRow = Math.max(1, Math.floor((width - 2 * PENDING.padding + GAP) / (chip.width + GAP)));
  const rows = Math.min(PENDING.rows, Math.ceil(keys.length / perRow));
  const height = PENDING.head + rows * (chip.height + GAP) - GAP + PENDING.padding;
  boxes.set("pending", { x: room.x, y: room.y, width, height });
  keys.slice(0, rows * perRow).forEach((key, at) => {
    const [column, row] = [at % perRow, Math.floor(at / perRow)];
    boxes.set(`pod:${key}`, {
      x: room.x + PENDING.padding + column * (chip.width + GAP),
      y: room.y + PENDING.head + row * (chip.height + GAP),
      ...chip,
    });
  });
  return boxes;
}
