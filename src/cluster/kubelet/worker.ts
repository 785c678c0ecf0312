// The life of one pod on its node: from the first status to the last container's end.
import { keyOf } from "../api/objects.ts";
import type { HostIP, Pod, PodCondition } from "../api/types.gen.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { deleteObject, ignoreRefusal, writeStatus } from "../client-go/controller.ts";
import { isPodTerminal } from "../client-go/pods.ts";
import type { Handler, Socket } from "../network/network.ts";
import type { Protocol } from "../network/packet.ts";
import { deepEqual } from "../sim/values.ts";
import {
  type ContainerLife,
  closeSockets,
  hasSucceeded,
  isRunning,
  newContainer,
  openSockets,
  terminatedState,
} from "./container.ts";
import { type Environment, environmentOf, MissingSource, type ServiceVariables, wholeEnvironment } from "./env.ts";
import { programFor } from "./images/programs.ts";
import { podStatus } from "./pod-status.ts";
import { type ProbeHost, startProbes } from "./prober.ts";
import { type PullHost, pullImage } from "./pull.ts";
import type { Quirks } from "./quirks.ts";
import { forgive, nextBackoff, type RestartHost, restart, restarts } from "./restart.ts";
import { endOf } from "./timing.ts";

/** How often a container that lacks a ConfigMap or Secret is tried again. */
const RETRY_MS = 10_000;

/** What a worker needs of the machine it runs on. */
export interface WorkerHost {
  readonly name: string;
  readonly address: string;
  networkLater(worker: PodWorker): void;
  later(delayMs: number, run: () => void): void;
  notice(run: () => void): void;
  elapse(delayMs: number, run: () => void): void;
  quirksOf(pod: Pod): Quirks;
  readonly services: ServiceVariables;
  /** Shared by all statuses written here. */
  readonly conditions: Map<string, PodCondition>;
  readonly hostIPs: HostIP[];
  /** Programs whose work other rooms know. */
  readonly programs: ReadonlyMap<string, Handler>;
  socketAt(pod: Pod, port: number): Socket | undefined;
  listen(pod: Pod, at: { protocol: Protocol; port: number; loopback: boolean }, handler: Handler): () => void;
  release(worker: PodWorker): void;
}

/** Runs one pod. All its timers go through the machine, which holds them back while it is without power. */
// Models kubernetes/pkg/kubelet/pod_workers.go, kuberuntime_manager.go
export class PodWorker {
  readonly #context: ComponentContext;
  readonly #machine: WorkerHost;
  readonly #containers: ContainerLife[];
  readonly #startTime: string;
  #pod: Pod;
  #address: string | undefined;
  readonly #probes: ProbeHost;
  readonly #puller: PullHost;
  readonly #restarter: RestartHost;
  #terminating = false;
  /** The status this worker wrote last; as long as it stands there is nothing to report. */
  #written: Pod["status"];
  #ended = false;
  #killAt = Number.POSITIVE_INFINITY;

