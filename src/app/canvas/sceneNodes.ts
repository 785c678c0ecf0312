// From the scene to React Flow's nodes: objects that stay the same while their box does.
import type { Node } from "reactflow";
import type { Box } from "./metrics.ts";
import type { OutsideInput } from "./outside.ts";
import type { PodGroup, Scene } from "./scene.ts";

/** What a node of the picture is told; everything else it reads from the store by its key. */
export interface SceneData extends Record<string, unknown> {
  readonly key: string;
  readonly full?: boolean;
  readonly chip?: boolean;
  readonly nodePorts?: readonly number[];
  readonly shownPorts?: number;
  readonly hidden?: number;
  readonly group?: PodGroup;
  /** Keys of the pods that wait for a Node. */
  readonly pending?: readonly string[];
  readonly outside?: OutsideInput;
}

export type SceneNode = Node<SceneData, string>;

const LAYER: Readonly<Record<string, number>> = { frame: 0, node: 1, pending: 1, column: 2 };
/** Tab order follows this: senders first, then what they reach. */
const ORDER = [
  "frame",
  "column",
  "client",
  "cloud",
  "world",
  "workload",
  "node",
  "gate",
  "service",
  "pod",
  "group",
  "pending",
];

/** Makes nodes for a scene, reusing those of the scene before whose box and data stand. */
export function sceneNodes(scene: Scene, before: readonly SceneNode[]): readonly SceneNode[] {
  const old = new Map(before.map((node) => [node.id, node]));
  const nodes = [...scene.boxes].map(([id, box]) => {
    const node = makeNode(id, box, scene);
    const last = old.get(id);
    return last !== undefined && isSame(last, node) ? last : node;
  });
  return nodes.sort((a, b) => ORDER.indexOf(a.type ?? "") - ORDER.indexOf(b.type ?? ""));
}

function makeNode(id: string, box: Box, scene: Scene): SceneNode {
  const at = id.indexOf(":");
  const type = at < 0 ? id : id.slice(0, at);
  const key = at < 0 ? id : id.slice(at + 1);
  return {
    id,
    type,
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    zIndex: LAYER[type] ?? 4,
    data: { key, ...dataOf(type, id, scene) },
  };
}

function dataOf(type: string, id: string, scene: Scene): Partial<SceneData> {
  if (type === "service") return { full: scene.services.get(id.slice("service:".length))?.full ?? false };
  if (type === "pod") return { chip: scene.density === "chip" || scene.pending.includes(id.slice("pod:".length)) };
  if (type === "pending") return { pending: scene.pending };
  if (type === "gate") return { nodePorts: scene.nodePorts, shownPorts: scene.shownPorts };
  if (type === "cloud" || type === "world") return { outside: scene.outside };
  if (type === "column") return { hidden: scene.hidden };
  if (type !== "group") return {};
  const group = scene.groups.find((each) => each.id === id);
  return group === undefined ? {} : { group };
}

function isSame(a: SceneNode, b: SceneNode): boolean {
  return (
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height &&
    JSON.stringify(a.data) === JSON.stringify(b.data)
  );
}
