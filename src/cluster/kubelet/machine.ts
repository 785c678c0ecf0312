// One node: its Node object and lease, its pods' network and sockets, its power.
import type { HostIP, Node, Pod, PodCondition } from "../api/types.gen.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { LEASES } from "../client-go/leases.ts";
import { retryDelay } from "../client-go/workqueue.ts";
import type { Handler, Network, Socket, SocketOwner } from "../network/network.ts";
import type { Outcome, SendRequest } from "../network/packet.ts";
import type { NodeSettings } from "../sim/settings.ts";
import { formatTime } from "../sim/time.ts";
import { deepEqual } from "../sim/values.ts";
import { AddressPool } from "./addresses.ts";
import type { ServiceVariables } from "./env.ts";
import type { WorkerHost } from "./host.ts";
import { healthyConditions, leaseObject, nodeObject, nodeStatus, RENEW_INTERVAL_MS } from "./node-object.ts";
import type { Listener } from "./program.ts";
import type { Quirks } from "./quirks.ts";
import { clusterDnsAddress, resolverOf } from "./resolver.ts";
import type { Runtime } from "./runtime.ts";
import { PodWorker } from "./worker.ts";

/** What the kubelets of a cluster share. */
export interface Software {
  readonly services: ServiceVariables;
  /** Runs what the kubelets' plain programs can't; absent until someone brings it. */
  runtime: Runtime | undefined;
  /** Set by faults that make programs misbehave. */
  quirksOf: (pod: Pod) => Quirks;
  send(request: SendRequest, done: (outcome: Outcome) => void): void;
}

/** A Node that someone else created, with what its kubelet puts in: its own labels and addresses of pods. */
// Models kubernetes/pkg/kubelet/kubelet_node_status.go updateDefaultLabels
function claimed(found: Node, own: Node, before: Node | undefined): Node {
  const { metadata, spec } = found;
  const labels = { ...metadata.labels, ...own.metadata.labels };
  for (const label of Object.keys(before?.metadata.labels ?? {}))
    if (!Object.hasOwn(own.metadata.labels ?? {}, label)) delete labels[label];
  return {
    ...found,
    metadata: {
      ...metadata,
      labels,
      annotations: { ...metadata.annotations, ...own.metadata.annotations },
    },
    spec: (spec?.podCIDR ?? "") === "" ? { ...spec, ...own.spec } : { ...spec },
  };
}

/** A kubelet with the machine it runs on. */
// Models kubernetes/pkg/kubelet/kubelet.go
export class NodeMachine implements WorkerHost<PodWorker> {
  readonly #context: ComponentContext;
  readonly #network: Network;
  #node: NodeSettings;
  readonly #pool: AddressPool;
  readonly #workers = new Map<string, PodWorker>();
  /** Pods by the time at which they get their network; those of one time get addresses in the order of their names. */
  readonly #waiting = new Map<number, PodWorker[]>();
  readonly services: ServiceVariables;
  readonly conditions = new Map<string, PodCondition>();
  readonly hostIPs: HostIP[];
  readonly #resolvers = new Map<string, ReturnType<typeof resolverOf>>();
  /** What all nodes run. */
  readonly software: Software;
  #power = true;
  #kubelet = true;
  /** What was due for the kubelet while it was stopped. */
  #held: Array<() => void> = [];
  /** What was due for programs while the power was off. */
  #heldByPower: Array<() => void> = [];
  /** Pods to look at again when the kubelet runs again. */
  readonly #missed = new Map<string, Pod | undefined>();
  /** The Node object that the kubelet reports for. */
  #reported: string | undefined;

  constructor(context: ComponentContext, network: Network, node: NodeSettings, software: Software) {
    this.software = software;
    this.services = software.services;
    this.#context = context;
    this.#network = network;
    this.#node = node;
    this.#pool = new AddressPool(node.podCIDR);
    this.hostIPs = [{ ip: node.address }];
  }

