// A workload above the pods: how many it wants, how many are ready, and the way to change that.
import { Minus, Plus } from "lucide-react";
import type { NodeProps } from "reactflow";
import { type KubeObject, splitKey } from "../../../cluster/index.ts";
import { W } from "../../../words/en/canvas.ts";
import { useApp, useObject, usePlayground } from "../../store/react.ts";
import type { SceneNode } from "../sceneNodes.ts";
import { entryAddress, replicasOf } from "./cardWords.ts";

/** What the scale action knows. */
const SCALABLE = "deployments.apps";

export function WorkloadNode({ data }: NodeProps<SceneNode>) {
  return <Workload id={data.key} />;
}

/** `id` is its resource and key. */
export function Workload({ id }: { readonly id: string }) {
  const at = id.indexOf(":");
  const [resource, key] = [id.slice(0, at), id.slice(at + 1)];
  const playground = usePlayground();
  const object = useObject(resource, key) as KubeObject | undefined;
  const selected = useApp(
    (state) =>
      state.selection?.kind === "object" && state.selection.resource === resource && state.selection.key === key,
  );
  if (object === undefined) return null;
  const name = object.metadata.name ?? "";
  const { wanted, ready } = replicasOf(object);
  const address = entryAddress(object);
  const scale = (replicas: number) => playground.run({ kind: "scale", ...splitKey(key), replicas });
  return (
    <div className="workload" data-selected={selected}>
      <div className="workload-name">
        <div className="face" aria-hidden="true">
          <span className="workload-words">
            <b title={name}>{name}</b>
            <span className="quiet detail">{object.kind}</span>
          </span>
          <span
            className="workload-count"
            data-short={address === undefined ? ready < wanted : address === W.noAddress}
          >
            {address ?? `${ready}/${wanted}`}
          </span>
        </div>
        <button
          type="button"
          className="hit"
          aria-label={`${object.kind} ${name}, ${address ?? W.readyOf(ready, wanted)}`}
          onClick={() => playground.select({ kind: "object", resource, key })}
        />
      </div>
      {resource === SCALABLE && (
        <span className="workload-scale nodrag nopan">
          <button
            type="button"
            className="button icon"
            aria-label={W.scaleDown(name)}
            disabled={wanted === 0}
            onClick={() => scale(wanted - 1)}
          >
            <Minus size={14} aria-hidden="true" />
          </button>
          <button type="button" className="button icon" aria-label={W.scaleUp(name)} onClick={() => scale(wanted + 1)}>
            <Plus size={14} aria-hidden="true" />
          </button>
        </span>
      )}
    </div>
  );
}