  constructor(context: ComponentContext, machine: WorkerHost, pod: Pod) {
    this.#context = context;
    this.#machine = machine;
    this.#pod = pod;
    this.#startTime = context.timestamp();
    const address = () => this.#address ?? "";
    this.#probes = {
      target: {
        get podAddress() {
          return address();
        },
        nodeAddress: machine.address,
        socketAt: (port) => machine.socketAt(this.#pod, port),
      },
      now: () => context.clock.now,
      later: (delayMs, container, run) => this.#later(delayMs, container, run),
      say: (container, type, reason, message) => this.#say(container, type, reason, message),
      changed: () => {
        this.#proceed();
        this.report();
      },
      restart: (container) => this.#restartUnhealthy(container),
    };
    this.#puller = {
      settings: () => context.settings(),
      later: this.#probes.later,
      say: this.#probes.say,
      changed: () => this.report(),
      nextBackoff,
      pulled: (container) => this.#run(container),
    };
    this.#restarter = { ...this.#puller, pod: () => this.#pod, again: (container) => this.#run(container) };
    const init = context.settings().probes ? (pod.spec?.initContainers ?? []) : []; // the stand-in runs none
    const waiting = init.length > 0 ? "PodInitializing" : "ContainerCreating";
    this.#containers = [
      ...init.map((each) => newContainer(each, each.restartPolicy === "Always" ? "sidecar" : "init", waiting)),
      ...(pod.spec?.containers ?? []).map((each) => newContainer(each, "main", waiting)),
    ];
  }

  get pod(): Pod {
    return this.#pod;
  }

  get address(): string | undefined {
    return this.#address;
  }

  /** First look at a pod: the status says that it is being made, the network follows when the image is there. */
  start(): void {
    this.report();
    this.#machine.networkLater(this);
  }

  /** The API object changed. */
  update(pod: Pod): void {
    const before = this.#pod;
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp !== undefined) {
      const grace = pod.metadata.deletionGracePeriodSeconds ?? 30;
      const shorter = grace < (before.metadata.deletionGracePeriodSeconds ?? Number.POSITIVE_INFINITY);
      if (!this.#terminating || shorter) this.#terminate(grace);
    }
    if (pod.status !== this.#written) this.report();
  }

  /** The pod has its place on the network; its containers start. */
  connect(address: string): void {
    if (this.#ended || this.#terminating) return;
    this.#address = address;
    this.#proceed();
    this.report();
  }

  /** The environment of a container as it was at its start; the first one's when no name is given. */
  environment(name: string | undefined): Readonly<Record<string, string>> | undefined {
    const mains = this.#containers.filter(({ role }) => role !== "init");
    const found = mains.find(({ spec }) => name === undefined || spec.name === name);
    return found === undefined ? undefined : wholeEnvironment(found.env, this.#hostname());
  }

  /** The process of a container dies; which one is the first when no name is given. */
  crash(name: string | undefined): boolean {
    const container = this.#containers.find(
      (each) => isRunning(each) && (name === undefined || each.spec.name === name),
    );
    if (container === undefined) return false;
    this.#die(container, 137);
    return true;
  }

  /** Whether a program of this pod has ports, open or still to be opened. */
  get serves(): boolean {
    return this.#containers.some((each) => isRunning(each) && (each.program?.listeners.length ?? 0) > 0);
  }

  /** Lets running programs open their ports anew, as their quirks now say; probes look again. */
  rebind(): void {
    for (const container of this.#containers) {
      if (container.close.length === 0) continue;
      closeSockets(container);
      this.#open(container);
      for (const look of container.again.splice(0)) look();
    }
  }

  /** Everything stops without a word to the API server: the object is gone, or the machine is. */
  vanish(): void {
    this.#ended = true;
    for (const container of this.#containers) closeSockets(container);
  }

  /** Brings the API object's status up to date. */
  report(): void {
    if (this.#ended) return;
    const current = this.#context.api.find("pods", this.#pod.metadata.namespace, this.#pod.metadata.name ?? "");
    if (current === undefined || current.metadata.uid !== this.#pod.metadata.uid) return;
    this.#pod = current;
    const status = podStatus({
      pod: current,
      containers: this.#containers,
      address: this.#address,
      hostAddress: this.#machine.address,
      startTime: this.#startTime,
      now: this.#context.timestamp(),
      readiness: this.#machine.quirksOf(current).readiness,
      conditions: this.#machine.conditions,
      hostIPs: this.#machine.hostIPs,
    });
    if (deepEqual(status, current.status)) return;
    writeStatus(this.#context, "pods", { ...current, status });
    this.#written = status;
  }

  /** Starts what may start now: init containers one after the other, then all main containers together. */
  #proceed(): void {
    for (const container of this.#containers) {
      if (container.role === "main") continue;
      if (container.role === "sidecar" && container.started) continue;
      if (container.role === "init" && hasSucceeded(container)) continue;
      if (container.state.waiting !== undefined && container.run === 0) pullImage(this.#puller, container);
      return;
    }
    for (const container of this.#containers)
      if (container.role === "main" && container.state.waiting !== undefined && container.run === 0)
        pullImage(this.#puller, container);
  }

  #run(container: ContainerLife): void {
    const { pod } = this;
    const { settings } = this.#context;
    const env = this.#prepare(container);
    if (env === undefined) return;
    container.env = env;
    container.state = { running: { startedAt: this.#context.timestamp() } };
    container.startedAt = this.#context.clock.now;
    container.containerID = settings().probes ? `containerd://${this.#hex(64)}` : undefined;
    container.program = programFor(
      {
        container: container.spec,
        hostname: this.#hostname(),
        pod: { name: pod.metadata.name ?? "", namespace: pod.metadata.namespace ?? "", address: this.#address ?? "" },
        node: { name: this.#machine.name, address: this.#machine.address },
        annotations: pod.metadata.annotations ?? {},
        env: env.listed,
        serviceEnv: env.services,
      },
      this.#machine.programs,
    );
    container.started = true;
    container.probedReady = true;
    this.#say(container, "Normal", "Created", `Container created`);
    this.#say(container, "Normal", "Started", `Container started`);
    const { startDelayMs } = this.#machine.quirksOf(pod);
    if (startDelayMs === 0) this.#open(container);
    else this.#elapse(startDelayMs, container, () => this.#open(container));
    container.again = [];
    if (settings().probes) startProbes(this.#probes, container);
    const { exit } = container.program;
    if (exit !== undefined && (settings().probes || pod.spec?.restartPolicy !== "Always"))
      this.#elapse(exit.afterMs, container, () => this.#die(container, exit.code));
    if (container.role === "sidecar" && container.started) this.#proceed();
    this.report();
  }

  #open(container: ContainerLife): void {
    openSockets(container, this.#machine.quirksOf(this.#pod), (at, handler) =>
      this.#machine.listen(this.#pod, at, handler),
    );
  }

  /** A failed liveness or startup probe: the process is told to stop, and starts anew. */
  #restartUnhealthy(container: ContainerLife): void {
    const wait = Math.min(
      this.#context.settings().processExit,
      1000 * (this.#pod.spec?.terminationGracePeriodSeconds ?? 30),
    );
    this.#later(wait, container, () => this.#exited(container, 137));
  }

  #hostname(): string {
    if (this.#pod.spec?.hostNetwork === true) return this.#machine.name;
    return (this.#pod.spec?.hostname ?? this.#pod.metadata.name ?? "").slice(0, 63);
  }

  /** The container's environment; undefined when something it refers to is missing, then it waits for that. Spec: [KUBELET-8]. */
  #prepare(container: ContainerLife): Environment | undefined {
    const services = this.#machine.services.of(this.#pod);
    const own = { address: this.#address ?? "", hostAddress: this.#machine.address, services };
    try {
      return environmentOf(this.#context, this.#pod, container.spec, own);
    } catch (error) {
      if (!(error instanceof MissingSource)) throw error;
      if (!this.#context.settings().probes) return { services, listed: {} }; // the recording cluster's stand-in looks at none of these
      container.state = { waiting: { reason: "CreateContainerConfigError", message: error.message } };
      this.#say(container, "Warning", "Failed", `Error: ${error.message}`);
      this.report();
      this.#later(RETRY_MS, container, () => this.#run(container));
      return undefined;
    }
  }

  /** A process ends: its ports are closed at once, the rest is for the kubelet to see. */
  #die(container: ContainerLife, code: number): void {
    closeSockets(container);
    const { run } = container;
    this.#machine.notice(() => {
      if (container.run === run) this.#exited(container, code);
    });
  }

  #exited(container: ContainerLife, code: number): void {
    const ranFor = this.#context.clock.now - container.startedAt;
    closeSockets(container);
    container.run++;
    container.program = undefined;
    container.probedReady = false;
    container.state = { terminated: terminatedState(container, code, this.#context.timestamp()) };
    container.started = false;
    forgive(container, ranFor);
    if (!this.#terminating && restarts(this.#pod, container, code)) restart(this.#restarter, container);
    else if (container.role === "init" && code === 0 && !this.#terminating) this.#proceed();
    this.report();
    if (this.#terminating && !this.#containers.some(isRunning)) this.#finish();
  }

  /** SIGTERM after the preStop hook, SIGKILL when the grace period is over. Spec: [KUBELET-10]. */
  #terminate(graceSeconds: number): void {
    const { clock, settings } = this.#context;
    const first = !this.#terminating;
    this.#terminating = true;
    const running = this.#containers.filter(isRunning);
    if (running.length === 0) {
      this.#machine.later(0, () => this.#finish());
      return;
    }
    const killAt = clock.now + graceSeconds * 1000;
    if (killAt >= this.#killAt) return;
    this.#killAt = killAt;
    for (const container of running) {
      if (first) this.#say(container, "Normal", "Killing", `Stopping container ${container.spec.name}`);
      const { stopDelayMs } = this.#machine.quirksOf(this.#pod);
      const { termAt, exitAt, code } = endOf(
        container.spec,
        graceSeconds * 1000,
        stopDelayMs ?? settings().processExit,
      );
      const run = ++container.run;
      this.#later(stopDelayMs === undefined ? termAt : exitAt, container, () => closeSockets(container));
      this.#later(exitAt, container, () => {
        if (container.run === run) this.#exited(container, code);
      });
    }
  }

  /** Nothing runs any more: the last status, then the object goes. */
  #finish(): void {
    if (this.#ended) return;
    this.report();
    this.#machine.release(this);
    this.vanish();
    const pod = this.#pod;
    if (pod.metadata.deletionTimestamp !== undefined)
      ignoreRefusal(() => deleteObject(this.#context, "pods", pod, { gracePeriodSeconds: 0 }));
  }

  /** Runs something later in the present run of a container, unless another run or the end came in between. */
  #later(delayMs: number, container: ContainerLife, run: () => void): void {
    const counted = container.run;
    this.#machine.later(delayMs, () => {
      if (!this.#ended && container.run === counted) run();
    });
  }

  /** The same for a program's own doing, which needs no kubelet. */
  #elapse(delayMs: number, container: ContainerLife, run: () => void): void {
    const counted = container.run;
    this.#machine.elapse(delayMs, () => {
      if (!this.#ended && container.run === counted) run();
    });
  }

  #hex(digits: number): string {
    let text = "";
    while (text.length < digits) text += this.#context.rng.int(0x10000000).toString(16).padStart(7, "0");
    return text.slice(0, digits);
  }

  #say(container: ContainerLife, type: "Normal" | "Warning", reason: string, message: string): void {
    if (!this.#context.settings().probes) return; // the recording cluster's stand-in is silent
    const field = container.role === "main" ? "containers" : "initContainers";
    this.#context.recorder.record(this.#pod, {
      type,
      reason,
      message,
      fieldPath: `spec.${field}{${container.spec.name}}`,
    });
  }

  get key(): string {
    return keyOf(this.#pod);
  }

  get isOver(): boolean {
    return this.#ended || isPodTerminal(this.#pod);
  }
}
