// Which process a packet for a machine or a pod meets.
import type { Machine } from "./machine.ts";
import type { Network, Outsider, PodAttachment, Socket, SocketOwner } from "./network.ts";
import type { Header, Place } from "./packet.ts";

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

/** The process on a machine beside the cluster. */
export function targetOfOutsider(outsider: Outsider, header: Header): Target {
  const socket = outsider.sockets.find(
    (each) => each.port === header.destinationPort && each.protocol === header.protocol,
  );
  return { socket, pod: undefined, owner: `the ${outsider.name}`, owners: [] };
}

function find(network: Network, owner: SocketOwner, header: Header): Socket | undefined {
  return header.protocol === "ICMP" ? undefined : network.socketOf(owner, header.protocol, header.destinationPort);
}

function reachable(socket: Socket | undefined, header: Header): Socket | undefined {
  return socket === undefined || (socket.loopback && !header.destination.startsWith("127.")) ? undefined : socket;
}

/** The pod of a place, looked for by its address first: that is cheaper than by its name. */
export function podOf(network: Network, place: Place & { kind: "pod" }, address: string): PodAttachment | undefined {
  const pod = network.podAt(address);
  return pod !== undefined && pod.name === place.name && pod.namespace === place.namespace
    ? pod
    : network.podNamed(place.namespace, place.name);
}
