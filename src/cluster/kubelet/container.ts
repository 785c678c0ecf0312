// One container of a pod as its node knows it.
import type { Container, ContainerState, ContainerStateTerminated } from "../api/types.gen.ts";
import type { Handler } from "../network/network.ts";
import type { Environment } from "./env.ts";
import type { Listener, Program } from "./images/program.ts";
import type { Quirks } from "./quirks.ts";

/** Opens one port and returns how to close it. */
export type Listen = (at: Pick<Listener, "protocol" | "port" | "loopback">, handler: Handler) => () => void;

/** What a container is for: `init` runs to its end before the next, `sidecar` is an init container that keeps running. */
export type ContainerRole = "init" | "sidecar" | "main";

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
  /** Counts runs, so that timers of an older run are told apart. */
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
  return {
    ...(containerID === undefined ? {} : { containerID }),
    exitCode,
    finishedAt,
    reason: exitCode === 0 ? "Completed" : "Error",
    startedAt: container.state.running?.startedAt ?? finishedAt,
  };
}

/** Whether the container ended well and will not run again, as init containers do. */
export function hasSucceeded(container: ContainerLife): boolean {
  return container.state.terminated?.exitCode === 0;
}

/** Opens the ports of the present run's program, as its quirks have them. Spec: [FAULT-9]. */
export function openSockets(container: ContainerLife, quirks: Quirks, listen: Listen): void {
  container.program?.listeners.forEach(({ protocol, handler, ...usual }, at) => {
    const port = at === 0 ? (quirks.port ?? usual.port) : usual.port;
    container.close.push(listen({ protocol, port, loopback: quirks.loopback || usual.loopback }, handler));
  });
}

/** Closes the sockets of the present run. */
export function closeSockets(container: ContainerLife): void {
  for (const close of container.close) close();
  container.close = [];
}
