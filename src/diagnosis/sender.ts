// A sender that cannot send: its own machine is switched off.

import { W } from "../words/en/why-requests.ts";
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
    title: W.senderOff(node),
    explanation: W.senderOffLong(node, pod === undefined ? undefined : from.name),
    claims: [
      { kind: "power", node, on: false },
      ...(pod === undefined ? [] : [holdsValue(refOf(pod), ["spec", "nodeName"], node)]),
    ],
    evidence: [
      pod === undefined
        ? { command: "kubectl get nodes", shows: W.notReadyLater(node), prints: [node] }
        : {
            command: `kubectl get pods -o wide${inNamespace(named(pod).namespace)}`,
            shows: `NODE ${node}`,
            prints: [from.name, node],
          },
    ],
    responsible: { object, path: ["status", "conditions"] },
    cures: [
      {
        label: W.switchOn(node),
        remedy: {
          kind: "action",
          action: { kind: "restore", id: `node/${node}` },
          command: `sim restore node/${node}`,
        },
      },
    ],
  };
}
