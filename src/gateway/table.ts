// What a Gateway's data plane knows: its ports with their listeners, and what is asked on each in the order in which it is tried.
import { keyOf, own } from "../cluster/index.ts";
import type { Listener, Route, RouteKind, Rule } from "./api.ts";
import { type Attached, type Attachments, byAge, type SeenGateway } from "./attach.ts";
import { fits, moreSpecific } from "./hostnames.ts";
import { type Tried, triedOf, whyWrong } from "./rules.ts";

/** One match of one rule, for one host. */
export interface Entry {
  readonly hostname: string;
  readonly tried: Tried;
  readonly rule: Rule;
  readonly route: Route;
  readonly kind: RouteKind;
  /** `HTTPRoute shop/web` */
  readonly text: string;
}

/** A listener that is served. */
export interface Served {
  readonly listener: Listener;
  /** Names of its certificates; undefined where TLS does not end. */
  readonly certificate: readonly string[] | undefined;
  readonly entries: readonly Entry[];
}

/** By port; the more specific listeners come first. */
export type Table = ReadonlyMap<number, readonly Served[]>;

/** Spec: [GW-11]. */
export function tableOf({ gateway, listeners }: SeenGateway, attachments: Attachments): Table {
  const table = new Map<number, Served[]>();
  for (const { listener, certificate, isServed } of listeners) {
    if (!isServed) continue;
    const own = table.get(listener.port) ?? [];
    table.set(listener.port, own);
    own.push({ listener, certificate, entries: entriesOf(attachments.on(gateway, listener)) });
  }
  for (const each of table.values()) each.sort((a, b) => moreSpecific(a.listener.hostname, b.listener.hostname));
  return table;
}

function entriesOf(attached: readonly Attached[]): readonly Entry[] {
  const entries = [...attached]
    .sort((a, b) => byAge(a.route, b.route))
    .flatMap(({ route, kind, hostnames }) => {
      const rules = (route.spec?.rules ?? []).filter((rule) => whyWrong(kind, rule) === undefined);
      const text = `${kind} ${keyOf(route)}`;
      return hostnames.flatMap((hostname) =>
        rules.flatMap((rule) => triedOf(kind, rule).map((tried) => ({ hostname, tried, rule, route, kind, text }))),
      );
    });
  return entries.sort(byPrecedence);
}

const PATHS = ["Exact", "RegularExpression", "PathPrefix"];

/** The order in which matches are tried; what remains equal stays in the order of age, name and rule. */
// Models gateway-api/apis/v1 HTTPRouteRule.Matches, GRPCRouteRule.Matches
function byPrecedence(a: Entry, b: Entry): number {
  const [left, right] = [a.tried, b.tried];
  return (
    moreSpecific(a.hostname, b.hostname) ||
    PATHS.indexOf(left.path.type) - PATHS.indexOf(right.path.type) ||
    right.path.length - left.path.length ||
    Number(right.method !== undefined) - Number(left.method !== undefined) ||
    right.headers.length - left.headers.length ||
    right.queryParams.length - left.queryParams.length
  );
}

/** The listener of a port that takes a host: the most specific. */
export function listenerFor(listeners: readonly Served[], host: string): Served | undefined {
  return listeners.find(({ listener }) => fits(listener.hostname, host));
}

/** What is asked, as matches look at it; names of headers in lower case. */
export interface Asked {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** The first entry that fits. */
export function entryFor({ entries }: Served, asked: Asked): Entry | undefined {
  const parameters = new URLSearchParams(asked.query ?? "");
  return entries.find(
    ({ hostname, tried }) =>
      fits(hostname, asked.host) &&
      tried.fitsPath(asked.path) &&
      (tried.method === undefined || tried.method === asked.method) &&
      tried.headers.every(({ name, holds }) => {
        const value = own(asked.headers, name);
        return value !== undefined && holds(value);
      }) &&
      tried.queryParams.every(({ name, holds }) => {
        const value = parameters.get(name);
        return value !== null && holds(value);
      }),
  );
}
