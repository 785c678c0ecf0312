// NetworkPolicies on the picture: a shield on each pod that one isolates; whom a selected one selects and admits.
import { useMemo } from "react";
import { ViewportPortal } from "reactflow";
import { isPeer, type Policy, type PolicyPod, PolicyView } from "../../../kinds/networkpolicy/index.ts";
import { W } from "../../../words/en/policies.ts";
import { useApp, useObjects, usePlayground } from "../../store/react.ts";
import type { Scene } from "../scene.ts";
import "./policies.css";

const POLICIES = "networkpolicies.networking.k8s.io";
/** Lines that are drawn for one policy at most. */
const MOST_LINES = 80;

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The view of the policies as they are now; another one with each change of what they look at. */
export function usePolicyView(): PolicyView {
  const world = useApp((state) => state.world);
  const [policies, pods, namespaces] = [useObjects(POLICIES), useObjects("pods"), useObjects("namespaces")];
  return useMemo(() => {
    void [policies, pods, namespaces]; // they are read through the world
    return new PolicyView(world);
  }, [world, policies, pods, namespaces]);
}

export function Shields({ scene }: { readonly scene: Scene }) {
  const view = usePolicyView();
  const enforced = useApp((state) => state.world.settings.networkPolicies);
  const selected = useApp(({ selection }) =>
    selection?.kind === "object" && selection.resource === POLICIES ? selection.key : undefined,
  );
  const shown = view.policies.find((each) => `${each.namespace}/${each.name}` === selected);
  return (
    <ViewportPortal>
      {shown !== undefined && <Shown scene={scene} view={view} policy={shown} />}
      {[...scene.pods].map(([key, box]) => (
        <Shield key={key} podKey={key} box={box} view={view} enforced={enforced} />
      ))}
    </ViewportPortal>
  );
}

interface ShieldProps {
  readonly podKey: string;
  readonly box: Box;
  readonly view: PolicyView;
  readonly enforced: boolean;
}

function Shield({ podKey, box, view, enforced }: ShieldProps) {
  const playground = usePlayground();
  const pod = podOf(view, podKey);
  if (pod === undefined) return null;
  const [ingress, egress] = [view.isolating(pod, "Ingress"), view.isolating(pod, "Egress")];
  const all = [...new Set([...ingress, ...egress])];
  const [first] = all;
  if (first === undefined) return null;
  const way = ingress.length === 0 ? "egress" : egress.length === 0 ? "ingress" : "both";
  const by = all.map(({ name }) => name).join(", ");
  const says = enforced ? W.isolated(pod.name, way, by) : W.wouldIsolate(pod.name, way, by);
  return (
    <button
      type="button"
      className="policy-shield nodrag nopan"
      data-enforced={enforced}
      style={{ transform: `translate(${box.x + box.width - 10}px, ${box.y - 8}px)` }}
      aria-label={says}
      title={says}
      onClick={() => playground.select({ kind: "object", resource: POLICIES, key: `${first.namespace}/${first.name}` })}
    >
      <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
        <path d="M12 2l8 3v6c0 5-3.4 9-8 11-4.6-2-8-6-8-11V5z" />
        {ingress.length > 0 && <path className="policy-way" d="M6 12h6" />}
        {egress.length > 0 && <path className="policy-way" d="M12 12h6" />}
      </svg>
    </button>
  );
}

function podOf(view: PolicyView, key: string): PolicyPod | undefined {
  const [namespace = "", name = ""] = key.split("/");
  return view.endOf({ namespace, name })?.pod;
}

/** The pods that a policy selects, and from and to whom it admits something. */
function Shown({ scene, view, policy }: { readonly scene: Scene; readonly view: PolicyView; readonly policy: Policy }) {
  const { boxes, lines } = useMemo(() => drawingOf(scene, view, policy), [scene, view, policy]);
  return (
    <>
      <svg className="policy-lines" aria-hidden="true" width={scene.width} height={scene.height}>
        <marker id="policy-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0L8 4L0 8z" />
        </marker>
        {lines.map((d) => (
          <path key={d} d={d} markerEnd="url(#policy-end)" />
        ))}
      </svg>
      {boxes.map(([key, { x, y, width, height }]) => (
        <div key={key} className="policy-box" style={{ transform: `translate(${x}px, ${y}px)`, width, height }} />
      ))}
    </>
  );
}

function drawingOf(scene: Scene, view: PolicyView, policy: Policy) {
  const placed = [...scene.pods].flatMap(([key, box]) => {
    const [namespace = "", name = ""] = key.split("/");
    const end = view.endOf({ namespace, name });
    return end === undefined ? [] : [{ key, box, end }];
  });
  const isSelected = (pod: PolicyPod) =>
    view.isolating(pod, "Ingress").includes(policy) || view.isolating(pod, "Egress").includes(policy);
  const chosen = placed.filter(({ end }) => isSelected(end.pod));
  const lines = new Set<string>();
  for (const direction of ["Ingress", "Egress"] as const)
    for (const { peers } of policy.rules[direction] ?? [])
      for (const each of chosen)
        for (const other of placed) {
          if (other.key === each.key || lines.size >= MOST_LINES) continue;
          if (peers.length > 0 && !peers.some((peer) => isPeer(peer, other.end, policy))) continue;
          const [from, to] = direction === "Ingress" ? [other.box, each.box] : [each.box, other.box];
          lines.add(lineOf(from, to));
        }
  return { boxes: chosen.map(({ key, box }) => [key, box] as const), lines: [...lines] };
}

/** From the side of one card to the side of the other that faces it; beside them where one is above the other. */
function lineOf(from: Box, to: Box): string {
  const [y, v] = [from.y + from.height / 2, to.y + to.height / 2];
  const isLeft = from.x + from.width <= to.x;
  const isRight = to.x + to.width <= from.x;
  const x = isLeft ? from.x + from.width : from.x;
  const u = isRight ? to.x + to.width : to.x;
  const bend = isLeft || isRight ? (x + u) / 2 : Math.min(x, u) - 28;
  return `M${x} ${y}C${bend} ${y} ${bend} ${v} ${u} ${v}`;
}
