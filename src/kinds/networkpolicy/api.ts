// NetworkPolicies on their way into the store.
import type { IPBlock, NetworkPolicy, NetworkPolicyPort } from "../../cluster/api/types.gen.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { validateLabelSelector } from "../../cluster/apimachinery/metadata.ts";
import { dns1123Subdomain, portNumber } from "../../cluster/apimachinery/names.ts";
import { cidrReasons, parseCIDR } from "../../cluster/apimachinery/net.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { validatePortOrName } from "../service/api-validation.ts";

const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const DIRECTIONS = ["Ingress", "Egress"];

/** NetworkPolicies. */
// Models kubernetes/pkg/apis/networking/validation ValidateNetworkPolicy
export const networkpolicy: Strategy<NetworkPolicy> = {
  checkName: dns1123Subdomain,
  generation: true,
  setDefaults(object) {
    const { spec } = object;
    if (spec === undefined) return;
    if ((spec.policyTypes ?? []).length === 0)
      spec.policyTypes = (spec.egress?.length ?? 0) > 0 ? ["Ingress", "Egress"] : ["Ingress"];
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])])
      for (const port of rule.ports ?? []) port.protocol ??= "TCP";
  },
  validate,
  validateUpdate: validate,
};

function validate({ spec }: NetworkPolicy): FieldErrors {
  if (spec === undefined) return [];
  const errors = validateLabelSelector(spec.podSelector, "spec.podSelector");
  for (const [i, rule] of (spec.ingress ?? []).entries())
    errors.push(
      ...validatePorts(rule.ports, `spec.ingress[${i}].ports`),
      ...validatePeers(rule.from ?? [], `spec.ingress[${i}].from`),
    );
  for (const [i, rule] of (spec.egress ?? []).entries())
    errors.push(
      ...validatePorts(rule.ports, `spec.egress[${i}].ports`),
      ...validatePeers(rule.to ?? [], `spec.egress[${i}].to`),
    );
  for (const [i, type] of (spec.policyTypes ?? []).entries())
    if (!DIRECTIONS.includes(type)) errors.push(notSupported(`spec.policyTypes[${i}]`, type, DIRECTIONS));
  return errors;
}

type Peer = NonNullable<NonNullable<NonNullable<NetworkPolicy["spec"]>["ingress"]>[number]["from"]>[number];

function validatePeers(peers: readonly Peer[], path: string): FieldErrors {
  return peers.flatMap(({ podSelector, namespaceSelector, ipBlock }, i) => {
    const at = `${path}[${i}]`;
    const errors = [
      ...validateLabelSelector(podSelector, `${at}.podSelector`),
      ...validateLabelSelector(namespaceSelector, `${at}.namespaceSelector`),
    ];
    if (ipBlock !== undefined) errors.push(...validateBlock(ipBlock, `${at}.ipBlock`));
    const selects = podSelector !== undefined || namespaceSelector !== undefined;
    if (!selects && ipBlock === undefined) errors.push(required(at, "must specify a peer"));
    if (selects && ipBlock !== undefined) errors.push(forbidden(at, "may not specify both ipBlock and another peer"));
    return errors;
  });
}

// Models kubernetes/pkg/apis/networking/validation ValidateIPBlock
function validateBlock({ cidr, except = [] }: IPBlock, at: string): FieldErrors {
  if (cidr === "") return [required(`${at}.cidr`)];
  const errors = invalidEach(`${at}.cidr`, cidr, cidrReasons(cidr));
  const whole = bitsOf(cidr);
  if (whole === undefined) return errors;
  for (const [i, part] of except.entries()) {
    const path = `${at}.except[${i}]`;
    errors.push(...invalidEach(path, part, cidrReasons(part)));
    const bits = bitsOf(part);
    if (bits === undefined || (bits.startsWith(whole) && bits.length > whole.length)) continue;
    errors.push(invalid(path, part, "must be a strict subset of `cidr`"));
  }
  return errors;
}

/** The bits of a CIDR that its prefix fixes, led by the family. */
function bitsOf(cidr: string): string | undefined {
  const parsed = parseCIDR(cidr);
  if (parsed === undefined) return undefined;
  const bits = parsed.address.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return `${parsed.address.length}:${bits.slice(0, parsed.prefix)}`;
}

// Models kubernetes/pkg/apis/networking/validation ValidateNetworkPolicyPort
function validatePorts(ports: readonly NetworkPolicyPort[] | undefined, path: string): FieldErrors {
  return (ports ?? []).flatMap(({ port, protocol, endPort }, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldErrors =
      protocol !== undefined && !PROTOCOLS.includes(protocol)
        ? [notSupported(`${at}.protocol`, protocol, PROTOCOLS)]
        : [];
    const ends = endPort === undefined ? [] : invalidEach(`${at}.endPort`, endPort, endReasons(endPort, port));
    if (port === undefined) return [...errors, ...ends];
    const own = validatePortOrName(port, `${at}.port`);
    return typeof port === "number" ? [...errors, ...own, ...ends] : [...errors, ...ends, ...own];
  });
}

function endReasons(endPort: number, port: number | string | undefined): string[] {
  if (port === undefined) return ["may not be specified when `port` is not specified"];
  if (typeof port === "string") return ["may not be specified when `port` is non-numeric"];
  return [...(endPort < port ? ["must be greater than or equal to `port`"] : []), ...portNumber(endPort)];
}
