// Why packets are lost, in the words of this cluster; sentences without their full stop.

import { W } from "../../words/en/network.ts";
import type { PacketInFlight } from "./call.ts";
import type { Surroundings } from "./decide.ts";
import type { Network, PodAttachment, Socket, SocketOwner } from "./network.ts";
import type { Header, Place, Protocol } from "./packet.ts";
import type { Target } from "./sockets.ts";

/** Why nothing answers a packet that took the default route. */
export function nobodyOutside(
  { network, routing }: Pick<Surroundings, "network" | "routing">,
  packet: PacketInFlight,
): string {
  const { destination, destinationPort } = packet.header;
  const inner = routing.isInner(destination);
  const inCluster = packet.call.request.from.kind !== "client";
  const hint = inCluster ? network.explainUnmatched?.(packet.header) : undefined;
  if (hint !== undefined) return hint;
  if (inner === undefined) return W.nobodyOutside(destination);
  if (inCluster) return W.noRule(destination, destinationPort);
  return inner === "pod" ? W.podAddress(destination) : W.clusterAddress(destination);
}

/** Why a packet met no process at a place; one sentence without its full stop. */
export function refusal(network: Network, place: Place, { pod }: Target, header: Header): string {
  const port = header.destinationPort;
  const protocol: Protocol | "ICMP" = header.protocol;
  const { owner, all } = ownersAt(network, place, pod, header);
  const sockets = all.flatMap((each) => network.socketsOf(each));
  if (sockets.some((socket) => socket.loopback && socket.port === port && socket.protocol === protocol))
    return W.loopback(owner, port);
  const open = sockets.filter((socket) => !socket.loopback);
  const name = protocol === "TCP" ? W.port(port) : W.protocolPort(protocol, port);
  if (pod === undefined) {
    const hint = network.explainUnmatched?.(header);
    return W.nothingOn(name, owner, hint);
  }
  if (open.length === 0) return W.noPorts(name, owner);
  return W.otherPorts(name, owner, open.map(portText).join(", "));
}

/** Whose network a packet met: its name for people, and all who have sockets there. */
function ownersAt(
  network: Network,
  place: Place,
  pod: PodAttachment | undefined,
  header: Header,
): { readonly owner: string; readonly all: readonly SocketOwner[] } {
  if (pod !== undefined) return { owner: W.podIn(pod.namespace, pod.name), all: [{ kind: "pod", uid: pod.uid }] };
  if (place.kind !== "node") return { owner: W.the(network.outsiders.get(header.destination)?.name ?? ""), all: [] };
  const pods = Array.from(network.hostPodsOf(place.name), ({ uid }) => ({ kind: "pod", uid }) as const);
  return { owner: place.name, all: [place, ...pods] };
}

function portText(socket: Socket): string {
  return socket.protocol === "TCP" ? String(socket.port) : `${socket.port}/${socket.protocol}`;
}
