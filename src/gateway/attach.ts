// Which routes attach to which listeners, and what each route's parents say of it.
import {
  compareText,
  type Informers,
  keyOf,
  type Labels,
  matches,
  selectorFromLabelSelector,
} from "../cluster/index.ts";
import {
  type BackendReference,
  type Gateway,
  type Listener,
  type ParentReference,
  ROUTES,
  type Route,
  type RouteKind,
} from "./api.ts";
import { no, type Said, yes } from "./conditions.ts";
import { GROUP } from "./definitions/index.ts";
import { intersection } from "./hostnames.ts";
import type { Seen } from "./listeners.ts";
import { backendOf } from "./references.ts";
import { wrongRules } from "./rules.ts";

/** A Gateway whose listeners were looked at. */
export interface SeenGateway {
  readonly gateway: Gateway;
  readonly listeners: readonly Seen[];
  /** Whether its certificate for backends is there, if it names one. */
  readonly resolved: Said | undefined;
}

/** A route on one listener. */
export interface Attached {
  readonly route: Route;
  readonly kind: RouteKind;
  /** The hosts that both take; "" is any. */
  readonly hostnames: readonly string[];
}

/** What one parent of a route says. */
export interface Parented {
  readonly parentRef: ParentReference;
  readonly said: readonly Said[];
}

/** All attachments: by the listener's key, and what is to be said to each route. */
export interface Attachments {
  on(gateway: Gateway, listener: Listener): readonly Attached[];
  readonly parents: ReadonlyMap<Route, readonly Parented[]>;
}

interface Offered {
  readonly route: Route;
  readonly kind: RouteKind;
}

/** Attaches all routes, oldest first. Spec: [GW-9]. */
export function attach(informers: Informers, gateways: ReadonlyMap<string, SeenGateway>): Attachments {
  const attached = new Map<string, Attached[]>();
  const parents = new Map<Route, Parented[]>();
  for (const { route, kind } of routesByAge(informers)) {
    const own: Parented[] = [];
    for (const parentRef of route.spec?.parentRefs ?? []) {
      const parent = parentOf(parentRef, route, gateways);
      if (parent === undefined) continue;
      const taken = takenBy(informers, parent, { parentRef, route, kind, attached });
      const wrong = wrongRules(kind, route);
      const accepted =
        "reason" in taken
          ? no("Accepted", taken.reason, taken.message)
          : wrong.all === undefined
            ? yes("Accepted", "Route is accepted")
            : no("Accepted", wrong.all.reason, wrong.all.message);
      const refs = resolved(informers, kind, route);
      const partial =
        accepted.status === "True" && wrong.some !== undefined
          ? [yes("PartiallyInvalid", `Dropped Rule: ${wrong.some}`, "UnsupportedValue")]
          : [];
      own.push({ parentRef, said: [accepted, refs, ...partial] });
      if ("reason" in taken || accepted.status !== "True") continue;
      for (const [key, hostnames] of taken.listeners) {
        const routes = attached.get(key) ?? [];
        attached.set(key, routes);
        const before = routes.find((each) => each.route === route);
        if (before === undefined) routes.push({ route, kind, hostnames });
      }
    }
    parents.set(route, own);
  }
  return { on: (gateway, listener) => attached.get(listenerKey(gateway, listener)) ?? [], parents };
}

function listenerKey(gateway: Gateway, { name }: Listener): string {
  return `${keyOf(gateway)}#${name}`;
}

function routesByAge(informers: Informers): readonly Offered[] {
  const all = Object.entries(ROUTES).flatMap(
    ([kind, resource]) =>
      [...informers.of(resource).list()].map((route) => ({ route: route as Route, kind: kind as RouteKind })), // its schema, and the keys of ROUTES
  );
  return all.sort((a, b) => byAge(a.route, b.route));
}

