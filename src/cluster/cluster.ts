// A cluster: everything wired to one API server, one network, one clock.
import type { Addon } from "./addon.ts";
import { makeKey } from "./api/objects.ts";
import { bootstrap } from "./apiserver/bootstrap.ts";
import { ApiServer } from "./apiserver/server.ts";
import { type ComponentContext, makeContexts } from "./client-go/component.ts";
import { Informers } from "./client-go/informer.ts";
import { startControllers } from "./controllers/start.ts";
import { corednsDeployment } from "./coredns/deployment.ts";
import { Dataplane, type NodeRules } from "./dataplane.ts";
import { type Fault, faultId } from "./fault.ts";
import { Faults } from "./faults.ts";
import { startScheduler } from "./kube-scheduler/scheduler.ts";
import { Kubelets } from "./kubelet/kubelets.ts";
import type { DnsAnswer } from "./network/dns-message.ts";
import type { KeepAlive } from "./network/keep-alive.ts";
import { Network } from "./network/network.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";
import type { RouteAnswer, RouteQuestion } from "./network/route.ts";
import { Trace } from "./network/trace.ts";
import type { Traffic, TrafficRequest } from "./network/traffic.ts";
import { Clock } from "./sim/clock.ts";
import { Emitter } from "./sim/emitter.ts";
import { Rng } from "./sim/rng.ts";
import { type ClusterSettings, PAGE_SETTINGS } from "./sim/settings.ts";
import { formatTime } from "./sim/time.ts";

/** How long a cluster has run when it is handed out at time 0: its nodes are ready, its DNS runs, nothing is due. */
const WARM_UP_MS = 1_200_000;

/** How a cluster begins. Equal options give equal runs, byte for byte. */
export interface ClusterOptions {
  readonly seed: string;
  readonly settings?: Partial<ClusterSettings>;
  /** Software to be installed where its setting is on; more can be attached later. */
  readonly addons?: readonly Addon[];
}

/** A simulated Kubernetes cluster with its surroundings; nothing in it moves except by `advance` or `step`. */
export class Cluster {
  readonly clock = new Clock(-WARM_UP_MS);
  readonly api: ApiServer;
  /** Live, indexed views of resources; shared with the components. */
  readonly informers: Informers;
  readonly network: Network;
  readonly trace = new Trace();
  /** What is broken now, and how to break and mend things. */
  readonly faults: Faults;
  readonly settingsChanged = new Emitter<ClusterSettings>();
  readonly #kubelets: Kubelets;
  #settings: ClusterSettings;
  readonly #dataplane: Dataplane;
  readonly #contextFor: (name: string) => ComponentContext;
  readonly #addons = new Set<string>();

