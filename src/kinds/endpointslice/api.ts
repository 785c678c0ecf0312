// EndpointSlices on their way into the store.
import type { Endpoint, EndpointSlice } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, invalid, invalidEach, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { duplicates, unchanged } from "../../cluster/apimachinery/metadata.ts";
import { dns1123Label, dns1123Subdomain, qualifiedName } from "../../cluster/apimachinery/names.ts";
import { ipReasons, isIPv6, specialReasons } from "../../cluster/apimachinery/net.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";

const TYPES = ["FQDN", "IPv4", "IPv6"];
const PROTOCOLS = ["SCTP", "TCP", "UDP"];
const MOST_ENDPOINTS = 1000;
const MOST_ADDRESSES = 100;
const MOST_PORTS = 20000;

/** EndpointSlices. Spec: [EPSV-1]. */
// Models kubernetes/pkg/registry/discovery/endpointslice, pkg/apis/discovery/validation
export const endpointslice: Strategy<EndpointSlice> = {
  checkName: dns1123Subdomain,
  generation: true,
  countedPart: ({ endpoints, ports, addressType, metadata }) => ({
    endpoints,
    ports,
    addressType,
    labels: metadata.labels,
  }),
  setDefaults(object) {
    for (const port of object.ports ?? []) {
      port.name ??= "";
      port.protocol ??= "TCP";
    }
  },
  validate,
  validateUpdate: (object, old) => [
    ...validate(object),
    ...unchanged("addressType", object.addressType, old.addressType),
  ],
  warnings: (object) => (object.addressType === "FQDN" ? ["spec.addressType: FQDN endpoints are deprecated"] : []),
};

function validate(slice: EndpointSlice): FieldErrors {
  const { addressType } = slice;
  const errors: FieldErrors = [];
  if (addressType === "") errors.push(required("addressType"));
  else if (!TYPES.includes(addressType)) errors.push(notSupported("addressType", addressType, TYPES));
  errors.push(...validatePorts(slice));
  const endpoints = slice.endpoints ?? [];
  if (endpoints.length > MOST_ENDPOINTS)
    return [
      ...errors,
      {
        type: "Too many",
        field: "endpoints",
        value: endpoints.length,
        detail: `must have at most ${MOST_ENDPOINTS} items`,
      },
    ];
  return [...errors, ...endpoints.flatMap((endpoint, i) => validateEndpoint(endpoint, `endpoints[${i}]`, addressType))];
}

function validatePorts({ ports }: EndpointSlice): FieldErrors {
  const list = ports ?? [];
  if (list.length > MOST_PORTS)
    return [{ type: "Too many", field: "ports", value: list.length, detail: `must have at most ${MOST_PORTS} items` }];
  const again = duplicates(list.map(({ name }, i) => ({ value: name ?? "", field: `ports[${i}].name` })));
  return list.flatMap(({ name = "", protocol = "", appProtocol }, i) => {
    const at = `ports[${i}]`;
    const errors = name === "" ? [] : invalidEach(`${at}.name`, name, dns1123Label(name));
    errors.push(...again.filter(({ field }) => field === `${at}.name`));
    if (protocol === "") errors.push(required(`${at}.protocol`));
    else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${at}.protocol`, protocol, PROTOCOLS));
    if (appProtocol !== undefined)
      errors.push(...invalidEach(`${at}.appProtocol`, appProtocol, qualifiedName(appProtocol)));
    return errors;
  });
}

function validateEndpoint(endpoint: Endpoint, at: string, addressType: string): FieldErrors {
  const path = `${at}.addresses`;
  const errors: FieldErrors = [];
  if (endpoint.addresses.length === 0) errors.push(required(path, "must contain at least 1 address"));
  else if (endpoint.addresses.length > MOST_ADDRESSES)
    errors.push({
      type: "Too many",
      field: path,
      value: endpoint.addresses.length,
      detail: `must have at most ${MOST_ADDRESSES} items`,
    });
  for (const [i, address] of endpoint.addresses.entries())
    errors.push(...validateAddress(address, `${path}[${i}]`, addressType));
  if (endpoint.nodeName !== undefined)
    errors.push(...invalidEach(`${at}.nodeName`, endpoint.nodeName, dns1123Subdomain(endpoint.nodeName)));
  if (endpoint.hostname !== undefined)
    errors.push(...invalidEach(`${at}.hostname`, endpoint.hostname, dns1123Label(endpoint.hostname)));
  return errors;
}

function validateAddress(address: string, at: string, addressType: string): FieldErrors {
  if (addressType === "FQDN") return validateDomain(address, at);
  if (addressType !== "IPv4" && addressType !== "IPv6") return [];
  const malformed = invalidEach(at, address, ipReasons(address));
  if (malformed.length > 0) return malformed;
  if (isIPv6(address) !== (addressType === "IPv6")) return [invalid(at, address, `must be an ${addressType} address`)];
  return invalidEach(at, address, specialReasons(address));
}

// Models k8s.io/apimachinery/pkg/util/validation IsFullyQualifiedDomainName
function validateDomain(name: string, at: string): FieldErrors {
  const bare = name.replace(/\.$/, "");
  if (bare === "") return [required(at)];
  const reasons = dns1123Subdomain(bare);
  if (reasons.length > 0) return invalidEach(at, bare, reasons);
  if (!bare.includes("."))
    return [invalid(at, bare, "should be a domain with at least two segments separated by dots")];
  return bare.split(".").flatMap((label) => invalidEach(at, label, dns1123Label(label)));
}
