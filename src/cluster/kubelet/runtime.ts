// What the kubelet asks of a container runtime that runs programs with files, time and exit codes; passed to a cluster by its loader.

import type { Machine } from "../../sh/index.ts";
import type { Container, Pod } from "../api/types.gen.ts";
import type { ComponentContext } from "../client-go/component.ts";
import type { Handler, IncomingRequest, Reply } from "../network/network.ts";
import type { ProbeDone, ProbeTarget, Question } from "./probe.ts";
import type { ContainerRole, ExecEnd, Listener, Program, Surroundings } from "./program.ts";

/** One container as its kubelet shows it to the runtime, over all its runs. */
export interface Slot {
  readonly context: ComponentContext;
  readonly spec: Container;
  pod(): Pod;
  readonly role: ContainerRole;
  /** Where the present run runs, with its variables. */
  surroundings(): Surroundings;
  /** All variables of the present run, as `env` prints them. */
  env(): Readonly<Record<string, string>>;
  /** Runs something later unless the present run is over by then; gives how to call it off. */
  later(delayMs: number, run: () => void): () => void;
  /** Opens a port of the present run; undefined when another process of the same network has it. */
  listen(at: Omit<Listener, "handler">, handler: Handler): (() => void) | undefined;
  /** What the container's process writes: its log. */
  write(text: string): void;
  /** The main process has ended. */
  exit(code: number): void;
  /** Something that probes may see has changed. */
  changed(): void;
}

/** What a runtime keeps for one container. */
export interface Cell {
  /** Begins a run: what it listens on and how it ends. Undefined leaves the container to the kubelet's plain programs. */
  start(): Program | undefined;
  /** SIGTERM for the main process: it does what its program says, or ends as an ordinary server does, which the kubelet sees to. */
  terminate(): "own" | "ordinary";
  /** The run is over: its processes and files go, its volumes stay. */
  stop(): void;
  /** Whether a command can be started: a program that the image holds, or a file that may be run. */
  starts(command: string): boolean;
  /** The container as a machine that programs run on; for shells in it. */
  machine(): Machine;
  /** What is answered in place of a plain server's page, as files say; undefined leaves it to the server. */
  answer(request: IncomingRequest): Reply | undefined;
  /** Runs a command beside the main process; gives how to end it. */
  exec(command: readonly string[], timeoutMs: number, done: (end: ExecEnd) => void): () => void;
}

/** A container runtime. */
export interface Runtime {
  /** The program of a container that no cell runs. */
  readonly program: (surroundings: Surroundings, programs: ReadonlyMap<string, Handler>) => Program;
  /** How long a command takes, in ms, where nothing runs it: on the recorded cluster. */
  lasts(command: readonly string[]): number;
  /** Undefined where the container needs none. */
  open(slot: Slot): Cell | undefined;
  /** Asks a probe that is not plain. */
  ask(question: Question, target: ProbeTarget, done: ProbeDone): void;
  /** The pod is gone, and its volumes with it. */
  forget(uid: string): void;
  /** What a pod's volumes lack, in the kubelet's words; undefined when it can start. */
  lacks(pod: Pod): string | undefined;
}
