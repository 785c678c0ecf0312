// Endpoints that outlive their node for a while.
import { LabelServiceName, type Pod } from "../../cluster/index.ts";
import { type Claim, named } from "../claims.ts";
import { type Check, finding, readyEndpoints, type Scene } from "../scene.ts";
import type { Survey } from "../survey.ts";
import { counted, inNamespace, listed } from "../words.ts";

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
    title: `${listed(nodes)} left the cluster, and ${left.length === 1 ? "a pod" : "pods"} from there ${left.length === 1 ? "is" : "are"} still in the endpoints`,
    explanation: `${listed(pods)} ran on ${listed(nodes)}. Nothing marks pods of a deleted Node as not ready: the pod garbage collector deletes them 40 s after the Node, and until then ${left.length} of ${counted(total, "connection")} ${left.length === 1 ? "gets" : "get"} no answer. kubectl drain moves pods before their node leaves.`,
    claims: [
      { kind: "endpoints", service, ready: total },
      ...nodes.map((node): Claim => ({ kind: "power", node, on: false })),
      ...left.map(({ address, node }): Claim => ({ kind: "endpoint", service, address, node })),
    ],
    evidence: [
      { command: "kubectl get nodes", shows: `no ${listed(nodes)}`, prints: ["NAME"], lacks: nodes },
      {
        command: `kubectl get endpointslices -l ${LabelServiceName}=${scene.ref.name}${inNamespace(scene.namespace)}`,
        shows: "the addresses that are still listed",
        prints: [scene.ref.name],
      },
    ],
    responsible: { object: scene.ref, path: [] },
    cures: [
      {
        label: `Delete ${left.length === 1 ? "that pod" : "those pods"} now`,
        remedy: {
          kind: "command",
          command: `kubectl delete pod ${pods.join(" ")} --force --grace-period=0${inNamespace(scene.namespace)}`,
        },
      },
    ],
    symptoms: ["timeout", "unreachable"],
  });
}
