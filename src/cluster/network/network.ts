// Who is where on the network: clients, nodes, pods and their sockets.

import type { Clock } from "../sim/clock.ts";
import type { Rng } from "../sim/rng.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import type { Place, Protocol } from "./packet.ts";
import type { Trace } from "./trace.ts";

/** A request as the process that listens sees it. */
export interface IncomingRequest {
  readonly protocol: Protocol;
  /** The sender as the header says on arrival: after masquerading this is a node. */
  readonly source: { readonly address: string; readonly port: number };
  readonly destination: { readonly address: string; readonly port: number };
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a process answers; `delay` is its thinking time in virtual milliseconds. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly delay?: number;
}

/** Answers a request, or undefined to accept it and never answer. */
export type Handler = (request: IncomingRequest) => Reply | undefined;

/** Whose network a socket is opened in. */
export type SocketOwner =
  | { readonly kind: "pod"; readonly uid: string }
  | { readonly kind: "node"; readonly name: string };

/** A pod's place on the network; a hostNetwork pod has its node's address. */
export interface PodAttachment {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly hostNetwork: boolean;
  /** Text of the pod's /etc/resolv.conf, taken apart. */
  readonly resolver:
    | {
        readonly nameserver: string;
        readonly search: readonly string[];
        readonly ndots: number;
      }
    | undefined;
}

interface Socket {
  readonly owner: SocketOwner;
  readonly protocol: Protocol;
  readonly port: number;
  /** Bound to 127.0.0.1 only. */
  readonly loopback: boolean;
  readonly handler: Handler;
}

export interface NetworkParts {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly trace: Trace;
  settings(): ClusterSettings;
}

/** The machines and cables. Kubelets attach pods and open sockets; kube-proxies set their node's rules; packets walk on it. */
export class Network {
  readonly parts: NetworkParts;
  readonly #pods = new Map<string, PodAttachment>();
  readonly #podByAddress = new Map<string, PodAttachment>();
  readonly #sockets = new Map<string, Socket>();
  readonly #off = new Set<string>();

  constructor(parts: NetworkParts) {
    this.parts = parts;
  }

  attachPod(pod: PodAttachment): void {
    this.#pods.set(pod.uid, pod);
    if (!pod.hostNetwork) this.#podByAddress.set(pod.address, pod);
  }

  /** Takes a pod off the network and closes its sockets. */
  detachPod(uid: string): void {
    const pod = this.#pods.get(uid);
    if (pod === undefined) return;
    this.#pods.delete(uid);
    if (this.#podByAddress.get(pod.address)?.uid === uid) this.#podByAddress.delete(pod.address);
    for (const [key, socket] of this.#sockets)
      if (socket.owner.kind === "pod" && socket.owner.uid === uid) this.#sockets.delete(key);
  }

  /** Opens a socket and returns how to close it. The last one to bind a port has it. */
  listen(
    owner: SocketOwner,
    at: { protocol: Protocol; port: number; loopback?: boolean },
    handler: Handler,
  ): () => void {
    const key = socketKey(owner, at.protocol, at.port);
    const socket: Socket = {
      owner,
      protocol: at.protocol,
      port: at.port,
      loopback: at.loopback ?? false,
      handler,
    };
    this.#sockets.set(key, socket);
    return () => {
      if (this.#sockets.get(key) === socket) this.#sockets.delete(key);
    };
  }

  socketOf(
    owner: SocketOwner,
    protocol: Protocol,
    port: number,
  ): { readonly loopback: boolean; readonly handler: Handler } | undefined {
    return this.#sockets.get(socketKey(owner, protocol, port));
  }

  podAt(address: string): PodAttachment | undefined {
    return this.#podByAddress.get(address);
  }

  podOf(uid: string): PodAttachment | undefined {
    return this.#pods.get(uid);
  }

  /** Cuts a node's power: its pods and rules answer nothing until it is on again. */
  setPower(node: string, on: boolean): void {
    if (on) this.#off.delete(node);
    else this.#off.add(node);
  }

  isOn(node: string): boolean {
    return !this.#off.has(node);
  }

  /** Where a place's own address is; undefined when it has none now. */
  addressOf(place: Place): string | undefined {
    const settings = this.parts.settings();
    if (place.kind === "client") return settings.clients.find((client) => client.name === place.name)?.address;
    if (place.kind === "node") return settings.nodes.find((node) => node.name === place.name)?.address;
    if (place.kind === "outside") return undefined;
    for (const pod of this.#pods.values())
      if (pod.namespace === place.namespace && pod.name === place.name) return pod.address;
    return undefined;
  }
}

function socketKey(owner: SocketOwner, protocol: Protocol, port: number): string {
  return `${owner.kind === "pod" ? owner.uid : `node ${owner.name}`} ${protocol} ${port}`;
}
