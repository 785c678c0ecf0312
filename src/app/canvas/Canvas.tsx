// The picture of the cluster: lanes in React Flow, packets on a layer above.
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import {
  BaseEdge,
  type EdgeProps,
  type NodeProps,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from "reactflow";
import "reactflow/dist/base.css";
import "./canvas.css";
import "./cards.css";
import "./bar.css";
import "./pending.css";
import { useApp, usePlayground } from "../store/react.ts";
import { CanvasBar } from "./CanvasBar.tsx";
import { LOW, MEDIUM, NARROW, TIGHT, WIDE } from "./metrics.ts";
import { ClientNode } from "./nodes/Client.tsx";
import { GroupNode } from "./nodes/Group.tsx";
import { BandNode, ColumnNode, FrameNode, GateNode } from "./nodes/Lanes.tsx";
import { PendingNode } from "./nodes/Pending.tsx";
import { PodNode } from "./nodes/Pods.tsx";
import { ServiceNode } from "./nodes/ServiceCard.tsx";
import { WorkloadNode } from "./nodes/Workload.tsx";
import { PacketLayer } from "./PacketLayer.tsx";
import { Pointing } from "./pointing.ts";
import { RequestPopover } from "./RequestPopover.tsx";
import type { Scene } from "./scene.ts";
import { type EdgeData, reuseEdges, type SceneEdge, sceneEdges } from "./sceneEdges.ts";
import { sceneSelector } from "./sceneInput.ts";
import { type SceneNode, sceneNodes } from "./sceneNodes.ts";

const LitLayer = lazy(() => import("./LitLayer.tsx").then((module) => ({ default: module.LitLayer })));
/** Loaded when there is something outside the cluster beside the clients. */
const OutsideCard = lazy(() => import("./nodes/Outside.tsx").then((module) => ({ default: module.OutsideCard })));

function OutsideNode(props: NodeProps<SceneNode>) {
  return (
    <Suspense>
      <OutsideCard {...props} />
    </Suspense>
  );
}

const NODE_TYPES: NodeTypes = {
  frame: FrameNode,
  node: BandNode,
  column: ColumnNode,
  gate: GateNode,
  client: ClientNode,
  workload: WorkloadNode,
  service: ServiceNode,
  pod: PodNode,
  group: GroupNode,
  pending: PendingNode,
  cloud: OutsideNode,
  world: OutsideNode,
};
const EDGE_TYPES = { line: LineEdge };
const HIDE_ATTRIBUTION = { hideAttribution: true };
/** From this many boxes on, only what can be seen is kept in the page. */
const MANY = 120;
const NARROW_PX = 560;
const LOW_PX = 400;
/** Below either of these the wide arrangement would be drawn too small to be read from a distance. */
const ROOMY = { width: 960, height: 640 };

const SHAPES = { wide: WIDE, medium: MEDIUM, low: LOW, tight: TIGHT, narrow: NARROW };
type Shape = keyof typeof SHAPES;

/** How the picture is arranged in a room of this size. */
function shapeOf({ width, height }: { width: number; height: number }): Shape {
  if (width < NARROW_PX) return width > height ? "tight" : "narrow";
  if (height < LOW_PX) return "low";
  return width < ROOMY.width || height < ROOMY.height ? "medium" : "wide";
}

function LineEdge({ id, data, markerEnd }: EdgeProps<SceneEdge>) {
  return (
    <BaseEdge
      id={id}
      path={data?.path ?? ""}
      {...(markerEnd === undefined ? {} : { markerEnd })}
      {...(data?.words === undefined ? {} : wordsOn(data.words))}
      className={`line line-${data?.tone ?? "wire"}`}
      interactionWidth={0}
    />
  );
}

function wordsOn({ text, x, y }: NonNullable<EdgeData["words"]>) {
  const label = text.map((each, at) => (
    <tspan key={each} x={0} dy={at === 0 ? undefined : 11}>
      {each}
    </tspan>
  ));
  return { label, labelX: x, labelY: y, labelBgPadding: [3, 1] as [number, number], labelBgBorderRadius: 4 };
}

/** The region "Cluster". */
export function Canvas() {
  const playground = usePlayground();
  const box = useRef<HTMLElement>(null);
  const [shape, setShape] = useState<Shape>();
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const sized = new ResizeObserver(([entry]) => entry && setShape(shapeOf(entry.contentRect)));
    const seen = new IntersectionObserver(([entry]) => entry && setSeen(entry.isIntersecting));
    let inView = true;
    const tell = () => playground.setShown(inView && document.visibilityState === "visible");
    const setSeen = (value: boolean) => {
      inView = value;
      tell();
    };
    sized.observe(element);
    seen.observe(element);
    document.addEventListener("visibilitychange", tell);
    return () => {
      sized.disconnect();
      seen.disconnect();
      document.removeEventListener("visibilitychange", tell);
    };
  }, [playground]);
  return (
    <section ref={box} className="canvas" data-shape={shape} aria-label="Cluster">
      {shape !== undefined && (
        <ReactFlowProvider>
          <Picture key={shape} shape={shape} />
        </ReactFlowProvider>
      )}
      <RequestPopover />
    </section>
  );
}

