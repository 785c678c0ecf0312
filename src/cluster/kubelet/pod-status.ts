// The status of a pod as its containers give it.
import type { ContainerStatus, HostIP, Pod, PodCondition, PodStatus } from "../api/types.gen.ts";
import { own } from "../sim/values.ts";
import { type ContainerLife, hasSucceeded, isRunning } from "./container.ts";

/** What the status is made from. */
export interface StatusInput {
  readonly pod: Pod;
  /** Nothing will run any more, whatever the restartPolicy says: the pod was deleted and has ended. */
  readonly over: boolean;
  readonly containers: readonly ContainerLife[];
  readonly address: string | undefined;
  readonly hostAddress: string;
  readonly startTime: string;
  readonly now: string;
  /** What a person said about the pod's readiness, whatever its probes say. */
  readonly readiness: boolean | undefined;
  /** Conditions made before: pods that start together share theirs. */
  readonly conditions: Map<string, PodCondition>;
  readonly hostIPs: HostIP[];
}

const SHARED_CONDITIONS = 256;

/** Computes the status. Spec: [KUBELET-4]. */
// Models kubernetes/pkg/kubelet/kubelet_pods.go generateAPIPodStatus
export function podStatus(input: StatusInput): PodStatus {
  const { pod, containers, address, hostAddress } = input;
  const init = containers.filter(({ role }) => role !== "main");
  const main = containers.filter(({ role }) => role === "main");
  const phase = input.over ? lastPhase(containers) : podPhase(pod, containers);
  const { generation } = pod.metadata;
  return {
    conditions: conditions(input, phase),
    ...(main.length === 0 ? {} : { containerStatuses: main.map((each) => containerStatus(input, each)) }),
    hostIP: hostAddress,
    hostIPs: input.hostIPs,
    ...(init.length === 0 ? {} : { initContainerStatuses: init.map((each) => containerStatus(input, each)) }),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase,
    ...(address === undefined ? {} : { podIP: address, podIPs: [{ ip: address }] }),
    qosClass: pod.status?.qosClass ?? qosClass(pod),
    startTime: input.startTime,
  };
}

/** Spec: [KUBELET-5]. */
// Models kubernetes/pkg/kubelet/kubelet_pods.go getPhase
export function podPhase(pod: Pod, containers: readonly ContainerLife[]): string {
  const policy = pod.spec?.restartPolicy ?? "Always";
  const init = containers.filter(({ role }) => role === "init");
  const failed = init.some((each) => each.state.terminated !== undefined && !hasSucceeded(each));
  if (failed && policy === "Never") return "Failed";
  if (init.some((each) => !hasSucceeded(each))) return "Pending";
  const main = containers.filter(({ role }) => role === "main");
  const waitsForFirstRun = (each: ContainerLife) =>
    each.state.waiting !== undefined && each.lastState.terminated === undefined;
  if (main.some(waitsForFirstRun)) return "Pending";
  if (main.some((each) => isRunning(each) || each.state.waiting !== undefined)) return "Running";
  if (policy === "Always") return "Running";
  if (main.every(hasSucceeded)) return "Succeeded";
  return policy === "Never" ? "Failed" : "Running";
}

/** The phase of a pod that was deleted and has ended, which finalizers may hold. Spec: [KUBELET-15]. */
// Models kubernetes/pkg/kubelet/kubelet_pods.go getPhase with podIsTerminal
function lastPhase(containers: readonly ContainerLife[]): string {
  return containers.every((each) => hasSucceeded(each) || each.role === "sidecar") ? "Succeeded" : "Failed";
}

/** Whether a container counts as ready. */
function isReady({ readiness }: StatusInput, container: ContainerLife): boolean {
  if (container.role === "init") return hasSucceeded(container);
  return isRunning(container) && container.started && (readiness ?? container.probedReady);
}

function containerStatus(input: StatusInput, container: ContainerLife): ContainerStatus {
  const { spec, containerID } = container;
  const image = spec.image ?? "";
  const ready = isReady(input, container);
  const started = isRunning(container) && container.started;
  const { lastState, state, restarts: restartCount } = container;
  const { name } = spec;
  if (containerID === undefined) return { image, imageID: "", lastState, name, ready, restartCount, started, state };
  const fullImage = fullImageName(image);
  const imageID = `${fullImage.replace(/:[^:/]*$/, "")}@sha256:${containerID.slice(-64)}`;
  // Written out: what a spread makes has a hidden class of its own, which takes more memory than the object.
  return { containerID, image: fullImage, imageID, lastState, name, ready, restartCount, started, state };
}

/** `nginx` → `docker.io/library/nginx:latest`, as container runtimes name images. */
export function fullImageName(image: string): string {
  const slash = image.indexOf("/");
  const host = slash < 0 ? "" : image.slice(0, slash);
  const hasHost = /[.:]/.test(host) || host === "localhost";
  const path = hasHost ? image : slash < 0 ? `docker.io/library/${image}` : `docker.io/${image}`;
  return /[:@][^/]*$/.test(path.slice(path.lastIndexOf("/"))) ? path : `${path}:latest`;
}

