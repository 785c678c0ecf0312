// What a container does while it runs: the sockets it opens, and when and how it ends by itself.
import type { Container } from "../api/types.gen.ts";
import type { Socket } from "../network/network.ts";

/** What a container is for: `init` runs to its end before the next, `sidecar` is an init container that keeps running. */
export type ContainerRole = "init" | "sidecar" | "main";

/** A socket that a program opens; bound to 127.0.0.1 (loopback) only the pod itself reaches it. */
export type Listener = Socket;

/** One run of a container. */
export interface Program {
  readonly listeners: readonly Listener[];
  /** The end it comes to by itself; absent when it runs until it is told to stop. */
  readonly exit?: { readonly afterMs: number; readonly code: number };
  /** Why it could not be started, in the runtime's words: it ends at once with code 128. */
  readonly failure?: string;
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

/** How a command in a container ended. */
export type ExecEnd =
  | {
      readonly kind: "ended";
      readonly code: number;
      readonly output: string;
      /** The same command will end the same way until something in the container changes. */
      readonly steady: boolean;
    }
  /** It could not be started: the runtime's words. */
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "late" };
