// The bar over the picture: which route is drawn, what is shown, the legend, and the zoom.
import { Maximize, Minus, Plus, Search, Settings2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useReactFlow, useStore } from "reactflow";
import { W } from "../../words/en/canvas.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { Break } from "./Break.tsx";

interface BarProps {
  readonly onFit: () => void;
  readonly onFind: () => void;
  readonly hasPolicies: boolean;
}

export function CanvasBar({ onFit, onFind, hasPolicies }: BarProps) {
  return (
    <div className="floating canvas-bar">
      <RouteSwitch />
      <span className="canvas-bar-end">
        <button
          type="button"
          className="button plain small find-button"
          aria-label={W.find}
          title={W.findTitle}
          onClick={onFind}
        >
          <Search size={15} aria-hidden="true" />
        </button>
        <Faults />
        <SystemSwitch />
        {hasPolicies && <PolicyButton />}
        <Popovers />
        <Zoom onFit={onFit} />
      </span>
    </div>
  );
}

/** Logical: past the Service whose rules chose. On the wire: as the cables go. */
function RouteSwitch() {
  const playground = usePlayground();
  const route = useApp((state) => state.view.route);
  return (
    <fieldset className="switch">
      <legend className="visually-hidden">{W.which}</legend>
      <button
        type="button"
        aria-pressed={route === "logical"}
        title={W.logicalTitle}
        onClick={() => playground.setView({ route: "logical" })}
      >
        {W.logical}
        <span className="lesser">{W.logicalRoute}</span>
      </button>
      <button
        type="button"
        aria-pressed={route === "wire"}
        title={W.wireTitle}
        onClick={() => playground.setView({ route: "wire" })}
      >
        <span className="lesser">{W.onThe}</span>
        {W.wire}
      </button>
    </fieldset>
  );
}

/** What is broken now, and the way to break and restore more. */
function Faults() {
  const broken = useApp((state) => state.faults.length);
  return (
    <Break
      what={CLUSTER}
      label={broken === 0 ? W.noFaults : W.faultsActive(broken)}
      className={broken === 0 ? "plain small" : "plain small faults-active"}
    >
      <span className="faults-word">{W.faults} </span>
      {broken > 0 && <b>{broken}</b>}
    </Break>
  );
}

const CLUSTER = { kind: "cluster" } as const;

function SystemSwitch() {
  const playground = usePlayground();
  const system = useApp((state) => state.view.system);
  return (
    <button
      type="button"
      className="button plain small"
      aria-pressed={system}
      title={W.systemTitle}
      onClick={() => playground.setView({ system: !system })}
    >
      {W.system}
    </button>
  );
}

const ClusterSettings = lazyPart(W.theSettings, () =>
  import("./ClusterSettings.tsx").then((module) => module.ClusterSettings),
);
const Legend = lazyPart(W.theLegend, () => import("./Legend.tsx").then((module) => module.Legend));
const PolicyButton = lazyPart(W.policies, () =>
  import("./policies/PolicyButton.tsx").then((module) => module.PolicyButton),
);

/** A popover whose inside is loaded when it is opened for the first time. */
function Popover({ id, children }: { id: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <div id={id} popover="auto" className="popover legend" onBeforeToggle={() => setOpened(true)}>
      {opened && children}
    </div>
  );
}

function Popovers() {
  return (
    <>
      <button
        type="button"
        className="button plain small"
        aria-label={W.clusterSettings}
        title={W.clusterSettings}
        popoverTarget="cluster-settings"
      >
        <Settings2 size={15} aria-hidden="true" />
        <span className="settings-word">{W.settings}</span>
      </button>
      <Popover id="cluster-settings">
        <ClusterSettings />
      </Popover>
      <button type="button" className="button plain small" popoverTarget="legend">
        {W.legend}
      </button>
      <Popover id="legend">
        <Legend />
      </Popover>
    </>
  );
}

function Zoom({ onFit }: { readonly onFit: () => void }) {
  const { zoomIn, zoomOut } = useReactFlow();
  const far = useStore((state) => state.transform[2] <= state.minZoom * 1.001);
  return (
    <span className="zoom">
      <button
        type="button"
        className="button plain icon"
        aria-label={W.zoomOut}
        disabled={far}
        onClick={() => void zoomOut()}
      >
        <Minus size={15} aria-hidden="true" />
      </button>
      <button type="button" className="button plain icon" aria-label={W.zoomIn} onClick={() => void zoomIn()}>
        <Plus size={15} aria-hidden="true" />
      </button>
      <button type="button" className="button plain icon" aria-label={W.fit} onClick={onFit}>
        <Maximize size={14} aria-hidden="true" />
      </button>
    </span>
  );
}
