// Endpoints per Service port, read from EndpointSlices; each slice is taken apart once.
import type { Endpoint, EndpointSlice } from "../api/types.gen.ts";
import { LabelServiceName } from "../api/well-known.ts";
import type { Informer } from "../client-go/informer.ts";
import { parseIPv4 } from "../network/ip.ts";
import { isForOthers, protocolOf } from "./service-port.ts";

/** One endpoint of one Service port. */
export interface EndpointInfo {
  /** `ip:port`. */
  readonly text: string;
  readonly address: string;
  readonly port: number;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly node: string | undefined;
  readonly zone: string | undefined;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
  readonly pod: { readonly namespace: string; readonly name: string } | undefined;
}

/** Index of EndpointSlices by `namespace/service`. */
export const BY_SERVICE = "kube-proxy/service";

/** The Service that a slice feeds; undefined when kube-proxy does not read the slice. */
export function serviceOfSlice(slice: EndpointSlice): string | undefined {
  const { labels, namespace } = slice.metadata;
  const name = labels?.[LabelServiceName];
  if (name === undefined || name === "" || slice.addressType !== "IPv4" || isForOthers(labels)) return undefined;
  return `${namespace ?? "default"}/${name}`;
}

const NO_ENDPOINTS: readonly EndpointInfo[] = [];

interface Gathered {
  readonly slices: readonly EndpointSlice[];
  readonly byPort: ReadonlyMap<string, readonly EndpointInfo[]>;
}

/** The endpoints as the API has them now. Shared by all kube-proxies: it only remembers what reading gave. */
// Models kubernetes/pkg/proxy/endpointslicecache.go
export class EndpointReader {
  readonly #slices: Informer<EndpointSlice>;
  readonly #parsed = new WeakMap<EndpointSlice, ReadonlyMap<string, readonly EndpointInfo[]>>();
  readonly #gathered = new Map<string, Gathered>();

  constructor(slices: Informer<EndpointSlice>) {
    this.#slices = slices;
    slices.addIndex(BY_SERVICE, (slice) => {
      const service = serviceOfSlice(slice);
      return service === undefined ? [] : [service];
    });
  }

  /** The slices that feed a Service. */
  slicesOf(service: string): readonly EndpointSlice[] {
    return [...this.#slices.byIndex(BY_SERVICE, service)];
  }

  /** Endpoints of one port; the same array as long as no slice of the Service changed. */
  endpointsOf(service: string, portName: string, protocol: string): readonly EndpointInfo[] {
    const slices = this.slicesOf(service);
    let known = this.#gathered.get(service);
    if (known === undefined || !sameList(known.slices, slices)) {
      known = { slices, byPort: this.#gather(slices) };
      if (slices.length === 0) this.#gathered.delete(service);
      else this.#gathered.set(service, known);
    }
    return known.byPort.get(`${portName} ${protocol}`) ?? NO_ENDPOINTS;
  }

  #gather(slices: readonly EndpointSlice[]): ReadonlyMap<string, readonly EndpointInfo[]> {
    const byPort = new Map<string, EndpointInfo[]>();
    for (const slice of slices)
      for (const [port, endpoints] of this.#parse(slice)) {
        const list = byPort.get(port);
        if (list === undefined) byPort.set(port, [...endpoints]);
        else for (const endpoint of endpoints) list.push(endpoint);
      }
    for (const [port, list] of byPort) byPort.set(port, withoutDoubles(list));
    return byPort;
  }

  #parse(slice: EndpointSlice): ReadonlyMap<string, readonly EndpointInfo[]> {
    const known = this.#parsed.get(slice);
    if (known !== undefined) return known;
    const parsed = parseSlice(slice);
    this.#parsed.set(slice, parsed);
    return parsed;
  }
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** The same address and port may be in several slices; the later one counts when it names a node. */
function withoutDoubles(list: readonly EndpointInfo[]): EndpointInfo[] {
  const byText = new Map<string, EndpointInfo>();
  for (const endpoint of list)
    if (!byText.has(endpoint.text) || endpoint.node !== undefined) byText.set(endpoint.text, endpoint);
  return byText.size === list.length ? [...list] : [...byText.values()];
}

/** Endpoints of a slice by `portName protocol`. */
export function parseSlice(slice: EndpointSlice): ReadonlyMap<string, readonly EndpointInfo[]> {
  const byPort = new Map<string, readonly EndpointInfo[]>();
  for (const port of slice.ports ?? []) {
    if (port.port === undefined || port.port === 0) continue;
    const number = port.port;
    const list = (slice.endpoints ?? []).flatMap((endpoint) => {
      const address = endpoint.addresses[0];
      if (address === undefined || parseIPv4(address) === undefined) return [];
      return [endpointInfo(slice, endpoint, { address, port: number })];
    });
    byPort.set(`${port.name ?? ""} ${protocolOf(port.protocol)}`, list);
  }
  return byPort;
}

function endpointInfo(slice: EndpointSlice, endpoint: Endpoint, at: { address: string; port: number }): EndpointInfo {
  const ready = endpoint.conditions?.ready ?? true;
  const target = endpoint.targetRef;
  return {
    address: at.address,
    port: at.port,
    text: `${at.address}:${at.port}`,
    ready,
    serving: endpoint.conditions?.serving ?? ready,
    terminating: endpoint.conditions?.terminating ?? false,
    node: endpoint.nodeName,
    zone: endpoint.zone,
    zoneHints: (endpoint.hints?.forZones ?? []).map((each) => each.name),
    nodeHints: (endpoint.hints?.forNodes ?? []).map((each) => each.name),
    pod:
      target?.kind === "Pod" && target.name !== undefined
        ? { namespace: target.namespace ?? slice.metadata.namespace ?? "default", name: target.name }
        : undefined,
  };
}
