// A cluster: everything wired to one API server, one network, one clock.
import type { Addon } from "./addon.ts";
import { makeKey } from "./api/objects.ts";
import { ApiServer } from "./apiserver/server.ts";
import { type ComponentContext, makeContexts } from "./client-go/component.ts";
import { Informers } from "./client-go/informer.ts";
import { COMPONENTS, type Component, type Running, startComponents } from "./components.ts";
import { type Fault, faultId } from "./fault.ts";
import type { Faults } from "./faults.ts";
import type { LogLine } from "./kubelet/container.ts";
import type { Cell } from "./kubelet/runtime.ts";
import type { DnsAnswer } from "./network/dns-message.ts";
import { Driver } from "./network/driver.ts";
import { KeepAlive } from "./network/keep-alive.ts";
import { Network } from "./network/network.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";
import { type RouteAnswer, type RouteQuestion, route } from "./network/route.ts";
import { Trace } from "./network/trace.ts";
import { Traffic, type TrafficRequest } from "./network/traffic.ts";
import { Clock } from "./sim/clock.ts";
import { Emitter } from "./sim/emitter.ts";
import { changed, type SettingsChange } from "./sim/machines.ts";
import type { Mishaps } from "./sim/mishaps.ts";
import { Rng } from "./sim/rng.ts";
import { type ClusterSettings, PAGE_SETTINGS } from "./sim/settings.ts";
import { formatTime } from "./sim/time.ts";
import type { NodeRules, World } from "./world.ts";

/** How long a cluster has run when it is handed out at time 0: its nodes are ready, its DNS runs, nothing is scheduled. */
const WARM_UP_MS = 1_200_000;

/** How a cluster begins. Equal options give equal runs, byte for byte. */
export interface ClusterOptions {
  readonly seed: string;
  readonly settings?: SettingsChange;
  /** Software to be installed where its setting is on; more can be attached later. */
  readonly addons?: readonly Addon[];
  /** What the cluster is assembled from, in the order of starting; a whole one unless given. */
  readonly components?: readonly Component[];
  /** The virtual time at which it is handed out; 0 unless given. */
  readonly at?: number;
}

/** A simulated Kubernetes cluster with its surroundings; nothing in it moves except by `advance` or `step`. */
export class Cluster implements World {
  readonly clock: Clock;
  readonly api: ApiServer;
  /** Live, indexed views of resources; shared with the components. */
  readonly informers: Informers;
  readonly network: Network;
  readonly trace = new Trace();
  /** What is broken now, and how to break and restore things. */
  readonly faults: Faults;
  readonly settingsChanged = new Emitter<ClusterSettings>();
  #settings: ClusterSettings;
  readonly #driver: Driver;
  readonly #traffic: Traffic;
  readonly #running: Running;
  readonly #contextFor: (name: string) => ComponentContext;
  readonly #addons = new Set<string>();

  constructor(options: ClusterOptions) {
    this.clock = new Clock((options.at ?? 0) - WARM_UP_MS);
    this.#settings = changed(PAGE_SETTINGS, options.settings ?? {});
    const settings = () => this.#settings;
    const rng = new Rng(options.seed);
    this.api = new ApiServer({
      clock: this.clock,
      rng: rng.fork("apiserver"),
      settings,
    });
    this.informers = new Informers(this.api, this.clock.mishaps);
    this.network = new Network({
      clock: this.clock,
      rng: rng.fork("network"),
      trace: this.trace,
      settings,
    });
    this.#driver = new Driver(this.network);
    this.#traffic = new Traffic(this.clock, this.#driver, () => this.keepAlive());
    const contextFor = makeContexts({
      api: this.api,
      informers: this.informers,
      clock: this.clock,
      rng,
      settings,
      settingsChanged: this.settingsChanged,
    });
    this.#contextFor = contextFor;
    const running = startComponents(options.components ?? COMPONENTS, {
      contextFor,
      network: this.network,
      send: (request, done) => this.send(request, done),
    });
    this.#running = running;
    this.faults = running.faults;
    for (const addon of options.addons ?? []) this.attach(addon);
    this.#checkAddons();
    this.clock.advance(WARM_UP_MS);
  }

