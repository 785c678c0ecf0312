// Where there is much: pods of one owner painted as cells, Nodes that share a band, the rest of a long list.
import { useEffect, useRef, useState } from "react";
import { Handle, type NodeProps, Position } from "reactflow";
import { isNodeReady, type Pod } from "../../../cluster/index.ts";
import { type LifeState, podState, STATE_WORDS } from "../../store/derive.ts";
import { useApp, useObjects, usePlayground } from "../../store/react.ts";
import { focusedService } from "../../store/request.ts";
import { CELL } from "../metrics.ts";
import { readColour } from "../palette.ts";
import { placeBeside } from "../placeBeside.ts";
import type { SceneNode } from "../sceneNodes.ts";
import { PendingNode } from "./Pending.tsx";
import { Workload } from "./Workload.tsx";
import "../blocks.css";
import { W } from "../../../words/en/picture-more.ts";

/** The boxes of a scene that are drawn here. */
export function ManyNode(props: NodeProps<SceneNode>) {
  if (props.type === "pending") return <PendingNode {...props} />;
  return props.type === "more" ? <MoreWorkloads {...props} /> : <GroupNode {...props} />;
}

const ORDER: readonly LifeState[] = ["ready", "not-ready", "starting", "terminating", "failed", "ended"];

function GroupNode({ data }: NodeProps<SceneNode>) {
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
        <b title={group.name}>{group.name === "" ? W.pods : group.name}</b>
        <span>×{group.pods.length}</span>
        {group.columns > 0 && (
          <GroupReady ready={states.filter((state) => state === "ready").length} all={states.length} />
        )}
      </div>
      {group.columns === 0 && <span className="group-summary">{summary}</span>}
      {group.columns > 0 && (
        <canvas
          ref={canvas}
          className="group-cells nopan"
          role="img"
          aria-label={W.podsOf(group.pods.length, group.name, summary)}
          onClick={pick}
        />
      )}
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

/** How many are ready, when not all are. */
function GroupReady({ ready, all }: { ready: number; all: number }) {
  return ready === all ? null : <span className="group-short">{W.readyCount(ready)}</span>;
}

/** Nodes for which there is no room one by one. */
export function SharedBand({ nodes }: { nodes: readonly string[] }) {
  return (
    <div className="band">
      <div className="band-label" title={nodes.join(", ")}>
        <b className="band-name">{W.moreNodes(nodes.length)}</b>
      </div>
    </div>
  );
}

/** The same ports are open on each of many Nodes. */
export function SharedGate({ nodes, ports }: { nodes: readonly string[]; ports: readonly number[] }) {
  const all = useObjects("nodes");
  const down = nodes.filter((name) => {
    const node = all.get(name);
    return node === undefined || !isNodeReady(node);
  }).length;
  const more = ports.length > 1 ? ` +${ports.length - 1}` : "";
  return (
    <div className="gate">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="gate-address">{W.addresses(nodes.length)}</span>
      {ports.length === 0 ? (
        <span className="quiet gate-none">{W.noOpenPorts}</span>
      ) : (
        <span className="mono gate-none">{`:${ports[0]}${more}`}</span>
      )}
      {down > 0 && (
        <ul className="gate-stopped">
          <li>{down} NotReady</li>
        </ul>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

/** Moves a long list of Services on: `count` more are there, and the list would begin with the one at `from`. */
export function MoreServices({ count, from, later }: { count: number; from: number; later: boolean }) {
  const playground = usePlayground();
  return (
    <button
      type="button"
      className="column-more nodrag nopan"
      disabled={count === 0}
      aria-label={W.moreServices(later, count)}
      onClick={() => playground.setView({ services: { from, focus: focusedService(playground.store.getState()) } })}
    >
      {later ? "↓" : "↑"} {count}
      <span className="column-more-word"> {W.moreWord}</span>
    </button>
  );
}

interface Earlier {
  readonly count: number;
  readonly from: number;
  /** Whether there is room for the search. */
  readonly searched: boolean;
  readonly none: boolean;
}

/** Above a long list of Services: the search, and the way to those before. */
export function EarlierServices({ count, from, searched, none }: Earlier) {
  const playground = usePlayground();
  const sought = useApp((state) => state.view.servicesSought ?? "");
  const search = (text: string) => playground.setView({ servicesSought: text, services: undefined });
  if (!searched) return <MoreServices count={count} from={from} later={false} />;
  return (
    <div className="column-search">
      <input
        className="nodrag nopan"
        type="search"
        aria-label={W.searchServices}
        placeholder={W.search}
        maxLength={LONGEST_KEY}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={sought}
        onChange={({ target }) => search(target.value)}
        onKeyDown={({ key }) => key === "Escape" && search("")}
      />
      {count > 0 && <MoreServices count={count} from={from} later={false} />}
      <span className="column-none" role="status">
        {none && W.noService}
      </span>
    </div>
  );
}

/** A namespace and a name, and what is between them. */
const LONGEST_KEY = 127;

/** Opens the workloads for which there is no chip. */
function MoreWorkloads({ data: { more = [], any } }: NodeProps<SceneNode>) {
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="workload workload-more nodrag nopan"
        popoverTarget="more-workloads"
        aria-label={W.showWorkloads(more.length, any === true)}
      >
        {any ? W.andMore(more.length) : W.workloads(more.length)}
      </button>
      <div
        ref={list}
        id="more-workloads"
        popover="auto"
        className="popover more-workloads nodrag nopan nowheel"
        role="dialog"
        aria-label={W.moreWorkloads}
        onToggle={({ newState }) => {
          setOpen(newState === "open");
          if (newState === "open" && list.current !== null) placeBeside(list.current);
        }}
      >
        {open && more.map((id) => <Workload key={id} id={id} />)}
      </div>
    </>
  );
}

/** Only pods are left of a node, until the pod garbage collector removes them. */
export function LeftBand({ name }: { readonly name: string }) {
  const runs = useApp((state) => state.world.settings.nodes.some((each) => each.name === name));
  return (
    <div className="band" data-off="true">
      <div className="band-label">
        <span className="band-name">{name}</span>
        <b className="detail band-standing" title={W.leftTitle}>
          {runs ? W.noNode : W.gone}
        </b>
      </div>
    </div>
  );
}
