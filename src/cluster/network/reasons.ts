// Why packets come to nothing, in the words of this cluster; sentences without their full stop.
import type { Traveller } from "./call.ts";
import type { Network, Socket } from "./network.ts";
import type { Header, Protocol } from "./packet.ts";
import type { Roads } from "./road.ts";
import type { Target } from "./sockets.ts";

/** Why nobody answers a packet that took the default route. */
export function nobodyOutside(network: Network, roads: Roads, traveller: Traveller): string {
  const { destination, destinationPort } = traveller.header;
  const inner = roads.isInner(destination);
  const inCluster = traveller.call.record.from.kind !== "client";
  const hint = inCluster ? network.explainUnmatched?.(traveller.header) : undefined;
  if (hint !== undefined) return hint;
  if (inner === undefined) return `nobody out there answers for ${destination}`;
  if (inCluster) return `no rule is made for ${destination}:${destinationPort}, and no machine has that address`;
  return inner === "pod"
    ? `${destination} is a pod's address, which only nodes and pods of the cluster can reach`
    : `${destination} is a cluster IP, which exists only in the rules of the cluster's nodes`;
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
