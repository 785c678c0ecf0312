// A sender that cannot send: its own machine is switched off.
import { holdsValue, named } from "./claims.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { inNamespace, refOf } from "./words.ts";

/** Spec: [DIAG-13]. */
export function senderWithoutPower({ survey, asked }: Trouble): Cause | undefined {
  const { from } = asked;
  const pod =
    from.kind === "pod" ? survey.podsIn(from.namespace).find(({ metadata }) => metadata.name === from.name) : undefined;
  const node = from.kind === "node" ? from.name : pod?.spec?.nodeName;
  if (node === undefined || survey.world.network.isOn(node)) return undefined;
  const object = { apiVersion: "v1", kind: "Node", namespace: undefined, name: node };
  return {
    class: "sender-without-power",
    title: `${node}, where the sender runs, has no power`,
    explanation: `${pod === undefined ? node : `Pod ${from.name} is on ${node}, and that`} is switched off: nothing leaves it, whatever the state of the Service.`,
    claims: [
      { kind: "power", node, on: false },
      ...(pod === undefined ? [] : [holdsValue(refOf(pod), ["spec", "nodeName"], node)]),
    ],
    evidence: [
      pod === undefined
        ? { command: "kubectl get nodes", shows: `${node} NotReady, once the control plane notices`, prints: [node] }
        : {
            command: `kubectl get pods -o wide${inNamespace(named(pod).namespace)}`,
            shows: `NODE ${node}`,
            prints: [from.name, node],
          },
    ],
    responsible: { object, path: ["status", "conditions"] },
    cures: [
      {
        label: `Switch ${node} on`,
        remedy: {
          kind: "action",
          action: { kind: "restore", id: `node/${node}` },
          command: `sim restore node/${node}`,
        },
      },
    ],
  };
}
