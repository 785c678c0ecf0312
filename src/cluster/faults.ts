// What is broken now: one list of faults, however each came to be, and the way to make and undo them.
import { type KubeObject, keyOf, makeKey } from "./api/objects.ts";
import type { Deployment, Pod } from "./api/types.gen.ts";
import { notFound, statusError } from "./apimachinery/errors.ts";
import type { ComponentContext } from "./client-go/component.ts";
import { type ActiveFault, type Fault, type FaultyWorkload, faultId } from "./fault.ts";
import type { Proxier } from "./kube-proxy/proxier.ts";
import type { Kubelets } from "./kubelet/kubelets.ts";
import { NO_QUIRKS, type Quirks } from "./kubelet/quirks.ts";
import type { CableFault } from "./network/cables.ts";
import type { Network } from "./network/network.ts";
import { Emitter } from "./sim/emitter.ts";

const COREDNS = { namespace: "kube-system", name: "coredns" } as const;

export interface FaultParts {
  readonly context: ComponentContext;
  readonly network: Network;
  /** The kubelets and kube-proxies to break; none where the cluster has none. */
  readonly kubelets: Kubelets | undefined;
  /** By node. */
  readonly proxiers: ReadonlyMap<string, Proxier> | undefined;
}

/** The faults of a cluster. What others do counts too: a node cordoned by kubectl is in the list like any other. */
export class Faults {
  /** Called after the list has changed. */
  readonly changed = new Emitter<void>();
  readonly #parts: FaultParts;
  readonly #active = new Map<string, ActiveFault>();
  /** How many pods CoreDNS had before it was stopped. */
  #dnsReplicas = 2;

