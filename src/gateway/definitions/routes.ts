// The routes and BackendTLSPolicy: the fields of their specs and statuses.
import {
  annotationValue,
  backendReference,
  conditions,
  controllerName,
  group,
  headerName,
  hostname,
  kind,
  list,
  localReference,
  map,
  objectName,
  oneOf,
  parentReference,
  port,
  preciseHostname,
  routeStatus,
  type Schema,
  sectionName,
  serviceReference,
  text,
  whole,
  withMore,
} from "./schema.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
const MATCH_TYPES = ["Exact", "RegularExpression"];

const headerValue = text({ min: 1, max: 4096 });
const headers = list(map({ "name*": headerName, "value*": headerValue }), 16, ["name"]);
const headerModifier = map({ add: headers, remove: list(text(), 16, "set"), set: headers });

const mirror = map({
  "backendRef*": serviceReference,
  fraction: map({ denominator: whole({ minimum: 1, default: 100 }), "numerator*": whole({ minimum: 0 }) }),
  percent: whole({ minimum: 0, maximum: 100 }),
});

const pathModifier = map({
  replaceFullPath: text({ max: 1024 }),
  replacePrefixMatch: text({ max: 1024 }),
  "type*": oneOf(["ReplaceFullPath", "ReplacePrefixMatch"]),
});

const ORIGIN = "(^\\*$)|(^(http(s)?):\\/\\/(((\\*\\.)?([a-zA-Z0-9\\-]+\\.)*[a-zA-Z0-9-]+|\\*)(:([0-9]{1,5}))?)$)";

const cors = map({
  allowCredentials: { type: "boolean" },
  allowHeaders: list(headerName, 64, "set"),
  allowMethods: list(oneOf([...METHODS, "*"]), 9, "set"),
  allowOrigins: list(text({ min: 1, max: 253, pattern: ORIGIN }), 64, "set"),
  exposeHeaders: list(headerName, 64, "set"),
  maxAge: whole({ minimum: 1, default: 5 }),
});

const httpFilters = list(
  map({
    cors,
    extensionRef: localReference,
    requestHeaderModifier: headerModifier,
    requestMirror: mirror,
    requestRedirect: map({
      hostname: preciseHostname,
      path: pathModifier,
      port,
      scheme: oneOf(["http", "https"]),
      statusCode: { type: "integer", enum: [301, 302, 303, 307, 308], default: 302 },
    }),
    responseHeaderModifier: headerModifier,
    "type*": oneOf([
      "RequestHeaderModifier",
      "ResponseHeaderModifier",
      "RequestMirror",
      "RequestRedirect",
      "URLRewrite",
      "ExtensionRef",
      "CORS",
    ]),
    urlRewrite: map({ hostname: preciseHostname, path: pathModifier }),
  }),
  16,
);

const DURATION = text({ pattern: "^([0-9]{1,5}(h|m|s|ms)){1,4}$" });
const ANY_PATH = { type: "PathPrefix", value: "/" };
const named = (value: Schema) => map({ "name*": headerName, type: oneOf(MATCH_TYPES, "Exact"), "value*": value });

const httpMatch = map({
  headers: list(named(headerValue), 16, ["name"]),
  method: oneOf(METHODS),
  path: map(
    {
      type: oneOf(["Exact", "PathPrefix", "RegularExpression"], "PathPrefix"),
      value: withMore(text({ max: 1024 }), { default: "/" }),
    },
    { default: ANY_PATH },
  ),
  queryParams: list(named(text({ min: 1, max: 1024 })), 16, ["name"]),
});

const parentRefs = list(parentReference, 32);

/** HTTPRoute. */
export const httpRoute: Schema = map({
  "spec*": map({
    hostnames: list(hostname, 16),
    parentRefs,
    rules: list(
      map({
        backendRefs: list(backendReference({ filters: httpFilters }), 16),
        filters: httpFilters,
        matches: list(httpMatch, 64, "atomic", { default: [{ path: ANY_PATH }] }),
        name: sectionName,
        timeouts: map({ backendRequest: DURATION, request: DURATION }),
      }),
      16,
      "atomic",
      { minItems: 1, default: [{ matches: [{ path: ANY_PATH }] }] },
    ),
  }),
  status: routeStatus,
});

const grpcFilters = list(
  map({
    extensionRef: localReference,
    requestHeaderModifier: headerModifier,
    requestMirror: mirror,
    responseHeaderModifier: headerModifier,
    "type*": oneOf(["ResponseHeaderModifier", "RequestHeaderModifier", "RequestMirror", "ExtensionRef"]),
  }),
  16,
);

/** GRPCRoute. */
export const grpcRoute: Schema = map({
  "spec*": map({
    hostnames: list(hostname, 16),
    parentRefs,
    rules: list(
      map({
        backendRefs: list(backendReference({ filters: grpcFilters }), 16),
        filters: grpcFilters,
        matches: list(
          map({
            headers: list(named(headerValue), 16, ["name"]),
            method: map({
              method: text({ max: 1024 }),
              service: text({ max: 1024 }),
              type: oneOf(MATCH_TYPES, "Exact"),
            }),
          }),
          64,
        ),
        name: sectionName,
      }),
      16,
    ),
  }),
  status: routeStatus,
});

const streamRule = list(
  map({ "backendRefs*": list(backendReference(), 16, "atomic", { minItems: 1 }), name: sectionName }),
  1,
  "atomic",
  { minItems: 1 },
);

/** TLSRoute. */
export const tlsRoute: Schema = map({
  "spec*": map({
    "hostnames*": list(hostname, 1024, "atomic", { minItems: 1 }),
    parentRefs,
    "rules*": streamRule,
  }),
  status: routeStatus,
});

/** TCPRoute and UDPRoute. */
export const streamRoute: Schema = map({ "spec*": map({ parentRefs, "rules*": streamRule }), status: routeStatus });

const DOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

/** BackendTLSPolicy. */
export const backendTlsPolicy: Schema = map({
  "spec*": map({
    options: { type: "object", additionalProperties: annotationValue, maxProperties: 16 },
    "targetRefs*": list(map({ "group*": group(), "kind*": kind(), "name*": objectName, sectionName }), 16, "atomic", {
      minItems: 1,
    }),
    "validation*": map({
      caCertificateRefs: list(localReference, 8),
      "hostname*": preciseHostname,
      subjectAltNames: list(
        map({
          hostname,
          "type*": oneOf(["Hostname", "URI"]),
          uri: text({ min: 1, max: 253, pattern: "^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\\?([^#]*))?(#(.*))?" }),
        }),
        5,
      ),
      wellKnownCACertificates: text({
        min: 1,
        max: 253,
        pattern: `^(System|(${DOMAIN}/([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]))$`,
      }),
    }),
  }),
  status: map({
    "ancestors*": list(
      map({
        "ancestorRef*": parentReference,
        "conditions*": conditions({ minItems: 1 }),
        "controllerName*": controllerName,
      }),
      16,
    ),
  }),
});