  /** Hands software to the cluster, which runs it while the setting of its name is on; does nothing when it is there. */
  attach(addon: Addon): void {
    if (this.#addons.has(addon.name)) return;
    this.#addons.add(addon.name);
    for (const kind of addon.kinds ?? []) this.#running.kinds?.provide(kind);
    const { network, trace } = this;
    addon.start?.({
      ...this.#contextFor(addon.component ?? addon.name),
      network,
      trace,
      stages: this.#driver.stages,
      cluster: this,
      install: (runtime) => {
        if (this.#running.kubelets !== undefined) this.#running.kubelets.software.runtime = runtime;
      },
      send: (request, done) => this.send(request, done),
      configure: (change) => this.configure(change),
    });
  }

  #checkAddons(): void {
    for (const name of ["ingress", "gateway"] as const)
      if (this.#settings[name] && !this.#addons.has(name)) throw new Error(`cluster: ${name} is on and not attached`);
  }

  /**
   * Sends a request into the network and returns the id of its exchange; what happens is read from `trace` as the clock advances.
   *
   * `done` is called once, with its outcome. A Service is never a place on the way: its rules on some node choose the endpoint.
   *
   * @example cluster.send({ from: { kind: "client", name: "laptop" }, host: "192.168.1.12", port: 30080 });
   */
  send(request: SendRequest, done?: (outcome: Outcome) => void): number {
    return this.#driver.send(request, done);
  }

  /** A client program that keeps its connections open: what it sends to one host and port goes over one connection. */
  keepAlive(): KeepAlive {
    return new KeepAlive(this.network, this.#driver);
  }

  /** Asks the rules of one node what they would do with a packet: `sim route`. Nothing is sent. */
  route(question: RouteQuestion): RouteAnswer {
    return route(this.network, question);
  }

  /** The rules of a node as its kernel has them now, for `printRules`. */
  rulesOf(node: string): NodeRules {
    const { rules: ruleset, address } = this.network.machine(node);
    return { ruleset, address, ports: this.#running.proxiers?.get(node)?.ports() ?? [] };
  }

  /** What the cluster's DNS answers to a full name; sends no packet. Records come in the server's order, owner names with their final dot. */
  resolve(name: string, type: string): DnsAnswer {
    return this.#running.resolve?.(name, type) ?? { rcode: "NXDOMAIN", answers: [] };
  }

  /** Sends the same request at a steady rate until `stopTraffic`; returns the traffic's id. @throws RangeError for a rate that cannot be. */
  startTraffic(request: TrafficRequest): number {
    return this.#traffic.start(request);
  }

  /** Ends traffic; false when there is none of that id. */
  stopTraffic(id: number): boolean {
    return this.#traffic.stop(id);
  }

  /** Called when traffic has begun or ended. */
  get trafficChanged(): Emitter<void> {
    return this.#traffic.changed;
  }

  /** The traffic that runs, oldest first. */
  listTraffic(): ReturnType<Traffic["list"]> {
    return this.#traffic.list();
  }

  /** How long the cloud's load balancers have stood since the cluster was made, added up, in virtual milliseconds: what is paid for. */
  balancerMs(): number {
    return this.#running.balancerMs?.() ?? 0;
  }

  /** Stops or starts the kube-proxy of a node; a stopped one leaves the rules as they are. */
  setKubeProxy(node: string, running: boolean): void {
    this.#fault({ kind: "kube-proxy", node }, !running);
  }

  /** What went wrong in the simulation itself and was caught; nothing, as long as it is sound. */
  get mishaps(): Mishaps {
    return this.clock.mishaps;
  }

  get settings(): ClusterSettings {
    return this.#settings;
  }

  /** Changes settings while the cluster runs; machines join and leave as `nodes` says. */
  configure(change: SettingsChange): void {
    this.#settings = changed(this.#settings, change);
    this.#checkAddons();
    this.settingsChanged.emit(this.#settings);
  }

  /** The virtual date, RFC 3339. */
  date(): string {
    return formatTime(this.#settings.epoch + this.clock.now);
  }

  /** Lets `ms` virtual milliseconds pass, or fewer: see `Clock.advance`. */
  advance(ms: number, mostEvents?: number): boolean {
    return this.clock.advance(ms, mostEvents);
  }

  /** Runs the next event; false when nothing is scheduled. */
  step(): boolean {
    return this.clock.step();
  }

  /** Cuts the power of a node: nothing on it moves or answers any more, and the control plane must detect it. */
  failNode(name: string): void {
    this.#fault({ kind: "node-power", node: name }, true);
  }

  /** Switches a node on again; its pods are as they were. */
  restoreNode(name: string): void {
    this.#fault({ kind: "node-power", node: name }, false);
  }

  /** Overrules the readiness probes of a pod's containers; undefined gives control back to them. */
  setReadiness(namespace: string, pod: string, ready: boolean | undefined): void {
    this.#fault({ kind: "readiness", namespace, pod, ready: ready ?? false }, ready !== undefined);
  }

  #fault(fault: Fault, broken: boolean): void {
    if (broken) this.faults.apply(fault);
    else this.faults.undo(faultId(fault));
  }

  /** The environment of a container as it was when it started: what `env` inside it prints; undefined when the pod does not run. */
  environment(namespace: string, pod: string, container?: string): Readonly<Record<string, string>> | undefined {
    return this.#running.kubelets?.worker(makeKey(namespace, pod))?.environment(container);
  }

  /** What a runtime keeps for a container that runs (the first one unless named); undefined where none runs it. */
  cell(namespace: string, pod: string, container?: string): Cell | undefined {
    return this.#running.kubelets?.worker(makeKey(namespace, pod))?.cell(container);
  }

  /** What a container has written in its present run, or in the one before. */
  logOf(namespace: string, pod: string, container: string, previous = false): readonly LogLine[] {
    const found = this.#running.kubelets?.worker(makeKey(namespace, pod))?.container(container);
    return (previous ? found?.lastLog : found?.log) ?? [];
  }

  /** Kills the process of a container (the first that runs, unless named); false when none runs. The pod keeps its address. */
  crash(namespace: string, pod: string, container?: string): boolean {
    return this.#running.kubelets?.worker(makeKey(namespace, pod))?.crash(container) ?? false;
  }

  /**
   * Calls `done` once: with true as soon as `condition` holds (looked at now and after every event), with false after `timeoutMs`.
   * How commands wait without blocking: the terminal steps the clock until they are done, the page lets frames do it.
   */
  until(condition: () => boolean, timeoutMs: number, done: (held: boolean) => void): void {
    if (condition()) {
      done(true);
      return;
    }
    let finished = false;
    const finish = (held: boolean) => {
      if (finished) return;
      finished = true;
      stop();
      timer?.cancel();
      done(held);
    };
    const timer = Number.isFinite(timeoutMs) ? this.clock.schedule(timeoutMs, () => finish(condition())) : undefined;
    const stop = this.clock.afterEvent(() => {
      if (!finished && condition()) finish(true);
    });
  }
}

/** Makes a cluster at virtual time 0, with its nodes, system namespaces and system Services. */
export function createCluster(options: ClusterOptions): Cluster {
  return new Cluster(options);
}
