// The kubelets of all nodes: each pod's changes go to the node it is bound to.
import { keyOf } from "../api/objects.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { deleteObject, tellFailure } from "../client-go/controller.ts";
import { LEASES } from "../client-go/leases.ts";
import { WorkQueue } from "../client-go/workqueue.ts";
import type { Network } from "../network/network.ts";
import type { NodeSettings } from "../sim/settings.ts";
import { ServiceVariables } from "./env.ts";
import { NodeMachine, type Software } from "./machine.ts";
import { NO_QUIRKS } from "./quirks.ts";
import type { PodWorker } from "./worker.ts";

/** All machines of a cluster. */
export class Kubelets {
  readonly #machines = new Map<string, NodeMachine>();
  /** The machine a pod was last seen on, by the pod's key. */
  readonly #placed = new Map<string, NodeMachine>();
  readonly #context: ComponentContext;
  readonly software: Software;
  readonly #make: (node: NodeSettings) => NodeMachine;
  readonly #queue: WorkQueue;
  #nodes: readonly NodeSettings[] = [];

  constructor(
    contextFor: (name: string, host?: string) => ComponentContext,
    network: Network,
    parts: Pick<Software, "send" | "runtime">,
  ) {
    this.#context = contextFor("kubelet");
    this.software = { ...parts, services: new ServiceVariables(this.#context), quirksOf: () => NO_QUIRKS };
    this.#make = (node) => {
      network.addNode(node.name);
      return new NodeMachine(contextFor("kubelet", node.name), network, node, this.software);
    };
    const { clock, informers, settingsChanged } = this.#context;
    this.#queue = new WorkQueue({
      clock,
      lag: () => 0,
      sync: (key) => this.#sync(key),
      failed: (key, error) => tellFailure(this.#context, { resource: "pods", key }, error),
    });
    this.#follow();
    settingsChanged.on(() => this.#follow());
    informers.of("nodes").onChange((node, old) => {
      if (node !== undefined && old === undefined) this.#machines.get(node.metadata.name ?? "")?.nodeCreated(node);
    });
    informers.of("pods").onChange((pod, old) => {
      if (pod?.spec?.nodeName === undefined && old?.spec?.nodeName === undefined) return;
      const changed = pod ?? old;
      const told = pod !== undefined && old !== undefined && pod.metadata === old.metadata && pod.spec === old.spec;
      if (changed !== undefined && !told) this.#queue.add(keyOf(changed));
    });
  }

  /** Machines join and leave as the settings say. Spec: [NODE-12]. */
  #follow(): void {
    const { nodes } = this.#context.settings();
    if (nodes === this.#nodes) return;
    this.#nodes = nodes;
    const left = new Set(this.#machines.keys());
    const joining: NodeMachine[] = [];
    for (const node of nodes) {
      left.delete(node.name);
      const machine = this.#machines.get(node.name);
      machine?.refit(node);
      if (machine !== undefined) continue;
      const made = this.#make(node);
      joining.push(made);
      this.#machines.set(node.name, made);
    }
    for (const name of left) {
      this.#machines.get(name)?.leave();
      this.#machines.delete(name);
      this.#removeNode(name);
    }
    for (const machine of joining) machine.register();
    const joined = new Set(joining.map(({ name }) => name));
    for (const pod of this.#context.informers.of("pods").list())
      if (joined.has(pod.spec?.nodeName ?? "")) this.#queue.add(keyOf(pod));
  }

  /** Deletes the Node object and the lease of a machine that is gone. Spec: [NODE-14]. */
  #removeNode(name: string): void {
    const { api } = this.#context;
    for (const [resource, namespace] of [["nodes"], ["leases.coordination.k8s.io", LEASES]] as const) {
      const object = api.find(resource, namespace, name);
      if (object !== undefined) deleteObject(this.#context, resource, object);
    }
  }

  machine(node: string): NodeMachine | undefined {
    return this.#machines.get(node);
  }

  /** The worker that runs a pod, if it runs anywhere. */
  worker(key: string): PodWorker | undefined {
    return this.#placed.get(key)?.worker(key);
  }

  #sync(key: string): void {
    const pod = this.#context.informers.of("pods").get(key);
    const node = pod?.spec?.nodeName;
    const machine = node === undefined ? this.#placed.get(key) : this.#machines.get(node);
    if (pod === undefined) this.#placed.delete(key);
    else if (machine !== undefined) this.#placed.set(key, machine);
    machine?.observe(key, pod);
  }
}
