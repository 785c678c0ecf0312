// Endpoints that outlive their node for a while.
import { LabelServiceName, type Pod } from "../../cluster/index.ts";
import { W } from "../../words/en/why-selector.ts";
import { type Claim, named } from "../claims.ts";
import { type Check, finding, readyEndpoints, type Scene } from "../scene.ts";
import type { Survey } from "../survey.ts";
import { inNamespace, listed } from "../words.ts";

/** Whether a pod's node has no machine any more: nothing about the pod is the pod's own fault then. */
export function isStranded({ world }: Survey, { spec }: Pod): boolean {
  const { nodeName } = spec ?? {};
  return nodeName !== undefined && !world.settings.nodes.some(({ name }) => name === nodeName);
}

/** Ready endpoints whose node has left the cluster. Spec: [DIAG-49]. */
export const goneCheck: Check = (scene) => {
  const ready = readyEndpoints(scene);
  const left = ready.flatMap(({ pod, address, node }) =>
    pod !== undefined && node !== undefined && isStranded(scene.survey, pod) ? [{ pod, address, node }] : [],
  );
  return left.length === 0 ? [] : [stranded(scene, left, ready.length)];
};

interface Left {
  readonly pod: Pod;
  readonly address: string;
  readonly node: string;
}

function stranded(scene: Scene, left: readonly Left[], total: number) {
  const nodes = [...new Set(left.map(({ node }) => node))].sort();
  const pods = left.map(({ pod }) => pod.metadata.name ?? "");
  const service = named(scene.service);
  return finding(scene, {
    class: "node-gone",
    severity: left.length === total ? "error" : "warning",
    step: 6,
    title: W.leftCluster(listed(nodes), left.length),
    explanation: W.ranOn(listed(pods), listed(nodes), left.length, total),
    claims: [
      { kind: "endpoints", service, ready: total },
      ...nodes.map((node): Claim => ({ kind: "power", node, on: false })),
      ...left.map(({ address, node }): Claim => ({ kind: "endpoint", service, address, node })),
    ],
    evidence: [
      { command: "kubectl get nodes", shows: W.noneOf(listed(nodes)), prints: ["NAME"], lacks: nodes },
      {
        command: `kubectl get endpointslices -l ${LabelServiceName}=${scene.ref.name}${inNamespace(scene.namespace)}`,
        shows: W.stillListed,
        prints: [scene.ref.name],
      },
    ],
    responsible: { object: scene.ref, path: [] },
    cures: [
      {
        label: W.deleteNow(left.length),
        remedy: {
          kind: "command",
          command: `kubectl delete pod ${pods.join(" ")} --force --grace-period=0${inNamespace(scene.namespace)}`,
        },
      },
    ],
    symptoms: ["timeout", "unreachable"],
  });
}
