// What a sender asked for, and where in the cluster that address leads.
import type {
  Exchange,
  Header,
  Hop,
  Packet,
  Place,
  Pod,
  Protocol,
  Service,
  ServicePort,
  World,
} from "../cluster/index.ts";
import type { Cure } from "./finding.ts";
import type { Survey } from "./survey.ts";
import { protocolOf } from "./words.ts";

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
  /** The Host header, where the sender named another host than the one it sent to. */
  readonly hostHeader: string | undefined;
  /** Where the first packet was sent to; undefined while the name was not resolved. */
  readonly address: string | undefined;
  /** The last hop of the last request packet. */
  readonly last: Hop | undefined;
  readonly hops: readonly Hop[];
}

/** The sending of such a request as a cure. */
export function sendCure(label: string, { from, host, port, protocol, path, hostHeader }: Asked): Cure {
  const send = {
    from,
    host,
    port,
    ...(protocol === "TCP" ? {} : { protocol }),
    ...(path === undefined ? {} : { path }),
    ...(hostHeader === undefined ? {} : { hostHeader }),
  };
  return { label, remedy: { kind: "send", send } };
}

/** Takes an exchange apart. */
export function askedOf(world: World, exchange: Exchange): Asked {
  const packets = exchange.packets.flatMap((id) => world.trace.packet(id) ?? []);
  const requests = packets.filter(({ kind }) => kind === "request");
  const first = firstHeader(requests[0]);
  const [, site, under, aim] = /^([^/\s]+)(\/\S*) at (\S+)$/.exec(exchange.target) ?? [];
  const match = /^(?:(https?):\/\/)?([^/:\s]+)(?::(\d+))?(\/.*)?$/.exec(aim ?? exchange.target);
  const [, scheme, host = "", port, path = under] = match ?? [];
  const hops = requests.flatMap((packet) => packet.hops);
  return {
    from: exchange.from,
    host: host === "" ? (first?.destination ?? exchange.target) : host,
    port: first?.destinationPort ?? Number(port ?? (scheme === "https" ? 443 : 80)),
    protocol: protocolOf(first?.protocol ?? exchange.protocol),
    isPing: first?.protocol === "ICMP",
    path,
    hostHeader: site,
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
  /** An unused address of the cluster's own ranges. */
  | { readonly kind: "free"; readonly range: "pod" | "service" }
  | { readonly kind: "self" }
  | { readonly kind: "client"; readonly name: string }
  | { readonly kind: "unknown" };

/** Finds what an address leads to. */
export function aimOf(survey: Survey, asked: Asked): Aim {
  const { address, port, protocol } = asked;
  if (address === undefined) return { kind: "unknown" };
  if (address.startsWith("127.")) return { kind: "self" };
  const service = serviceAt(survey, address);
  if (service !== undefined) return { ...service, port: portOf(service.service, port, protocol) };
  const node = survey.world.network.nodeAt(address);
  if (node !== undefined) return nodePortAim(survey, node, asked) ?? { kind: "node", node };
  const pod = survey.podAt(address);
  if (pod !== undefined) return { kind: "pod", pod };
  const client = survey.world.settings.clients.find((each) => each.address === address);
  if (client !== undefined) return { kind: "client", name: client.name };
  return survey.rangeOf(address);
}

function serviceAt(survey: Survey, address: string) {
  for (const service of survey.services) {
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

function nodePortAim(survey: Survey, node: string, { port, protocol }: Asked): Aim | undefined {
  for (const service of survey.services)
    for (const each of service.spec?.ports ?? [])
      if (each.nodePort === port && (each.protocol ?? "TCP") === protocol)
        return { kind: "nodePort", node, service, port: each };
  return undefined;
}

/** The Service whose rules decided on the way, as the packets tell. */
export function decidedService(survey: Survey, { hops }: Asked): Service | undefined {
  const decision = hops.flatMap((hop) => hop.service ?? hop.end?.service ?? [])[0];
  return decision === undefined ? undefined : survey.service(decision.namespace, decision.name);
}
