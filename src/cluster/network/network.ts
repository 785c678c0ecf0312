// Who is where on the network: clients, nodes, pods and their sockets.

import type { Clock } from "../sim/clock.ts";
import { Emitter } from "../sim/emitter.ts";
import type { Rng } from "../sim/rng.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import { Cables } from "./cables.ts";
import { Conntrack, type Flow } from "./conntrack.ts";
import { Machine } from "./machine.ts";
import type { Header, Place, Protocol } from "./packet.ts";
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
  /** The host as the sender named it; what an HTTP client puts into its Host header by default. */
  readonly host?: string;
  /** Where the process runs: its own connections are sent from here. */
  readonly at?: Place;
  /** The exchange that this request belongs to. */
  readonly exchange?: number;
  /** See `SendRequest.serverName`. */
  readonly serverName?: string | undefined;
}

/** What a process answers; `delay` is its thinking time in virtual milliseconds. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly delay?: number | undefined;
  /** What made the process answer so, as a clause that continues after its name. */
  readonly because?: string | undefined;
  /** See the outcome's `certificate`. */
  readonly certificate?: readonly string[] | undefined;
  /** Present: the process cuts the connection instead of answering, and why. */
  readonly cut?: string;
}

/**
 * Answers a request: at once by returning the reply, later by calling `respond` after returning undefined. A handler that does
 * neither has accepted the request and never answers.
 */
export type Handler = (request: IncomingRequest, respond: (reply: Reply) => void) => Reply | undefined;

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

/** An open port of a pod or a node. */
export interface Socket {
  readonly protocol: Protocol;
  readonly port: number;
  /** Bound to 127.0.0.1 only. */
  readonly loopback: boolean;
  readonly handler: Handler;
  /** What it speaks; HTTP or whatever its image does by default. */
  readonly speaks?: "tls" | "grpc" | undefined;
  /** Assumed: it listens there because its probes, its variables or Services look for it there. */
  readonly assumed?: boolean | undefined;
  /** The services that a gRPC server knows; absent: any. */
  readonly services?: readonly string[] | undefined;
}

/** A machine that is neither node nor client. */
export interface Outsider {
  readonly name: string;
  readonly sockets: readonly Socket[];
}

/** A cloud's load balancer for one address. */
export interface Balancer {
  /** The Service it was made for, `namespace/name`. */
  readonly service: string;
  /** Nodes that pass the health check now, in the order of their names. */
  healthyNodes(): readonly string[];
  /** Whether it has that port. */
  serves(protocol: Protocol, port: number): boolean;
  /** Whether it ends connections itself (ipMode Proxy, or a name only) instead of passing packets on as they are. */
  readonly proxies: boolean;
  /** Whom it lets in by itself; one that passes packets on leaves that to the nodes' rules. */
  admits(source: string): boolean;
  /** The node port that a balancer which ends connections connects to. */
  nodePortOf(protocol: Protocol, port: number): number | undefined;
}

/** A local port of a client that leads into one pod. */
export interface PortForward {
  readonly pod: { readonly uid: string; readonly namespace: string; readonly name: string };
  readonly podPort: number;
  /** Whether other machines may use it too (`--address 0.0.0.0`), not only the client itself. */
  readonly everywhere: boolean;
  /** Called for each connection to the local port. */
  opened(): void;
  /** Called when a connection could not be carried, and why; the client was disconnected. */
  failed(why: { readonly kind: "no-pod" | "refused"; readonly reason: string }): void;
}

/** The key of a client's local port in `network.forwards`. */
export function forwardKey(client: string, port: number): string {
  return `${client}:${port}`;
}

