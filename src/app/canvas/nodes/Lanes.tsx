// The static parts: the cluster's frame, a Node's band with its gate, the column of Services.

import { Power } from "lucide-react";
import { Handle, type NodeProps, Position } from "reactflow";
import { type ActiveFault, isNodeReady, LabelTopologyZone } from "../../../cluster/index.ts";
import { switchFault } from "../../../scenario/index.ts";
import { W } from "../../../words/en/canvas.ts";
import { useApp, useObject, usePlayground } from "../../store/react.ts";
import { wanted } from "../../store/request.ts";
import { nodeAddress } from "../../store/targets.ts";
import { lazyPart } from "../../ui/lazyPart.tsx";
import { Break } from "../Break.tsx";
import type { SceneNode } from "../sceneNodes.ts";
import { isAimed } from "../send.ts";

/** Loaded when not all has room. */
const loadMany = () => import("./Group.tsx");
const SharedBand = lazyPart(W.pods, async () => (await loadMany()).SharedBand);
const SharedGate = lazyPart(W.pods, async () => (await loadMany()).SharedGate);
const LeftBand = lazyPart(W.pods, async () => (await loadMany()).LeftBand);
const Earlier = lazyPart(W.pods, async () => (await loadMany()).EarlierServices);
const MoreServices = lazyPart(W.pods, async () => (await loadMany()).MoreServices);
export const ManyNode = lazyPart(W.pods, async () => (await loadMany()).ManyNode);

export function FrameNode() {
  return (
    <div className="frame">
      <span className="frame-label">{W.frameLabel}</span>
    </div>
  );
}

export function BandNode({ data }: NodeProps<SceneNode>) {
  return data.rest === undefined ? <Band name={data.key} /> : <SharedBand nodes={data.rest} />;
}

function Band({ name }: { name: string }) {
  const playground = usePlayground();
  const node = useObject("nodes", name);
  const off = useApp((state) => state.poweredOff.has(name));
  const selected = useApp(
    (state) =>
      state.selection?.kind === "object" && state.selection.resource === "nodes" && state.selection.key === name,
  );
  const ready = node !== undefined && isNodeReady(node);
  const zone = node?.metadata.labels?.[LabelTopologyZone];
  const stopped = useApp((state) => stoppedOn(state.faults, name));
  if (node === undefined) return <LeftBand name={name} />;
  const standing = off ? W.powerOff : ready ? "" : "NotReady";
  return (
    <div className="band" data-off={off} data-selected={selected}>
      <div className="band-label">
        <button
          type="button"
          className="band-name"
          aria-label={["Node", [name, standing, stopped].filter((each) => each !== "").join(", ")].join(" ")}
          onClick={() => playground.select({ kind: "object", resource: "nodes", key: name })}
        >
          {name}
        </button>
        <span className="quiet detail">{standing === "" ? zone : <b className="band-standing">{standing}</b>}</span>
        <button
          type="button"
          className="button plain icon band-power nodrag nopan"
          aria-label={off ? W.start(name) : W.stop(name)}
          title={off ? W.start(name) : W.stopTitle(name)}
          aria-pressed={off}
          onClick={() => playground.run(switchFault({ kind: "node-power", node: name }, !off))}
        >
          <Power size={13} aria-hidden="true" />
        </button>
        <Break what={{ kind: "node", name }} label={W.break(name)} className="plain icon band-power" />
      </div>
    </div>
  );
}

/** What is stopped on a node apart from its power, in words. */
function stoppedOn(faults: readonly ActiveFault[], node: string): string {
  const words = faults.flatMap(({ fault }) =>
    "node" in fault && fault.node === node && fault.kind !== "node-power" ? [STOPPED[fault.kind]] : [],
  );
  return words.join(", ");
}

const STOPPED = { kubelet: W.kubeletStopped, "kube-proxy": W.proxyStopped, cordon: "cordoned" } as const;

export function GateNode({ data }: NodeProps<SceneNode>) {
  const node = useObject("nodes", data.key);
  const off = useApp((state) => state.poweredOff.has(data.key));
  const stopped = useApp((state) => stoppedOn(state.faults, data.key));
  const address = (node && nodeAddress(node)) ?? "";
  if (data.rest !== undefined) return <SharedGate nodes={data.rest} ports={data.nodePorts ?? []} />;
  const ports = data.nodePorts ?? [];
  const shown = data.shownPorts ?? 1;
  const rest = ports.length - shown;
  return (
    <div className="gate" data-off={off}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="mono gate-address">{address}</span>
      {ports.slice(0, shown).map((port, at) => (
        <GatePort key={port} host={address} port={port} last={at === shown - 1 && rest > 0 ? rest : 0} />
      ))}
      {ports.length === 0 && <span className="quiet detail gate-none">{W.noPorts}</span>}
      {stopped !== "" && (
        <ul className="gate-stopped">
          {stopped.split(", ").map((each) => (
            <li key={each}>{each.replace("stopped", "✕")}</li>
          ))}
        </ul>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

function GatePort({ host, port, last }: { host: string; port: number; last: number }) {
  const playground = usePlayground();
  const aimed = useApp((state) => isAimed(state, host, port));
  return (
    <span className="gate-row">
      <button
        type="button"
        className="port-pill node-port gate-port nodrag nopan"
        data-aimed={aimed}
        aria-pressed={aimed}
        aria-label={W.aim(host, port)}
        title={W.aimTitle(port)}
        onClick={() =>
          playground.setDraft({
            target: aimed ? undefined : wanted(playground.store.getState().objects, { host, port }, false),
          })
        }
      >
        :{port}
      </button>
      {last > 0 && <span className="quiet">+{last}</span>}
    </span>
  );
}

export function ColumnNode({ data }: NodeProps<SceneNode>) {
  const { shown = 0, before = 0, after = 0, searched = false, worded } = data;
  const isList = searched || before + after > 0;
  return (
    <div className="column">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="column-head">
        <b>{W.services}</b>
        {worded === true && <span className="detail">{W.sameRules}</span>}
        {isList && <Earlier count={before} from={Math.max(0, before - shown)} searched={searched} none={shown === 0} />}
      </div>
      <div className="column-foot">
        {isList && <MoreServices count={after} from={before + shown} later />}
        <span className="detail">{W.notAPlace}</span>
      </div>
    </div>
  );
}
