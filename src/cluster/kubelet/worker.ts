// The life of one pod on its node: from the first status to the last container's end.
import { keyOf } from "../api/objects.ts";
import type { Pod } from "../api/types.gen.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { deleteObject, ignoreRefusal, writeStatus } from "../client-go/controller.ts";
import { isPodTerminal } from "../client-go/pods.ts";
import { deepEqual } from "../sim/values.ts";
import {
  type ContainerLife,
  closeSockets,
  concludeState,
  hasSucceeded,
  isRunning,
  newContainer,
  terminatedState,
} from "./container.ts";
import { MissingSource, wholeEnvironment } from "./env.ts";
import type { WorkerHost } from "./host.ts";
import { awaitVolumes } from "./mounting.ts";
import { isPlain } from "./plain.ts";
import { podStatus } from "./pod-status.ts";
import { type StopHost, stopContainer } from "./pre-stop.ts";
import { Premises } from "./premises.ts";
import { type ProbeHost, startProbes } from "./prober.ts";
import { type PullHost, pullImage } from "./pull.ts";
import { forgive, nextBackoff, type RestartHost, restart, restarts } from "./restart.ts";
import type { Cell } from "./runtime.ts";

/** How often a container that lacks a ConfigMap or Secret is tried again. */
const RETRY_MS = 10_000;
const DEFAULT_GRACE_SECONDS = 30;

/** Runs one pod. All its timers go through the machine, which holds them back while it is without power. */
// Models kubernetes/pkg/kubelet/pod_workers.go, kuberuntime_manager.go
export class PodWorker {
  readonly #context: ComponentContext;
  readonly #machine: WorkerHost<PodWorker>;
  readonly #containers: ContainerLife[];
  readonly #startTime: string;
  #pod: Pod;
  #address: string | undefined;
  readonly #premises: Premises;
  readonly #host: ProbeHost & StopHost;
  readonly #starter: PullHost & RestartHost;
  #terminating = false;
  /** The status this worker wrote last; while it is unchanged there is nothing to report. */
  #written: Pod["status"];
  #ended = false;
  /** Nothing will run any more though the pod may stay, held by finalizers. */
  #over = false;
  #killAt = Number.POSITIVE_INFINITY;

