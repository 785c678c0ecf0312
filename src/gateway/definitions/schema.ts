// The parts that schemas of the Gateway API share, as functions that make OpenAPI schemas.

/** An OpenAPI schema as a CustomResourceDefinition holds it. */
export type Schema = Readonly<Record<string, unknown>>;

type Fields = Readonly<Record<string, Schema>>;

/** A schema with more said about it. */
export const withMore = (schema: Schema, more: Schema): Schema => ({ ...schema, ...more });

/** A map with these fields; names that end in `*` are required. */
export function map(fields: Fields, more: Schema = {}): Schema {
  const all = Object.entries(fields);
  const required = all.flatMap(([name]) => (name.endsWith("*") ? [bare(name)] : []));
  const properties = Object.fromEntries(all.map(([name, field]) => [bare(name), field]));
  return { type: "object", properties, ...(required.length === 0 ? {} : { required }), ...more };
}

const bare = (name: string) => name.replace("*", "");

interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly default?: string;
}

/** A text within limits. */
export function text({ min, max, pattern, default: otherwise }: TextLimits = {}): Schema {
  return {
    type: "string",
    ...(otherwise === undefined ? {} : { default: otherwise }),
    ...(min === undefined ? {} : { minLength: min }),
    ...(max === undefined ? {} : { maxLength: max }),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

/** One of these texts. */
export function oneOf(texts: readonly string[], otherwise?: string): Schema {
  return { type: "string", enum: texts, ...(otherwise === undefined ? {} : { default: otherwise }) };
}

/** A whole number of 32 bits. */
export const whole = (more: Schema = {}): Schema => ({ type: "integer", format: "int32", ...more });

type ListKind = "atomic" | "set" | readonly string[];

/** A list; a `ListKind` of names is a map by these fields. */
export function list(
  items: Schema,
  maxItems: number | undefined,
  kind: ListKind = "atomic",
  more: Schema = {},
): Schema {
  const type =
    typeof kind === "string"
      ? { "x-kubernetes-list-type": kind }
      : { "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": kind };
  return { type: "array", items, ...(maxItems === undefined ? {} : { maxItems }), ...type, ...more };
}

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const DOMAIN = `${LABEL}(\\.${LABEL})*`;
const URL_PATH = "[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+";

/** What names may be. */
// Models gateway-api/apis/v1/shared_types.go
export const group = (otherwise?: string): Schema =>
  text({ max: 253, pattern: `^$|^${DOMAIN}$`, ...(otherwise === undefined ? {} : { default: otherwise }) });
export const kind = (otherwise?: string): Schema =>
  text({
    min: 1,
    max: 63,
    pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",
    ...(otherwise === undefined ? {} : { default: otherwise }),
  });
export const objectName: Schema = text({ min: 1, max: 253 });
export const namespace: Schema = text({ min: 1, max: 63, pattern: `^${LABEL}$` });
export const sectionName: Schema = text({ min: 1, max: 253, pattern: `^${DOMAIN}$` });
/** A host, which may begin with `*.`. */
export const hostname: Schema = text({ min: 1, max: 253, pattern: `^(\\*\\.)?${DOMAIN}$` });
export const preciseHostname: Schema = text({ min: 1, max: 253, pattern: `^${DOMAIN}$` });
export const controllerName: Schema = text({ min: 1, max: 253, pattern: `^${DOMAIN}\\/${URL_PATH}$` });
export const port: Schema = whole({ minimum: 1, maximum: 65_535 });
export const protocol: Schema = text({
  min: 1,
  max: 255,
  pattern: `^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|${DOMAIN}\\/[A-Za-z0-9]+$`,
});
export const headerName: Schema = text({ min: 1, max: 256, pattern: "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$" });
export const annotationValue: Schema = text({ min: 0, max: 4096 });
export const addressType: Schema = text({
  min: 1,
  max: 253,
  pattern: `^Hostname|IPAddress|NamedAddress|${DOMAIN}\\/${URL_PATH}$`,
  default: "IPAddress",
});

export const GROUP = "gateway.networking.k8s.io";

/** `group`, `kind`, `name` of something in the same namespace. */
export const localReference: Schema = map({ "group*": group(), "kind*": kind(), "name*": objectName });
/** The same with a namespace. */
export const objectReference: Schema = map({ "group*": group(), "kind*": kind(), "name*": objectName, namespace });
export const secretReference: Schema = map({ group: group(""), kind: kind("Secret"), "name*": objectName, namespace });
export const parentReference: Schema = map({
  group: group(GROUP),
  kind: kind("Gateway"),
  "name*": objectName,
  namespace,
  port,
  sectionName,
});
const SERVICE_REFERENCE = { group: group(""), kind: kind("Service"), "name*": objectName, namespace, port };
export const serviceReference: Schema = map(SERVICE_REFERENCE);
/** A backend with its weight, and fields of its own kind of route. */
export const backendReference = (more: Fields = {}): Schema =>
  map({ ...SERVICE_REFERENCE, weight: whole({ minimum: 0, maximum: 1_000_000, default: 1 }), ...more });

/** Selects by labels, as in apimachinery. */
export const labelSelector: Schema = map(
  {
    matchExpressions: list(map({ "key*": text(), "operator*": text(), values: list(text(), undefined) }), undefined),
    matchLabels: { type: "object", additionalProperties: text() },
  },
  { "x-kubernetes-map-type": "atomic" },
);

/** A list of conditions, as in apimachinery. */
export const conditions = (more: Schema = {}): Schema =>
  list(
    map({
      "lastTransitionTime*": { type: "string", format: "date-time" },
      "message*": text({ max: 32_768 }),
      observedGeneration: { type: "integer", format: "int64", minimum: 0 },
      "reason*": text({ min: 1, max: 1024, pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$" }),
      "status*": oneOf(["True", "False", "Unknown"]),
      "type*": text({
        max: 316,
        pattern: `^(${DOMAIN}/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$`,
      }),
    }),
    8,
    ["type"],
    more,
  );

/** What stands in a status before any controller has looked. */
export const waiting = (...types: readonly string[]): readonly Schema[] =>
  types.map((type) => ({
    type,
    status: "Unknown",
    reason: "Pending",
    message: "Waiting for controller",
    lastTransitionTime: "1970-01-01T00:00:00Z",
  }));

/** The status of a route: what each of its parents says. */
export const routeStatus: Schema = map({
  "parents*": list(
    map({
      "conditions*": conditions({ minItems: 1 }),
      "controllerName*": controllerName,
      "parentRef*": parentReference,
    }),
    32,
  ),
});
