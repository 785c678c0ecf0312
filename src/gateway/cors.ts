// Cross-origin requests: which origins a rule lets in, and the headers that say so to a browser.
import { own } from "../cluster/index.ts";
import type { Cors } from "./api.ts";
import type { Headers } from "./filters.ts";

/** Whether a request asks beforehand whether another may be sent. */
export function isPreflight(method: string, headers: Headers): boolean {
  return method === "OPTIONS" && headers.origin !== undefined && headers["access-control-request-method"] !== undefined;
}

/** The headers for an answer to an origin; none when it is not let in. Spec: [GW-14]. */
// Models gateway-api/apis/v1 HTTPCORSFilter
export function corsHeaders(cors: Cors, asked: Headers, isPreflightAnswer: boolean): Headers {
  const { origin } = asked;
  const { allowOrigins = [], allowMethods = [], allowHeaders = [], exposeHeaders = [], maxAge = 5 } = cors;
  if (origin === undefined || !allowOrigins.some((each) => admits(each, origin))) return {};
  const isTrusting = cors.allowCredentials === true;
  const exposed = isTrusting ? exposeHeaders.filter((each) => each !== "*") : exposeHeaders;
  const always: Headers = {
    "access-control-allow-origin": origin,
    ...(isTrusting ? { "access-control-allow-credentials": "true" } : {}),
    ...(exposed.length === 0 ? {} : { "access-control-expose-headers": exposed.join(", ") }),
  };
  if (!isPreflightAnswer) return always;
  const methods = listed(allowMethods, asked["access-control-request-method"]);
  const headers = listed(allowHeaders, asked["access-control-request-headers"]);
  return {
    ...always,
    ...(methods === undefined ? {} : { "access-control-allow-methods": methods }),
    ...(headers === undefined ? {} : { "access-control-allow-headers": headers }),
    "access-control-max-age": String(maxAge),
  };
}

/** What is allowed; `*` is answered with what was asked for. */
function listed(allowed: readonly string[], asked: string | undefined): string | undefined {
  if (allowed.includes("*")) return asked;
  return allowed.length === 0 ? undefined : allowed.join(", ");
}

const ORIGIN = /^(https?):\/\/([^:/]+)(?::(\d+))?$/;
const PORTS: Readonly<Record<string, string>> = { http: "80", https: "443" };

/** Whether an origin is one that is allowed: `*` in front stands for any number of labels. */
function admits(allowed: string, origin: string): boolean {
  if (allowed === "*") return true;
  const [, scheme = "", host = "", port = own(PORTS, scheme)] = ORIGIN.exec(allowed) ?? [];
  const [, askedScheme = "", askedHost = "", askedPort = own(PORTS, askedScheme)] =
    ORIGIN.exec(origin.toLowerCase()) ?? [];
  if (scheme === "" || scheme !== askedScheme || port !== askedPort) return false;
  const name = host.toLowerCase();
  return name === "*" || (name.startsWith("*.") ? askedHost.endsWith(name.slice(1)) : name === askedHost);
}
