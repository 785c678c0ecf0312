// React Flow's nodes from the scene: the same objects while their boxes are unchanged.
import type { Node } from "reactflow";
import { own } from "../../cluster/index.ts";
import { W } from "../../words/en/canvas.ts";
import type { PodGroup } from "./groups.ts";
import type { Box } from "./metrics.ts";
import type { OutsideInput } from "./outside.ts";
import { REST_BAND, type Scene } from "./scene.ts";
import type { Form } from "./services.ts";

/** What a node of the picture is given; everything else it reads from the store by its key. */
export interface SceneData extends Record<string, unknown> {
  readonly key: string;
  readonly form?: Form;
  /** How many endpoints an open Service lists. */
  readonly listed?: number;
  /** The namespace that is named above a Service. */
  readonly space?: string | undefined;
  readonly chip?: boolean;
  readonly nodePorts?: readonly number[];
  readonly shownPorts?: number;
  /** How many Services are shown, and how many before and after them have no card. */
  readonly shown?: number;
  readonly before?: number;
  readonly after?: number;
  readonly searched?: boolean;
  /** Whether the column has room to say what its rules are. */
  readonly worded?: boolean;
  /** The Nodes of a band that several share. */
  readonly rest?: readonly string[];
  /** Workloads without a chip. */
  readonly more?: readonly string[];
  /** Whether other workloads have one. */
  readonly any?: boolean;
  readonly group?: PodGroup;
  /** Keys of the pods that wait for a Node. */
  readonly pending?: readonly string[];
  readonly outside?: OutsideInput;
}

export type SceneNode = Node<SceneData, string>;

/** A box is what is in it: "node" would be taken for a Node. */
const PLAIN = { "aria-roledescription": undefined };

const LAYER: Readonly<Record<string, number>> = { frame: 0, node: 1, pending: 1, column: 2 };
/** Tab order follows this: senders first, then what they reach. */
const ORDER = [
  "frame",
  "column",
  "client",
  "cloud",
  "world",
  "workload",
  "more",
  "node",
  "gate",
  "service",
  "pod",
  "group",
  "pending",
  "ghost",
];

/** Makes nodes for a scene, reusing those of the previous scene whose box and data are unchanged. */
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
    zIndex: own(LAYER, type) ?? 4,
    ...(type === "gate" ? { ariaRole: "group" as const, ariaLabel: W.openPorts(key) } : {}),
    domAttributes: PLAIN,
    data: { key, ...dataOf(type, id, scene) },
  };
}

function dataOf(type: string, id: string, scene: Scene): Partial<SceneData> {
  if (type === "service") {
    const placed = scene.services.get(id.slice("service:".length));
    return placed === undefined ? {} : { form: placed.form, listed: placed.listed, space: placed.space };
  }
  if (type === "pod") return { chip: scene.density === "chip" || scene.pending.includes(id.slice("pod:".length)) };
  if (type === "pending") return { pending: scene.pending };
  if (type === "gate") return { nodePorts: scene.nodePorts, shownPorts: scene.shownPorts, ...restOf(id, scene) };
  if (type === "node") return restOf(id, scene);
  if (type === "more")
    return { more: scene.moreWorkloads, any: [...scene.boxes.keys()].some((each) => each.startsWith("workload:")) };
  if (type === "cloud" || type === "world") return { outside: scene.outside };
  if (type === "column")
    return {
      shown: scene.services.size,
      before: scene.before,
      after: scene.after,
      searched: scene.searched,
      worded: scene.metrics.column.head > 40,
    };
  if (type !== "group") return {};
  const group = scene.groups.find((each) => each.id === id);
  return group === undefined ? {} : { group };
}

function restOf(id: string, { rest }: Scene): Partial<SceneData> {
  return id.endsWith(`:${REST_BAND}`) ? { rest } : {};
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
