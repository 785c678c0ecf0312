// What a silent node means: its conditions and taints as pure functions.
import type { Lease, Node, NodeCondition, Taint } from "../../cluster/api/types.gen.ts";
import { TaintNodeNotReady, TaintNodeUnreachable, TaintNodeUnschedulable } from "../../cluster/api/well-known.ts";
import { RENEWED } from "../../cluster/client-go/leases.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { deepEqual } from "../../cluster/sim/values.ts";

const OWN = new Set([TaintNodeUnreachable, TaintNodeNotReady, TaintNodeUnschedulable]);
const CONDITIONS = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

/** How long a node that no kubelet has reported for may take. */
// Models kubernetes/pkg/controller/nodelifecycle nodeStartupGracePeriod, a minute by default
const STARTUP_MS = 60_000;

/** How the monitor's time runs. */
export interface Monitoring {
  readonly gracePeriod: number;
  readonly period: number;
  /** Virtual time 0, in milliseconds since 1970: the monitor looks at multiples of its period from there. */
  readonly epoch: number;
}

/** When the monitor will see that the lease is stale, in milliseconds since 1970; undefined while it is renewed. Spec: [NODE-5]. */
// Models kubernetes/pkg/controller/nodelifecycle tryUpdateNodeHealth
export function staleAt(node: Node, lease: Lease | undefined, monitoring: Monitoring): number | undefined {
  if (!hasReported(node)) return checkAfter((parseTime(node.metadata.creationTimestamp) ?? 0) + STARTUP_MS, monitoring);
  if (lease === undefined || lease.metadata.annotations?.[RENEWED] === "true") return undefined;
  return checkAfter((parseTime(lease.spec?.renewTime) ?? 0) + monitoring.gracePeriod, monitoring);
}

/** The monitor's first turn after a moment. */
function checkAfter(moment: number, { epoch, period }: Monitoring): number {
  return epoch + (Math.floor((moment - epoch) / period) + 1) * period;
}

/** Whether anyone has posted a status of the node. */
export function hasReported(node: Node): boolean {
  return node.status?.conditions?.some(({ type }) => type === "Ready") === true;
}

/** All conditions as unknown; what is unknown already keeps its times. */
export function unknownConditions(node: Node, now: string): NodeCondition[] {
  const before = node.status?.conditions ?? [];
  const unknown = CONDITIONS.map((type): NodeCondition => {
    const old = before.find((condition) => condition.type === type);
    if (old?.status === "Unknown") return old;
    return {
      type,
      status: "Unknown",
      reason: old === undefined ? "NodeStatusNeverUpdated" : "NodeStatusUnknown",
      message: old === undefined ? "Kubelet never posted node status." : "Kubelet stopped posting node status.",
      lastHeartbeatTime: old?.lastHeartbeatTime ?? now,
      lastTransitionTime: now,
    };
  });
  const order = before.map(({ type }) => type);
  unknown.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
  return [...unknown, ...before.filter(({ type }) => !CONDITIONS.includes(type))];
}

export function readyStatus(node: Node): string {
  return node.status?.conditions?.find(({ type }) => type === "Ready")?.status ?? "Unknown";
}

/** The taints a node should carry: others' as they are, this controller's as its state asks. Spec: [NODE-6]. */
// Models kubernetes/pkg/controller/nodelifecycle doNoScheduleTaintingPass, doNoExecuteTaintingPass
export function taintsFor(node: Node, evicting: boolean, now: string): Taint[] {
  const before = node.spec?.taints ?? [];
  const ready = readyStatus(node);
  const isNew = !hasReported(node); // and keeps the taint that it was created with
  const key = ready === "True" || isNew ? undefined : ready === "Unknown" ? TaintNodeUnreachable : TaintNodeNotReady;
  const wanted: Taint[] = [
    ...(node.spec?.unschedulable === true ? [{ key: TaintNodeUnschedulable, effect: "NoSchedule" }] : []),
    ...(key === undefined ? [] : [{ key, effect: "NoSchedule" }]),
    ...(key === undefined || !evicting ? [] : [{ key, effect: "NoExecute" }]),
  ];
  const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
  const stays = ({ key }: Taint) => !OWN.has(key) || (isNew && key !== TaintNodeUnschedulable);
  const kept = before.filter((taint) => stays(taint) || wanted.some((each) => same(each, taint)));
  const added = wanted.filter((taint) => !kept.some((each) => same(each, taint)));
  return [...kept, ...added.map((taint) => ({ ...taint, timeAdded: now }))];
}

export function sameTaints(node: Node, taints: readonly Taint[]): boolean {
  return deepEqual(node.spec?.taints ?? [], taints);
}
