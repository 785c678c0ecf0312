// The picture of the cluster: lanes in React Flow, packets on a layer above.
import { type ComponentType, type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type NodeProps, type NodeTypes, ReactFlow, ReactFlowProvider, useReactFlow, useStore } from "reactflow";
import "reactflow/dist/base.css";
import "./canvas.css";
import "./cards.css";
import "./many.css";
import "./shapes.css";
import "./bar.css";
import { loadPart } from "../store/parts.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { focusSelected } from "../store/show-only.ts";
import { Guard } from "../ui/Guard.tsx";
import { lazyPart } from "../ui/lazyPart.tsx";
import { useShortcut } from "../ui/shortcuts.ts";
import { CanvasBar } from "./CanvasBar.tsx";
import { fitted, type Manner, mannerOf, type Room } from "./fit.ts";
import { LineEdge } from "./LineEdge.tsx";
import { ClientNode } from "./nodes/Client.tsx";
import { BandNode, ColumnNode, FrameNode, GateNode, ManyNode } from "./nodes/Lanes.tsx";
import { PodNode } from "./nodes/Pods.tsx";
import { ServiceNode } from "./nodes/ServiceCard.tsx";
import { WorkloadNode } from "./nodes/Workload.tsx";
import { PacketLayer } from "./PacketLayer.tsx";
import { Pointing } from "./pointing.ts";
import { RequestPopover } from "./RequestPopover.tsx";
import type { Scene } from "./scene.ts";
import { type EdgeData, reuseEdges, type SceneEdge, sceneEdges } from "./sceneEdges.ts";
import { mayMiss, sceneSelector } from "./sceneInput.ts";
import { type SceneNode, sceneNodes } from "./sceneNodes.ts";
import { Slots } from "./slots.ts";
import { useTwoFingers } from "./useTwoFingers.ts";
import "./touch.css";
import { W } from "../../words/en/canvas.ts";

const LitLayer = lazyPart(W.lights, () => import("./LitLayer.tsx").then((module) => module.LitLayer), {
  place: "over",
});
const importGhosts = () => import("./ghosts/Ghost.tsx");
const GhostNode = lazyPart(W.missing, async () => (await importGhosts()).GhostNode);
/** Loaded when there is something outside the cluster beside the clients. */
const OutsideNode = lazyPart(W.outside, () => import("./nodes/Outside.tsx").then((module) => module.OutsideCard));

/** Loaded with the first request. */
const Route = lazyPart(W.route, () => import("./route/Route.tsx").then((module) => module.Route), {
  place: "over",
});

/** Loaded when someone looks for something; until then a plain field takes what is typed. */
const Find = lazyPart(W.theFind, () => import("./find/Find.tsx").then((module) => module.Find), {
  place: "over",
  waiting: ({ text, onText }) => (
    <input
      className="floating find"
      type="search"
      aria-label={W.find}
      ref={(field) => field?.focus()}
      value={text}
      onChange={({ target }) => onText(target.value)}
    />
  ),
  onDismiss: ({ onClose }) => onClose(),
});

/** Loaded when less than everything is shown. */
const Chip = lazyPart(W.said, () => import("./only/Chip.tsx").then((module) => module.Chip), {
  place: "over",
});

/** Loaded on the page with the first NetworkPolicy. */
const Shields = lazyPart(W.shields, () => import("./policies/Shields.tsx").then((module) => module.Shields), {
  place: "over",
});

/** Loaded when the picture is larger than its room. */
const Pan = lazyPart(W.moves, () => import("./Pan.tsx").then((module) => module.Pan), {
  place: "over",
});
const Presenting = lazyPart(W.presenting, () => import("./Presenting.tsx").then((module) => module.Presenting), {
  place: "over",
});

const BOXES = new Map<string, ComponentType<NodeProps<SceneNode>>>([
  ["frame", FrameNode],
  ["node", BandNode],
  ["column", ColumnNode],
  ["gate", GateNode],
  ["client", ClientNode],
  ["workload", WorkloadNode],
  ["more", ManyNode],
  ["service", ServiceNode],
  ["pod", PodNode],
  ["group", ManyNode],
  ["pending", ManyNode],
  ["ghost", GhostNode],
  ["cloud", OutsideNode],
  ["world", OutsideNode],
]);

/** Each box within walls of its own: what fails in one is said there. */
function Walled(props: NodeProps<SceneNode>) {
  const Box = BOXES.get(props.type) ?? FrameNode;
  return (
    <Guard name={W.box(props.data.key.split("/").at(-1))}>
      <Box {...props} />
    </Guard>
  );
}

