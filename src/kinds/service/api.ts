// Services on their way into the store.
import type { Service, ServiceSpec } from "../../cluster/api/types.gen.ts";
import { AnnotationTopologyMode, DeprecatedAnnotationTopologyAwareHints } from "../../cluster/api/well-known.ts";
import { dns1123Label } from "../../cluster/apimachinery/names.ts";
import { cidrWarnings, ipWarnings } from "../../cluster/apimachinery/net.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { allocate, releaseAll } from "./api-allocation.ts";
import { isExternallyAccessible, isHeadless, needsClusterIP, specOf } from "./api-shape.ts";
import {
  dropUnusedFields,
  keepAllocated,
  syncClusterIPs,
  validateServiceChange,
  validateServiceStatus,
} from "./api-update.ts";
import { validateService } from "./api-validation.ts";

const THREE_HOURS = 10800;

/** Services: every field, with their addresses and ports. Spec: [SVC-1] to [SVC-9]. */
// Models kubernetes/pkg/registry/core/service
export const service: Strategy<Service> = {
  checkName: dns1123Label,
  selectableFields: ["spec.clusterIP", "spec.type"],
  setDefaults(object) {
    setSpecDefaults(specOf(object));
  },
  setStatusDefaults(object) {
    for (const ingress of object.status?.loadBalancer?.ingress ?? [])
      if (ingress.ip !== undefined) ingress.ipMode ??= "VIP";
  },
  begin(object, old, context) {
    const spec = specOf(object);
    if (old?.spec !== undefined) keepAllocated(spec, old.spec);
    syncClusterIPs(spec, old?.spec);
    return allocate(object, old, context);
  },
  prepareForCreate(object) {
    object.status = { loadBalancer: {} };
  },
  prepareForUpdate(object, old) {
    dropUnusedFields(specOf(object), old.spec ?? {});
    const wasBalanced = old.spec?.type === "LoadBalancer" && object.spec?.type !== "LoadBalancer";
    object.status = wasBalanced ? { ...old.status, loadBalancer: {} } : old.status;
  },
  validate: validateService,
  validateUpdate(object, old) {
    return [...validateServiceChange(specOf(object), old.spec ?? {}), ...validateService(object)];
  },
  validateStatus: validateServiceStatus,
  warnings: warningsFor,
  release(object, context) {
    if (object.spec !== undefined) releaseAll(object.spec, context);
  },
};

// Models kubernetes/pkg/apis/core/v1 SetDefaults_Service
function setSpecDefaults(spec: ServiceSpec): void {
  if ((spec.sessionAffinity ?? "") === "") spec.sessionAffinity = "None";
  if (spec.sessionAffinity === "None") delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === "ClientIP") {
    const clientIP = spec.sessionAffinityConfig?.clientIP;
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: clientIP?.timeoutSeconds ?? THREE_HOURS } };
  }
  if ((spec.type ?? "") === "") spec.type = "ClusterIP";
  for (const port of spec.ports ?? []) {
    if ((port.protocol ?? "") === "") port.protocol = "TCP";
    if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === "") port.targetPort = port.port;
  }
  if (isExternallyAccessible(spec) && (spec.externalTrafficPolicy ?? "") === "") spec.externalTrafficPolicy = "Cluster";
  if (["ClusterIP", "NodePort", "LoadBalancer"].includes(spec.type ?? "")) spec.internalTrafficPolicy ??= "Cluster";
  if (spec.type === "LoadBalancer") spec.allocateLoadBalancerNodePorts ??= true;
}

// Models kubernetes/pkg/api/service GetWarningsForService
function warningsFor(object: Service): string[] {
  const spec = specOf(object);
  const { externalIPs = [], loadBalancerIP = "", loadBalancerSourceRanges: ranges = [] } = spec;
  const isExternalName = spec.type === "ExternalName";
  const isHinted = object.metadata?.annotations?.[DeprecatedAnnotationTopologyAwareHints] !== undefined;
  return [
    ...(isHinted ? [OLD_HINTS] : []),
    ...(needsClusterIP(spec) && !isHeadless(spec) ? ipsWarnings("spec.clusterIPs", spec.clusterIPs ?? []) : []),
    ...(isHeadless(spec) ? headlessWarnings(spec) : []),
    ...ipsWarnings("spec.externalIPs", externalIPs),
    ...(externalIPs.length > 0 && !isHeadless(spec) && !isExternalName
      ? ["spec.externalIPs is deprecated and may no longer be implemented in some clusters"]
      : []),
    ...(loadBalancerIP === "" ? [] : ipWarnings("spec.loadBalancerIP", loadBalancerIP)),
    ...ranges.flatMap((range, i) => cidrWarnings(`spec.loadBalancerSourceRanges[${i}]`, range)),
    ...(isExternalName && externalIPs.length > 0
      ? ['spec.externalIPs is ignored when spec.type is "ExternalName"']
      : []),
    ...(!isExternalName && (spec.externalName ?? "") !== ""
      ? ['spec.externalName is ignored when spec.type is not "ExternalName"']
      : []),
    ...(spec.trafficDistribution === "PreferClose"
      ? ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"']
      : []),
  ];
}

const OLD_HINTS = `annotation ${DeprecatedAnnotationTopologyAwareHints} is deprecated, please use ${AnnotationTopologyMode} instead`;

const ipsWarnings = (path: string, ips: readonly string[]) => ips.flatMap((ip, i) => ipWarnings(`${path}[${i}]`, ip));

function headlessWarnings({ loadBalancerIP = "", externalIPs = [], sessionAffinity }: ServiceSpec): string[] {
  const warnings: string[] = [];
  if (loadBalancerIP !== "") warnings.push("spec.loadBalancerIP is ignored for headless services");
  if (externalIPs.length > 0) warnings.push("spec.externalIPs is ignored for headless services");
  if (sessionAffinity !== "None") warnings.push("spec.SessionAffinity is ignored for headless services");
  return warnings;
}
