// Pods that match and are not ready, grouped by cause.
import { isPodReady, type Pod } from "../../cluster/index.ts";
import { W } from "../../words/en/why-pods.ts";
import { holdsValue, named } from "../claims.ts";
import type { Finding } from "../finding.ts";
import { type Check, finding, livingPods, readyPods, type Scene } from "../scene.ts";
import { inNamespace, listed } from "../words.ts";
import type { Unready } from "./about.ts";
import { claimsWithout, symptomsWithout, withoutEndpoints } from "./selector.ts";
import { whyUnready } from "./unready.ts";

/** Kinds of reasons that pass by themselves, as far as anyone can tell. */
const PASSING = new Set(["starting"]);

/** Spec: [DIAG-5]. */
export const readinessCheck: Check = (scene) => {
  if (scene.service.spec?.publishNotReadyAddresses === true) return [];
  const living = livingPods(scene);
  const unready = living.filter((pod) => !isPodReady(pod));
  if (unready.length === 0) return [];
  const groups = new Map<string, { reason: Unready; pods: Pod[] }>();
  for (const pod of unready) {
    const reason = whyUnready(scene, pod);
    const key = `${reason.kind} ${groupOf(scene, pod, reason)}`;
    const group = groups.get(key) ?? { reason, pods: [] };
    groups.set(key, group);
    group.pods.push(pod);
  }
  const all = readyPods(scene).length === 0;
  return [...groups].map(([key, group]) => groupFinding(scene, { key, ...group, all, only: groups.size === 1 }));
};

/** The cause that groups several pods: their workload; for pods without one, what is said about them. */
function groupOf({ survey }: Scene, pod: Pod, { kind, why }: Unready): string {
  const shared = kind === "unschedulable" || kind === "starting" || kind === "on-dead-node";
  const workload = survey.workloadOf(pod);
  if (workload === undefined || workload.object === pod) return shared ? why : (pod.metadata.name ?? "");
  return `${workload.object.kind}/${workload.object.metadata.name}`;
}

interface Group {
  readonly key: string;
  readonly reason: Unready;
  readonly pods: readonly Pod[];
  /** No pod of the Service is ready. */
  readonly all: boolean;
  /** All that are not ready are so for this one reason. */
  readonly only: boolean;
}

function groupFinding(scene: Scene, { key, reason, pods, all, only }: Group): Finding {
  const names = pods.map(({ metadata }) => metadata.name ?? "");
  const unlisted = pods.some(({ status }) => status?.podIP === undefined);
  const listedText = all
    ? ` ${unlisted ? W.unlisted(pods.length) : W.listedUnready(pods.length)} ${withoutEndpoints(scene)}`
    : ` ${W.othersTake}`;
  return finding(scene, {
    about: key,
    class: `pods-${reason.kind}`,
    severity: PASSING.has(reason.kind) ? "info" : all ? "error" : "warning",
    step: 3,
    title: W.notReady(all && only ? 0 : pods.length, reason.why),
    explanation: W.matchButUnready(listed(names), pods.length, scene.name, reason.why) + listedText,
    claims: [
      ...pods.map((pod) => ({ kind: "ready" as const, pod: named(pod), ready: false })),
      holdsValue(scene.ref, ["spec", "selector"], scene.selector),
      ...reason.claims,
      ...(all ? claimsWithout(scene) : []),
    ],
    evidence: [getPods(scene, pods), ...reason.evidence],
    responsible: reason.responsible,
    cures: reason.cures,
    symptoms: all ? symptomsWithout(scene) : [],
    only: { pods: names },
  });
}

function getPods(scene: Scene, [pod]: readonly Pod[]) {
  const containers = [
    ...(pod?.spec?.containers ?? []),
    ...(pod?.spec?.initContainers ?? []).filter((each) => each.restartPolicy === "Always"),
  ];
  const statuses = [...(pod?.status?.containerStatuses ?? []), ...(pod?.status?.initContainerStatuses ?? [])];
  const ready = statuses.filter((each) => each.ready && containers.some(({ name }) => name === each.name)).length;
  const reason = pod?.status?.containerStatuses?.find((each) => each.state?.waiting !== undefined)?.state?.waiting
    ?.reason;
  const shown = reason === undefined || reason === "PodInitializing" ? "" : reason;
  const columns = `${ready}/${containers.length}`;
  return {
    command: `kubectl get pods${inNamespace(scene.namespace)}`,
    shows: `READY ${columns}${shown === "" ? "" : `, STATUS ${shown}`}`,
    prints: [pod?.metadata.name ?? "", columns, ...(shown === "" ? [] : [shown])],
  };
}
