// The kubelets of all nodes: each pod's changes go to the node it is bound to.
import { keyOf } from "../api/objects.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { tellFailure } from "../client-go/controller.ts";
import { WorkQueue } from "../client-go/workqueue.ts";
import type { Network } from "../network/network.ts";
import { ServiceVariables } from "./env.ts";
import { NodeMachine, type Software } from "./machine.ts";
import type { PodWorker } from "./worker.ts";

/** All machines of a cluster. */
export class Kubelets {
  readonly #machines = new Map<string, NodeMachine>();
  /** The machine a pod was last seen on, by the pod's key. */
  readonly #placed = new Map<string, NodeMachine>();
  readonly #context: ComponentContext;
  readonly software: Software;

  constructor(
    contextFor: (name: string, host?: string) => ComponentContext,
    network: Network,
    parts: Pick<Software, "send" | "runtime">,
  ) {
    this.#context = contextFor("kubelet");
    this.software = { ...parts, services: new ServiceVariables(this.#context) };
    for (const node of this.#context.settings().nodes)
      this.#machines.set(node.name, new NodeMachine(contextFor("kubelet", node.name), network, node, this.software));
    for (const machine of this.#machines.values()) machine.register();
    const { clock, informers } = this.#context;
    const queue = new WorkQueue({
      clock,
      lag: () => 0,
      sync: (key) => this.#sync(key),
      failed: (key, error) => tellFailure(this.#context, { resource: "pods", key }, error),
    });
    informers.of("pods").onChange((pod, old) => {
      if (pod?.spec?.nodeName === undefined && old?.spec?.nodeName === undefined) return;
      const changed = pod ?? old;
      const told = pod !== undefined && old !== undefined && pod.metadata === old.metadata && pod.spec === old.spec;
      if (changed !== undefined && !told) queue.add(keyOf(changed));
    });
  }

  machine(node: string): NodeMachine | undefined {
    return this.#machines.get(node);
  }

  machines(): Iterable<NodeMachine> {
    return this.#machines.values();
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
