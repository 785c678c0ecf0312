// Gateway, GatewayClass, ListenerSet and ReferenceGrant: the fields of their specs and statuses.
import {
  addressType,
  annotationValue,
  conditions,
  controllerName,
  GROUP,
  group,
  hostname,
  kind,
  labelSelector,
  list,
  localReference,
  map,
  namespace,
  objectName,
  objectReference,
  oneOf,
  port,
  protocol,
  type Schema,
  secretReference,
  sectionName,
  text,
  waiting,
  whole,
} from "./schema.ts";

/** GatewayClass. */
export const gatewayClass: Schema = map({
  "spec*": map({
    "controllerName*": controllerName,
    description: text({ max: 64 }),
    parametersRef: map({ "group*": group(), "kind*": kind(), "name*": objectName, namespace }),
  }),
  status: map(
    {
      conditions: conditions({ default: waiting("Accepted") }),
      supportedFeatures: list(map({ "name*": text() }), 64, ["name"]),
    },
    { default: { conditions: waiting("Accepted") } },
  ),
});

const namespaces = (from: readonly string[], otherwise: string): Schema =>
  map({ from: oneOf(from, otherwise), selector: labelSelector }, { default: { from: otherwise } });

const routeKind = map({ group: group(GROUP), "kind*": kind() });

const listener = map({
  allowedRoutes: map(
    { kinds: list(routeKind, 8), namespaces: namespaces(["All", "Selector", "Same"], "Same") },
    { default: { namespaces: { from: "Same" } } },
  ),
  hostname,
  "name*": sectionName,
  "port*": port,
  "protocol*": protocol,
  tls: map({
    certificateRefs: list(secretReference, 64),
    mode: oneOf(["Terminate", "Passthrough"], "Terminate"),
    options: { type: "object", additionalProperties: annotationValue, maxProperties: 16 },
  }),
});
const listeners = list(listener, 64, ["name"], { minItems: 1 });

const listenerStatus = list(
  map({
    "attachedRoutes*": whole(),
    "conditions*": conditions(),
    "name*": sectionName,
    supportedKinds: list(routeKind, 8),
  }),
  64,
  ["name"],
);

const IP_ADDRESS = {
  oneOf: [
    { properties: { type: { enum: ["IPAddress"] }, value: { anyOf: [{ format: "ipv4" }, { format: "ipv6" }] } } },
    { properties: { type: { not: { enum: ["IPAddress"] } } } },
  ],
};

const clientTls = map({
  validation: map({
    "caCertificateRefs*": list(objectReference, 16, "atomic", { minItems: 1 }),
    mode: oneOf(["AllowValidOnly", "AllowInsecureFallback"], "AllowValidOnly"),
  }),
});

/** Gateway. */
export const gateway: Schema = map({
  "spec*": map({
    addresses: list(map({ type: addressType, value: text({ max: 253 }) }, IP_ADDRESS), 16),
    allowedListeners: map({ namespaces: namespaces(["All", "Selector", "Same", "None"], "None") }),
    "gatewayClassName*": objectName,
    infrastructure: map({
      annotations: { type: "object", additionalProperties: annotationValue, maxProperties: 16 },
      labels: {
        type: "object",
        additionalProperties: text({ min: 0, max: 63, pattern: "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$" }),
        maxProperties: 8,
      },
      parametersRef: localReference,
    }),
    "listeners*": listeners,
    tls: map({
      backend: map({ clientCertificateRef: secretReference }),
      frontend: map({ "default*": clientTls, perPort: list(map({ "port*": port, "tls*": clientTls }), 64, ["port"]) }),
    }),
  }),
  status: map(
    {
      addresses: list(map({ type: addressType, "value*": text({ min: 1, max: 253 }) }, IP_ADDRESS), 16),
      attachedListenerSets: whole(),
      conditions: conditions({ default: waiting("Accepted", "Programmed") }),
      listeners: listenerStatus,
    },
    { default: { conditions: waiting("Accepted", "Programmed") } },
  ),
});

/** ListenerSet. */
export const listenerSet: Schema = map({
  "spec*": map({
    "listeners*": listeners,
    "parentRef*": map({ group: group(GROUP), kind: kind("Gateway"), "name*": objectName, namespace }),
  }),
  status: map(
    { conditions: conditions({ default: waiting("Accepted", "Programmed") }), listeners: listenerStatus },
    { default: { conditions: waiting("Accepted", "Programmed") } },
  ),
});

/** ReferenceGrant. */
export const referenceGrant: Schema = map({
  "spec*": map({
    "from*": list(map({ "group*": group(), "kind*": kind(), "namespace*": namespace }), 16, "atomic", { minItems: 1 }),
    "to*": list(map({ "group*": group(), "kind*": kind(), name: objectName }), 16, "atomic", { minItems: 1 }),
  }),
});