  constructor(context: ComponentContext, machine: WorkerHost<PodWorker>, pod: Pod) {
    this.#context = context;
    this.#machine = machine;
    this.#pod = pod;
    this.#startTime = context.timestamp();
    this.#premises = new Premises({
      context,
      machine,
      pod: () => this.#pod,
      address: () => this.#address ?? "",
      later: (delayMs, container, run) => this.#later(delayMs, container, run),
      elapse: (delayMs, container, run) => this.#elapse(delayMs, container, run),
      died: (container, code) => this.#die(container, code),
    });
    const settings = () => context.settings();
    const later = (delayMs: number, container: ContainerLife, run: () => void) => this.#later(delayMs, container, run);
    const say = (container: ContainerLife, type: "Normal" | "Warning", reason: string, message: string) =>
      this.#say(container, type, reason, message);
    this.#host = {
      target: (container) => this.#premises.probeTarget(container),
      now: () => context.clock.now,
      settings,
      later,
      say,
      changed: () => {
        this.#proceed();
        this.report();
      },
      restart: (container, grace) => {
        const seconds = grace ?? this.#pod.spec?.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
        stopContainer(this.#host, container, 1000 * seconds);
      },
      quirks: () => machine.quirksOf(this.#pod),
      lasts: (command) => machine.runtime?.lasts(command) ?? 0,
      exited: (container, code) => this.#exited(container, code),
    };
    const run = (container: ContainerLife) => this.#run(container);
    this.#starter = {
      pod: () => this.#pod,
      settings,
      later,
      say,
      changed: () => this.report(),
      nextBackoff,
      pulled: run,
      again: run,
    };
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
    awaitVolumes({
      lacks: () => (this.#context.settings().probes ? this.#machine.runtime?.lacks(this.#pod) : undefined),
      isOver: () => this.#ended || this.#terminating,
      say: (message) => this.#context.recorder.record(this.#pod, { type: "Warning", reason: "FailedMount", message }),
      later: (delayMs, run) => this.#machine.later(delayMs, run),
      mounted: () => this.#machine.networkLater(this),
    });
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
    const found = this.container(name);
    return found === undefined ? undefined : wholeEnvironment(found.env, this.#premises.hostname);
  }

  /** What a runtime keeps for a container that runs. */
  cell(name: string | undefined): Cell | undefined {
    const container = this.container(name);
    return container !== undefined && isRunning(container) ? this.#premises.cell(container) : undefined;
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

  /** Lets running programs open their ports again, as their quirks now say; probes look again. */
  rebind(): void {
    for (const container of this.#containers) {
      if (container.close.length === 0) continue;
      closeSockets(container);
      this.#premises.open(container);
      for (const look of container.again.splice(0)) look();
    }
  }

  /** Everything stops without a word to the API server: the object is gone, or the machine is. */
  vanish(): void {
    this.#ended = true;
    for (const container of this.#containers) {
      closeSockets(container);
      container.cell?.stop();
    }
  }

  /** Brings the API object's status up to date. */
  report(): void {
    if (this.#ended) return;
    const current = this.#context.api.find("pods", this.#pod.metadata.namespace, this.#pod.metadata.name ?? "");
    if (current === undefined || current.metadata.uid !== this.#pod.metadata.uid) return;
    this.#pod = current;
    const status = podStatus({
      pod: current,
      over: this.#over,
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

  /** Starts what may start now: init containers one by one, then all main containers together. */
  #proceed(): void {
    for (const container of this.#containers) {
      if (container.role === "main") continue;
      if (container.role === "sidecar" && container.started) continue;
      if (container.role === "init" && hasSucceeded(container)) continue;
      if (container.state.waiting !== undefined && container.run === 0) pullImage(this.#starter, container);
      return;
    }
    for (const container of this.#containers)
      if (container.role === "main" && container.state.waiting !== undefined && container.run === 0)
        pullImage(this.#starter, container);
  }

  #run(container: ContainerLife): void {
    const env = this.#premises.environment(container);
    if (env instanceof MissingSource) {
      this.#awaitSource(container, env.message);
      return;
    }
    const { settings } = this.#context;
    container.env = env;
    container.state = { running: { startedAt: this.#context.timestamp() } };
    container.startedAt = this.#context.clock.now;
    container.containerID = settings().probes ? `containerd://${this.#hex(64)}` : undefined;
    container.log = undefined;
    container.again = [];
    this.#say(container, "Normal", "Created", `Container created`);
    this.#say(container, "Normal", "Started", `Container started`);
    const cell = isPlain(container.spec) ? undefined : this.#premises.cell(container);
    container.program = cell?.start() ?? this.#premises.program(container);
    const { startDelayMs } = this.#machine.quirksOf(this.#pod);
    if (startDelayMs === 0) this.#premises.open(container);
    else this.#elapse(startDelayMs, container, () => this.#premises.open(container));
    const { exit, failure } = container.program;
    if (failure !== undefined) {
      this.#say(container, "Warning", "Failed", `Error: ${failure}`);
      this.#elapse(0, container, () => this.#die(container, 128));
    }
    if (exit !== undefined && (settings().probes || this.#pod.spec?.restartPolicy !== "Always"))
      this.#elapse(exit.afterMs, container, () => this.#die(container, exit.code));
    const hook = container.spec.lifecycle?.postStart?.exec?.command;
    if (hook === undefined || cell === undefined) this.#started(container);
    else this.#afterStart(container, cell, hook);
    this.report();
  }

  /** The container runs: its probes begin, and what waited for it. */
  #started(container: ContainerLife): void {
    container.started = true;
    container.probedReady = true;
    if (this.#context.settings().probes) startProbes(this.#host, container);
    if (container.role === "sidecar" && container.started) this.#proceed();
  }

  /** Runs the postStart hook: until it ends the container has not started, and if it fails it is ended. Spec: [KUBELET-13]. */
  // Models kubernetes/pkg/kubelet/kuberuntime startContainer
  #afterStart(container: ContainerLife, cell: Cell, command: readonly string[]): void {
    const { run } = container;
    cell.exec(command, Number.POSITIVE_INFINITY, (end) => {
      if (container.run !== run || !isRunning(container)) return;
      if (end.kind === "ended" && end.code === 0) this.#started(container);
      else {
        this.#say(container, "Warning", "FailedPostStartHook", "PostStartHook failed");
        const grace = this.#pod.spec?.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
        stopContainer(this.#host, container, 1000 * grace);
      }
      this.report();
    });
  }

  /** The container of a name, of those that run as long as the pod does the first unless named. */
  container(name: string | undefined): ContainerLife | undefined {
    return this.#containers.find(({ spec, role }) => (name === undefined ? role !== "init" : spec.name === name));
  }

  /** The container can't start until something that it refers to is there. Spec: [KUBELET-8]. */
  #awaitSource(container: ContainerLife, message: string): void {
    container.state = { waiting: { reason: "CreateContainerConfigError", message } };
    this.#say(container, "Warning", "Failed", `Error: ${message}`);
    this.report();
    this.#later(RETRY_MS, container, () => this.#run(container));
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
    container.cell?.stop();
    container.lastLog = container.log;
    closeSockets(container);
    container.run++;
    container.probedReady = false;
    container.state = { terminated: terminatedState(container, code, this.#context.timestamp()) };
    container.program = undefined;
    container.started = false;
    forgive(container, ranFor);
    if (!this.#terminating && restarts(this.#pod, container, code)) restart(this.#starter, container);
    else if (container.role === "init" && code === 0 && !this.#terminating) this.#proceed();
    this.report();
    if (this.#terminating && !this.#containers.some(isRunning)) this.#finish();
  }

  /** SIGTERM after the preStop hook, SIGKILL when the grace period is over. Spec: [KUBELET-10]. */
  #terminate(graceSeconds: number): void {
    const { clock } = this.#context;
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
      stopContainer(this.#host, container, graceSeconds * 1000);
    }
  }

  /** Nothing runs any more: the last status, then the object goes. */
  #finish(): void {
    if (this.#ended) return;
    this.#over = this.#context.settings().probes && this.#terminating;
    if (this.#over) for (const container of this.#containers) concludeState(container);
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
    const parts: string[] = [];
    for (let left = digits; left > 0; left -= 7)
      parts.push(this.#context.rng.int(0x10000000).toString(16).padStart(7, "0").slice(0, left));
    return parts.join("");
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
