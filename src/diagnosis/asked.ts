// What a sender asked for, and where in the cluster that address leads.
import type {
  Cluster,
  Exchange,
  Header,
  Hop,
  Packet,
  Place,
  Pod,
  Protocol,
  Service,
  ServicePort,
} from "../cluster/index.ts";
import type { Cure } from "./finding.ts";
import type { World } from "./world.ts";

/** A request as its sender put it, and how far it came. */
export interface Asked {
  readonly from: Place;
  /** As typed: a name or an address. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** An echo request, as ping sends. */
  readonly isPing: boolean;
  readonly path: string | undefined;
  /** Where the first packet was sent to; undefined while the name was not resolved. */
  readonly address: string | undefined;
  /** The last hop of the last request packet. */
  readonly last: Hop | undefined;
  readonly hops: readonly Hop[];
}

/** The sending of such a request as a cure. */
export function sendCure(label: string, { from, host, port, protocol, path }: Asked): Cure {
  const send = {
    from,
    host,
    port,
    ...(protocol === "TCP" ? {} : { protocol }),
    ...(path === undefined ? {} : { path }),
  };
  return { label, remedy: { kind: "send", send } };
}

/** Takes an exchange apart. */
export function askedOf(cluster: Cluster, exchange: Exchange): Asked {
  const packets = exchange.packets.flatMap((id) => cluster.trace.packet(id) ?? []);
  const requests = packets.filter(({ kind }) => kind === "request");
  const first = firstHeader(requests[0]);
  const match = /^(?:(https?):\/\/)?([^/:\s]+)(?::(\d+))?(\/.*)?$/.exec(exchange.target);
  const [, scheme, host = "", port, path] = match ?? [];
  const hops = requests.flatMap((packet) => packet.hops);
  return {
    from: exchange.from,
    host: host === "" ? (first?.destination ?? exchange.target) : host,
    port: first?.destinationPort ?? Number(port ?? (scheme === "https" ? 443 : 80)),
    protocol: first === undefined || first.protocol === "ICMP" ? "TCP" : first.protocol,
    isPing: first?.protocol === "ICMP",
    path,
    address: first?.destination,
    last: requests.at(-1)?.hops.at(-1),
    hops,
  };
}

function firstHeader(packet: Packet | undefined): Header | undefined {
  return packet?.hops[0]?.received;
}

/** What an address and port are in this cluster now. */
export type Aim =
  /** A Service's own address and one of its ports; `port` undefined when it has no such port. */
  | {
      readonly kind: "clusterIP" | "externalIP" | "loadBalancerIP";
      readonly service: Service;
      readonly port: ServicePort | undefined;
    }
  | { readonly kind: "nodePort"; readonly node: string; readonly service: Service; readonly port: ServicePort }
  | { readonly kind: "node"; readonly node: string }
  | { readonly kind: "pod"; readonly pod: Pod }
  /** An address of the cluster's own ranges that nobody has. */
  | { readonly kind: "free"; readonly range: "pod" | "service" }
  | { readonly kind: "self" }
  | { readonly kind: "client"; readonly name: string }
  | { readonly kind: "unknown" };

/** Finds what an address leads to. */
export function aimOf(world: World, asked: Asked): Aim {
  const { address, port, protocol } = asked;
  if (address === undefined) return { kind: "unknown" };
  if (address.startsWith("127.")) return { kind: "self" };
  const service = serviceAt(world, address);
  if (service !== undefined) return { ...service, port: portOf(service.service, port, protocol) };
  const node = world.cluster.network.nodeAt(address);
  if (node !== undefined) return nodePortAim(world, node, asked) ?? { kind: "node", node };
  const pod = world.podAt(address);
  if (pod !== undefined) return { kind: "pod", pod };
  const client = world.cluster.settings.clients.find((each) => each.address === address);
  if (client !== undefined) return { kind: "client", name: client.name };
  return world.rangeOf(address);
}

function serviceAt(world: World, address: string) {
  for (const service of world.services) {
    const { spec, status } = service;
    if (spec?.clusterIP === address) return { kind: "clusterIP", service } as const;
    if (spec?.externalIPs?.includes(address) === true) return { kind: "externalIP", service } as const;
    if (status?.loadBalancer?.ingress?.some(({ ip }) => ip === address) === true)
      return { kind: "loadBalancerIP", service } as const;
  }
  return undefined;
}

function portOf(service: Service, port: number, protocol: string): ServicePort | undefined {
  return service.spec?.ports?.find((each) => each.port === port && (each.protocol ?? "TCP") === protocol);
}

function nodePortAim(world: World, node: string, { port, protocol }: Asked): Aim | undefined {
  for (const service of world.services)
    for (const each of service.spec?.ports ?? [])
      if (each.nodePort === port && (each.protocol ?? "TCP") === protocol)
        return { kind: "nodePort", node, service, port: each };
  return undefined;
}

/** The Service whose rules decided on the way, as the packets tell. */
export function decidedService(world: World, { hops }: Asked): Service | undefined {
  const decision = hops.flatMap((hop) => hop.service ?? hop.end?.service ?? [])[0];
  return decision === undefined ? undefined : world.service(decision.namespace, decision.name);
}
