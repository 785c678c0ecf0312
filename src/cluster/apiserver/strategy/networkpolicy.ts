// NetworkPolicies on their way into the store.
import type { NetworkPolicy, NetworkPolicyPort } from "../../api/types.gen.ts";
import { type FieldErrors, forbidden, invalidEach, notSupported, required } from "../../apimachinery/field.ts";
import { validateLabelSelector } from "../../apimachinery/metadata.ts";
import { dns1123Subdomain } from "../../apimachinery/names.ts";
import { cidrReasons } from "../../apimachinery/net.ts";
import { validatePortOrName } from "./service-validation.ts";
import type { Strategy } from "./strategy.ts";

const PROTOCOLS = ["SCTP", "TCP", "UDP"];
const DIRECTIONS = ["Egress", "Ingress"];

/** NetworkPolicies. */
// Models kubernetes/pkg/apis/networking/validation ValidateNetworkPolicy
export const networkpolicy: Strategy<NetworkPolicy> = {
  checkName: dns1123Subdomain,
  generation: true,
  setDefaults(object) {
    const { spec } = object;
    if (spec === undefined) return;
    spec.policyTypes ??= (spec.egress?.length ?? 0) > 0 ? ["Ingress", "Egress"] : ["Ingress"];
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
      ...validatePeers(rule.from ?? [], `spec.ingress[${i}].from`),
      ...validatePorts(rule.ports, `spec.ingress[${i}].ports`),
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
    if (ipBlock !== undefined)
      errors.push(...invalidEach(`${at}.ipBlock.cidr`, ipBlock.cidr, cidrReasons(ipBlock.cidr)));
    const selects = podSelector !== undefined || namespaceSelector !== undefined;
    if (!selects && ipBlock === undefined) errors.push(required(at, "must specify a peer"));
    if (selects && ipBlock !== undefined) errors.push(forbidden(at, "may not specify both ipBlock and another peer"));
    return errors;
  });
}

function validatePorts(ports: readonly NetworkPolicyPort[] | undefined, path: string): FieldErrors {
  return (ports ?? []).flatMap(({ port, protocol, endPort }, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldErrors =
      protocol !== undefined && !PROTOCOLS.includes(protocol)
        ? [notSupported(`${at}.protocol`, protocol, PROTOCOLS)]
        : [];
    if (port !== undefined) errors.push(...validatePortOrName(port, `${at}.port`));
    if (endPort !== undefined && typeof port === "number" && endPort < port)
      errors.push(...invalidEach(`${at}.endPort`, endPort, ["must be greater than or equal to `port`"]));
    return errors;
  });
}
