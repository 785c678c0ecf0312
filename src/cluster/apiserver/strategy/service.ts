// Services on their way into the store.
import type { Service, ServiceSpec } from "../../api/types.gen.ts";
import { dns1123Label } from "../../apimachinery/names.ts";
import { allocate, releaseAll } from "./service-allocation.ts";
import { isExternallyAccessible, isHeadless, specOf } from "./service-shape.ts";
import {
  dropUnusedFields,
  keepAllocated,
  syncClusterIPs,
  validateServiceChange,
  validateServiceStatus,
} from "./service-update.ts";
import { validateService } from "./service-validation.ts";
import type { Strategy } from "./strategy.ts";

const THREE_HOURS = 10800;

/** Services: every field, with their addresses and ports. Spec: [SVC-1] to [SVC-12]. */
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
  const hasExternalIPs = (spec.externalIPs?.length ?? 0) > 0;
  const warnings: string[] = [];
  if (object.metadata?.annotations?.["service.kubernetes.io/topology-aware-hints"] !== undefined)
    warnings.push(
      "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead",
    );
  if (isHeadless(spec)) {
    if ((spec.loadBalancerIP ?? "") !== "") warnings.push("spec.loadBalancerIP is ignored for headless services");
    if (hasExternalIPs) warnings.push("spec.externalIPs is ignored for headless services");
    if (spec.sessionAffinity !== "None") warnings.push("spec.SessionAffinity is ignored for headless services");
  }
  if (spec.type === "ExternalName") {
    if (hasExternalIPs) warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  } else if ((spec.externalName ?? "") !== "")
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (hasExternalIPs && spec.type !== "ExternalName" && !isHeadless(spec))
    warnings.push("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
  if (spec.trafficDistribution === "PreferClose")
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}