const NODE_TYPES: NodeTypes = Object.fromEntries([...BOXES.keys()].map((type) => [type, Walled]));
const EDGE_TYPES = { line: LineEdge };
/** React Flow listens for keys on the whole page and swallows them, in fields that it does not know as such too. */
const NO_KEYS = {
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  panActivationKeyCode: null,
  zoomActivationKeyCode: null,
} as const;
const HIDE_ATTRIBUTION = { hideAttribution: true };
const POLICIES = "networkpolicies.networking.k8s.io";
/** From this many boxes on, only what can be seen is kept in the page. */
const MANY = 120;
/** The region "Cluster". */
export function Canvas() {
  const playground = usePlayground();
  const box = useRef<HTMLElement>(null);
  const [region, setRegion] = useState<Room>();
  const presenting = useApp((state) => state.view.presenting);
  const manner = region && mannerOf(region, presenting);
  const route = useApp((state) => state.view.route);
  const present = useCallback(
    () => playground.setView({ presenting: !playground.store.getState().view.presenting }),
    [playground],
  );
  useShortcut("present", present);
  useShortcut(
    "focus",
    useCallback(() => focusSelected(playground), [playground]),
  );
  useTwoFingers(box);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const sized = new ResizeObserver(([entry]) => entry && setRegion(entry.contentRect));
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
    <section
      ref={box}
      className="canvas"
      dir="ltr"
      data-shape={manner?.shape}
      data-presenting={presenting}
      data-route={route}
      aria-label={W.frameLabel}
    >
      {region !== undefined && manner !== undefined && (
        <ReactFlowProvider>
          <Picture manner={manner} region={region} />
        </ReactFlowProvider>
      )}
      {presenting && <Presenting />}
      <RequestPopover />
    </section>
  );
}

/** A room is measured in steps, so that dragging an edge does not arrange the picture again at every pixel. */
const STEP_PX = 4;

/** The room that the picture has: the pane's, which leaves out what is below it; before there is one, the region's. */
function useRoom(region: Room): Room {
  const width = useStore((state) => Math.floor(state.width / STEP_PX) * STEP_PX);
  const height = useStore((state) => Math.floor(state.height / STEP_PX) * STEP_PX);
  return width > 0 && height > 0 ? { width, height } : region;
}

function Picture({ manner, region }: { manner: Manner; region: Room }) {
  const playground = usePlayground();
  const { width, height } = useRoom(region);
  const slots = useRef(new Slots()).current;
  const [suspect, setSuspect] = useState(false);
  const ghosts = useLoaded(suspect, loadGhosts);
  const select = useMemo(
    () => sceneSelector({ width, height }, manner, slots, ghosts?.ghostsIn),
    [width, height, manner, slots, ghosts],
  );
  const scene = useApp(select);
  const pods = useApp((state) => state.objects.get("pods"));
  useEffect(() => {
    void pods; // their state is read through the store
    if (!suspect && mayMiss(scene, playground.store.getState())) setSuspect(true);
  }, [scene, pods, suspect, playground]);
  const nodes = useNodes(scene);
  const slices = useApp((state) => state.objects.get("endpointslices.discovery.k8s.io"));
  const client = useApp((state) => (state.selection?.kind === "client" ? state.selection.name : undefined));
  const wire = useApp((state) => state.view.route === "wire");
  const drawCables = useLoaded(wire, loadCables);
  const lastEdges = useRef<SceneEdge[]>([]);
  const edges = useMemo(() => {
    void slices; // the state of endpoints is read through the store
    const cables = wire ? drawCables?.(scene) : undefined; // in the place of routes
    const lines = cables ?? sceneEdges(scene, playground.store.getState().objects, client);
    lastEdges.current = reuseEdges(lines, lastEdges.current);
    return lastEdges.current;
  }, [scene, slices, client, wire, drawCables, playground]);
  const broken = useFaultEdges(scene);
  const lines = useMemo(
    () => [...edges, ...broken, ...(ghosts?.ghostEdges(scene, playground.store.getState()) ?? [])],
    [edges, broken, ghosts, scene, playground],
  );
  const { onFit, onMove } = useFitting(scene, manner);
  const litElsewhere = useApp(({ lit }) => lit !== undefined && lit.by !== "canvas");
  const route = useApp((state) => state.route);
  const presenting = useApp((state) => state.view.presenting);
  const only = useApp((state) => state.view.only);
  const { find, sought } = useFind(presenting);
  const framed = useMemo(() => window.self !== window.top, []);
  const hasPolicies = useApp(({ objects }) => !framed && (objects.get(POLICIES)?.size ?? 0) > 0);
  return (
    <>
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
        {...NO_KEYS}
        aria-label={W.picture}
        style={{ "--band-label": `${scene.metrics.label}px` } as CSSProperties}
        zoomOnDoubleClick={false}
        zoomOnScroll={!framed}
        preventScrolling={!framed}
        minZoom={manner.least}
        maxZoom={2.5}
        onlyRenderVisibleElements={nodes.length > MANY}
        onPaneClick={() => playground.select(undefined)}
        onMove={(event) => event !== null && onMove()} // not by a press that moves nothing
        proOptions={HIDE_ATTRIBUTION}
      >
        <Guard name="What draws packets" place="over">
          <PacketLayer scene={scene} />
        </Guard>
        <Pointing />
        {litElsewhere && <LitLayer scene={scene} />}
        {hasPolicies && <Shields scene={scene} />}
        {!presenting && <CanvasBar onFit={onFit} onFind={find} hasPolicies={hasPolicies} />}
        {!presenting && <Overflow scene={scene} onMove={onMove} />}
      </ReactFlow>
      {only !== undefined && <Chip only={only} />}
      {route !== undefined && <Route scene={scene} exchange={route} />}
      {sought !== undefined && <Find {...sought} onMove={onMove} scene={scene} />}
    </>
  );
}

