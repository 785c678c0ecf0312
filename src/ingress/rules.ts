// Which backend a host and a path lead to: the Ingresses as nginx's servers and locations. A pure function of objects.
import { compareText, type Ingress, type IngressServiceBackend, keyOf } from "../cluster/index.ts";

const ANNOTATION = "nginx.ingress.kubernetes.io/";

/** One path of one Ingress. */
export interface Location {
  /** `namespace/name` of the Ingress. */
  readonly ingress: string;
  readonly namespace: string;
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  readonly service: IngressServiceBackend | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Server {
  readonly locations: Location[];
  /** Where paths without a location go; the controller's own 404 when undefined. */
  fallback: Location | undefined;
}

/** Servers by host; `_` takes the hosts that nobody names. */
export type Servers = ReadonlyMap<string, Server>;

/** What a request comes to: a location with the path as its backend sees it, or nothing, and whether its host was known. */
export type Found =
  | { readonly location: Location; readonly path: string }
  | { readonly location: undefined; readonly host: boolean };

const ANY = "_";

/** Takes the Ingresses together, oldest first: who names a host, or a path of it, first has it. Spec: [INGRESS-4] [INGRESS-5]. */
// Models ingress-nginx/internal/ingress/controller createServers, getBackendServers
export function serversOf(ingresses: readonly Ingress[]): Servers {
  const servers = new Map<string, Server>([[ANY, { locations: [], fallback: undefined }]]);
  for (const ingress of [...ingresses].sort(byAge)) addIngress(servers, ingress);
  return servers;
}

function addIngress(servers: Map<string, Server>, ingress: Ingress): void {
  const { rules = [], defaultBackend } = ingress.spec ?? {};
  const about = {
    ingress: keyOf(ingress),
    namespace: ingress.metadata.namespace ?? "default",
    annotations: ingress.metadata.annotations ?? {},
  };
  const fallback: Location | undefined = defaultBackend && {
    ...about,
    host: "",
    path: "",
    pathType: "default backend",
    service: defaultBackend.service,
  };
  const any = servers.get(ANY);
  if (rules.length === 0 && any !== undefined) any.fallback ??= fallback;
  for (const { host = "", http } of rules) {
    const name = host === "" ? ANY : host;
    const server = servers.get(name) ?? { locations: [], fallback };
    servers.set(name, server);
    for (const { path = "/", pathType, backend } of http?.paths ?? [])
      if (!server.locations.some((each) => each.path === path && each.pathType === pathType))
        server.locations.push({ ...about, host, path, pathType, service: backend.service });
  }
}

function byAge(a: Ingress, b: Ingress): number {
  return (
    compareText(a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? "") ||
    compareText(keyOf(a), keyOf(b))
  );
}

/** The exact host, else the wildcard for its first label, else the hosts nobody names; there the exact path, else the longest that fits. */
export function find(servers: Servers, host: string, path: string): Found {
  const named = servers.get(host) ?? servers.get(`*.${host.slice(host.indexOf(".") + 1)}`);
  const server = named ?? servers.get(ANY);
  let best: { location: Location; path: string } | undefined;
  for (const location of server?.locations ?? []) {
    const seen = pathBehind(location, path);
    if (seen === undefined) continue;
    if (location.pathType === "Exact") return { location, path: seen };
    if (best === undefined || location.path.length > best.location.path.length) best = { location, path: seen };
  }
  if (best !== undefined) return best;
  if (server?.fallback !== undefined) return { location: server.fallback, path };
  return { location: undefined, host: named !== undefined };
}

/** The path that the backend sees when the location fits, else undefined. */
// Models ingress-nginx/internal/ingress/controller/template buildLocation, updateServerLocations
function pathBehind(location: Location, path: string): string | undefined {
  const { annotations } = location;
  const target = annotations[`${ANNOTATION}rewrite-target`];
  const pattern =
    target !== undefined || annotations[`${ANNOTATION}use-regex`] === "true" ? patternOf(location.path) : undefined;
  if (pattern === undefined) return fits(location, path) ? (target ?? path) : undefined;
  const match = pattern.exec(path);
  if (match === null) return undefined;
  return target === undefined ? path : target.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "");
}

function fits({ path: own, pathType }: Location, path: string): boolean {
  if (pathType === "Exact") return path === own;
  if (pathType !== "Prefix") return path.startsWith(own); // ImplementationSpecific: nginx compares texts, not elements
  const bare = own.replace(/\/+$/, "");
  return path === bare || path.startsWith(`${bare}/`);
}

/** A path that is a pattern, as far as it is built from `(/|$)`, `(.*)`, `.*`, `/?` and `$`: others could take forever. */
function patternOf(path: string): RegExp | undefined {
  const isPlain = /^(?:\(\/\|\$\)|\(\.\*\)|\.\*|\/\?|\$|[\w\-~%./])*$/.test(path);
  const stars = path.split(".*").length - 1;
  return isPlain && stars <= 2 ? new RegExp(`^${path}`, "i") : undefined;
}
