// The node lifecycle controller: notices silent nodes, marks their pods, taints them, and has pods evicted.

import { keyOf } from "../../cluster/api/objects.ts";
import type { Node, Pod } from "../../cluster/api/types.gen.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, write, writeStatus } from "../../cluster/client-go/controller.ts";
import { LEASES } from "../../cluster/client-go/leases.ts";
import { isPodReady } from "../../cluster/client-go/pods.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import {
  hasReported,
  type Monitoring,
  readyStatus,
  sameTaints,
  staleAt,
  taintsFor,
  unknownConditions,
} from "./controller-health.ts";
import { Evictions } from "./controller-taint-eviction.ts";

const BY_NODE = "node";

/** Starts the controller and the taint manager. Spec: [NODE-5] to [NODE-9]. */
// Models kubernetes/pkg/controller/nodelifecycle/node_lifecycle_controller.go
export function startNodeLifecycleController(context: ComponentContext, taintEviction: ComponentContext): void {
  const nodes = context.informers.of("nodes");
  const pods = context.informers.of("pods");
  pods.addIndex(
    BY_NODE,
    (pod) => (pod.spec?.nodeName === undefined ? [] : [pod.spec.nodeName]),
    (pod, old) => pod.spec?.nodeName === old.spec?.nodeName,
  );
  const evictions = new Evictions(taintEviction);
  const controller = new NodeLifecycleController(context, evictions);
  const queue: WorkQueue = controllerQueue(context, (name) => controller.sync(queue, name), "nodes");
  nodes.onChange((node, old) => {
    if (node === undefined || old === undefined || node.spec !== old.spec || readyStatus(node) !== readyStatus(old))
      queue.add((node ?? old)?.metadata.name ?? "");
  });
  context.informers.of("leases.coordination.k8s.io").onChange((lease, old) => {
    const changed = lease ?? old;
    if (changed?.metadata.namespace === LEASES) queue.add(changed.metadata.name ?? "");
  });
  pods.onChange((pod, old) => {
    if (pod === undefined && old !== undefined) evictions.forget(keyOf(old));
    const name = pod?.spec?.nodeName;
    if (name === undefined) return;
    const node = nodes.get(name);
    const moved = old?.spec?.nodeName !== name || pod?.spec?.tolerations !== old?.spec?.tolerations;
    const ending = pod?.metadata.deletionTimestamp !== old?.metadata.deletionTimestamp;
    if ((moved || ending) && (node?.spec?.taints?.length ?? 0) > 0) queue.add(name);
  });
}

class NodeLifecycleController {
  readonly #context: ComponentContext;
  readonly #evictions: Evictions;
  /** Nodes that are registered, as they were then. */
  readonly #known = new Map<string, Node>();

  constructor(context: ComponentContext, evictions: Evictions) {
    this.#context = context;
    this.#evictions = evictions;
  }

  sync(queue: WorkQueue, name: string): void {
    const node = this.#node(name);
    if (node === undefined) {
      this.#forget(name);
      return;
    }
    this.#register(node);
    const due = staleAt(node, this.#context.api.find("leases.coordination.k8s.io", LEASES, name), this.#monitoring());
    const now = this.#context.settings().epoch + this.#context.clock.now;
    if (due !== undefined && due > now)
      queue.addAfter(name, Math.max(0, due - now - this.#context.settings().controllerLag));
    if (due !== undefined && due <= now) this.#loseTouch(node);
    if (readyStatus(this.#node(name) ?? node) !== "True") this.#markPods(name);
    this.#taintAll();
    this.#evict(name);
  }

  #register(node: Node): void {
    const name = node.metadata.name ?? "";
    if (this.#known.has(name)) return;
    this.#known.set(name, node);
    const message = `Node ${name} event: Registered Node ${name} in Controller`;
    this.#context.recorder.record(node, { type: "Normal", reason: "RegisteredNode", message });
  }

  #forget(name: string): void {
    const node = this.#known.get(name);
    if (node === undefined) return;
    this.#known.delete(name);
    const message = `Node ${name} event: Removing Node ${name} from Controller`;
    this.#context.recorder.record(node, { type: "Normal", reason: "RemovingNode", message });
  }

  #monitoring(): Monitoring {
    const { nodeMonitorGracePeriod, nodeMonitorPeriod, epoch } = this.#context.settings();
    return { gracePeriod: nodeMonitorGracePeriod, period: nodeMonitorPeriod, epoch };
  }

  #node(name: string): Node | undefined {
    return this.#context.api.find("nodes", undefined, name);
  }

  #loseTouch(node: Node): void {
    if (readyStatus(node) === "Unknown" && hasReported(node)) return;
    const conditions = unknownConditions(node, this.#context.timestamp());
    writeStatus(this.#context, "nodes", { ...node, status: { ...node.status, conditions } });
    if (!hasReported(node)) return;
    const message = `Node ${node.metadata.name} status is now: NodeNotReady`;
    this.#context.recorder.record(node, { type: "Normal", reason: "NodeNotReady", message });
  }

  /** Pods of a node that is not ready count as not ready; nothing else of their status changes. Spec: [NODE-5]. */
  // Models kubernetes/pkg/controller/util/node MarkPodsNotReady
  #markPods(name: string): void {
    for (const pod of this.#pods(name)) {
      if (!isPodReady(pod)) continue;
      const conditions = (pod.status?.conditions ?? []).map((condition) =>
        condition.type === "Ready"
          ? { ...condition, status: "False", lastTransitionTime: this.#context.timestamp() }
          : condition,
      );
      writeStatus(this.#context, "pods", { ...pod, status: { ...pod.status, conditions } });
      this.#context.recorder.record(pod, { type: "Warning", reason: "NodeNotReady", message: "Node is not ready" });
    }
  }

  /** When no node at all is ready, the fault is assumed to be elsewhere and nothing is evicted. Spec: [NODE-9]. */
  // Models kubernetes/pkg/controller/nodelifecycle handleDisruption
  #taintAll(): void {
    const nodes = this.#context.api.list("nodes");
    const evicting = nodes.some((node) => readyStatus(node) === "True");
    for (const node of nodes) {
      const taints = taintsFor(node, evicting, this.#context.timestamp());
      if (sameTaints(node, taints)) continue;
      const { taints: _old, ...spec } = node.spec ?? {};
      write(this.#context, "nodes", { ...node, spec: taints.length === 0 ? spec : { ...spec, taints } });
    }
  }

  #evict(name: string): void {
    const node = this.#node(name);
    if (node !== undefined) for (const pod of this.#pods(name)) this.#evictions.consider(pod, node);
  }

  #pods(name: string): Pod[] {
    return this.#context.informers.of("pods").byIndex(BY_NODE, name);
  }
}