/** A pod on the network, and its place, made once. */
export interface AttachedPod extends PodAttachment {
  readonly place: Place & { readonly kind: "pod" };
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
  /** Called for each node whose power was cut or came back. */
  readonly powerChanged = new Emitter<{ readonly node: string; readonly on: boolean }>();
  /** What the cloud's load balancers do with packets for their addresses. */
  readonly balancers = new Map<string, Balancer>();
  /** Machines beside the cluster's nodes and clients, by address: the API server's. */
  readonly outsiders = new Map<string, Outsider>();
  /** What is wrong between places. */
  readonly cables: Cables;
  /** Local ports that `kubectl port-forward` listens on, by `forwardKey`. */
  readonly forwards = new Map<string, PortForward>();
  /** Programs whose work other rooms know, by name: `coredns`. Kubelets run them for the images that hold them. */
  readonly programs = new Map<string, Handler>();
  /** Addresses of names outside the cluster, for machines that ask a resolver of their own. */
  outsideNames: ((name: string) => string | undefined) | undefined;
  /** The address that the hosts file of a place gives a name. */
  hostsFile: ((place: Place, name: string) => string | undefined) | undefined;
  /** Why no Service rule is made for a destination, in terms of the cluster's objects; set by the component that knows them. */
  explainUnmatched: ((header: Header) => string | undefined) | undefined;
  readonly #pods = new Map<string, AttachedPod>();
  readonly #podByAddress = new Map<string, AttachedPod>();
  readonly #podByName = new Map<string, AttachedPod>();
  readonly #hostPods = new Map<string, Map<string, AttachedPod>>();
  readonly #sockets = new Map<string, Map<number, Socket>>();
  readonly #machines = new Map<string, Machine>();
  readonly #balancerConntrack = new Map<string, Conntrack>();
  readonly #off = new Set<string>();
  readonly #withoutKubelet = new Set<string>();

  constructor(parts: NetworkParts) {
    this.parts = parts;
    this.cables = new Cables(() => parts.settings(), parts.rng.fork("cables"));
  }

  attachPod(attachment: PodAttachment): void {
    const { namespace, name } = attachment;
    // Written out, as sockets are: what a spread makes has a hidden class of its own, which costs memory and slows whoever reads it.
    const pod: AttachedPod = {
      uid: attachment.uid,
      namespace,
      name,
      node: attachment.node,
      address: attachment.address,
      hostNetwork: attachment.hostNetwork,
      resolver: attachment.resolver,
      place: { kind: "pod", namespace, name },
    };
    this.#pods.set(pod.uid, pod);
    this.#podByName.set(`${pod.namespace}/${pod.name}`, pod);
    if (!pod.hostNetwork) {
      this.#podByAddress.set(pod.address, pod);
      return;
    }
    const host = this.#hostPods.get(pod.node) ?? new Map<string, AttachedPod>();
    host.set(pod.uid, pod);
    this.#hostPods.set(pod.node, host);
  }