function Picture({ shape }: { shape: Shape }) {
  const narrow = shape === "narrow";
  const playground = usePlayground();
  const select = useMemo(() => sceneSelector(SHAPES[shape]), [shape]);
  const scene = useApp(select);
  const nodes = useNodes(scene);
  const slices = useApp((state) => state.objects.get("endpointslices.discovery.k8s.io"));
  const client = useApp((state) => (state.selection?.kind === "client" ? state.selection.name : undefined));
  const lastEdges = useRef<SceneEdge[]>([]);
  const edges = useMemo(() => {
    void slices; // the state of endpoints is read through the store
    lastEdges.current = reuseEdges(sceneEdges(scene, playground.store.getState().objects, client), lastEdges.current);
    return lastEdges.current;
  }, [scene, slices, client, playground]);
  const broken = useFaultEdges(scene);
  const lines = useMemo(() => [...edges, ...broken], [edges, broken]);
  const moved = useFitting(scene, narrow);
  const litElsewhere = useApp(({ lit }) => lit !== undefined && lit.by !== "canvas");
  const framed = useMemo(() => window.self !== window.top, []);
  return (
    <ReactFlow<SceneNode, SceneEdge>
      nodes={nodes as SceneNode[]} // React Flow does not change the array
      edges={lines}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      elevateNodesOnSelect={false}
      elevateEdgesOnSelect={false}
      disableKeyboardA11y
      zoomOnDoubleClick={false}
      zoomOnScroll={!framed}
      preventScrolling={!framed}
      minZoom={0.08}
      maxZoom={2.5}
      onlyRenderVisibleElements={nodes.length > MANY}
      onPaneClick={() => playground.select(undefined)}
      onMoveStart={(event) => event !== null && moved()}
      proOptions={HIDE_ATTRIBUTION}
    >
      <LevelOfDetail />
      <PacketLayer scene={scene} />
      <Pointing />
      {litElsewhere && (
        <Suspense>
          <LitLayer scene={scene} />
        </Suspense>
      )}
      <CanvasBar />
    </ReactFlow>
  );
}

const NO_EDGES: readonly SceneEdge[] = [];

/** What is broken between places; who draws it is loaded when there is something to draw. */
function useFaultEdges(scene: Scene): readonly SceneEdge[] {
  const faults = useApp((state) => state.faults);
  const [draw, setDraw] = useState<typeof import("./faultEdges.ts").faultEdges>();
  const needed = faults.length > 0;
  useEffect(() => {
    if (needed) void import("./faultEdges.ts").then((module) => setDraw(() => module.faultEdges));
  }, [needed]);
  return useMemo(() => draw?.(scene, faults) ?? NO_EDGES, [draw, scene, faults]);
}

function useNodes(scene: Scene): readonly SceneNode[] {
  const last = useRef<readonly SceneNode[]>([]);
  return useMemo(() => {
    last.current = sceneNodes(scene, last.current);
    return last.current;
  }, [scene]);
}

/** Shows the whole picture until the visitor moves it; returns what to call when they do. */
function useFitting(scene: Scene, narrow: boolean): () => void {
  const { setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const free = useRef(false);
  useEffect(() => {
    if (free.current || width === 0) return;
    void setViewport(fitted(scene, { width, height }, narrow));
  }, [scene, width, height, narrow, setViewport]);
  return useCallback(() => {
    free.current = true;
  }, []);
}

/** The viewport that shows the whole scene, as large as reads well. */
export function fitted(scene: Scene, room: { width: number; height: number }, narrow: boolean) {
  const margin = narrow || room.height < LOW_PX ? 8 : 20;
  const bar = narrow ? 52 : 44; // fingers need a higher one
  const zoom = Math.min(1.35, (room.width - 2 * margin) / scene.width, (room.height - bar - margin) / scene.height);
  return {
    zoom,
    x: Math.max(margin, (room.width - scene.width * zoom) / 2),
    y: Math.max(bar, (room.height + bar - margin - scene.height * zoom) / 2),
  };
}

/** Says how far out the picture is, for the style sheet: what is shown changes, not just its size. */
function LevelOfDetail() {
  const level = useStore((state) =>
    state.transform[2] < 0.45 ? "far" : state.transform[2] < 0.68 ? "middle" : "near",
  );
  const dom = useStore((state) => state.domNode);
  useEffect(() => {
    dom?.setAttribute("data-level", level);
  }, [dom, level]);
  return null;
}

export type { EdgeData };
