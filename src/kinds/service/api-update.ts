// Updates of a Service: what is kept, what its old type's fields lose, what can't change, what its status may be.
import type { Service, ServiceSpec } from "../../cluster/api/types.gen.ts";
import { type FieldErrors, forbidden, invalid, invalidEach, notSupported } from "../../cluster/apimachinery/field.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import { ipReasons, parseIP } from "../../cluster/apimachinery/net.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import {
  isExternallyAccessible,
  isHeadless,
  mayHaveNodePorts,
  needsClusterIP,
  needsHealthCheck,
  nodePortsOf,
} from "./api-shape.ts";
import { validateLoadBalancerClass } from "./api-validation.ts";

/** Takes over allocated values that the client left out: addresses, node ports by the port's name, the health check port. */
// Models kubernetes/pkg/registry/core/service/storage patchAllocatedValues
export function keepAllocated(spec: ServiceSpec, old: ServiceSpec): void {
  if (needsClusterIP(old) && needsClusterIP(spec)) {
    if ((spec.clusterIP ?? "") === "") spec.clusterIP = old.clusterIP;
    if ((spec.clusterIPs?.length ?? 0) === 0 && spec.clusterIP === old.clusterIP) spec.clusterIPs = old.clusterIPs;
  }
  if (mayHaveNodePorts(old) && mayHaveNodePorts(spec)) keepNodePorts(spec, old);
  if (needsHealthCheck(old) && needsHealthCheck(spec)) spec.healthCheckNodePort ??= old.healthCheckNodePort;
}

function keepNodePorts(spec: ServiceSpec, old: ServiceSpec): void {
  const asked = new Set(nodePortsOf(spec));
  const used = new Set(nodePortsOf(old).filter((port) => asked.has(port)));
  const byName = new Map((old.ports ?? []).map(({ name = "", nodePort }) => [name, nodePort ?? 0]));
  for (const port of spec.ports ?? []) {
    const known = byName.get(port.name ?? "") ?? 0;
    if ((port.nodePort ?? 0) !== 0 || known === 0 || used.has(known)) continue;
    port.nodePort = known;
    used.add(known);
  }
}

/** Brings clusterIP and clusterIPs together, as clients set one or the other. */
// Models kubernetes/pkg/registry/core/service/storage normalizeClusterIPs
export function syncClusterIPs(spec: ServiceSpec, old: ServiceSpec | undefined): void {
  const { clusterIP = "" } = spec;
  if (old === undefined) {
    if (clusterIP !== "" && (spec.clusterIPs?.length ?? 0) === 0) spec.clusterIPs = [clusterIP];
    return;
  }
  const untouched = deepEqual(spec.clusterIPs ?? [], old.clusterIPs ?? []);
  if (clusterIP === (old.clusterIP ?? "") || !untouched) return;
  if (clusterIP === "") delete spec.clusterIPs;
  else spec.clusterIPs = [clusterIP];
}

const LOAD_BALANCER_ONLY = ["allocateLoadBalancerNodePorts", "loadBalancerClass"] as const;

/** Drops fields that the new type has no use for and that the client left as they were. */
// Models kubernetes/pkg/registry/core/service dropTypeDependentFields
export function dropUnusedFields(spec: ServiceSpec, old: ServiceSpec): void {
  const same = (field: keyof ServiceSpec) => deepEqual(spec[field], old[field]);
  if (needsClusterIP(old) && !needsClusterIP(spec)) {
    if (same("clusterIP") && same("clusterIPs")) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    for (const field of ["ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"] as const)
      if (same(field)) delete spec[field];
  }
  if (mayHaveNodePorts(old) && !mayHaveNodePorts(spec) && deepEqual(nodePortsOf(spec), nodePortsOf(old)))
    for (const port of spec.ports ?? []) delete port.nodePort;
  if (needsHealthCheck(old) && !needsHealthCheck(spec) && same("healthCheckNodePort")) delete spec.healthCheckNodePort;
  if (old.type === "LoadBalancer" && spec.type !== "LoadBalancer")
    for (const field of LOAD_BALANCER_ONLY) if (same(field)) delete spec[field];
  if (isExternallyAccessible(old) && !isExternallyAccessible(spec) && same("externalTrafficPolicy"))
    delete spec.externalTrafficPolicy;
}

