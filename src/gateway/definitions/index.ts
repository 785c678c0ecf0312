// The CustomResourceDefinitions of the Gateway API's standard channel.
import { gateway, gatewayClass, listenerSet, referenceGrant } from "./gateway.ts";
import { backendTlsPolicy, grpcRoute, httpRoute, streamRoute, tlsRoute } from "./routes.ts";
import { GROUP, type Schema } from "./schema.ts";

export { GROUP } from "./schema.ts";

/** The release whose definitions these are. */
export const BUNDLE = "v1.6.1";

interface Column {
  readonly name: string;
  readonly jsonPath: string;
  readonly type: string;
  readonly priority?: number;
}

interface Told {
  readonly kind: string;
  readonly plural: string;
  readonly short?: string;
  readonly schema: Schema;
  /** Served versions; the first is stored. */
  readonly versions?: readonly string[];
  /** Versions that are listed and not served. */
  readonly gone?: readonly string[];
  readonly columns: readonly Column[];
  readonly isGlobal?: true;
  readonly hasStatus?: false;
}

const AGE: Column = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };
const HOSTNAMES = column("Hostnames", ".spec.hostnames");
const ACCEPTED = column("Accepted", conditionPath("Accepted"));
const PROGRAMMED = column("Programmed", conditionPath("Programmed"));

function column(name: string, jsonPath: string, more: Partial<Column> = {}): Column {
  return { name, jsonPath, type: "string", ...more };
}

function conditionPath(type: string): string {
  return `.status.conditions[?(@.type=="${type}")].status`;
}

const BOTH = ["v1", "v1beta1"];

const KINDS: readonly Told[] = [
  {
    kind: "GatewayClass",
    plural: "gatewayclasses",
    short: "gc",
    schema: gatewayClass,
    versions: BOTH,
    isGlobal: true,
    columns: [
      column("Controller", ".spec.controllerName"),
      ACCEPTED,
      AGE,
      column("Description", ".spec.description", { priority: 1 }),
    ],
  },
  {
    kind: "Gateway",
    plural: "gateways",
    short: "gtw",
    schema: gateway,
    versions: BOTH,
    columns: [
      column("Class", ".spec.gatewayClassName"),
      column("Address", ".status.addresses[*].value"),
      PROGRAMMED,
      AGE,
    ],
  },
  { kind: "HTTPRoute", plural: "httproutes", schema: httpRoute, versions: BOTH, columns: [HOSTNAMES, AGE] },
  { kind: "GRPCRoute", plural: "grpcroutes", schema: grpcRoute, columns: [HOSTNAMES, AGE] },
  { kind: "TLSRoute", plural: "tlsroutes", schema: tlsRoute, gone: ["v1alpha2", "v1alpha3"], columns: [AGE] },
  { kind: "TCPRoute", plural: "tcproutes", schema: streamRoute, gone: ["v1alpha2"], columns: [AGE] },
  { kind: "UDPRoute", plural: "udproutes", schema: streamRoute, gone: ["v1alpha2"], columns: [AGE] },
  {
    kind: "ReferenceGrant",
    plural: "referencegrants",
    short: "refgrant",
    schema: referenceGrant,
    versions: ["v1beta1", "v1"],
    hasStatus: false,
    columns: [AGE],
  },
  {
    kind: "ListenerSet",
    plural: "listenersets",
    short: "lset",
    schema: listenerSet,
    columns: [ACCEPTED, PROGRAMMED, AGE],
  },
  {
    kind: "BackendTLSPolicy",
    plural: "backendtlspolicies",
    short: "btlspolicy",
    schema: backendTlsPolicy,
    gone: ["v1alpha3"],
    columns: [AGE],
  },
];

/** The definitions, ready to be created. Spec: [GW-1]. */
// Models gateway-api/config/crd/standard
// Unlike upstream: no CEL rules, which are checked by nobody here, and no descriptions.
export function definitions(): readonly { readonly name: string; readonly object: object }[] {
  return KINDS.map((told) => {
    const name = `${told.plural}.${GROUP}`;
    return { name, object: definition(name, told) };
  });
}

function definition(name: string, told: Told): object {
  const { kind, plural, short, versions = ["v1"], gone = [], isGlobal } = told;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name,
      annotations: {
        "api-approved.kubernetes.io": "https://github.com/kubernetes-sigs/gateway-api/pull/4530",
        [`${GROUP}/bundle-version`]: BUNDLE,
        [`${GROUP}/channel`]: "standard",
      },
    },
    spec: {
      group: GROUP,
      names: {
        categories: ["gateway-api"],
        kind,
        listKind: `${kind}List`,
        plural,
        ...(short === undefined ? {} : { shortNames: [short] }),
        singular: kind.toLowerCase(),
      },
      scope: isGlobal === true ? "Cluster" : "Namespaced",
      versions: [...versions, ...gone].map((each) => version(each, each === versions[0], !gone.includes(each), told)),
    },
  };
}

function version(name: string, storage: boolean, served: boolean, { schema, columns, hasStatus }: Told): object {
  return {
    name,
    served,
    storage,
    additionalPrinterColumns: columns,
    schema: { openAPIV3Schema: withObjectFields(schema) },
    ...(hasStatus === false ? {} : { subresources: { status: {} } }),
  };
}

function withObjectFields(schema: Schema): Schema {
  const properties = schema.properties as Schema; // every kind's schema is a map
  const own = { apiVersion: { type: "string" }, kind: { type: "string" }, metadata: { type: "object" } };
  return { ...schema, properties: { ...own, ...properties } };
}
