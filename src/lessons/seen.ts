// What checks look at: the cluster as it is, its traffic and what was done since the step began.
import {
  type Exchange,
  type FieldPath,
  type Hop,
  holds,
  type KubeObject,
  LabelServiceName,
  makeKey,
  type ObjectRef,
  type Place,
  resourceForKind,
  resourceName,
  type ServiceDecision,
  valueAt,
  type World,
} from "../cluster/index.ts";
import type { TimedAction } from "../scenario/index.ts";
import type { RequestPattern, SeenOutcome } from "./lesson.ts";
import { pointedOf } from "./link.ts";

/** A run as a lesson sees it: the page's runs are such, and `seenOf` makes one of any. */
export interface Watched {
  readonly world: World;
  /** What was done in it. */
  readonly log: readonly TimedAction[];
}

/** A run since the step began. */
export interface Seen extends Watched {
  /** Virtual milliseconds at which the step began, and how many actions the log held then. */
  readonly since: number;
  readonly sinceActions: number;
}

/** What was done since the step began. */
export function doneSince({ log, sinceActions }: Seen): readonly TimedAction[] {
  return log.slice(sinceActions);
}

/** The object of a text such as `Service/web`; undefined when the cluster has none. */
export function objectOf({ world }: Watched, text: string): KubeObject | undefined {
  const pointed = pointedOf(text);
  return pointed && findObject(world, pointed.object);
}

function findObject(world: World, { apiVersion, kind, namespace, name }: ObjectRef): KubeObject | undefined {
  const info = resourceForKind(apiVersion, kind);
  return info && (world.api.find(resourceName(info), namespace, name) as KubeObject | undefined); // every kind has metadata
}

/** The value at a path; a step `[type=Ready]` finds the entry of a list. */
export function fieldOf(object: unknown, path: FieldPath): unknown {
  let value: unknown = object;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    const [, key = "", wanted] = /^(\w+)=(.*)$/.exec(String(step)) ?? [];
    const isEntry = (each: unknown) => String(valueAt(each, [key])) === wanted;
    value = Array.isArray(value) && wanted !== undefined ? value.find(isEntry) : valueAt(value, [step]);
  }
  return value;
}

const KINDS_OF_HOST: ReadonlySet<string> = new Set(["node", "pod", "no-pod", "cluster-ip"]);

/** Whether a place is the one, or of the kind, that a text names. */
export function isPlace(place: Place, text: string): boolean {
  const [kind = "", ...rest] = text.split("/");
  if (kind === "node") return place.kind === "node" && (rest.length === 0 || rest[0] === place.name);
  if (kind !== "pod") return place.kind === "client" && place.name === text;
  if (place.kind !== "pod") return false;
  const [first, second] = rest;
  if (second !== undefined) return place.namespace === first && place.name === second;
  return first === undefined || place.name === first;
}

/** What people's requests of this kind came to since the step began, oldest first. Only those that ended. */
export function requestsOf(seen: Seen, pattern: RequestPattern): readonly Exchange[] {
  const found: Exchange[] = [];
  for (const exchange of seen.world.trace.exchanges())
    if (exchange.startedAt >= seen.since && isAsked(exchange) && isLike(seen.world, exchange, pattern))
      found.push(exchange);
  return found;
}

const isAsked = ({ purpose, parent, outcome }: Exchange) =>
  (purpose === "request" || purpose === "traffic") && parent === undefined && outcome.kind !== "pending";

function isLike(world: World, exchange: Exchange, { from, to, path, via }: RequestPattern): boolean {
  if (path !== undefined && exchange.asked?.path !== path) return false;
  if (from !== undefined && !isPlace(exchange.from, from)) return false;
  if (to === undefined) return true;
  if (!to.startsWith("Service/")) return isTarget(world, exchange, to);
  const wanted = pointedOf(to)?.object;
  return decisionsOf(world, exchange).some(
    (each) =>
      each.namespace === wanted?.namespace && each.name === wanted.name && (via === undefined || via === each.via),
  );
}

/** Whether an exchange was sent to `HOST:PORT` or `HOST`, as it was typed. */
function isTarget(world: World, { target }: Exchange, wanted: string): boolean {
  const [, scheme = "http", typed = ""] = /^(?:(https?):\/\/)?([^/\s]*)/.exec(target.replace(/^.* at /, "")) ?? [];
  const [host = "", port = scheme === "https" ? "443" : "80"] = typed.split(":");
  const [wantedHost = "", wantedPort] = wanted.split(":");
  if (wantedPort !== undefined && wantedPort !== port) return false;
  if (wantedHost === "node") return world.settings.nodes.some(({ address }) => address === host);
  if (!KINDS_OF_HOST.has(wantedHost)) return wantedHost === host;
  if (wantedHost === "cluster-ip") return holds(world.settings.serviceCIDR, host);
  const isPod = world.api.list("pods").some(({ status }) => status?.podIP === host);
  return wantedHost === "pod" ? isPod : !isPod && holds(world.settings.podCIDR, host);
}

/** The Services whose rules decided about an exchange. */
export function decisionsOf(world: World, exchange: Exchange): readonly ServiceDecision[] {
  return hopsOf(world, exchange).flatMap(({ service, end }) =>
    [service, end?.service].filter((each) => each !== undefined),
  );
}

function hopsOf(world: World, { packets }: Exchange): readonly Hop[] {
  return packets.flatMap((id) => world.trace.packet(id)?.hops ?? []);
}

/** Whether a request ended so. `failed`: in any way but with an answer. */
export function endedSo({ outcome }: Exchange, wanted: SeenOutcome): boolean {
  return wanted === "failed" ? outcome.kind !== "answered" : outcome.kind === wanted;
}

/** The node of the pod that answered; of a process of a node, that node. */
export function nodeOf(world: World, place: Place): string | undefined {
  if (place.kind === "node") return place.name;
  if (place.kind !== "pod") return undefined;
  return world.api.find("pods", place.namespace, place.name)?.spec?.nodeName;
}

/** Whether an address is a Service's endpoint now, as `ip:port`. */
export function servesFor({ world }: Watched, service: string, endpoint: string): boolean {
  const { namespace = "default", name = "" } = pointedOf(service)?.object ?? {};
  return endpointsOf(world, namespace, name).some(({ address }) => address === endpoint.split(":")[0]);
}

/** The endpoints of a Service, from its EndpointSlices. */
export function endpointsOf(
  world: World,
  namespace: string,
  name: string,
): ReadonlyArray<{ readonly address: string; readonly isReady: boolean }> {
  const slices = world.api
    .list("endpointslices.discovery.k8s.io", { namespace })
    .filter(({ metadata }) => metadata.labels?.[LabelServiceName] === name);
  const found = new Map<string, boolean>();
  for (const { endpoints, ports } of slices)
    for (const { addresses, conditions } of endpoints ?? []) {
      const isReady = (conditions?.ready ?? true) && (ports ?? []).length > 0;
      for (const address of addresses) found.set(address, isReady || found.get(address) === true);
    }
  return Array.from(found, ([address, isReady]) => ({ address, isReady }));
}

/** A pod's key, for counting. */
export function placeKey(place: Place): string {
  return place.kind === "pod" ? makeKey(place.namespace, place.name) : `${place.kind}/${place.name}`;
}