  /** Takes a pod off the network and closes its sockets. */
  detachPod(uid: string): void {
    const pod = this.#pods.get(uid);
    if (pod === undefined) return;
    this.#pods.delete(uid);
    if (this.#podByAddress.get(pod.address)?.uid === uid) this.#podByAddress.delete(pod.address);
    const name = `${pod.namespace}/${pod.name}`;
    if (this.#podByName.get(name)?.uid === uid) this.#podByName.delete(name);
    this.#hostPods.get(pod.node)?.delete(uid);
    this.#sockets.delete(uid);
  }

  /** Opens a socket and returns how to close it. The last one to bind a port has it. */
  listen(
    owner: SocketOwner,
    at: Pick<Socket, "protocol" | "port" | "speaks" | "services" | "assumed"> & { readonly loopback?: boolean },
    handler: Handler,
  ): () => void {
    const name = ownerKey(owner);
    const key = socketKey(at.protocol, at.port);
    const socket: Socket = {
      protocol: at.protocol,
      port: at.port,
      loopback: at.loopback ?? false,
      handler,
      speaks: at.speaks,
      assumed: at.assumed,
      services: at.services,
    };
    const own = this.#sockets.get(name) ?? new Map<number, Socket>();
    own.set(key, socket);
    this.#sockets.set(name, own);
    return () => {
      if (own.get(key) === socket) own.delete(key);
    };
  }

  socketOf(owner: SocketOwner, protocol: Protocol, port: number): Socket | undefined {
    return this.#sockets.get(ownerKey(owner))?.get(socketKey(protocol, port));
  }

  socketOfPod(uid: string, protocol: Protocol, port: number): Socket | undefined {
    return this.#sockets.get(uid)?.get(socketKey(protocol, port));
  }

  /** The open sockets of a pod or a node. */
  socketsOf(owner: SocketOwner): readonly Socket[] {
    return [...(this.#sockets.get(ownerKey(owner))?.values() ?? [])];
  }

  podAt(address: string): AttachedPod | undefined {
    return this.#podByAddress.get(address);
  }

  podOf(uid: string): AttachedPod | undefined {
    return this.#pods.get(uid);
  }

  podNamed(namespace: string, name: string): AttachedPod | undefined {
    return this.#podByName.get(`${namespace}/${name}`);
  }

  /** The pods that use a node's own network. */
  hostPodsOf(node: string): Iterable<AttachedPod> {
    return this.#hostPods.get(node)?.values() ?? [];
  }

  /** The kernel of a node: its rules, its connections, its lists. */
  machine(node: string): Machine {
    let machine = this.#machines.get(node);
    if (machine === undefined) {
      const address = this.nodeAddress(node);
      machine = new Machine(node, address ?? "");
      if (address !== undefined) this.#machines.set(node, machine);
    }
    return machine;
  }

  /** The connections that the load balancer of an address has made itself. */
  balancerConntrack(address: string): Conntrack {
    let conntrack = this.#balancerConntrack.get(address);
    if (conntrack === undefined) {
      conntrack = new Conntrack();
      this.#balancerConntrack.set(address, conntrack);
    }
    return conntrack;
  }

  /** When a node last saw a client whom session affinity holds to an endpoint; undefined when it has forgotten. */
  affinityOf(node: string, list: string, client: string, seconds: number): number | undefined {
    return this.machine(node).recent.seenAt(list, client, { seconds, now: this.parts.clock.now });
  }

  /** When a node last saw each client whom session affinity holds to an endpoint, whether it still counts or not. */
  clientsOf(node: string, list: string): ReadonlyMap<string, number> {
    return this.machine(node).recent.of(list);
  }

  /** The connections that a node translates now, oldest first. */
  flowsOf(node: string): Iterable<Readonly<Flow>> {
    return this.machine(node).conntrack.flows();
  }

  /** A machine's own address; undefined for a Node object without a machine. */
  nodeAddress(node: string): string | undefined {
    return this.parts.settings().nodes.find((each) => each.name === node)?.address;
  }

  /** The node that has this address. */
  nodeAt(address: string): string | undefined {
    return this.parts.settings().nodes.find((each) => each.address === address)?.name;
  }

  /** Cuts a node's power: its pods and rules answer nothing until it is on again. */
  setPower(node: string, on: boolean): void {
    if (on === this.isOn(node)) return;
    if (on) this.#off.delete(node);
    else {
      this.#off.add(node);
      this.machine(node).clear();
    }
    this.powerChanged.emit({ node, on });
  }

  /** A machine joins; it is on. */
  addNode(node: string): void {
    this.#off.delete(node);
  }

  /** A machine is gone for good, with all that it remembered and had open. */
  removeNode(node: string): void {
    this.#off.add(node);
    this.#withoutKubelet.delete(node);
    this.#machines.get(node)?.clear();
    this.#machines.delete(node);
    this.#hostPods.delete(node);
    this.#sockets.delete(ownerKey({ kind: "node", name: node }));
  }

  isOn(node: string): boolean {
    return !this.#off.has(node);
  }

  /** Says whether the kubelet of a node runs; what goes through it needs it. */
  setKubelet(node: string, running: boolean): void {
    if (running) this.#withoutKubelet.delete(node);
    else this.#withoutKubelet.add(node);
  }

  hasKubelet(node: string): boolean {
    return this.isOn(node) && !this.#withoutKubelet.has(node);
  }

  /** Where a place's own address is; undefined when it has none now. */
  addressOf(place: Place): string | undefined {
    const settings = this.parts.settings();
    if (place.kind === "client") return settings.clients.find((client) => client.name === place.name)?.address;
    if (place.kind === "node") return settings.nodes.find((node) => node.name === place.name)?.address;
    if (place.kind === "outside") return undefined;
    return this.podNamed(place.namespace, place.name)?.address;
  }
}

function ownerKey(owner: SocketOwner): string {
  return owner.kind === "pod" ? owner.uid : `node ${owner.name}`;
}

function socketKey(protocol: Protocol, port: number): number {
  return port * 4 + (protocol === "TCP" ? 0 : protocol === "UDP" ? 1 : 2);
}
