// Where a pod goes, and why it goes nowhere: pure functions over the nodes' accounts.
import type { Pod } from "../api/types.gen.ts";
import { TaintNodeUnschedulable } from "../api/well-known.ts";
import { fitsNode, untolerated } from "../client-go/nodes.ts";
import { podRequests } from "../client-go/resources.ts";
import type { Rng } from "../sim/rng.ts";
import { own } from "../sim/values.ts";
import { type Account, groupOf, hostPortsOf, isTaken } from "./ledger.ts";

/** Why a node cannot take a pod; `hopeless` when removing other pods from it would not help. */
export interface Obstacle {
  readonly reasons: readonly string[];
  readonly hopeless: boolean;
}

/** Whether a node can take the pod: the first filter that refuses speaks. Spec: [SCHED-2]. */
// Models kubernetes/pkg/scheduler/framework/plugins in their order of filtering
export function obstacle(pod: Pod, account: Account): Obstacle | undefined {
  const { node } = account;
  const tolerations = pod.spec?.tolerations ?? [];
  if (node.spec?.unschedulable === true && !tolerations.some(toleratesUnschedulable))
    return { reasons: ["node(s) were unschedulable"], hopeless: true };
  if (untolerated(pod, node, ["NoSchedule", "NoExecute"]) !== undefined)
    return { reasons: ["node(s) had untolerated taint(s)"], hopeless: true };
  if (!fitsNode(pod, node)) return { reasons: ["node(s) didn't match Pod's node affinity/selector"], hopeless: true };
  if (hostPortsOf(pod).some((port) => isTaken(account.hostPorts, port)))
    return { reasons: ["node(s) didn't have free ports for the requested pod ports"], hopeless: false };
  return lack(pod, account);
}

function toleratesUnschedulable(toleration: { key?: string | undefined; operator?: string | undefined }): boolean {
  const { key, operator } = toleration;
  return operator === "Exists" && (key === undefined || key === "" || key === TaintNodeUnschedulable);
}

// Models kubernetes/pkg/scheduler/framework/plugins/noderesources fitsRequest
function lack(pod: Pod, account: Account): Obstacle | undefined {
  const reasons: string[] = [];
  let hopeless = false;
  if (account.pods + 1 > (account.allocatable.pods ?? 0)) reasons.push("Too many pods");
  for (const [name, amount] of Object.entries(podRequests(pod))) {
    const total = own(account.allocatable, name) ?? 0;
    if (amount === 0 || amount <= total - (account.used.get(name) ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    if (amount > total) hopeless = true;
  }
  return reasons.length === 0 ? undefined : { reasons, hopeless };
}

/** The node with the fewest pods of the pod's group, then the fewest pods, then by chance. Spec: [SCHED-3]. */
export function choose(pod: Pod, feasible: readonly Account[], rng: Rng): Account | undefined {
  const group = groupOf(pod);
  const weight = (account: Account) => (account.groups.get(group) ?? 0) * 1_000_000 + account.pods;
  let best: Account[] = [];
  for (const account of feasible) {
    const difference = best[0] === undefined ? -1 : weight(account) - weight(best[0]);
    if (difference < 0) best = [account];
    else if (difference === 0) best.push(account);
  }
  return best.length > 1 ? rng.pick(best) : best[0];
}

/** What the event FailedScheduling says. Spec: [SCHED-4]. */
// Models kubernetes/pkg/scheduler/framework FitError.Error
export function failureMessage(obstacles: readonly Obstacle[]): string {
  if (obstacles.length === 0) return "no nodes available to schedule pods";
  const all = `0/${obstacles.length} nodes are available:`;
  const reasons = histogram(obstacles.flatMap(({ reasons: each }) => each));
  const help = histogram(
    obstacles.map(({ hopeless }) =>
      hopeless ? "Preemption is not helpful for scheduling" : "No preemption victims found for incoming pod",
    ),
  );
  return `${all} ${reasons}. no new claims to deallocate, preemption: ${all} ${help}.`;
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ");
}
