// The taint manager: pods that do not tolerate their node's NoExecute taints leave, at once or after tolerationSeconds.
import { keyOf } from "../../cluster/api/objects.ts";
import type { Node, Pod } from "../../cluster/api/types.gen.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { deleteObject } from "../../cluster/client-go/controller.ts";
import { tolerates } from "../../cluster/client-go/nodes.ts";
import type { Timer } from "../../cluster/sim/clock.ts";
import { parseTime } from "../../cluster/sim/time.ts";

/** What admission gives every pod for nodes that are not ready or unreachable. */
const DEFAULT_TOLERATION_SECONDS = 300;

/** When a pod must leave the node, in milliseconds since 1970; undefined when it may stay forever. Spec: [NODE-8]. */
// Models kubernetes/pkg/controller/tainteviction processPodOnNode, getMinTolerationTime
export function leavesAt(pod: Pod, node: Node): number | undefined {
  const taints = (node.spec?.taints ?? []).filter(({ effect }) => effect === "NoExecute");
  if (taints.length === 0) return undefined;
  const tolerations = pod.spec?.tolerations;
  let earliest: number | undefined;
  for (const taint of taints) {
    const since = parseTime(taint.timeAdded) ?? 0;
    const fitting = tolerations?.filter((each) => tolerates(each, taint));
    const seconds =
      fitting === undefined
        ? [DEFAULT_TOLERATION_SECONDS]
        : fitting.map((each) => each.tolerationSeconds ?? Number.POSITIVE_INFINITY);
    const patience = seconds.length === 0 ? 0 : Math.max(0, Math.min(...seconds));
    const at = since + patience * 1000;
    if (earliest === undefined || at < earliest) earliest = at;
  }
  return earliest === Number.POSITIVE_INFINITY ? undefined : earliest;
}

/** Pods that wait for their eviction. */
// Models kubernetes/pkg/controller/tainteviction/taint_eviction.go
export class Evictions {
  readonly #context: ComponentContext;
  readonly #timers = new Map<string, { readonly timer: Timer; readonly uid: string; readonly at: number }>();

  constructor(context: ComponentContext) {
    this.#context = context;
  }

  /** Looks at one pod of a node whose taints may have changed. */
  consider(pod: Pod, node: Node): void {
    const key = keyOf(pod);
    if (pod.metadata.deletionTimestamp !== undefined) {
      this.forget(key);
      return;
    }
    const at = leavesAt(pod, node);
    const planned = this.#timers.get(key);
    if (at === undefined) {
      if (planned === undefined) return;
      this.forget(key);
      this.#say(pod, `Cancelling deletion of Pod ${key}`);
      return;
    }
    if (planned?.at === at && planned.uid === pod.metadata.uid) return;
    this.forget(key);
    const wait = Math.max(0, at - this.#context.settings().epoch - this.#context.clock.now);
    const timer = this.#context.clock.schedule(wait, () => this.#evict(key, pod));
    this.#timers.set(key, { timer, uid: pod.metadata.uid ?? "", at });
  }

  forget(key: string): void {
    this.#timers.get(key)?.timer.cancel();
    this.#timers.delete(key);
  }

  #evict(key: string, pod: Pod): void {
    this.#timers.delete(key);
    const { namespace, name = "", uid } = pod.metadata;
    if (this.#context.api.find("pods", namespace, name)?.metadata.uid !== uid) return;
    this.#say(pod, `Marking for deletion Pod ${key}`);
    deleteObject(this.#context, "pods", pod);
  }

  #say(pod: Pod, message: string): void {
    this.#context.recorder.record(pod, { type: "Normal", reason: "TaintManagerEviction", message });
  }
}
