// The band of pods that fit on no Node, and why.
import type { NodeProps } from "reactflow";
import { waitsForNode } from "../../store/derive.ts";
import { useApp } from "../../store/react.ts";
import type { SceneNode } from "../sceneNodes.ts";
import "../pending.css";
import { W } from "../../../words/en/picture-more.ts";

export function PendingNode({ data }: NodeProps<SceneNode>) {
  const keys = data.pending ?? [];
  const reason = useApp((state) => {
    const pods = state.objects.get("pods");
    const waiting = keys.map((key) => pods?.get(key)).find((pod) => pod !== undefined);
    return waiting && waitsForNode(waiting);
  });
  return (
    <div className="pending-band">
      <p className="pending-words" title={reason}>
        <b>{W.pending(keys.length)}</b>
        <span className="quiet">{reason}</span>
      </p>
    </div>
  );
}
