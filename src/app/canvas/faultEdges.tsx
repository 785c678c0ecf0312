// The lines of what is broken between places: walls, cut routes, slow links. Loaded when something is broken.
import { type ActiveFault, describeFault, type Fault } from "../../cluster/index.ts";
import { W } from "../../words/en/picture-more.ts";
import { clientPoint, edgePath, gateBox, innerOf, type Point, wallPoint } from "./paths.ts";
import type { Scene } from "./scene.ts";
import { type EdgeData, ROUTE, type SceneEdge } from "./sceneEdges.ts";

const PODS = W.podsCut;

/** Lines for what is broken; what is at one place is marked there instead. */
export function faultEdges(scene: Scene, faults: readonly ActiveFault[]): readonly SceneEdge[] {
  // React Flow draws no line without a box at each end, though only the path says where it runs.
  const source = [...scene.boxes.keys()].find((id) => id.startsWith("gate:")) ?? "";
  const ends = { source, target: "column", type: "line", focusable: false, selectable: false, zIndex: 5 } as const;
  return faults.flatMap(({ id, fault }) => {
    const data = lineOf(scene, fault);
    return data === undefined ? [] : [{ ...ends, id, data, ariaLabel: describeFault(fault), domAttributes: ROUTE }];
  });
}

function lineOf(scene: Scene, fault: Fault): EdgeData | undefined {
  switch (fault.kind) {
    case "firewall":
      return wall(scene);
    case "no-route":
      return cutOff(scene, fault.client);
    case "pod-network":
      return between(scene, fault.between, [PODS], "broken");
    case "link":
      return between(scene, fault.between, linkWords(fault), fault.loss === 1 ? "broken" : "slow");
    default:
      return undefined;
  }
}

function linkWords({ latencyMs, loss }: Fault & { kind: "link" }): readonly string[] {
  const late = latencyMs > 0 ? [`+${latencyMs} ms`] : [];
  return loss > 0 ? [...late, loss === 1 ? "✕" : `−${Math.round(loss * 100)} %`] : late;
}

/** Between the clients and the cluster. */
function wall(scene: Scene): EdgeData | undefined {
  const frame = scene.boxes.get("frame");
  const clients = [...scene.boxes.keys()].filter((id) => id.startsWith("client:")).map((id) => id.slice(7));
  const at = clients[0] === undefined ? undefined : wallPoint(clients[0], scene);
  if (frame === undefined || at === undefined) return undefined;
  const text = ["firewall"];
  if (at.y < frame.y)
    return line([frame.x, at.y], [frame.x + frame.width, at.y], "wall", {
      text,
      x: frame.x + frame.width - 40,
      y: at.y,
    });
  const top = frame.y + 16;
  return line([at.x, top], [at.x, frame.y + frame.height], "wall", { text, x: at.x, y: top - 10 });
}

function cutOff(scene: Scene, client: string): EdgeData | undefined {
  const [from, end] = [clientPoint(client, scene), wallPoint(client, scene)];
  if (from === undefined || end === undefined) return undefined;
  return line([from.x, from.y], [end.x, end.y], "broken", { text: ["no", "route"], x: end.x, y: end.y });
}

function between(
  scene: Scene,
  [a, b]: readonly [string, string],
  text: readonly string[],
  tone: EdgeData["tone"],
): EdgeData | undefined {
  const client = [a, b].find((each) => scene.boxes.has(`client:${each}`));
  if (client !== undefined) return toGate(scene, [client, client === a ? b : a], text, tone);
  const [one, two] = [innerOf(a, scene), innerOf(b, scene)];
  if (one === undefined || two === undefined) return undefined;
  // A broken pod network and a bad link between the same two are side by side.
  const [x, down] = text[0] === PODS ? [one.x, -14] : [one.x + 9, 10];
  return line([x, one.y], [x, two.y], tone, { text, x, y: (one.y + two.y) / 2 + down });
}

function toGate(
  scene: Scene,
  [client, node]: readonly [string, string],
  text: readonly string[],
  tone: EdgeData["tone"],
): EdgeData | undefined {
  const [from, gate] = [clientPoint(client, scene), gateBox(node, scene)];
  if (from === undefined || gate === undefined) return undefined;
  const to: Point = { x: gate.x, y: gate.y + gate.height / 2 };
  const path = edgePath(from, to, from.y < gate.y - 100);
  return { path, tone, words: wordsOn({ text, x: Math.max(32, (from.x + to.x) / 2), y: (from.y + to.y) / 2 }) };
}

function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  tone: EdgeData["tone"],
  words: Words,
): EdgeData {
  return { path: `M${x1} ${y1}L${x2} ${y2}`, tone, words: wordsOn(words) };
}

/** Words on a line, one below the other. */
interface Words {
  readonly text: readonly string[];
  readonly x: number;
  readonly y: number;
}

function wordsOn({ text, x, y }: Words): NonNullable<EdgeData["words"]> {
  const label = text.map((each, at) => (
    <tspan key={each} x={0} dy={at === 0 ? undefined : 13}>
      {each}
    </tspan>
  ));
  return { label, labelX: x, labelY: y, labelBgPadding: [3, 1], labelBgBorderRadius: 4 };
}
