// What a node's machine does for the pods on it.
import type { HostIP, Pod, PodCondition } from "../api/types.gen.ts";
import type { Handler, Socket } from "../network/network.ts";
import type { Outcome, SendRequest } from "../network/packet.ts";
import type { ServiceVariables } from "./env.ts";
import type { Listener } from "./program.ts";
import type { Quirks } from "./quirks.ts";
import type { Runtime } from "./runtime.ts";

/** What the worker of a pod needs of the machine that it runs on; `worker` is the caller. */
export interface WorkerHost<Worker = unknown> {
  readonly name: string;
  readonly address: string;
  networkLater(worker: Worker): void;
  later(delayMs: number, run: () => void): void;
  notice(run: () => void): void;
  elapse(delayMs: number, run: () => void): () => void;
  send(request: Omit<SendRequest, "from">, done: (outcome: Outcome) => void): void;
  readonly runtime: Runtime | undefined;
  quirksOf(pod: Pod): Quirks;
  readonly services: ServiceVariables;
  /** Shared by all statuses written here. */
  readonly conditions: Map<string, PodCondition>;
  readonly hostIPs: HostIP[];
  /** Programs whose work other rooms know. */
  readonly programs: ReadonlyMap<string, Handler>;
  socketAt(pod: Pod, port: number): Socket | undefined;
  listen(pod: Pod, at: Omit<Listener, "handler">, handler: Handler): (() => void) | undefined;
  release(worker: Worker): void;
}
