// Which process a packet for a machine or a pod meets, and why there is none.
import type { Machine } from "./machine.ts";
import type { Network, PodAttachment, Socket, SocketOwner } from "./network.ts";
import type { Header, Protocol } from "./packet.ts";

/** The process behind an address and port, if one listens there. */
export interface Target {
  readonly socket: Socket | undefined;
  readonly pod: PodAttachment | undefined;
  /** Whose network it is, for people. */
  readonly owner: string;
  readonly owners: readonly SocketOwner[];
}

/** The process in a pod that a packet to it meets. */
export function targetOfPod(network: Network, pod: PodAttachment, header: Header): Target {
  const owner: SocketOwner = { kind: "pod", uid: pod.uid };
  return {
    socket: reachable(find(network, owner, header), header),
    pod,
    owner: `pod ${pod.namespace}/${pod.name}`,
    owners: [owner],
  };
}

/** The process on a node's own network: the node's, or that of a pod that uses it. */
export function targetOfNode(network: Network, machine: Machine, header: Header): Target {
  const owners: SocketOwner[] = [{ kind: "node", name: machine.name }];
  const own = reachable(find(network, { kind: "node", name: machine.name }, header), header);
  let found: { socket: Socket; pod: PodAttachment } | undefined;
  for (const pod of network.hostPodsOf(machine.name)) {
    const owner: SocketOwner = { kind: "pod", uid: pod.uid };
    owners.push(owner);
    const socket = reachable(find(network, owner, header), header);
    if (socket !== undefined) found = { socket, pod };
  }
  return { socket: own ?? found?.socket, pod: own === undefined ? found?.pod : undefined, owner: machine.name, owners };
}

function find(network: Network, owner: SocketOwner, header: Header): Socket | undefined {
  return header.protocol === "ICMP" ? undefined : network.socketOf(owner, header.protocol, header.destinationPort);
}

function reachable(socket: Socket | undefined, header: Header): Socket | undefined {
  return socket === undefined || (socket.loopback && !header.destination.startsWith("127.")) ? undefined : socket;
}

/** Why a packet met no process; one sentence without its full stop. */
export function refusal(network: Network, target: Target, header: Header): string {
  const port = header.destinationPort;
  const protocol: Protocol | "ICMP" = header.protocol;
  const sockets = target.owners.flatMap((owner) => network.socketsOf(owner));
  if (sockets.some((socket) => socket.loopback && socket.port === port && socket.protocol === protocol))
    return `the program in ${target.owner} listens on 127.0.0.1:${port} only, which nobody outside can reach`;
  const open = sockets.filter((socket) => !socket.loopback);
  const name = protocol === "TCP" ? `port ${port}` : `${protocol} port ${port}`;
  if (target.pod === undefined) {
    const hint = network.explainUnmatched?.(header);
    return `nobody listens on ${name} of ${target.owner}${hint === undefined ? "" : `; ${hint}`}`;
  }
  if (open.length === 0) return `nobody listens on ${name} of ${target.owner}; no port of it is open`;
  return `nobody listens on ${name} of ${target.owner}; it listens on ${open.map(portText).join(", ")}`;
}

function portText(socket: Socket): string {
  return socket.protocol === "TCP" ? String(socket.port) : `${socket.port}/${socket.protocol}`;
}
