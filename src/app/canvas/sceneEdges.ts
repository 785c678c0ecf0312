// The lines of the picture: gates to the column of Services, open Services to their endpoints, clients to gates on demand.
import { type BaseEdgeProps, type Edge, MarkerType } from "reactflow";
import { type Service, splitKey } from "../../cluster/index.ts";
import { W } from "../../words/en/canvas.ts";
import { endpointsOf, type LifeState, STATE_WORDS, slicesOf } from "../store/derive.ts";
import type { Objects } from "../store/objects.ts";
import { clientPoint, edgePath, type Point, podPath, podPoint } from "./paths.ts";
import { REST_BAND, type Scene } from "./scene.ts";

export interface EdgeData extends Record<string, unknown> {
  readonly path: string;
  readonly tone: LifeState | "wire" | "client" | "cable" | "broken" | "wall" | "slow" | "ghost";
  /** Of a line from a Service: its key, and the address that the line leads to. */
  readonly endpoint?: readonly [service: string, address: string];
  /** Where it ends, if there is room for words before. */
  readonly end?: Point | undefined;
  /** Words on the line. */
  readonly words?: Pick<BaseEdgeProps, "label" | "labelX" | "labelY" | "labelBgPadding" | "labelBgBorderRadius">;
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

/** What screen readers call a line. */
export const ROUTE = { "aria-roledescription": "route" } as const;

/** Lines for a scene. `client` is the one whose ways to the gates are shown. */
export function sceneEdges(scene: Scene, objects: Objects, client: string | undefined): SceneEdge[] {
  return [
    ...gateEdges(scene, objects),
    ...clientEdges(scene, client),
    ...[...scene.services.keys()].flatMap((key) => endpointEdges(scene, objects, key)),
  ];
}

/** The same lines, reusing the objects of lines that look the same, so that they do not render again. */
export function reuseEdges(edges: readonly SceneEdge[], before: readonly SceneEdge[]): SceneEdge[] {
  const old = new Map(before.map((each) => [each.id, each]));
  return edges.map((each) => {
    const last = old.get(each.id);
    const same =
      last?.target === each.target &&
      last.ariaLabel === each.ariaLabel &&
      last.data?.path === each.data?.path &&
      last.data?.tone === each.data?.tone;
    return same && last !== undefined ? last : each;
  });
}

function gateEdges(scene: Scene, objects: Objects): SceneEdge[] {
  const column = scene.boxes.get("column");
  if (column === undefined || scene.nodePorts.length === 0) return [];
  return boxesOf(scene, "gate:").map(([id, box]) => {
    const y = box.y + box.height / 2;
    const path = edgePath({ x: box.x + box.width, y }, { x: column.x, y });
    const node = id.slice("gate:".length);
    const name = routesFrom(node === REST_BAND ? W.eachOf(scene.rest.length) : node, scene.nodePorts, objects);
    return edge(`${id}>column`, [id, "column"], { name, path, tone: "wire" });
  });
}

function clientEdges(scene: Scene, client: string | undefined): SceneEdge[] {
  const from = client === undefined ? undefined : clientPoint(client, scene);
  if (from === undefined) return [];
  const down = from.y < (scene.boxes.get("frame")?.y ?? 0);
  return boxesOf(scene, "gate:").map(([id, box]) => {
    const path = edgePath(from, { x: box.x, y: box.y + box.height / 2 }, down);
    const name = W.routeTo(client, id.slice("gate:".length));
    return edge(`client:${client}>${id}`, [`client:${client}`, id], { name, path, tone: "client" });
  });
}

function endpointEdges(scene: Scene, objects: Objects, key: string): SceneEdge[] {
  const service = scene.services.get(key);
  if (service === undefined || service.form !== "full" || scene.density === "group") return [];
  return endpointsOf(slicesOf(objects, key)).flatMap((endpoint) => {
    const y = service.rows.get(endpoint.address);
    if (endpoint.pod === undefined || y === undefined) return [];
    const path = podPath({ x: service.box.x + service.box.width, y }, endpoint.pod, scene);
    if (path === undefined) return [];
    const pod = splitKey(endpoint.pod ?? "").name;
    const name = W.endpointRoute(splitKey(key).name, pod, STATE_WORDS[endpoint.state]);
    return [
      edge(`${key}>${endpoint.address}`, [`service:${key}`, `pod:${endpoint.pod}`], {
        name,
        path,
        tone: endpoint.state,
        endpoint: [key, endpoint.address],
        end: roomBefore(endpoint.pod, scene),
      }),
    ];
  });
}

/** A gap between Services and pods that holds a share, in the picture's units. */
const WORDS_WIDE = 40;

/** The end of the line to a pod, where no other pod is before it and the gap is wide. */
function roomBefore(pod: string, scene: Scene): Point | undefined {
  const box = scene.pods.get(pod);
  const isRoomy = scene.metrics.pods.gap >= WORDS_WIDE && box !== undefined && box.x <= scene.podsX + 1;
  return isRoomy ? podPoint(pod, scene) : undefined;
}

function boxesOf(scene: Scene, prefix: string) {
  return [...scene.boxes].filter(([id]) => id.startsWith(prefix));
}

/** More ports than these are counted, not named. */
const NAMED_PORTS = 4;

/** Where the open ports of a node lead, in words. */
function routesFrom(node: string, ports: readonly number[], objects: Objects): string {
  const services = [...((objects.get("services")?.values() ?? []) as Iterable<Service>)]; // each resource holds its own kind
  const named = ports.slice(0, NAMED_PORTS).map((port) => {
    const service = services.find(({ spec }) => spec?.ports?.some(({ nodePort }) => nodePort === port));
    return W.portTo(port, service?.metadata.name);
  });
  if (ports.length === 1) return W.routeOf(node, named[0]);
  const rest = ports.length - named.length;
  return W.routes(node, named.join(", "), rest);
}

interface NamedLine extends EdgeData {
  /** What the line is, for those who do not see it. */
  readonly name: string;
}

export function edge(id: string, [source, target]: readonly [string, string], { name, ...data }: NamedLine): SceneEdge {
  const color = ARROWS[data.tone] ?? null;
  const markerEnd = { type: MarkerType.ArrowClosed, markerUnits: "userSpaceOnUse", width: 18, height: 18, color };
  const ends = data.tone === "cable" ? {} : { markerEnd }; // a cable carries both ways
  const told = { ariaLabel: name, domAttributes: ROUTE };
  return { id, source, target, type: "line", data, ...ends, focusable: false, selectable: false, zIndex: 3, ...told };
}
