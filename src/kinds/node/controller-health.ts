// What a silent node means: its conditions and taints as pure functions.
import type { Lease, Node, NodeCondition, Taint } from "../../cluster/api/types.gen.ts";
import { TaintNodeNotReady, TaintNodeUnreachable, TaintNodeUnschedulable } from "../../cluster/api/well-known.ts";
import { RENEWED } from "../../cluster/client-go/leases.ts";
import { parseTime } from "../../cluster/sim/time.ts";
import { deepEqual } from "../../cluster/sim/values.ts";

const OWN = new Set([TaintNodeUnreachable, TaintNodeNotReady, TaintNodeUnschedulable]);
const CONDITIONS = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

/** How the monitor's time runs. */
export interface Monitoring {
  readonly gracePeriod: number;
  readonly period: number;
  /** Virtual time 0, in milliseconds since 1970: the monitor looks at multiples of its period from there. */
  readonly epoch: number;
}

/** When the monitor will see that the lease is stale, in milliseconds since 1970; undefined while it is renewed. Spec: [NODE-5]. */
// Models kubernetes/pkg/controller/nodelifecycle tryUpdateNodeHealth
export function staleAt(lease: Lease | undefined, monitoring: Monitoring): number | undefined {
  if (lease === undefined || lease.metadata.annotations?.[RENEWED] === "true") return undefined;
  const renewed = parseTime(lease.spec?.renewTime) ?? 0;
  const after = renewed + monitoring.gracePeriod - monitoring.epoch;
  return monitoring.epoch + (Math.floor(after / monitoring.period) + 1) * monitoring.period;
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
  const key = ready === "True" ? undefined : ready === "Unknown" ? TaintNodeUnreachable : TaintNodeNotReady;
  const wanted: Taint[] = [
    ...(node.spec?.unschedulable === true ? [{ key: TaintNodeUnschedulable, effect: "NoSchedule" }] : []),
    ...(key === undefined ? [] : [{ key, effect: "NoSchedule" }]),
    ...(key === undefined || !evicting ? [] : [{ key, effect: "NoExecute" }]),
  ];
  const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
  const kept = before.filter((taint) => !OWN.has(taint.key) || wanted.some((each) => same(each, taint)));
  const added = wanted.filter((taint) => !kept.some((each) => same(each, taint)));
  return [...kept, ...added.map((taint) => ({ ...taint, timeAdded: now }))];
}

export function sameTaints(node: Node, taints: readonly Taint[]): boolean {
  return deepEqual(node.spec?.taints ?? [], taints);
}