/** Older routes go before younger ones, then by name. */
export function byAge({ metadata: a }: Route, { metadata: b }: Route): number {
  return (
    compareText(a.creationTimestamp ?? "", b.creationTimestamp ?? "") ||
    compareText(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`)
  );
}

function parentOf(
  { group = GROUP, kind = "Gateway", name, namespace }: ParentReference,
  { metadata }: Route,
  gateways: ReadonlyMap<string, SeenGateway>,
): SeenGateway | undefined {
  if (group !== GROUP || kind !== "Gateway") return undefined;
  return gateways.get(`${namespace ?? metadata.namespace}/${name}`);
}

interface Asking extends Offered {
  readonly parentRef: ParentReference;
  readonly attached: ReadonlyMap<string, readonly Attached[]>;
}

/** The listeners that take a route, by key, with the hosts it has there; why none does. */
function takenBy(
  informers: Informers,
  { gateway, listeners }: SeenGateway,
  { parentRef, route, kind, attached }: Asking,
):
  | { readonly listeners: ReadonlyMap<string, readonly string[]> }
  | { readonly reason: string; readonly message: string } {
  const { sectionName, port } = parentRef;
  const named = listeners.filter(
    ({ listener }) =>
      (sectionName === undefined || listener.name === sectionName) && (port === undefined || listener.port === port),
  );
  if (named.length === 0)
    return { reason: "NoMatchingParent", message: "No listener of the Gateway has that name and port" };
  const own = route.metadata.namespace ?? "default";
  const labels = informers.of("namespaces").get(own)?.metadata.labels;
  const open = named.filter(
    (seen) => seen.kinds.includes(kind) && admits(seen.listener, gateway.metadata.namespace ?? "default", own, labels),
  );
  if (open.length === 0)
    return { reason: "NotAllowedByListeners", message: "No listener allows routes of this kind from this namespace" };
  const taken = new Map<string, readonly string[]>();
  let rival: string | undefined;
  for (const { listener } of open) {
    const hostnames = hostnamesOn(listener, route);
    if (hostnames.length === 0) continue;
    const key = listenerKey(gateway, listener);
    rival = rivalOf(kind, hostnames, attached.get(key) ?? []);
    if (rival === undefined) taken.set(key, hostnames);
  }
  if (taken.size > 0) return { listeners: taken };
  if (rival !== undefined) return { reason: "HostnameConflict", message: `the older ${rival} has the same hostnames` };
  return { reason: "NoMatchingListenerHostname", message: "No listener has a hostname that is among the route's" };
}

function admits({ allowedRoutes }: Listener, of: string, own: string, labels: Labels): boolean {
  const { from = "Same", selector } = allowedRoutes?.namespaces ?? {};
  if (from === "All") return true;
  if (from === "Selector") return matches(selectorFromLabelSelector(selector), labels);
  return own === of;
}

/** The hosts of a route that a listener has too. */
function hostnamesOn({ hostname }: Listener, { spec }: Route): readonly string[] {
  const own = spec?.hostnames ?? [];
  if (own.length === 0) return [hostname ?? ""];
  return own.flatMap((each) => intersection(hostname, each) ?? []);
}

/** An older route of the other kind that has a host in common: HTTPRoutes and GRPCRoutes do not share hosts. */
// Models gateway-api/apis/v1 GRPCRouteSpec.Hostnames
function rivalOf(kind: RouteKind, hostnames: readonly string[], attached: readonly Attached[]): string | undefined {
  const rival = attached.find(
    (each) =>
      each.kind !== kind &&
      each.hostnames.some((other) => hostnames.some((host) => intersection(other, host) !== undefined)),
  );
  return rival && `${rival.kind} ${keyOf(rival.route)}`;
}

/** Whether every backend of a route is there and may be used; the first that is not says why not. */
function resolved(informers: Informers, kind: RouteKind, route: Route): Said {
  const from = { kind, namespace: route.metadata.namespace ?? "default" };
  for (const reference of backendsOf(route)) {
    const backend = backendOf(informers, from, reference);
    if ("reason" in backend) return no("ResolvedRefs", backend.reason, backend.message);
  }
  return yes("ResolvedRefs", "All references are resolved");
}

/** All backends that a route names, those of mirrors too. */
function backendsOf({ spec }: Route): readonly BackendReference[] {
  return (spec?.rules ?? []).flatMap(({ backendRefs = [], filters = [] }) => {
    const all = [...filters, ...backendRefs.flatMap((each) => each.filters ?? [])];
    return [...backendRefs, ...all.flatMap(({ requestMirror }) => requestMirror?.backendRef ?? [])];
  });
}
