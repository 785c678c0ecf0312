// Ingresses on their way into the store.
import type {
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressRule,
  IngressSpec,
} from "../../cluster/api/types.gen.ts";
import { AnnotationIngressClass } from "../../cluster/api/well-known.ts";
import { type FieldErrors, invalid, invalidEach, notSupported, required } from "../../cluster/apimachinery/field.ts";
import {
  dns1123Label,
  dns1123Subdomain,
  portName,
  portNumber,
  wildcardSubdomain,
} from "../../cluster/apimachinery/names.ts";
import { parseIP } from "../../cluster/apimachinery/net.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";

const PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"];

/** Ingresses. Spec: [ING-1]. */
// Models kubernetes/pkg/registry/networking/ingress, pkg/apis/networking/validation
export const ingress: Strategy<Ingress> = {
  checkName: dns1123Subdomain,
  generation: true,
  prepareForCreate(object) {
    object.spec ??= {};
    object.status = { loadBalancer: {} };
  },
  validate: (object) => [...validateSpec(object.spec ?? {}), ...validateClass(object)],
  validateUpdate: (object) => validateSpec(object.spec ?? {}),
  warnings: ({ metadata }) =>
    metadata.annotations?.[AnnotationIngressClass] === undefined
      ? []
      : [`annotation "${AnnotationIngressClass}" is deprecated, please use 'spec.ingressClassName' instead`],
};

function validateClass({ metadata, spec }: Ingress): FieldErrors {
  const annotation = metadata.annotations?.[AnnotationIngressClass];
  if (annotation === undefined || spec?.ingressClassName === undefined || annotation === spec.ingressClassName)
    return [];
  return [
    invalid(
      `annotations.${AnnotationIngressClass}`,
      annotation,
      "must match `ingressClassName` when both are specified",
    ),
  ];
}

// Models kubernetes/pkg/apis/networking/validation ValidateIngressSpec
function validateSpec(spec: IngressSpec): FieldErrors {
  const errors: FieldErrors = [];
  const rules = spec.rules ?? [];
  if (rules.length === 0 && spec.defaultBackend === undefined)
    errors.push(invalid("spec", null, "either `defaultBackend` or `rules` must be specified"));
  if (spec.defaultBackend !== undefined) errors.push(...validateBackend(spec.defaultBackend, "spec.defaultBackend"));
  errors.push(...rules.flatMap((rule, i) => validateRule(rule, `spec.rules[${i}]`)));
  for (const [i, { hosts = [], secretName = "" }] of (spec.tls ?? []).entries()) {
    errors.push(...hosts.flatMap((host, j) => validateTlsHost(host, `spec.tls[${i}].hosts[${j}]`)));
    if (secretName !== "")
      errors.push(...invalidEach(`spec.tls[${i}].secretName`, secretName, dns1123Subdomain(secretName)));
  }
  const className = spec.ingressClassName;
  if (className !== undefined)
    errors.push(...invalidEach("spec.ingressClassName", className, dns1123Subdomain(className)));
  return errors;
}

function validateTlsHost(host: string, at: string): FieldErrors {
  return invalidEach(at, host, host.includes("*") ? wildcardSubdomain(host) : dns1123Subdomain(host));
}

function validateRule({ host = "", http }: IngressRule, at: string): FieldErrors {
  const errors: FieldErrors = [];
  if (host !== "") {
    if (parseIP(host) !== undefined) errors.push(invalid(`${at}.host`, host, "must be a DNS name, not an IP address"));
    if (host.includes("*")) errors.push(...invalidEach(`${at}.host`, host, wildcardSubdomain(host)));
    else if (errors.length === 0) errors.push(...invalidEach(`${at}.host`, host, dns1123Subdomain(host)));
  }
  if (http === undefined) return errors;
  if (http.paths.length === 0) return [...errors, required(`${at}.http.paths`)];
  return [...errors, ...http.paths.flatMap((path, i) => validatePath(path, `${at}.http.paths[${i}]`))];
}

const BAD_SEQUENCES = ["//", "/./", "/../", "%2f", "%2F"];
const BAD_ENDS = ["/..", "/."];

// Models kubernetes/pkg/apis/networking/validation validateHTTPIngressPath
function validatePath({ path = "", pathType, backend }: HTTPIngressPath, at: string): FieldErrors {
  if (pathType === undefined) return [required(`${at}.pathType`, "pathType must be specified")];
  const errors: FieldErrors = [];
  if (!PATH_TYPES.includes(pathType)) errors.push(notSupported(`${at}.pathType`, pathType, PATH_TYPES));
  const mustBeAbsolute = pathType !== "ImplementationSpecific" || path !== "";
  if (PATH_TYPES.includes(pathType) && mustBeAbsolute && !path.startsWith("/"))
    errors.push(invalid(`${at}.path`, path, "must be an absolute path"));
  if (pathType === "Exact" || pathType === "Prefix") {
    for (const each of BAD_SEQUENCES)
      if (path.includes(each)) errors.push(invalid(`${at}.path`, path, `must not contain '${each}'`));
    for (const each of BAD_ENDS)
      if (path.endsWith(each)) errors.push(invalid(`${at}.path`, path, `cannot end with '${each}'`));
  }
  return [...errors, ...validateBackend(backend, `${at}.backend`)];
}

// Models kubernetes/pkg/apis/networking/validation validateIngressBackend
function validateBackend({ service, resource }: IngressBackend, at: string): FieldErrors {
  if (service !== undefined && resource !== undefined)
    return [invalid(at, "", "cannot set both resource and service backends")];
  if (resource !== undefined)
    return (["kind", "name"] as const).flatMap((field) =>
      resource[field] === "" ? [required(`${at}.resource.${field}`)] : [],
    );
  if (service === undefined) return [invalid(at, "", "resource or service backend is required")];
  const errors: FieldErrors =
    service.name === ""
      ? [required(`${at}.service.name`)]
      : invalidEach(`${at}.service.name`, service.name, dns1123Label(service.name));
  const { name = "", number = 0 } = service.port ?? {};
  if (name !== "" && number !== 0) errors.push(invalid(at, "", "cannot set both port name & port number"));
  else if (name !== "") errors.push(...invalidEach(`${at}.service.port.name`, name, portName(name)));
  else if (number !== 0) errors.push(...invalidEach(`${at}.service.port.number`, number, portNumber(number)));
  else errors.push(required(at, "port name or number is required"));
  return errors;
}
