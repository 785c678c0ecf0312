// Lights the boxes and routes that belong to what is pointed at in another panel.
import { useMemo } from "react";
import { ViewportPortal } from "reactflow";
import { useApp, usePlayground } from "../store/react.ts";
import { litBoxes, litHops } from "./lit.ts";
import { pathOf } from "./paths.ts";
import type { Scene } from "./scene.ts";
import { gateAddresses } from "./sceneInput.ts";
import "./lit.css";

export function LitLayer({ scene }: { scene: Scene }) {
  const playground = usePlayground();
  const lit = useApp((state) => state.lit);
  const wire = useApp((state) => state.view.route === "wire");
  const drawn = useMemo(() => {
    const state = playground.store.getState();
    if (lit === undefined) return { boxes: [], paths: [] };
    const around = { scene, wire, measured: new Map(), ...gateAddresses(state) };
    const { trace } = state.world;
    const paths = litHops(state).flatMap((hop) => pathOf(hop, trace.packet(hop.packet), around)?.d ?? []);
    const boxes = [...litBoxes(lit, state.objects, scene)].flatMap((id) => {
      const box = scene.boxes.get(id) ?? scene.pods.get(id.slice("pod:".length));
      return box === undefined ? [] : [{ id, box }];
    });
    return { boxes, paths: [...new Set(paths)] };
  }, [lit, scene, wire, playground]);
  return (
    <ViewportPortal>
      <svg className="lit-routes" aria-hidden="true" width={scene.width} height={scene.height}>
        {drawn.paths.map((path) => (
          <path key={path} d={path} />
        ))}
      </svg>
      {drawn.boxes.map(({ id, box: { x, y, width, height } }) => (
        <div key={id} className="lit-box" style={{ transform: `translate(${x}px, ${y}px)`, width, height }} />
      ))}
    </ViewportPortal>
  );
}
