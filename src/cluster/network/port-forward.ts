// How `kubectl port-forward` carries a connection: through the API server and the kubelet into one pod, past every rule.

import { W } from "../../words/en/network.ts";
import type { Leg, PacketInFlight } from "./call.ts";
import { reversed } from "./conntrack.ts";
import type { Decision, Visit } from "./decide.ts";
import { toProcess } from "./delivery.ts";
import { isLoopback } from "./hops.ts";
import { forwardKey, type Network, type PodAttachment, type PortForward } from "./network.ts";
import type { Header, Hop, Place } from "./packet.ts";
import { targetOfPod } from "./sockets.ts";

interface TunnelPorts {
  readonly sourcePort: number;
  readonly podPort: number;
}

const API_SERVER: Place = { kind: "outside", name: "API server" };
const API_SERVER_PORT = 6443;
const KUBELET_PORT = 10_250;

/** The forward that a packet for a client's port meets. */
export function forwardAt(network: Network, client: string, header: Header): PortForward | undefined {
  const forward = network.forwards.get(forwardKey(client, header.destinationPort));
  return forward?.everywhere === true || isLoopback(header.destination) ? forward : undefined;
}

/** Leads carried bytes leg by leg to the pod, or back to the client; no rule of a node sees them. Spec: [FORWARD-1]. */
// Models kubernetes/staging/src/k8s.io/client-go/tools/portforward PortForwarder and kubernetes/pkg/kubelet portForward
export function carry(visit: Visit): Decision {
  const { packet, place, around } = visit;
  const { tunnel } = packet;
  if (tunnel === undefined) throw new Error("network: a packet without a tunnel is carried");
  const leg = tunnel.legs[tunnel.at];
  if (leg !== undefined) {
    visit.header = leg.header;
    return visit.go(leg.to);
  }
  if (tunnel.forwarded.back) return visit.serve({ kind: "sender" });
  const { pod } = tunnel.forward;
  const now = around.network.podOf(pod.uid);
  if (now !== undefined && place.kind === "pod")
    return toProcess(visit, place, targetOfPod(around.network, now, packet.header));
  const reason = place.kind === "node" ? W.kubeletStopped(place.name) : W.podGone(pod.namespace, pod.name);
  return { kind: "end", verdict: "refused", reason, work: undefined, answer: { kind: "reset", from: place } };
}

/** The legs of a connection to a local port: those behind the hop that brought it there, and all of them with that hop. */
export function legsOf(
  network: Network,
  packet: PacketInFlight,
  hop: Hop,
  forward: PortForward,
): { readonly ahead: readonly Leg[]; readonly all: readonly Leg[] } {
  const pod = network.podOf(forward.pod.uid);
  const ahead = legs(network, hop.to, pod, { sourcePort: packet.header.sourcePort, podPort: forward.podPort });
  const isOwn = hop.from.kind === "client" && hop.to.kind === "client" && hop.from.name === hop.to.name;
  return { ahead, all: isOwn ? ahead : [{ from: hop.from, to: hop.to, header: hop.header }, ...ahead] };
}

/** The same legs from their end to their beginning. */
export function backwards(all: readonly Leg[]): readonly Leg[] {
  return all.map(({ from, to, header }): Leg => ({ from: to, to: from, header: reversed(header) })).reverse();
}

/** Client to API server to kubelet to the pod's own loopback: three connections, none of them to a Service. */
function legs(
  network: Network,
  client: Place,
  pod: PodAttachment | undefined,
  { sourcePort, podPort }: TunnelPorts,
): readonly Leg[] {
  const api = [...network.outsiders].find(([, { name }]) => name === API_SERVER.name)?.[0] ?? "";
  const header = (source: string, destination: string, destinationPort: number): Header => ({
    protocol: "TCP",
    source,
    sourcePort,
    destination,
    destinationPort,
  });
  const toApi: Leg = {
    from: client,
    to: API_SERVER,
    header: header(network.addressOf(client) ?? "", api, API_SERVER_PORT),
  };
  if (pod === undefined) return [toApi];
  const node: Place = { kind: "node", name: pod.node };
  const toKubelet: Leg = {
    from: API_SERVER,
    to: node,
    header: header(api, network.addressOf(node) ?? "", KUBELET_PORT),
  };
  if (!network.hasKubelet(pod.node)) return [toApi, toKubelet];
  const place: Place = { kind: "pod", namespace: pod.namespace, name: pod.name };
  return [toApi, toKubelet, { from: node, to: place, header: header("127.0.0.1", "127.0.0.1", podPort) }];
}
