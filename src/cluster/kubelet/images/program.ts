// What a container does while it runs: the sockets it opens, and when and how it ends by itself.
import type { Container } from "../../api/types.gen.ts";
import type { Handler } from "../../network/network.ts";
import type { Protocol } from "../../network/packet.ts";

/** A socket that a program opens. */
export interface Listener {
  readonly protocol: Protocol;
  readonly port: number;
  /** Bound to 127.0.0.1: only the pod itself reaches it. */
  readonly loopback: boolean;
  readonly handler: Handler;
}

/** One run of a container. */
export interface Program {
  readonly listeners: readonly Listener[];
  /** The end it comes to by itself; absent when it runs until it is told to stop. */
  readonly exit?: { readonly afterMs: number; readonly code: number };
}

/** Where and as what a program runs. */
export interface Surroundings {
  readonly container: Container;
  readonly hostname: string;
  readonly pod: { readonly name: string; readonly namespace: string; readonly address: string };
  readonly node: { readonly name: string; readonly address: string };
  readonly annotations: Readonly<Record<string, string>>;
  /** The variables that the container's own spec sets. */
  readonly env: Readonly<Record<string, string>>;
  /** The variables that the kubelet sets for Services. */
  readonly serviceEnv: Readonly<Record<string, string>>;
}
