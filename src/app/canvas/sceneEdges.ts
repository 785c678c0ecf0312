// The lines of the picture: gates to the column of Services, open Services to their endpoints, clients to gates on demand.
import { type Edge, MarkerType } from "reactflow";
import { endpointsOf, type LifeState, slicesOf } from "../store/derive.ts";
import type { Objects } from "../store/objects.ts";
import { clientPoint, edgePath, podPoint } from "./roads.ts";
import type { Scene } from "./scene.ts";

export interface EdgeData extends Record<string, unknown> {
  readonly path: string;
  readonly tone: LifeState | "wire" | "client" | "broken" | "wall" | "slow";
  /** Words on the line, one below the other. */
  readonly words?: { readonly text: readonly string[]; readonly x: number; readonly y: number };
}

/** The colour of a line and its arrow, by tone. */
const ARROWS: Readonly<Partial<Record<EdgeData["tone"], string>>> = {
  ready: "var(--line-ready)",
  "not-ready": "var(--line-not-ready)",
  starting: "var(--line-not-ready)",
  terminating: "var(--line-strong)",
  failed: "var(--line-strong)",
  ended: "var(--line-strong)",
  wire: "var(--line-strong)",
  client: "var(--line-client)",
};

export type SceneEdge = Edge<EdgeData, "line">;

/** Lines for a scene. `client` is the one whose ways to the gates are shown. */
export function sceneEdges(scene: Scene, objects: Objects, client: string | undefined): SceneEdge[] {
  return [
    ...gateEdges(scene),
    ...clientEdges(scene, client),
    ...[...scene.services.keys()].flatMap((key) => endpointEdges(scene, objects, key)),
  ];
}

/** The same lines, those that look as before being the very objects of before, so that they do not render again. */
export function reuseEdges(edges: readonly SceneEdge[], before: readonly SceneEdge[]): SceneEdge[] {
  const old = new Map(before.map((each) => [each.id, each]));
  return edges.map((each) => {
    const last = old.get(each.id);
    const same =
      last?.target === each.target && last.data?.path === each.data?.path && last.data?.tone === each.data?.tone;
    return same && last !== undefined ? last : each;
  });
}

function gateEdges(scene: Scene): SceneEdge[] {
  const column = scene.boxes.get("column");
  if (column === undefined || scene.nodePorts.length === 0) return [];
  return boxesOf(scene, "gate:").map(([id, box]) => {
    const y = box.y + box.height / 2;
    return edge(`${id}>column`, [id, "column"], {
      path: edgePath({ x: box.x + box.width, y }, { x: column.x, y }),
      tone: "wire",
    });
  });
}

function clientEdges(scene: Scene, client: string | undefined): SceneEdge[] {
  const from = client === undefined ? undefined : clientPoint(client, scene);
  if (from === undefined) return [];
  const down = from.y < (scene.boxes.get("frame")?.y ?? 0);
  return boxesOf(scene, "gate:").map(([id, box]) => {
    const path = edgePath(from, { x: box.x, y: box.y + box.height / 2 }, down);
    return edge(`client:${client}>${id}`, [`client:${client}`, id], { path, tone: "client" });
  });
}

function endpointEdges(scene: Scene, objects: Objects, key: string): SceneEdge[] {
  const service = scene.services.get(key);
  if (service === undefined || !service.full || scene.density === "group") return [];
  return endpointsOf(slicesOf(objects, key)).flatMap((endpoint) => {
    const to = endpoint.pod === undefined ? undefined : podPoint(endpoint.pod, scene);
    const y = service.rows.get(endpoint.address);
    if (to === undefined || y === undefined) return [];
    const path = edgePath({ x: service.box.x + service.box.width, y }, to);
    return [
      edge(`${key}>${endpoint.address}`, [`service:${key}`, `pod:${endpoint.pod}`], { path, tone: endpoint.state }),
    ];
  });
}

function boxesOf(scene: Scene, prefix: string) {
  return [...scene.boxes].filter(([id]) => id.startsWith(prefix));
}

function edge(id: string, [source, target]: readonly [string, string], data: EdgeData): SceneEdge {
  const color = ARROWS[data.tone] ?? null;
  const markerEnd = { type: MarkerType.ArrowClosed, width: 12, height: 12, color };
  return { id, source, target, type: "line", data, markerEnd, focusable: false, selectable: false, zIndex: 3 };
}
