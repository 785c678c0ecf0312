// The table of pods: what one word says how a pod is.
import { type Container, type ContainerStatus, type Pod, parseTime } from "../../cluster/index.ts";
import { ageOf, humanDuration } from "../../kubectl/duration.ts";
import { type Printers, printer } from "../../kubectl/printers/printer.ts";

interface Summary {
  ready: number;
  restarts: number;
  /** Milliseconds since 1970 of the last restart, when known. */
  lastRestart: number | undefined;
  reason: string;
}

// Models kubernetes/pkg/printers/internalversion printPod
const podPrinter = printer<Pod>(
  ["NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP*", "NODE*", "NOMINATED NODE*", "READINESS GATES*"],
  (pod, { now }) => {
    const summary = summarize(pod);
    const { restarts, lastRestart } = summary;
    const sidecars = (pod.spec?.initContainers ?? []).filter(isSidecar).length;
    const total = (pod.spec?.containers.length ?? 0) + sidecars;
    const ago = restarts !== 0 && lastRestart !== undefined ? ` (${humanDuration(now - lastRestart)} ago)` : "";
    return [
      pod.metadata.name,
      `${summary.ready}/${total}`,
      summary.reason,
      `${restarts}${ago}`,
      ageOf(pod.metadata.creationTimestamp, now),
      pod.status?.podIPs?.[0]?.ip || "<none>",
      pod.spec?.nodeName || "<none>",
      pod.status?.nominatedNodeName || "<none>",
      readinessGates(pod),
    ];
  },
);

function summarize(pod: Pod): Summary {
  const summary: Summary = { ready: 0, restarts: 0, lastRestart: undefined, reason: phaseReason(pod) };
  const init = initContainers(pod, summary);
  if (!init.initializing || hasCondition(pod, "Initialized")) {
    summary.restarts = init.sidecarRestarts;
    summary.lastRestart = init.sidecarLastRestart;
    mainContainers(pod, summary);
  }
  if (pod.metadata.deletionTimestamp !== undefined) {
    const phase = pod.status?.phase;
    if (pod.status?.reason === "NodeLost") summary.reason = "Unknown";
    else if (phase !== "Failed" && phase !== "Succeeded") summary.reason = "Terminating";
  }
  return summary;
}

function phaseReason(pod: Pod): string {
  const gated = pod.status?.conditions?.some(
    (each) => each.type === "PodScheduled" && each.reason === "SchedulingGated",
  );
  if (gated) return "SchedulingGated";
  return pod.status?.reason || (pod.status?.phase ?? "");
}

/** Looks at the init containers in order, up to the first that is not done; that one names the reason. */
function initContainers(pod: Pod, summary: Summary) {
  const specs = new Map((pod.spec?.initContainers ?? []).map((each) => [each.name, each]));
  const found = { initializing: false, sidecarRestarts: 0, sidecarLastRestart: undefined as number | undefined };
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const sidecar = isSidecar(specs.get(status.name));
    summary.restarts += status.restartCount;
    summary.lastRestart = later(summary.lastRestart, status);
    if (sidecar) {
      found.sidecarRestarts += status.restartCount;
      found.sidecarLastRestart = later(found.sidecarLastRestart, status);
    }
    if (status.state?.terminated?.exitCode === 0) continue;
    if (sidecar && status.started === true) {
      if (status.ready) summary.ready++;
      continue;
    }
    summary.reason = initReason(status, index, specs.size);
    found.initializing = true;
    break;
  }
  return found;
}

function initReason({ state }: ContainerStatus, index: number, total: number): string {
  const { terminated, waiting } = state ?? {};
  if (terminated !== undefined) return `Init:${terminatedReason(terminated)}`;
  if (waiting?.reason !== undefined && waiting.reason !== "" && waiting.reason !== "PodInitializing")
    return `Init:${waiting.reason}`;
  return `Init:${index}/${total}`;
}

/** Looks at the containers from the last to the first, so that the first one in trouble names the reason. */
function mainContainers(pod: Pod, summary: Summary): void {
  let running = false;
  for (const status of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    summary.restarts += status.restartCount;
    summary.lastRestart = later(summary.lastRestart, status);
    const { waiting, terminated } = status.state ?? {};
    if (waiting?.reason !== undefined && waiting.reason !== "") summary.reason = waiting.reason;
    else if (terminated !== undefined) summary.reason = terminatedReason(terminated);
    else if (status.ready && status.state?.running !== undefined) {
      running = true;
      summary.ready++;
    }
  }
  if (summary.reason === "Completed" && running) summary.reason = hasCondition(pod, "Ready") ? "Running" : "NotReady";
}

function terminatedReason(terminated: {
  readonly reason?: string | undefined;
  readonly signal?: number | undefined;
  readonly exitCode: number;
}): string {
  if (terminated.reason !== undefined && terminated.reason !== "") return terminated.reason;
  if (terminated.signal !== undefined && terminated.signal !== 0) return `Signal:${terminated.signal}`;
  return `ExitCode:${terminated.exitCode}`;
}

function later(known: number | undefined, status: ContainerStatus): number | undefined {
  const at = parseTime(status.lastState?.terminated?.finishedAt);
  if (at === undefined) return known;
  return known === undefined || known < at ? at : known;
}

function isSidecar(container: Container | undefined): boolean {
  return container?.restartPolicy === "Always";
}

function hasCondition(pod: Pod, type: string): boolean {
  return pod.status?.conditions?.some((each) => each.type === type && each.status === "True") ?? false;
}

function readinessGates(pod: Pod): string {
  const gates = pod.spec?.readinessGates ?? [];
  if (gates.length === 0) return "<none>";
  return `${gates.filter((gate) => hasCondition(pod, gate.conditionType)).length}/${gates.length}`;
}

export const printers: Printers = { pods: podPrinter };
