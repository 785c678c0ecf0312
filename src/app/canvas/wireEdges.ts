// The cables of the picture: what a packet can travel along, whatever rules say. No Service has one.

import { W } from "../../words/en/picture-more.ts";
import type { Box } from "./metrics.ts";
import { clientPoint, edgePath } from "./paths.ts";
import type { Scene } from "./scene.ts";
import { edge, type SceneEdge } from "./sceneEdges.ts";

/** From each sender to each node, from node to node, and from a node to its own pods. */
export function wireEdges(scene: Scene): SceneEdge[] {
  const gates = [...scene.boxes].flatMap(([id, box]) =>
    id.startsWith("gate:") ? [{ name: id.slice(5), id, box }] : [],
  );
  const clients = [...scene.boxes.keys()].flatMap((id) => (id.startsWith("client:") ? [id.slice(7)] : []));
  const outside = clients.flatMap((client) => {
    const from = clientPoint(client, scene);
    if (from === undefined) return [];
    const down = from.y < (scene.boxes.get("frame")?.y ?? 0);
    return gates.map(({ name, id, box }) =>
      cable([`client:${client}`, id], W.cable(client, name), edgePath(from, leftOf(box), down)),
    );
  });
  const between = gates.slice(1).map(({ name, id, box }, at) => {
    const above = gates[at];
    const [x, y] = [box.x + 8, (above?.box.y ?? 0) + (above?.box.height ?? 0)];
    return cable([above?.id ?? id, id], W.cable(above?.name, name), `M${x} ${y}V${box.y}`);
  });
  const inside = gates.flatMap(({ name, id, box }) => {
    const band = scene.boxes.get(`node:${name}`);
    return boxesWithin(scene, band).map(([pod, to]) =>
      cable([id, pod], W.cable(name, wordOf(pod)), edgePath(rightOf(box), leftOf(to))),
    );
  });
  return [...outside, ...between, ...inside];
}

function cable([from, to]: readonly [string, string], name: string, path: string): SceneEdge {
  return edge(`cable ${from}>${to}`, [from, to], { name, path, tone: "cable" });
}

/** Pods, or groups of them, in a node's band. */
function boxesWithin(scene: Scene, band: Box | undefined): (readonly [string, Box])[] {
  if (band === undefined) return [];
  const isIn = (box: Box) => box.y >= band.y && box.y < band.y + band.height;
  return [...scene.boxes].filter(([id, box]) => /^(?:pod|group):/.test(id) && isIn(box));
}

/** `pod:default/web-1` as people call it. */
function wordOf(id: string): string {
  const name = id.split(/[/:]/).at(-1);
  return id.startsWith("pod:") ? W.podName(name) : W.podsOfName(name);
}

const leftOf = ({ x, y, height }: Box) => ({ x, y: y + height / 2 });
const rightOf = ({ x, y, width, height }: Box) => ({ x: x + width, y: y + height / 2 });
