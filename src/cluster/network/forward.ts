// How `kubectl port-forward` carries a connection: through the API server and the kubelet into one pod, past every rule.
import type { Call, Leg, Traveller, Tunnel } from "./call.ts";
import { reversed } from "./conntrack.ts";
import { endHop, isLoopback, startHop } from "./hops.ts";
import { forwardKey, type Network, type PodAttachment, type PortForward } from "./network.ts";
import type { Header, Hop, Packet, Place } from "./packet.ts";
import { untouched } from "./translate.ts";

/** Told of what becomes of carried packets. */
export interface TunnelListener {
  returned(call: Call, what: { readonly kind: "closed"; readonly reason: string } | Answer): void;
  lost(call: Call, reason: string): void;
  busyUntil(call: Call, at: number): void;
}

type Answer = {
  readonly kind: "reply";
  readonly reply: NonNullable<Traveller["reply"]>;
  readonly server: NonNullable<Traveller["server"]>;
};

interface TunnelPorts {
  readonly sourcePort: number;
  readonly podPort: number;
}

/** What comes back out of a tunnel. */
type Back = { readonly kind: Packet["kind"] } & Pick<Traveller, "reply" | "server" | "reason">;

const API_SERVER: Place = { kind: "outside", name: "API server" };
const API_SERVER_PORT = 6443;
const KUBELET_PORT = 10_250;

/** Carries packets through port forwards. Spec: [FORWARD-1]. */
// Models kubernetes/staging/src/k8s.io/client-go/tools/portforward PortForwarder and kubernetes/pkg/kubelet portForward
export class Tunnels {
  readonly #network: Network;
  readonly #listener: TunnelListener;

  constructor(network: Network, listener: TunnelListener) {
    this.#network = network;
    this.#listener = listener;
  }

  /** The forward that a packet for a client's port meets. */
  at(client: string, header: Header): PortForward | undefined {
    const forward = this.#network.forwards.get(forwardKey(client, header.destinationPort));
    return forward?.everywhere === true || isLoopback(header.destination) ? forward : undefined;
  }

  /** Carries a request to its pod; `arrived` is called there. */
  carry(traveller: Traveller, hop: Hop, forward: PortForward, arrived: (hop: Hop, pod: PodAttachment) => void): void {
    const network = this.#network;
    forward.opened();
    endHop(network, hop, "forwarded");
    const pod = network.podOf(forward.pod.uid);
    const first: Leg = { from: hop.from, to: hop.to, header: hop.header };
    const ports = { sourcePort: traveller.header.sourcePort, podPort: forward.podPort };
    const own = hop.from.kind === hop.to.kind && "name" in hop.from && hop.from.name === clientOf(hop.to);
    const legs = [...(own ? [] : [first]), ...this.#legs(hop.to, pod, ports)];
    traveller.tunnel = { forward, legs };
    if (pod !== undefined && !network.isOn(pod.node)) {
      this.#listener.lost(traveller.call, `${pod.node}, where the pod runs, has no power`);
      return;
    }
    this.#walk(traveller, { legs: own ? legs : legs.slice(1), back: false }, (last) => {
      const now = network.podOf(forward.pod.uid);
      if (now !== undefined && pod !== undefined && last.to.kind === "pod") {
        arrived(last, now);
        return;
      }
      const { namespace, name } = forward.pod;
      const reason =
        last.to.kind === "node"
          ? `the kubelet of ${last.to.name}, which carries port-forwards, is stopped`
          : `pod ${namespace}/${name} is gone, and a port-forward stays with the pod it chose`;
      endHop(network, last, "refused", { reason });
      forward.failed({ kind: "no-pod", reason });
      this.#return(traveller, { kind: "reset", reason });
    });
  }

  /** Brings the pod's answer, or its refusal, back to the client. */
  back(traveller: Traveller, tunnel: Tunnel, back: Back): void {
    if (back.kind !== "reply") tunnel.forward.failed({ kind: "refused", reason: back.reason ?? "" });
    this.#return(traveller, back);
  }

  #return(traveller: Traveller, { kind, ...rest }: Back): void {
    const { call, tunnel } = traveller;
    const { trace } = this.#network.parts;
    const legs = (tunnel?.legs ?? [])
      .map(({ from, to, header }): Leg => ({ from: to, to: from, header: reversed(header) }))
      .reverse();
    const header = legs[0]?.header ?? traveller.header;
    const packet: Traveller = {
      id: trace.newPacketId(),
      kind: kind === "reply" ? "reply" : "reset",
      call,
      header,
      hops: 0,
      ...rest,
      ...(tunnel === undefined ? {} : { tunnel }),
    };
    trace.addPacket({ id: packet.id, exchange: call.record.id, kind: packet.kind, hops: [] });
    this.#walk(packet, { legs, back: true }, (last) => {
      endHop(this.#network, last, "delivered");
      const { reply, server, reason = "" } = rest;
      if (reply !== undefined && server !== undefined) this.#listener.returned(call, { kind: "reply", reply, server });
      else this.#listener.returned(call, { kind: "closed", reason });
    });
  }

  /** Goes leg by leg; `done` gets the last hop, not ended yet. */
  #walk(
    traveller: Traveller,
    { legs, back }: { readonly legs: readonly Leg[]; readonly back: boolean },
    done: (last: Hop) => void,
  ): void {
    const [leg, ...rest] = legs;
    const { tunnel } = traveller;
    if (leg === undefined || tunnel === undefined) throw new Error("network: a tunnel without legs");
    const { namespace, name } = tunnel.forward.pod;
    const forward = { namespace, name, back };
    const hop = startHop(this.#network, traveller, { ...leg, work: untouched(leg.header), forward });
    this.#listener.busyUntil(traveller.call, hop.arrivesAt);
    this.#network.parts.clock.schedule(hop.arrivesAt - hop.sentAt, () => {
      if (rest.length === 0) {
        done(hop);
        return;
      }
      endHop(this.#network, hop, "forwarded");
      this.#walk(traveller, { legs: rest, back }, done);
    });
  }

  /** Client to API server to kubelet to the pod's own loopback: three connections, none of them to a Service. */
  #legs(client: Place, pod: PodAttachment | undefined, { sourcePort, podPort }: TunnelPorts): Leg[] {
    const network = this.#network;
    const api = [...network.outsiders].find(([, { name }]) => name === API_SERVER.name)?.[0] ?? "";
    const header = (source: string, destination: string, destinationPort: number): Header => ({
      protocol: "TCP",
      source,
      sourcePort,
      destination,
      destinationPort,
    });
    const toApi = header(network.addressOf(client) ?? "", api, API_SERVER_PORT);
    const legs: Leg[] = [{ from: client, to: API_SERVER, header: toApi }];
    if (pod === undefined) return legs;
    const node: Place = { kind: "node", name: pod.node };
    const place: Place = { kind: "pod", namespace: pod.namespace, name: pod.name };
    const toKubelet = header(api, network.addressOf(node) ?? "", KUBELET_PORT);
    const inside = header("127.0.0.1", "127.0.0.1", podPort);
    legs.push({ from: API_SERVER, to: node, header: toKubelet });
    return network.hasKubelet(pod.node) ? [...legs, { from: node, to: place, header: inside }] : legs;
  }
}

function clientOf(place: Place): string | undefined {
  return place.kind === "client" ? place.name : undefined;
}
