// Which process receives a packet for a machine or a pod.
import type { Machine } from "./machine.ts";
import type { AttachedPod, Network, Outsider, Socket } from "./network.ts";
import type { Header, Place } from "./packet.ts";

/** The process behind an address and port, if one listens there. */
export interface Target {
  readonly socket: Socket | undefined;
  readonly pod: AttachedPod | undefined;
}

/** The process in a pod that a packet to it meets. */
export function targetOfPod(network: Network, pod: AttachedPod, header: Header): Target {
  return { socket: socketOfPod(network, pod, header), pod };
}

/** The process on a node's own network: the node's, or that of a pod that uses it. */
export function targetOfNode(network: Network, { name }: Machine, header: Header): Target {
  if (header.protocol === "ICMP") return NOBODY;
  const own = reachable(network.socketOf({ kind: "node", name }, header.protocol, header.destinationPort), header);
  if (own !== undefined) return { socket: own, pod: undefined };
  let found: Target = NOBODY;
  for (const pod of network.hostPodsOf(name)) {
    const socket = socketOfPod(network, pod, header);
    if (socket !== undefined) found = { socket, pod };
  }
  return found;
}

/** The process on a machine beside the cluster. */
export function targetOfOutsider(outsider: Outsider, header: Header): Target {
  const socket = outsider.sockets.find(
    (each) => each.port === header.destinationPort && each.protocol === header.protocol,
  );
  return { socket, pod: undefined };
}

const NOBODY: Target = { socket: undefined, pod: undefined };

function socketOfPod(network: Network, pod: AttachedPod, header: Header): Socket | undefined {
  if (header.protocol === "ICMP") return undefined;
  return reachable(network.socketOfPod(pod.uid, header.protocol, header.destinationPort), header);
}

function reachable(socket: Socket | undefined, header: Header): Socket | undefined {
  return socket === undefined || (socket.loopback && !header.destination.startsWith("127.")) ? undefined : socket;
}

/** The pod of a place, looked for by its address first: that is cheaper than by its name. */
export function podOf(network: Network, place: Place & { kind: "pod" }, address: string): AttachedPod | undefined {
  const pod = network.podAt(address);
  return pod !== undefined && pod.name === place.name && pod.namespace === place.namespace
    ? pod
    : network.podNamed(place.namespace, place.name);
}