/** What may not change in a Service. */
// Models kubernetes/pkg/apis/core/validation ValidateServiceUpdate
export function validateServiceChange(spec: ServiceSpec, old: ServiceSpec): FieldErrors {
  const errors = [...validateAddressChange(spec, old), ...validateFamilyChange(spec, old)];
  errors.push(...validateLoadBalancerClass(spec, old));
  if (needsHealthCheck(old) && needsHealthCheck(spec) && old.healthCheckNodePort !== spec.healthCheckNodePort)
    errors.push(forbidden("spec.healthCheckNodePort", "field is immutable"));
  return errors;
}

// Models kubernetes/pkg/apis/core/validation validateUpgradeDowngradeClusterIPs
function validateAddressChange(spec: ServiceSpec, old: ServiceSpec): FieldErrors {
  if (!needsClusterIP(spec) || !needsClusterIP(old) || (isHeadless(spec) && isHeadless(old))) return [];
  const ips = spec.clusterIPs ?? [];
  const before = old.clusterIPs ?? [];
  if (ips.length < before.length && ips.length === 0)
    return [invalid("spec.clusterIPs[0]", ips, "primary clusterIP can not be unset")];
  const errors: FieldErrors = [];
  for (const [i, ip] of before.entries())
    if ((i === 0 || ips.length === before.length) && ips[i] !== ip)
      errors.push(invalid(`spec.clusterIPs[${i}]`, ips, "may not change once set"));
  if (ips.length === 1 && before.length > 1 && spec.ipFamilyPolicy !== "SingleStack")
    errors.push(
      invalid(
        "spec.ipFamilyPolicy",
        spec.ipFamilyPolicy ?? null,
        "must be set to 'SingleStack' when releasing the secondary clusterIP",
      ),
    );
  return errors;
}

// Models kubernetes/pkg/apis/core/validation validateUpgradeDowngradeIPFamilies
function validateFamilyChange(spec: ServiceSpec, old: ServiceSpec): FieldErrors {
  if (!needsClusterIP(spec) || !needsClusterIP(old) || isHeadless(spec) || isHeadless(old)) return [];
  const families = spec.ipFamilies ?? [];
  const before = old.ipFamilies ?? [];
  if (before.length === 0 || families[0] === before[0]) return [];
  return [invalid("spec.ipFamilies[0]", families, "may not change once set")];
}

/** The load balancer's addresses. */
// Models kubernetes/pkg/apis/core/validation ValidateLoadBalancerStatus
export function validateServiceStatus(service: Service): FieldErrors {
  const path = "status.loadBalancer.ingress";
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  if (ingress.length > 0 && service.spec?.type !== "LoadBalancer")
    return [forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")];
  return ingress.flatMap(({ ip, hostname, ipMode }, i) => {
    const at = `${path}[${i}]`;
    const errors = ip === undefined ? [] : invalidEach(`${at}.ip`, ip, ipReasons(ip));
    if (ip !== undefined && ipMode === undefined)
      errors.push({ type: "Required value", field: `${at}.ipMode`, detail: "must be specified when `ip` is set" });
    if (ip === undefined && ipMode !== undefined)
      errors.push(forbidden(`${at}.ipMode`, "may not be specified when `ip` is not set"));
    if (ipMode !== undefined && !["VIP", "Proxy"].includes(ipMode))
      errors.push(notSupported(`${at}.ipMode`, ipMode, ["Proxy", "VIP"]));
    if (hostname === undefined) return errors;
    errors.push(...invalidEach(`${at}.hostname`, hostname, dns1123Subdomain(hostname)));
    if (parseIP(hostname) !== undefined)
      errors.push(invalid(`${at}.hostname`, hostname, "must be a DNS name, not an IP address"));
    return errors;
  });
}
