// Pods as cards or chips, each watching only its own record.
import { CircleCheck, CircleSlash2, Trash2, Zap } from "lucide-react";
import { Handle, type NodeProps, Position } from "reactflow";
import { type Pod, splitKey } from "../../../cluster/index.ts";
import { switchFault } from "../../../scenario/index.ts";
import { W } from "../../../words/en/canvas.ts";
import { containerPorts, type LifeState, nameParts, podState, readyCount, STATE_WORDS } from "../../store/derive.ts";
import { useApp, useObject, usePlayground } from "../../store/react.ts";
import { StateMark } from "../../ui/StateMark.tsx";
import { Break } from "../Break.tsx";
import type { SceneNode } from "../sceneNodes.ts";

export function PodNode({ data }: NodeProps<SceneNode>) {
  const key = data.key;
  const playground = usePlayground();
  const pod = useObject("pods", key);
  const selected = useApp(
    (state) => state.selection?.kind === "object" && state.selection.resource === "pods" && state.selection.key === key,
  );
  const broken = useApp((app) => app.faults.some(({ id }) => id.startsWith(`pod/${key} `)));
  if (pod === undefined) return null;
  const state = podState(pod);
  return (
    <div className="pod" data-state={state} data-selected={selected} data-chip={data.chip === true}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="pod-card">
        <div className="face" aria-hidden="true">
          <PodName pod={pod} state={state} broken={broken} />
          {data.chip !== true && <PodFacts pod={pod} />}
        </div>
        <button
          type="button"
          className="hit"
          title={pod.metadata.name}
          aria-label={W.pod(pod.metadata.name, STATE_WORDS[state], pod.status?.podIP, broken)}
          onClick={() => playground.select({ kind: "object", resource: "pods", key })}
        />
      </div>
      <PodActions podKey={key} name={pod.metadata.name ?? ""} state={state} />
    </div>
  );
}

function PodFacts({ pod }: { pod: Pod }) {
  const ports = containerPorts(pod).slice(0, 2);
  return (
    <>
      <span className="mono pod-address detail">{pod.status?.podIP ?? "—"}</span>
      <span className="pod-foot mono detail">
        <span className="text-target-port">{ports.map((port) => `:${port}`).join(" ")}</span>
        <span className="quiet">{readyCount(pod)}</span>
      </span>
    </>
  );
}

function PodName({ pod, state, broken }: { pod: Pod; state: LifeState; broken: boolean }) {
  const { shared, own } = nameParts(pod);
  return (
    <span className="pod-name">
      <StateMark state={state} />
      <span className="pod-shared">{shared}</span>
      <span className="pod-own">{own}</span>
      {broken && <Zap className="pod-broken" size={12} aria-hidden="true" />}
    </span>
  );
}

/** Shown on hover, on focus and when the pod is selected. */
export function PodActions({ podKey, name, state }: { podKey: string; name: string; state: LifeState }) {
  const playground = usePlayground();
  const forced = useApp((app) => app.forcedReadiness.get(podKey));
  const { namespace = "", name: podName } = splitKey(podKey);
  const nextReady = forced === undefined ? state !== "ready" : !forced;
  return (
    <div className="pod-actions nodrag nopan">
      <button
        type="button"
        className="button icon"
        aria-label={W.make(name, nextReady)}
        title={nextReady ? W.makeReady : W.makeUnready}
        disabled={state === "terminating"}
        onClick={() =>
          playground.run(switchFault({ kind: "readiness", namespace, pod: podName, ready: false }, !nextReady))
        }
      >
        {nextReady ? <CircleCheck size={14} aria-hidden="true" /> : <CircleSlash2 size={14} aria-hidden="true" />}
      </button>
      <button
        type="button"
        className="button icon"
        aria-label={W.kill(name)}
        title={W.kill(name)}
        disabled={state === "terminating"}
        onClick={() => playground.run({ kind: "kill-pod", ...splitKey(podKey) })}
      >
        <Trash2 size={14} aria-hidden="true" />
      </button>
      <Break what={{ kind: "pod", key: podKey }} label={W.breakPod(name)} className="icon" />
    </div>
  );
}
