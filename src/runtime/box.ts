// What a container's machine and its programs need from the container's owner.
import type { AddonHost, Program as PlainProgram, Pod, Slot } from "../cluster/index.ts";
import type { Machine, Program } from "../sh/index.ts";
import type { Content } from "./volumes.ts";

/** Where programs run: a container of a pod. */
export interface Room {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
}

/** Finds programs that ask over the network, and text tools, by name; supplied by the caller. */
export type Tools = (host: AddonHost, room: Room) => (name: string) => Program | undefined;

/** What the containers of one pod share. */
export interface Shared {
  volume(name: string): Content | undefined;
  /** Whether Services' ports are this container's to assume: the first that asks has them. */
  assumer(box: object): boolean;
  /** A file changed: probes of all containers look again. */
  changed(): void;
}

/** A container as its programs see it. */
export interface Box {
  readonly slot: Slot;
  readonly worlds: { readonly host: AddonHost; readonly tools: Tools; worldOf(pod: Pod): Shared };
  /** A program supplied with the runtime. */
  tool(name: string): Program | undefined;
  /** Whether a program runs as part of the main process, not beside it. */
  isMain(machine: Machine): boolean;
  /** The container's program as if these were its arguments: what a server that a script starts listens on. */
  programOf(words: readonly string[]): PlainProgram;
}
