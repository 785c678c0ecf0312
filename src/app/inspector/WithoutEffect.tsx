// What of an object is stored and has no effect here.
import { type KubeObject, pathText } from "../../cluster/index.ts";
import { withoutEffect } from "../../diagnosis/index.ts";
import { W } from "../../words/en/inspector.ts";
import { useApp } from "../store/react.ts";
import { WhatIsSimulated } from "../ui/WhatIsSimulated.tsx";

export function WithoutEffect({ object }: { readonly object: KubeObject }) {
  const settings = useApp((state) => state.world.settings);
  const found = withoutEffect(object, settings);
  if (found.length === 0) return null;
  return (
    <section className="inspector-text" aria-label={W.noEffect}>
      <p>
        <b>{W.noEffectHere}</b>
      </p>
      {found.map(({ path, says }) => (
        <p key={pathText(path)}>
          {path.length > 0 && <code className="mono">{pathText(path)}</code>} {says}
        </p>
      ))}
      <WhatIsSimulated />
    </section>
  );
}
