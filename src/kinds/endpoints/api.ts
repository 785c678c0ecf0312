// Endpoints, the deprecated kind, on their way into the store.
import type { EndpointAddress, EndpointSubset, Endpoints } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, invalidEach, notSupported, required } from "../../cluster/apimachinery/field.ts";
import { dns1123Label, dns1123Subdomain, portNumber } from "../../cluster/apimachinery/names.ts";
import { ipReasons, specialReasons } from "../../cluster/apimachinery/net.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";

const PROTOCOLS = ["SCTP", "TCP", "UDP"];

/** Endpoints; every access warns. Spec: [EPSV-2]. */
// Models kubernetes/pkg/registry/core/endpoint, pkg/apis/core/validation ValidateEndpoints
export const endpoints: Strategy<Endpoints> = {
  checkName: dns1123Subdomain,
  deprecated: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
  setDefaults(object) {
    for (const subset of object.subsets ?? [])
      for (const port of subset.ports ?? []) if ((port.protocol ?? "") === "") port.protocol = "TCP";
  },
  validate,
  validateUpdate: validate,
};

function validate({ subsets = [] }: Endpoints): FieldErrors {
  return subsets.flatMap((subset, i) => validateSubset(subset, `subsets[${i}]`));
}

function validateSubset(
  { addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset,
  at: string,
): FieldErrors {
  if (addresses.length === 0 && notReadyAddresses.length === 0)
    return [required(at, "must specify `addresses` or `notReadyAddresses`")];
  const errors = [
    ...addresses.flatMap((each, i) => validateAddress(each, `${at}.addresses[${i}]`)),
    ...notReadyAddresses.flatMap((each, i) => validateAddress(each, `${at}.notReadyAddresses[${i}]`)),
  ];
  for (const [i, { name = "", port, protocol = "" }] of ports.entries()) {
    const path = `${at}.ports[${i}]`;
    if (name === "" && ports.length > 1) errors.push(required(`${path}.name`));
    else if (name !== "") errors.push(...invalidEach(`${path}.name`, name, dns1123Label(name)));
    errors.push(...invalidEach(`${path}.port`, port, portNumber(port)));
    if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  }
  return errors;
}

function validateAddress({ ip, hostname = "", nodeName }: EndpointAddress, at: string): FieldErrors {
  const errors = invalidEach(`${at}.ip`, ip, ipReasons(ip));
  if (hostname !== "") errors.push(...invalidEach(`${at}.hostname`, hostname, dns1123Label(hostname)));
  if (nodeName !== undefined) errors.push(...invalidEach(`${at}.nodeName`, nodeName, dns1123Subdomain(nodeName)));
  return [...errors, ...invalidEach(`${at}.ip`, ip, specialReasons(ip))];
}