interface Verdict {
  readonly status: "True" | "False";
  readonly reason?: string;
  readonly message?: string;
}

const YES: Verdict = { status: "True" };

function conditions(input: StatusInput, phase: string): PodCondition[] {
  const { pod, containers } = input;
  const before = pod.status?.conditions ?? [];
  const ready = containersReady(input, phase);
  const kubelets: ReadonlyArray<readonly [string, Verdict]> = [
    ["PodReadyToStartContainers", { status: input.address === undefined || isOver(phase) ? "False" : "True" }],
    ["Initialized", initialized(containers, phase)],
    ["Ready", ready.status === "True" ? gates(pod) : ready],
    ["ContainersReady", ready],
    ["PodScheduled", YES],
  ];
  const own = new Set(kubelets.map(([type]) => type));
  return [
    ...before.filter(({ type }) => !own.has(type)),
    ...kubelets.map(([type, verdict]) => condition(input, type, verdict)),
  ];
}

function isOver(phase: string): boolean {
  return phase === "Succeeded" || phase === "Failed";
}

function condition({ pod, now, conditions: shared }: StatusInput, type: string, verdict: Verdict): PodCondition {
  const before = pod.status?.conditions?.find((each) => each.type === type);
  const { generation } = pod.metadata;
  const { status, reason, message } = verdict;
  const same = before?.status === status && before.reason === reason && before.message === message;
  if (before !== undefined && same && before.observedGeneration === generation) return before;
  const since = before?.status === status ? (before.lastTransitionTime ?? now) : now;
  const key = `${type} ${status} ${reason} ${message} ${since} ${generation}`;
  let found = shared.get(key);
  if (found === undefined) {
    found = {
      type,
      status,
      lastTransitionTime: since,
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
      ...(generation === undefined ? {} : { observedGeneration: generation }),
    };
    if (shared.size >= SHARED_CONDITIONS) shared.clear();
    shared.set(key, found);
  }
  return found;
}

// Models kubernetes/pkg/kubelet/status/generate.go GeneratePodInitializedCondition
function initialized(containers: readonly ContainerLife[], phase: string): Verdict {
  if (phase === "Succeeded") return { status: "True", reason: "PodCompleted" };
  const missing = containers.filter(
    (each) => (each.role === "init" && !hasSucceeded(each)) || (each.role === "sidecar" && !each.started),
  );
  const begun = containers.some((each) => each.role === "main" && each.run > 0);
  if (missing.length === 0 || begun) return YES;
  const names = missing.map(({ spec }) => spec.name).join(" ");
  return {
    status: "False",
    reason: "ContainersNotInitialized",
    message: `containers with incomplete status: [${names}]`,
  };
}

// Models kubernetes/pkg/kubelet/status/generate.go GenerateContainersReadyCondition
function containersReady(input: StatusInput, phase: string): Verdict {
  if (phase === "Succeeded") return { status: "False", reason: "PodCompleted" };
  if (phase === "Failed") return { status: "False", reason: "PodFailed" };
  const unready = input.containers.filter((each) => each.role !== "init" && !isReady(input, each));
  if (unready.length === 0) return YES;
  const names = unready.map(({ spec }) => spec.name).join(" ");
  return { status: "False", reason: "ContainersNotReady", message: `containers with unready status: [${names}]` };
}

/** Readiness gates: conditions that someone else must set to True. Spec: [KUBELET-6]. */
// Models kubernetes/pkg/kubelet/status/generate.go GeneratePodReadyCondition
function gates(pod: Pod): Verdict {
  const complaints: string[] = [];
  for (const { conditionType } of pod.spec?.readinessGates ?? []) {
    const found = pod.status?.conditions?.find(({ type }) => type === conditionType);
    if (found === undefined)
      complaints.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (found.status !== "True")
      complaints.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`);
  }
  if (complaints.length === 0) return YES;
  return { status: "False", reason: "ReadinessGatesNotReady", message: complaints.join(", ") };
}

/** Spec: [KUBELET-7]. */
// Models kubernetes/pkg/apis/core/v1/helper/qos ComputePodQOS
export function qosClass(pod: Pod): "BestEffort" | "Burstable" | "Guaranteed" {
  const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  const counted = ["cpu", "memory"];
  const asks = (list: Record<string, string> | undefined) => counted.some((name) => own(list, name) !== undefined);
  if (!containers.some(({ resources }) => asks(resources?.requests) || asks(resources?.limits))) return "BestEffort";
  const guaranteed = containers.every(({ resources }) =>
    counted.every((name) => {
      const limit = own(resources?.limits, name);
      return limit !== undefined && (own(resources?.requests, name) ?? limit) === limit;
    }),
  );
  return guaranteed ? "Guaranteed" : "Burstable";
}
