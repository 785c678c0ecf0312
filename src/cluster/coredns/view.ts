// The objects that DNS answers come from, found by key.
import type { EndpointSlice, Service } from "../api/types.gen.ts";
import { LabelServiceName } from "../api/well-known.ts";
import type { Informers } from "../client-go/informer.ts";

const SLICES_BY_SERVICE = "coredns/service";
const SERVICES_BY_ADDRESS = "coredns/clusterIP";

/** What the record functions read. */
export interface DnsView {
  hasNamespace(name: string): boolean;
  service(namespace: string, name: string): Service | undefined;
  serviceAt(clusterIP: string): Service | undefined;
  slicesOf(namespace: string, service: string): Iterable<EndpointSlice>;
  allSlices(): Iterable<EndpointSlice>;
  /** When one of these objects changed last, in seconds since 1970: the serial number of the zone. */
  serial(): number;
}

/** The live view that informers give. */
export function viewOf(informers: Informers, now: () => number): DnsView {
  const services = informers.of("services");
  const slices = informers.of("endpointslices.discovery.k8s.io");
  const namespaces = informers.of("namespaces");
  services.addIndex(SERVICES_BY_ADDRESS, (service) =>
    (service.spec?.clusterIPs ?? [service.spec?.clusterIP ?? ""]).filter((ip) => ip !== "" && ip !== "None"),
  );
  slices.addIndex(SLICES_BY_SERVICE, (slice) => {
    const name = slice.metadata.labels?.[LabelServiceName];
    return name === undefined ? [] : [`${slice.metadata.namespace ?? "default"}/${name}`];
  });
  let changed = now();
  for (const watched of [services, slices, namespaces])
    watched.onChange(() => {
      changed = now();
    });
  return {
    serial: () => Math.floor(changed / 1000),
    hasNamespace: (name) => namespaces.get(name) !== undefined,
    service: (namespace, name) => services.get(`${namespace}/${name}`),
    serviceAt: (clusterIP) => {
      for (const service of services.byIndex(SERVICES_BY_ADDRESS, clusterIP)) return service;
      return undefined;
    },
    slicesOf: (namespace, service) => slices.byIndex(SLICES_BY_SERVICE, `${namespace}/${service}`),
    allSlices: () => slices.list(),
  };
}
