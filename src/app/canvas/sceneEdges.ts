// The lines of the picture: gates to the column of Services, open Services to their endpoints, clients to gates on demand.
import type { Edge } from "reactflow";
import { endpointsOf, type LifeState, slicesOf } from "../store/derive.ts";
import type { Objects } from "../store/objects.ts";
import { edgePath, podPoint } from "./roads.ts";
import type { Scene } from "./scene.ts";

export interface EdgeData extends Record<string, unknown> {
  readonly path: string;
  readonly tone: LifeState | "wire" | "client";
}

export type SceneEdge = Edge<EdgeData, "line">;

/** Lines for a scene. `client` is the one whose ways to the gates are shown. */
export function sceneEdges(scene: Scene, objects: Objects, client: string | undefined): SceneEdge[] {
  return [
    ...gateEdges(scene),
    ...clientEdges(scene, client),
    ...[...scene.services.keys()].flatMap((key) => endpointEdges(scene, objects, key)),
  ];
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
  const from = scene.boxes.get(`client:${client}`);
  if (client === undefined || from === undefined) return [];
  return boxesOf(scene, "gate:").map(([id, box]) => {
    const path = edgePath(
      { x: from.x + from.width, y: from.y + from.height / 2 },
      { x: box.x, y: box.y + box.height / 2 },
    );
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
  return { id, source, target, type: "line", data, focusable: false, selectable: false, zIndex: 3 };
}