  constructor(parts: FaultParts) {
    this.#parts = parts;
    if (parts.kubelets !== undefined) parts.kubelets.software.quirksOf = (pod) => this.#quirksOf(pod);
    const { informers, settingsChanged } = parts.context;
    settingsChanged.on(() => this.#forgetNodes());
    parts.network.powerChanged.on(({ node, on }) => this.#note({ kind: "node-power", node }, !on));
    informers.of("nodes").onChange((now, old) => {
      const node = (now ?? old)?.metadata.name ?? "";
      this.#note({ kind: "cordon", node }, now?.spec?.unschedulable === true);
    });
    informers.of("deployments.apps").onChange((now, old) => this.#noteDeployment(now, old));
    informers.of("pods").onChange((now, old) => {
      if (old !== undefined && now?.metadata.uid !== old.metadata.uid) this.#forget("pods", old);
    });
  }

  /** What is broken now, in the order in which it came. */
  list(): readonly ActiveFault[] {
    return [...this.#active.values()];
  }

  /**
   * Breaks something; a fault of the same kind at the same place gets these amounts.
   *
   * @throws {StatusError} when there is no such thing to break.
   * @example cluster.faults.apply({ kind: "pod-network", between: ["node-1", "node-2"] });
   */
  apply(fault: Fault): void {
    this.#check(fault);
    this.#switch(fault, true);
  }

  /** Undoes the fault with this id; false when none does. */
  undo(id: string): boolean {
    const active = this.#active.get(id);
    if (active === undefined) return false;
    this.#switch(active.fault, false);
    return true;
  }

  #switch(fault: Fault, broken: boolean): void {
    const { kubelets, proxiers, context } = this.#parts;
    switch (fault.kind) {
      case "node-power":
        if (broken) kubelets?.machine(fault.node)?.fail();
        else kubelets?.machine(fault.node)?.restore();
        return; // the list follows the power
      case "cordon":
        context.api.patch("nodes", { name: fault.node }, merge({ unschedulable: broken ? true : null }));
        return; // the list follows the Node
      case "coredns":
        context.api.patch("deployments.apps", COREDNS, merge({ replicas: broken ? 0 : this.#dnsReplicas }));
        return; // the list follows the Deployment
      case "kubelet":
        kubelets?.machine(fault.node)?.setKubelet(!broken);
        break;
      case "kube-proxy":
        if (broken) proxiers?.get(fault.node)?.stop();
        else proxiers?.get(fault.node)?.start();
        break;
    }
    this.#note(fault, broken);
    const worker = "pod" in fault ? kubelets?.worker(makeKey(fault.namespace, fault.pod)) : undefined;
    if (fault.kind === "listen") worker?.rebind();
    else worker?.report();
  }

  /** Puts a fault on the list, or takes it off. */
  #note(fault: Fault, broken: boolean): void {
    const id = faultId(fault);
    const before = this.#active.get(id);
    if (before === undefined && !broken) return;
    if (broken) this.#active.set(id, { id, fault, since: before?.since ?? this.#parts.context.clock.now });
    else this.#active.delete(id);
    this.#parts.network.cables.set(this.list().flatMap(({ fault }) => (isCableFault(fault) ? [fault] : [])));
    this.changed.emit();
  }

  #noteDeployment(now: Deployment | undefined, old: Deployment | undefined): void {
    if (now === undefined && old !== undefined) this.#forget("deployments.apps", old);
    const { name, namespace } = (now ?? old)?.metadata ?? {};
    if (name !== COREDNS.name || namespace !== COREDNS.namespace) return;
    const before = old?.spec?.replicas ?? 0;
    if (before > 0) this.#dnsReplicas = before;
    this.#note({ kind: "coredns" }, now?.spec?.replicas === 0);
  }

  /** An object is gone, and the faults of it alone. */
  #forget(resource: FaultyWorkload["resource"], object: KubeObject): void {
    for (const { fault } of this.list()) {
      const same =
        "resource" in fault
          ? fault.resource === resource && makeKey(fault.namespace, fault.name) === keyOf(object)
          : "pod" in fault && resource === "pods" && makeKey(fault.namespace, fault.pod) === keyOf(object);
      if (same) this.#note(fault, false);
    }
  }

  /** What was broken at machines that are gone is so no more. */
  #forgetNodes(): void {
    const { nodes, clients } = this.#parts.context.settings();
    const there = new Set([...nodes, ...clients].map(({ name }) => name));
    for (const { fault } of this.list()) {
      const at = "node" in fault ? [fault.node] : "between" in fault ? fault.between : [];
      if (at.some((name) => !there.has(name))) this.#note(fault, false);
    }
  }

  #quirksOf(pod: Pod): Quirks {
    let quirks: Quirks = NO_QUIRKS;
    for (const { fault } of this.#active.values()) {
      const own = "pod" in fault && makeKey(fault.namespace, fault.pod) === keyOf(pod);
      if (own && fault.kind === "readiness") quirks = { ...quirks, readiness: fault.ready };
      if (own && fault.kind === "listen") quirks = { ...quirks, loopback: fault.loopback, port: fault.port };
      if (fault.kind === "slow-start" && this.#isOf(pod, fault))
        quirks = { ...quirks, startDelayMs: fault.seconds * 1000 };
      if (fault.kind === "slow-shutdown" && this.#isOf(pod, fault))
        quirks = { ...quirks, stopDelayMs: fault.seconds * 1000 };
    }
    return quirks;
  }

  /** Whether a pod belongs to a workload, or is it. */
  #isOf(pod: Pod, { resource, namespace, name }: FaultyWorkload): boolean {
    if (pod.metadata.namespace !== namespace) return false;
    if (resource === "pods") return pod.metadata.name === name;
    const { informers } = this.#parts.context;
    const { uid } = informers.of(resource).get(makeKey(namespace, name))?.metadata ?? {};
    const owner = controllerOf(pod);
    if (uid === undefined || owner === undefined) return false;
    if (owner.uid === uid) return true;
    const between = informers.of("replicasets.apps").get(makeKey(namespace, owner.name));
    return between !== undefined && controllerOf(between)?.uid === uid;
  }

  #check(fault: Fault): void {
    const { api, settings } = this.#parts.context;
    const isClient = (name: string) => settings().clients.some((each) => each.name === name);
    const needNode = (name: string) => {
      if (!settings().nodes.some((each) => each.name === name)) throw notFound("nodes", name);
    };
    if ("node" in fault) needNode(fault.node);
    if (fault.kind === "coredns") api.get("deployments.apps", COREDNS.namespace, COREDNS.name);
    if (fault.kind === "no-route" && !isClient(fault.client)) throw notFound("clients", fault.client);
    if ("between" in fault) {
      const [a, b] = fault.between;
      for (const name of fault.between) if (fault.kind === "pod-network" || !isClient(name)) needNode(name);
      if (a === b || (isClient(a) && isClient(b)))
        throw statusError("BadRequest", `there is no link between ${a} and ${b}`);
    }
    if ("resource" in fault) api.get(fault.resource, fault.namespace, fault.name);
    if (!("pod" in fault)) return;
    api.get("pods", fault.namespace, fault.pod);
    const worker = this.#parts.kubelets?.worker(makeKey(fault.namespace, fault.pod));
    if (fault.kind === "listen" && worker?.serves !== true)
      throw statusError("BadRequest", `no program in pod "${fault.pod}" listens on a port`);
  }
}

function isCableFault(fault: Fault): fault is CableFault {
  return "between" in fault || "client" in fault || fault.kind === "firewall";
}

function controllerOf(object: KubeObject) {
  return object.metadata.ownerReferences?.find((each) => each.controller === true);
}

function merge(spec: Readonly<Record<string, unknown>>) {
  return { type: "merge", body: { spec } } as const;
}
