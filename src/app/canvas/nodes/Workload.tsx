// A workload above the pods: how many it wants, how many are ready, and the way to change that.
import { Minus, Plus } from "lucide-react";
import type { NodeProps } from "reactflow";
import { type DaemonSet, type Deployment, type Ingress, type KubeObject, splitKey } from "../../../cluster/index.ts";
import type { Gateway } from "../../../gateway/index.ts";
import { W } from "../../../words/en/canvas.ts";
import { useApp, useObject, usePlayground } from "../../store/react.ts";
import type { SceneNode } from "../sceneNodes.ts";

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
  const address = object.kind === "Ingress" || object.kind === "Gateway" ? addressOf(object) : undefined;
  const scale = (replicas: number) => playground.run({ kind: "scale", ...splitKey(key), replicas });
  return (
    <div className="workload" data-selected={selected}>
      <div className="workload-name">
        <div className="face" aria-hidden="true">
          <span className="workload-words">
            <b title={name}>{name}</b>
            <span className="quiet detail">{object.kind}</span>
          </span>
          <span className="workload-count" data-short={address === undefined ? ready < wanted : address === NOWHERE}>
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

const NOWHERE = W.noAddress;

/** Where an Ingress or a Gateway is reached; nowhere, as long as no controller serves it. */
function addressOf(object: KubeObject): string {
  if (object.kind === "Gateway") return (object as Gateway).status?.addresses?.[0]?.value ?? NOWHERE; // its kind was looked at
  const told = (object as Ingress).status?.loadBalancer?.ingress?.[0]; // its kind was looked at
  return told?.ip ?? told?.hostname ?? NOWHERE;
}

function replicasOf(object: KubeObject): { wanted: number; ready: number } {
  if (object.kind === "DaemonSet") {
    const { status } = object as DaemonSet; // its kind was just looked at
    return { wanted: status?.desiredNumberScheduled ?? 0, ready: status?.numberReady ?? 0 };
  }
  const { spec, status } = object as Deployment; // the kinds above share these fields
  return { wanted: spec?.replicas ?? 1, ready: status?.readyReplicas ?? 0 };
}
