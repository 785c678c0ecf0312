// Software that is installed on a cluster rather than part of it, and what it is given.
import type { ComponentContext } from "./client-go/component.ts";
import type { EngineKind } from "./kinds.ts";
import type { Runtime } from "./kubelet/runtime.ts";
import type { Driver } from "./network/driver.ts";
import type { Network } from "./network/network.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";
import type { Trace } from "./network/trace.ts";
import type { SettingsChange } from "./sim/machines.ts";

/** A component's context with what software that moves packets itself needs. */
export interface AddonHost extends ComponentContext {
  readonly network: Network;
  readonly trace: Trace;
  send(request: SendRequest, done: (outcome: Outcome) => void): number;
  /** What each kind of place does with a packet, to put a stage in. */
  readonly stages: Driver["stages"];
  /** Changes settings while the cluster runs; never within a watch. */
  configure(change: SettingsChange): void;
  /** The cluster itself, for software that knows its class. */
  readonly cluster: unknown;
  /** Gives all kubelets a container runtime. */
  install(runtime: Runtime): void;
}

/**
 * Passed to a cluster by its loader. The ingress controller must do nothing that could be seen while its setting is off, the
 * runtime nothing for containers that need none.
 */
export interface Addon {
  /** What it is called; a cluster takes one add-on of each name. */
  readonly name: string;
  /** Under which name its events are recorded; its own unless given. */
  readonly component?: string;
  /** Kinds that it brings to the API server. */
  readonly kinds?: readonly EngineKind[];
  start?(host: AddonHost): void;
}
