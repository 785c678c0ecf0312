// Many pods of one owner on one Node, painted as cells.
import { useEffect, useRef } from "react";
import { Handle, type NodeProps, Position } from "reactflow";
import type { Pod } from "../../../cluster/index.ts";
import { type LifeState, podState, STATE_WORDS } from "../../store/derive.ts";
import { useApp, useObjects, usePlayground } from "../../store/react.ts";
import { CELL } from "../metrics.ts";
import { readColour } from "../palette.ts";
import type { SceneNode } from "../sceneNodes.ts";

const ORDER: readonly LifeState[] = ["ready", "not-ready", "starting", "terminating", "failed", "ended"];

export function GroupNode({ data }: NodeProps<SceneNode>) {
  const playground = usePlayground();
  const group = data.group;
  const pods = useObjects("pods");
  const theme = useApp((state) => state.view.theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  const states = (group?.pods ?? []).map((key) => stateOf(pods.get(key)));
  const signature = states.join();
  const columns = group?.columns ?? 1;
  useEffect(() => {
    void theme; // colours are read again when it changes
    if (canvas.current !== null) paintCells(canvas.current, signature === "" ? [] : signature.split(","), columns);
  }, [signature, columns, theme]);
  if (group === undefined) return null;
  const counts = ORDER.map((state) => [state, states.filter((each) => each === state).length] as const);
  const summary = counts
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${STATE_WORDS[state]}`)
    .join(", ");
  const pick = (event: React.MouseEvent<HTMLCanvasElement>) => {
    const rect = event.currentTarget.getBoundingClientRect();
    const pitch = (CELL.pitch * rect.width) / event.currentTarget.offsetWidth;
    const at =
      Math.floor((event.clientY - rect.top) / pitch) * columns + Math.floor((event.clientX - rect.left) / pitch);
    const key = group.pods[at];
    if (key !== undefined) playground.select({ kind: "object", resource: "pods", key });
  };
  return (
    <div className="group">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="group-head">
        <b>{group.owner === "" ? "pods" : group.owner}</b>
        <span>×{group.pods.length}</span>
        <span className="quiet detail">{summary}</span>
      </div>
      <canvas
        ref={canvas}
        className="group-cells nopan"
        role="img"
        aria-label={`${group.pods.length} pods of ${group.owner}: ${summary}`}
        onClick={pick}
      />
    </div>
  );
}

function stateOf(pod: Pod | undefined): LifeState {
  return pod === undefined ? "ended" : podState(pod);
}

/** Ready pods are filled squares, others hollow in the colour of their state. */
function paintCells(canvas: HTMLCanvasElement, states: readonly string[], columns: number): void {
  const ratio = Math.max(2, window.devicePixelRatio);
  const rows = Math.ceil(states.length / columns);
  canvas.width = columns * CELL.pitch * ratio;
  canvas.height = rows * CELL.pitch * ratio;
  canvas.style.width = `${columns * CELL.pitch}px`;
  canvas.style.height = `${rows * CELL.pitch}px`;
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(ratio, ratio);
  const colours = new Map(ORDER.map((state) => [state as string, readColour(canvas, cellColour(state))]));
  context.lineWidth = 1.5;
  states.forEach((state, at) => {
    const [x, y] = [(at % columns) * CELL.pitch, Math.floor(at / columns) * CELL.pitch];
    context.fillStyle = context.strokeStyle = colours.get(state) ?? "gray";
    if (state === "ready") context.fillRect(x, y, CELL.size, CELL.size);
    else context.strokeRect(x + 0.75, y + 0.75, CELL.size - 1.5, CELL.size - 1.5);
  });
}

function cellColour(state: LifeState): string {
  if (state === "starting") return "--not-ready";
  return state === "ended" ? "--terminating" : `--${state}`;
}