  constructor(options: ClusterOptions) {
    this.#settings = { ...PAGE_SETTINGS, ...options.settings };
    const settings = () => this.#settings;
    const rng = new Rng(options.seed);
    this.api = new ApiServer({
      clock: this.clock,
      rng: rng.fork("apiserver"),
      settings,
    });
    bootstrap(this.api, this.#settings);
    this.informers = new Informers(this.api);
    this.network = new Network({
      clock: this.clock,
      rng: rng.fork("network"),
      trace: this.trace,
      settings,
    });
    const contextFor = makeContexts({
      api: this.api,
      informers: this.informers,
      clock: this.clock,
      rng,
      settings,
      settingsChanged: this.settingsChanged,
    });
    this.#contextFor = contextFor;
    this.#kubelets = new Kubelets(contextFor, this.network);
    this.#dataplane = new Dataplane(contextFor, this.network);
    this.faults = new Faults({
      context: contextFor("faults"),
      network: this.network,
      kubelets: this.#kubelets,
      dataplane: this.#dataplane,
    });
    startScheduler(contextFor("default-scheduler"));
    startControllers(contextFor);
    if (this.#settings.coredns) this.api.create("deployments.apps", "kube-system", corednsDeployment());
    for (const addon of options.addons ?? []) this.attach(addon);
    this.#checkAddons();
    this.clock.advance(WARM_UP_MS);
  }

  /** Hands software to the cluster, which runs it while the setting of its name is on; does nothing when it is there. */
  attach(addon: Addon): void {
    if (this.#addons.has(addon.name)) return;
    this.#addons.add(addon.name);
    const { network, trace } = this;
    addon.start({
      ...this.#contextFor("nginx-ingress-controller"),
      network,
      trace,
      send: (request, done) => this.send(request, done),
    });
  }

  #checkAddons(): void {
    if (this.#settings.ingress && !this.#addons.has("ingress"))
      throw new Error("cluster: settings.ingress is on, and no ingress controller was attached");
  }

  /**
   * Sends a request into the network and returns the id of its exchange; what happens is read from `trace` as the clock advances.
   *
   * `done` is called once, with what came of it. A Service is never a place on the way: its rules on some node choose the endpoint.
   *
   * @example cluster.send({ from: { kind: "client", name: "laptop" }, host: "192.168.1.12", port: 30080 });
   */
  send(request: SendRequest, done?: (outcome: Outcome) => void): number {
    return this.#dataplane.send(request, done);
  }

  /** A client program that keeps its connections open: what it sends to one host and port goes over one connection. */
  keepAlive(): KeepAlive {
    return this.#dataplane.keepAlive();
  }

  /** Asks the rules of one node what they would do with a packet: `sim route`. Nothing is sent. */
  route(question: RouteQuestion): RouteAnswer {
    return this.#dataplane.route(question);
  }

  /** The rules of a node as its kernel has them now, for `printRules`. */
  rulesOf(node: string): NodeRules {
    return this.#dataplane.rulesOf(node);
  }

  /** What the cluster's DNS answers to a full name; sends no packet. Records come in the server's order, owner names with their final dot. */
  resolve(name: string, type: string): DnsAnswer {
    return this.#dataplane.resolve(name, type);
  }

  /** Sends the same request at a steady rate until `stopTraffic`; returns the traffic's id. @throws RangeError for a rate that cannot be. */
  startTraffic(request: TrafficRequest): number {
    return this.#dataplane.traffic.start(request);
  }

  /** Ends traffic; false when there is none of that id. */
  stopTraffic(id: number): boolean {
    return this.#dataplane.traffic.stop(id);
  }

  /** Told when traffic has begun or ended. */
  get trafficChanged(): Emitter<void> {
    return this.#dataplane.traffic.changed;
  }

  /** The traffic that runs, oldest first. */
  listTraffic(): ReturnType<Traffic["list"]> {
    return this.#dataplane.traffic.list();
  }

  /** How long the cloud's load balancers have stood since the cluster was made, added up, in virtual milliseconds: what is paid for. */
  balancerMs(): number {
    return this.#dataplane.balancerMs();
  }

  /** Stops or starts the kube-proxy of a node; a stopped one leaves the rules as they are. */
  setKubeProxy(node: string, running: boolean): void {
    this.#fault({ kind: "kube-proxy", node }, !running);
  }

  get settings(): ClusterSettings {
    return this.#settings;
  }

  /** Changes settings while the cluster runs. */
  configure(change: Partial<ClusterSettings>): void {
    this.#settings = { ...this.#settings, ...change };
    this.#checkAddons();
    this.settingsChanged.emit(this.#settings);
  }

  /** The virtual date, RFC 3339. */
  date(): string {
    return formatTime(this.#settings.epoch + this.clock.now);
  }

  /** Lets `ms` virtual milliseconds pass. */
  advance(ms: number): void {
    this.clock.advance(ms);
  }

  /** Runs the next event; false when nothing is due ever. */
  step(): boolean {
    return this.clock.step();
  }

  /** Cuts the power of a node: nothing on it moves or answers any more, and it is for the others to notice. */
  failNode(name: string): void {
    this.#fault({ kind: "node-power", node: name }, true);
  }

  /** Switches a node on again; its pods are as they were. */
  restoreNode(name: string): void {
    this.#fault({ kind: "node-power", node: name }, false);
  }

  /** Overrules the readiness probes of a pod's containers; undefined lets them speak again. */
  setReadiness(namespace: string, pod: string, ready: boolean | undefined): void {
    this.#fault({ kind: "readiness", namespace, pod, ready: ready ?? false }, ready !== undefined);
  }

  #fault(fault: Fault, broken: boolean): void {
    if (broken) this.faults.apply(fault);
    else this.faults.undo(faultId(fault));
  }

  /** The environment of a container as it was when it started: what `env` inside it prints; undefined when the pod does not run. */
  environment(namespace: string, pod: string, container?: string): Readonly<Record<string, string>> | undefined {
    return this.#kubelets.worker(makeKey(namespace, pod))?.environment(container);
  }

  /** Kills the process of a container (the first that runs, unless named); false when none runs. The pod keeps its address. */
  crash(namespace: string, pod: string, container?: string): boolean {
    return this.#kubelets.worker(makeKey(namespace, pod))?.crash(container) ?? false;
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
