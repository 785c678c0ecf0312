// What filters do to requests and answers. Pure functions.
import { own } from "../cluster/index.ts";
import type { HeaderModifier, PathModifier, Redirect } from "./api.ts";

export type Headers = Readonly<Record<string, string>>;

/** Headers with a modifier's changes; names are compared in any case. Spec: [GW-12]. */
export function modified(headers: Headers, { set = [], add = [], remove = [] }: HeaderModifier): Headers {
  const all = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [name, value] as const]));
  for (const { name, value } of set) all.set(name.toLowerCase(), [name, value]);
  for (const { name, value } of add) {
    const before = all.get(name.toLowerCase());
    all.set(name.toLowerCase(), before === undefined ? [name, value] : [before[0], `${before[1]},${value}`]);
  }
  for (const name of remove) all.delete(name.toLowerCase());
  return Object.fromEntries(all.values());
}

/** The path with a modifier's change, without its query. Spec: [GW-13]. */
// Models gateway-api/apis/v1 HTTPPathModifier
export function rewritten(path: string, prefix: string, modifier: PathModifier | undefined): string {
  if (modifier === undefined) return path;
  if (modifier.type === "ReplaceFullPath") return modifier.replaceFullPath || "/";
  const rest = path.slice(prefix.replace(/\/$/, "").length);
  const start = (modifier.replacePrefixMatch ?? "").replace(/\/$/, "");
  return `${start}${rest}` || "/";
}

/** The request that is redirected. */
export interface Redirected {
  readonly scheme: "http" | "https";
  /** As the request names it, without a port. */
  readonly host: string;
  /** The listener's. */
  readonly port: number;
  readonly path: string;
  readonly query: string | undefined;
  readonly prefix: string;
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** The Location of a redirect. Spec: [GW-13]. */
// Models gateway-api/apis/v1 HTTPRequestRedirectFilter
export function locationOf(redirect: Redirect, asked: Redirected): string {
  const scheme = redirect.scheme ?? asked.scheme;
  const usual = own(PORTS, scheme);
  const port = redirect.port ?? (redirect.scheme === undefined ? asked.port : usual);
  const host = redirect.hostname ?? asked.host;
  const path = rewritten(asked.path, asked.prefix, redirect.path);
  return `${scheme}://${host}${port === usual ? "" : `:${port}`}${path}${asked.query === undefined ? "" : `?${asked.query}`}`;
}
