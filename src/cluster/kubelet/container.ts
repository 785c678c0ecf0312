// One container of a pod as its node knows it.
import type { Container, ContainerState, ContainerStateTerminated } from "../api/types.gen.ts";
import type { Handler } from "../network/network.ts";
import type { Environment } from "./env.ts";
import type { ContainerRole, Listener, Program } from "./program.ts";
import type { Quirks } from "./quirks.ts";
import type { Cell } from "./runtime.ts";

/** Opens one port and returns how to close it; undefined when another process has it. */
export type Listen = (at: Omit<Listener, "handler">, handler: Handler) => (() => void) | undefined;

/** The life of one container; the pod's worker changes it, the status is made from it. */
export interface ContainerLife {
  readonly spec: Container;
  readonly role: ContainerRole;
  restarts: number;
  state: ContainerState;
  lastState: ContainerState;
  /** The environment of the last start. */
  env: Environment;
  /** The present run; absent when nothing runs. */
  program: Program | undefined;
  /** When the present run began, in virtual ms. */
  startedAt: number;
  /** Counts runs, so that timers of an older run are distinguished. */
  run: number;
  containerID: string | undefined;
  /** What the probes say; without a probe, true as soon as the container runs. */
  probedReady: boolean;
  started: boolean;
  /** How long the next restart or pull waits, in ms; 0 when at once. */
  backoff: number;
  /** Closes the sockets of the present run. */
  close: Array<() => void>;
  /** Lets the probes that have passed in the present run look again. */
  again: Array<() => void>;
  /** What a runtime keeps for it; absent where the kubelet's plain programs do. */
  cell: Cell | undefined;
  /** What the present run has written, and what the one before it had. */
  log: LogLine[] | undefined;
  lastLog: readonly LogLine[] | undefined;
}

/** A line that a container has written. */
export interface LogLine {
  /** Virtual milliseconds. */
  readonly at: number;
  readonly text: string;
}

const NO_VARIABLES: Environment = { services: {}, listed: {} };

export function newContainer(spec: Container, role: ContainerRole, waiting: string): ContainerLife {
  return {
    spec,
    role,
    restarts: 0,
    state: { waiting: { reason: waiting } },
    lastState: {},
    env: NO_VARIABLES,
    program: undefined,
    startedAt: 0,
    run: 0,
    containerID: undefined,
    probedReady: false,
    started: false,
    backoff: 0,
    close: [],
    again: [],
    cell: undefined,
    log: undefined,
    lastLog: undefined,
  };
}

export function isRunning(container: ContainerLife): boolean {
  return container.state.running !== undefined;
}

/** The end of a container whose exit code says how. */
export function terminatedState(
  container: ContainerLife,
  exitCode: number,
  finishedAt: string,
): ContainerStateTerminated {
  const { containerID } = container;
  const failure = container.program?.failure;
  return {
    ...(containerID === undefined ? {} : { containerID }),
    exitCode,
    finishedAt,
    ...(failure === undefined ? {} : { message: failure }),
    reason: failure !== undefined ? "StartError" : exitCode === 0 ? "Completed" : "Error",
    startedAt: container.state.running?.startedAt ?? finishedAt,
  };
}

/** What a container is left as when its pod ends for good: as it ended last, or lost. Spec: [KUBELET-15]. */
// Models kubernetes/pkg/kubelet/status/status_manager.go TerminatePod
export function concludeState(container: ContainerLife): void {
  if (container.state.terminated !== undefined) return;
  const { lastState } = container;
  container.state = lastState.terminated === undefined ? { terminated: LOST } : lastState;
}

const LOST: ContainerStateTerminated = {
  exitCode: 137,
  message: "The container could not be located when the pod was terminated",
  reason: "ContainerStatusUnknown",
};

/** Whether the container ended well and will not run again, as init containers do. */
export function hasSucceeded(container: ContainerLife): boolean {
  return container.state.terminated?.exitCode === 0;
}

/** Opens the ports of the present run's program, as its quirks have them; the first that another process has, if any. Spec: [FAULT-9] [KUBELET-14]. */
export function openSockets(container: ContainerLife, quirks: Quirks, listen: Listen): number | undefined {
  let taken: number | undefined;
  container.program?.listeners.forEach(({ handler, ...usual }, at) => {
    const port = at === 0 ? (quirks.port ?? usual.port) : usual.port;
    const answer: Handler = (request, respond) => container.cell?.answer(request) ?? handler(request, respond);
    const close = listen({ ...usual, port, loopback: quirks.loopback || usual.loopback }, answer);
    if (close !== undefined) container.close.push(close);
    else if (usual.assumed !== true) taken ??= port;
  });
  return taken;
}

/** Closes the sockets of the present run. */
export function closeSockets(container: ContainerLife): void {
  for (const close of container.close) close();
  container.close = [];
}
