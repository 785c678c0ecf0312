// Many pods of one Node drawn as a few blocks: by owner, by namespace, or all in one.
import { compareText, splitKey } from "../../cluster/index.ts";
import { type Box, CELL, COUNTED, GAP } from "./metrics.ts";

/** A pod as the layout sees it. */
export interface PodInput {
  readonly key: string;
  readonly node: string;
  /** What its group is named after when the band collapses. */
  readonly owner: string;
}

/** What pods that are drawn as one have in common. */
export type Grouping = "owner" | "namespace" | "node";

/** Pods of one Node that are drawn as one. */
export interface PodGroup {
  readonly id: string;
  readonly node: string;
  /** What the block is named after; empty when it is all pods of a Node, or pods without an owner. */
  readonly name: string;
  readonly pods: readonly string[];
  /** Cells in a row; 0 when the pods are only counted. */
  readonly columns: number;
}

interface Arranged {
  readonly width: number;
  readonly height: number;
  readonly pods: ReadonlyMap<string, Box>;
  readonly groups: ReadonlyMap<string, Box>;
  readonly members: readonly PodGroup[];
}

/** Blocks in rows about so wide as `width`. */
export function arrangeGroups(
  node: string,
  members: readonly PodInput[],
  how: { readonly by: Grouping; readonly width: number; readonly cells: boolean },
): Arranged {
  const pods = new Map<string, Box>();
  const groups = new Map<string, Box>();
  const list: PodGroup[] = [];
  let [x, y, row, width] = [0, 0, 0, 0];
  for (const [name, keys] of grouped(members, how.by)) {
    const columns = how.cells ? columnsOf(keys.length) : 0;
    const counted = Math.min(COUNTED.most, Math.max(COUNTED.least, how.width));
    const size = columns === 0 ? { width: counted, height: COUNTED.height } : blockSize(keys.length, columns);
    if (x > 0 && x + size.width > Math.max(how.width, COUNTED.most)) [x, y, row] = [0, y + row + GAP, 0];
    const id = `group:${node}:${name}`;
    const box = { x, y, ...size };
    groups.set(id, box);
    list.push({ id, node, name, pods: keys, columns });
    keys.forEach((key, at) => void pods.set(key, columns === 0 ? box : cell(box, at, columns)));
    x += size.width + GAP;
    row = Math.max(row, size.height);
    width = Math.max(width, x - GAP);
  }
  return { width, height: y + row, pods, groups, members: list };
}

function grouped(members: readonly PodInput[], by: Grouping): readonly (readonly [string, string[]])[] {
  const names = new Map<string, string[]>();
  for (const { key, owner } of members) {
    const name = by === "owner" ? owner : by === "namespace" ? (splitKey(key).namespace ?? "") : "";
    const keys = names.get(name);
    if (keys === undefined) names.set(name, [key]);
    else keys.push(key);
  }
  return [...names].sort(([a], [b]) => compareText(a, b));
}

function columnsOf(count: number): number {
  if (count > CELL.most) return 0;
  return Math.min(CELL.mostColumns, Math.max(CELL.leastColumns, Math.ceil(Math.sqrt(count * 3))));
}

function blockSize(count: number, columns: number): { width: number; height: number } {
  return {
    width: columns * CELL.pitch + 2 * CELL.padding,
    height: CELL.head + Math.ceil(count / columns) * CELL.pitch + CELL.padding,
  };
}

function cell(box: Box, at: number, columns: number): Box {
  return {
    x: box.x + CELL.padding + (at % columns) * CELL.pitch,
    y: box.y + CELL.head + Math.floor(at / columns) * CELL.pitch,
    width: CELL.size,
    height: CELL.size,
  };
}
