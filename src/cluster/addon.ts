// Software that is installed on a cluster rather than part of it, and what it is given.
import type { ComponentContext } from "./client-go/component.ts";
import type { Network } from "./network/network.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";
import type { Trace } from "./network/trace.ts";

/** A component's context with what software that moves packets itself needs. */
export interface AddonHost extends ComponentContext {
  readonly network: Network;
  readonly trace: Trace;
  send(request: SendRequest, done: (outcome: Outcome) => void): number;
}

/** Handed to a cluster by whoever loads it; while the setting of its name is off it must do nothing that could be seen. */
export interface Addon {
  readonly name: "ingress";
  start(host: AddonHost): void;
}
