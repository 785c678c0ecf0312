// The endpoints behind an Ingress' backend: taken from the EndpointSlices, past the Service's address and rules.
import {
  type Cluster,
  compareText,
  type EndpointSlice,
  type IngressServiceBackend,
  LabelServiceName,
  type ServicePort,
} from "../cluster/index.ts";

/** Where a backend's connections can go. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

const BY_SERVICE = "ingress/service";

/** `cart:80` or `cart:http`. */
export function backendText({ name, port }: IngressServiceBackend): string {
  return `${name}:${port?.number ?? port?.name ?? ""}`;
}

/** Ready endpoints of the Service's port, by address; an ExternalName Service's host itself. None when anything is missing. Spec: [INGRESS-6]. */
// Models ingress-nginx/internal/ingress/controller serviceEndpoints, getEndpointsFromSlices
export function upstreamsOf(
  informers: Cluster["informers"],
  namespace: string,
  backend: IngressServiceBackend,
): readonly Upstream[] {
  const service = informers.of("services").get(`${namespace}/${backend.name}`);
  const { type, externalName, ports = [] } = service?.spec ?? {};
  const wanted = ports.find((each) => fits(each, backend));
  if (type === "ExternalName") {
    const port = Number(wanted?.targetPort ?? wanted?.port ?? backend.port?.number);
    return externalName === undefined || !(port > 0) ? [] : [{ host: externalName, port }];
  }
  return wanted === undefined ? [] : readyEndpoints(informers, `${namespace}/${backend.name}`, wanted);
}

/** The ready endpoints of one port of a Service, in the order of their addresses. */
export function readyEndpoints(
  informers: Cluster["informers"],
  service: string,
  wanted: ServicePort,
): readonly Upstream[] {
  const slices = informers.of("endpointslices.discovery.k8s.io");
  slices.addIndex(BY_SERVICE, serviceOf);
  const found = new Map<string, Upstream>();
  for (const slice of slices.byIndex(BY_SERVICE, service))
    for (const { name = "", port, protocol = "TCP" } of slice.ports ?? []) {
      if (name !== (wanted.name ?? "") || protocol !== (wanted.protocol ?? "TCP") || port === undefined) continue;
      for (const { addresses, conditions } of slice.endpoints ?? [])
        if (conditions?.ready !== false) for (const host of addresses) found.set(`${host}:${port}`, { host, port });
    }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, upstream]) => upstream);
}

function fits(port: ServicePort, { port: wanted }: IngressServiceBackend): boolean {
  return wanted?.number === undefined
    ? wanted?.name !== undefined && port.name === wanted.name
    : port.port === wanted.number;
}

function serviceOf({ metadata }: EndpointSlice): readonly string[] {
  const name = metadata.labels?.[LabelServiceName];
  return name === undefined ? [] : [`${metadata.namespace ?? "default"}/${name}`];
}