  get name(): string {
    return this.#node.name;
  }

  get address(): string {
    return this.#node.address;
  }

  quirksOf(pod: Pod): Quirks {
    return this.software.quirksOf(pod);
  }

  get programs(): ReadonlyMap<string, Handler> {
    return this.#network.programs;
  }

  /** Creates the Node and its Lease, or takes the Node that someone else created as its own. Spec: [NODE-1] [NODE-13]. */
  // Models kubernetes/pkg/kubelet/kubelet_node_status.go tryRegisterWithAPIServer
  register(before?: Node): void {
    const { api, settings, timestamp } = this.#context;
    const node = nodeObject(settings(), this.#node);
    const status = nodeStatus(settings(), this.#node, timestamp());
    const found = api.find("nodes", undefined, this.name);
    this.#reported = found?.metadata.uid ?? "";
    const stored =
      found === undefined
        ? api.create("nodes", undefined, { ...node, status }, { trusted: true }).object
        : api.update("nodes", claimed(found, node, before), { trusted: true }).object;
    this.#reported = stored.metadata.uid;
    if (found !== undefined || stored.status?.conditions === undefined)
      api.update("nodes", { ...stored, status }, { subresource: "status", trusted: true });
    if (api.find("leases.coordination.k8s.io", LEASES, this.name) === undefined)
      api.create("leases.coordination.k8s.io", LEASES, leaseObject(this.name, timestamp(), true), { trusted: true });
  }

  /** The Node object was created, perhaps by someone else: then the kubelet posts its status there at its next turn. Spec: [NODE-15]. */
  // Models kubernetes/pkg/kubelet/kubelet_node_status.go tryUpdateNodeStatus
  nodeCreated({ metadata: { uid } }: Node): void {
    if (this.#reported === undefined || this.#reported === "" || this.#reported === uid) return;
    const { clock } = this.#context;
    const sinceTurn = ((clock.now % RENEW_INTERVAL_MS) + RENEW_INTERVAL_MS) % RENEW_INTERVAL_MS;
    this.later(RENEW_INTERVAL_MS - sinceTurn, () => this.#postStatus());
  }

  /** Posts the whole status, and the range of pod addresses where the Node has none. */
  #postStatus(): void {
    const { api, settings, timestamp } = this.#context;
    const found = api.find("nodes", undefined, this.name);
    if (found === undefined || found.metadata.uid === this.#reported) return;
    this.#reported = found.metadata.uid;
    const { podCIDR } = this.#node;
    const stored =
      (found.spec?.podCIDR ?? "") === ""
        ? api.update("nodes", { ...found, spec: { ...found.spec, podCIDR, podCIDRs: [podCIDR] } }, { trusted: true })
            .object
        : found;
    const status = nodeStatus(settings(), this.#node, timestamp());
    api.update("nodes", { ...stored, status }, { subresource: "status", trusted: true });
  }

  /** Another zone or size, which the kubelet reports at once, or when it runs again. Spec: [NODE-12]. */
  refit(node: NodeSettings): void {
    if (deepEqual(node, this.#node)) return;
    const { api, settings } = this.#context;
    const before = nodeObject(settings(), this.#node);
    this.#node = node;
    this.notice(() => {
      if (api.find("nodes", undefined, this.name) !== undefined) this.register(before);
    });
  }

  /** The machine is gone for good: no one is informed, and what was due never happens. Spec: [NODE-14]. */
  leave(): void {
    this.#power = false;
    for (const worker of [...this.#workers.values()]) {
      this.release(worker);
      worker.vanish();
    }
    this.#network.removeNode(this.name);
  }

  /** Whether the kubelet runs: it needs the power too. */
  get isManaged(): boolean {
    return this.#power && this.#kubelet;
  }

  /** A pod of this node came, changed or went (absent). */
  observe(key: string, pod: Pod | undefined): void {
    if (!this.isManaged) {
      this.#missed.set(key, pod);
      return;
    }
    let worker = this.#workers.get(key);
    if (worker !== undefined && worker.pod.metadata.uid !== pod?.metadata.uid) {
      this.#remove(key, worker);
      worker = undefined;
    }
    if (pod === undefined) return;
    if (worker !== undefined) {
      worker.update(pod);
      return;
    }
    worker = new PodWorker(this.#context, this, pod);
    if (worker.isOver) return;
    this.#workers.set(key, worker);
    worker.start();
    if (pod.metadata.deletionTimestamp !== undefined) worker.update(pod);
  }

  worker(key: string): PodWorker | undefined {
    return this.#workers.get(key);
  }

  /** Gives the pod its network once its images are there. Spec: [KUBELET-2]. */
  networkLater(worker: PodWorker): void {
    const at = this.#context.clock.now + this.#context.settings().imagePull;
    const together = this.#waiting.get(at);
    if (together !== undefined) {
      together.push(worker);
      return;
    }
    this.#waiting.set(at, [worker]);
    this.later(at - this.#context.clock.now, () => this.#connectAll(at));
  }

  /** Lets the kubelet do something after a while, or when it runs again should it not run then. */
  later(delayMs: number, run: () => void): void {
    this.#context.clock.schedule(delayMs, () => this.notice(run));
  }

  /** Lets the kubelet do something as soon as it runs: at once, mostly. */
  notice(run: () => void): void {
    if (this.isManaged) this.#attempt(run, 0);
    else this.#held.push(run);
  }

  /** Does something for a pod, again later when it fails. Spec: [SAFE-3]. */
  #attempt(run: () => void, failures: number): void {
    const { clock } = this.#context;
    try {
      run();
    } catch (error) {
      clock.mishaps.note(`kubelet ${this.name}`, error);
      clock.schedule(retryDelay(failures), () => {
        if (this.isManaged) this.#attempt(run, failures + 1);
        else this.#held.push(run);
      });
    }
  }

  /** Lets a program do something after a while, or when the power is back should it be off then; gives how to call it off. */
  elapse(delayMs: number, run: () => void): () => void {
    const timer = this.#context.clock.schedule(delayMs, () => {
      if (this.#power) run();
      else this.#heldByPower.push(run);
    });
    return () => timer.cancel();
  }

  /** Opens a port of a pod; undefined when a process has it. Spec: [KUBELET-14]. */
  listen(pod: Pod, at: Omit<Listener, "handler">, handler: Handler): (() => void) | undefined {
    const owner = this.#ownerOf(pod);
    const taken = this.#network.socketOf(owner, at.protocol, at.port) !== undefined;
    return taken && this.#context.settings().probes ? undefined : this.#network.listen(owner, at, handler);
  }

  socketAt(pod: Pod, port: number): Socket | undefined {
    return this.#network.socketOf(this.#ownerOf(pod), "TCP", port);
  }

  #ownerOf(pod: Pod): SocketOwner {
    return pod.spec?.hostNetwork === true
      ? { kind: "node", name: this.name }
      : { kind: "pod", uid: pod.metadata.uid ?? "" };
  }

  send(request: Omit<SendRequest, "from">, done: (outcome: Outcome) => void): void {
    this.software.send({ ...request, from: { kind: "node", name: this.name } }, done);
  }

  get runtime(): Runtime | undefined {
    return this.software.runtime;
  }

  /** The pod leaves the network; its address is free again. */
  release(worker: PodWorker): void {
    this.runtime?.forget(worker.pod.metadata.uid ?? "");
    this.#network.detachPod(worker.pod.metadata.uid ?? "");
    if (worker.address !== undefined && worker.pod.spec?.hostNetwork !== true) this.#pool.release(worker.address);
    if (this.#workers.get(worker.key) === worker) this.#workers.delete(worker.key);
  }

  /** Cuts the power: nothing moves here any more and no one is informed. Spec: [NODE-4]. */
  fail(): void {
    if (!this.#power) return;
    if (this.isManaged) this.#fallSilent();
    this.#power = false;
    this.#network.setPower(this.name, false);
  }

  /** The power is back: the node reports, and what was due meanwhile happens now. Spec: [NODE-7]. */
  restore(): void {
    if (this.#power) return;
    this.#power = true;
    this.#network.setPower(this.name, true);
    for (const run of this.#heldByPower.splice(0)) run();
    if (this.#kubelet) this.#report();
  }

  /** Stops or starts the kubelet: without it containers keep running, but unattended and unreported. Spec: [FAULT-2]. */
  setKubelet(running: boolean): void {
    if (running === this.#kubelet) return;
    if (!running && this.#power) this.#fallSilent();
    this.#kubelet = running;
    this.#network.setKubelet(this.name, running);
    if (running && this.#power) this.#report();
  }

  #fallSilent(): void {
    const { clock, settings } = this.#context;
    const lastRenewal = Math.floor(clock.now / RENEW_INTERVAL_MS) * RENEW_INTERVAL_MS;
    this.#writeLease(formatTime(settings().epoch + lastRenewal), false);
  }

  /** The kubelet runs again: it reports the current state and does what was due. */
  #report(): void {
    this.#writeLease(this.#context.timestamp(), true);
    const node = this.#context.api.find("nodes", undefined, this.name);
    if (node === undefined || node.metadata.uid !== this.#reported) this.register();
    else {
      const conditions = healthyConditions(this.#context.timestamp(), node.status?.conditions);
      const next = { ...node, status: { ...node.status, conditions } };
      this.#context.api.update("nodes", next, { subresource: "status", trusted: true });
    }
    const missed = [...this.#missed];
    this.#missed.clear();
    for (const [key, pod] of missed) this.observe(key, pod);
    for (const worker of [...this.#workers.values()]) worker.report();
    const held = this.#held;
    this.#held = [];
    for (const run of held) this.notice(run);
  }

  #writeLease(renewedAt: string, healthy: boolean): void {
    const { api } = this.#context;
    const lease = leaseObject(this.name, renewedAt, healthy);
    const stored = api.find("leases.coordination.k8s.io", LEASES, this.name);
    if (stored === undefined) api.create("leases.coordination.k8s.io", LEASES, lease, { trusted: true });
    else {
      const { annotations: _mark, ...metadata } = stored.metadata;
      api.update(
        "leases.coordination.k8s.io",
        { ...lease, metadata: { ...metadata, ...lease.metadata } },
        { trusted: true },
      );
    }
  }

  #connectAll(at: number): void {
    const workers = this.#waiting.get(at) ?? [];
    this.#waiting.delete(at);
    workers.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    for (const worker of workers) {
      if (this.#workers.get(worker.key) !== worker) continue;
      const hostNetwork = worker.pod.spec?.hostNetwork === true;
      const address = hostNetwork ? this.address : this.#pool.take();
      if (address === undefined) continue;
      const resolver = this.#resolver(worker.pod);
      const { uid = "", namespace = "", name = "" } = worker.pod.metadata;
      this.#network.attachPod({ uid, namespace, name, node: this.name, address, hostNetwork, resolver });
      worker.connect(address);
    }
  }

  /** Pods of one namespace with the same DNS settings share one resolver. */
  #resolver(pod: Pod): ReturnType<typeof resolverOf> {
    const { dnsPolicy, dnsConfig, hostNetwork } = pod.spec ?? {};
    const key = `${pod.metadata.namespace} ${dnsPolicy} ${hostNetwork} ${JSON.stringify(dnsConfig)}`;
    if (!this.#resolvers.has(key))
      this.#resolvers.set(key, resolverOf(pod, clusterDnsAddress(this.#context.settings().serviceCIDR)));
    return this.#resolvers.get(key);
  }

  #remove(key: string, worker: PodWorker): void {
    this.release(worker);
    worker.vanish();
    this.#workers.delete(key);
  }
}