/** How something is looked for: what opens the search, and what it is given while it is open. */
function useFind(presenting: boolean) {
  const [text, onText] = useState<string>();
  const opener = useRef<Element>(null);
  const find = useCallback(() => {
    opener.current = document.activeElement;
    onText("");
  }, []);
  useShortcut("find", presenting ? undefined : find);
  const onClose = useCallback(() => onText(undefined), []);
  return { find, sought: text === undefined || presenting ? undefined : { text, opener, onText, onClose } };
}

/** The way to what is out of sight. */
function Overflow({ scene: { width, height }, onMove }: { readonly scene: Scene; readonly onMove: () => void }) {
  const isOver = useStore(({ transform: [x, y, zoom], width: wide, height: high }) => {
    const [right, bottom] = [x + width * zoom, y + height * zoom];
    return wide > 0 && (Math.min(x, y) < -EDGE_PX || right > wide + EDGE_PX || bottom > high + EDGE_PX);
  });
  return isOver ? <Pan onMove={onMove} /> : null;
}

/** So much of the picture's margin may be out of sight. */
const EDGE_PX = 4;

/** Code that is loaded once it is needed; undefined until it is there. */
function useLoaded<T>(needed: boolean, load: () => Promise<T>): T | undefined {
  const playground = usePlayground();
  const [loaded, setLoaded] = useState<{ readonly it: T }>();
  useEffect(() => {
    if (needed) void playground.attempt(async () => setLoaded({ it: await load() }));
  }, [needed, load, playground]);
  return loaded?.it;
}

const loadCables = () => loadPart(W.cables, async () => (await import("./wireEdges.ts")).wireEdges);
const loadGhosts = () => loadPart(W.missing, importGhosts);
const loadFaults = () => loadPart(W.drawsFaults, async () => (await import("./faultEdges.tsx")).faultEdges);

const NO_EDGES: readonly SceneEdge[] = [];

/** What is broken between places. */
function useFaultEdges(scene: Scene): readonly SceneEdge[] {
  const faults = useApp((state) => state.faults);
  const draw = useLoaded(faults.length > 0, loadFaults);
  return useMemo(() => draw?.(scene, faults) ?? NO_EDGES, [draw, scene, faults]);
}

function useNodes(scene: Scene): readonly SceneNode[] {
  const last = useRef<readonly SceneNode[]>([]);
  return useMemo(() => {
    last.current = sceneNodes(scene, last.current);
    return last.current;
  }, [scene]);
}

/** Shows the whole picture until the visitor moves it, and again once it is arranged differently. */
function useFitting(scene: Scene, manner: Manner) {
  const { setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  /** The arrangement in which the visitor moved the picture. */
  const moved = useRef<Manner>(undefined);
  const onFit = useCallback(() => {
    moved.current = undefined;
    if (width > 0) void setViewport(fitted(scene, { width, height }, manner));
  }, [scene, width, height, manner, setViewport]);
  useEffect(() => {
    if (moved.current !== manner) onFit();
  }, [onFit, manner]);
  const onMove = useCallback(() => {
    moved.current = manner;
  }, [manner]);
  return { onFit, onMove };
}

export type { EdgeData };
