// Something that is referred to and missing: its name, what comes nearest, and the way to the field that refers to it.
import type { NodeProps } from "reactflow";
import { shownMissing } from "../../store/missing.ts";
import { useApp, usePlayground } from "../../store/react.ts";
import type { SceneNode } from "../sceneNodes.ts";

import "./ghosts.css";
import { W } from "../../../words/en/picture-more.ts";

export { shownMissing } from "../../store/missing.ts";
export { ghostEdges, ghostsIn } from "./ghosts.ts";

export function GhostNode({ data: { key } }: NodeProps<SceneNode>) {
  const playground = usePlayground();
  const all = useApp(shownMissing);
  const rest = key.startsWith("+") ? all.slice(-Number(key.slice(1))) : [];
  const ghost = rest[0] ?? all.find(({ id }) => id === key);
  if (ghost === undefined) return null;
  const { name, hint, by } = ghost;
  const names = rest.map((each) => each.name).join(", ");
  const [title, detail] = rest.length > 0 ? [W.moreMissing(rest.length), names] : [name, hint];
  return (
    <div className="ghost" title={`${title}: ${detail}`}>
      <div className="face" aria-hidden="true">
        <b>{title}</b>
        <span className="ghost-detail">{rest.length > 0 ? detail : W.missingDetail(detail)}</span>
      </div>
      <button
        type="button"
        className="hit"
        aria-label={W.missingIs(rest.length > 0 ? names : `${title}, ${detail}`)}
        onPointerEnter={() => playground.point({ by: "canvas", objects: [by], fields: [by] })}
        onFocus={() => playground.point({ by: "canvas", objects: [by], fields: [by] })}
        onClick={() => {
          playground.select({ kind: "object", resource: by.resource, key: by.key });
          queueMicrotask(() => playground.reveal(by)); // the editor takes the focus once the inspector is open
        }}
      />
    </div>
  );
}
