// What the type of a Service says about which fields it has.
import type { Service, ServiceSpec } from "../../cluster/api/types.gen.ts";

/** The spec of a Service whose defaults are set. */
export function specOf(service: Service): ServiceSpec {
  service.spec ??= {};
  return service.spec;
}

export const isHeadless = (spec: ServiceSpec): boolean =>
  spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === "None";

/** Whether packets from outside the cluster can reach it by its own rules. */
export const isExternallyAccessible = (spec: ServiceSpec): boolean =>
  spec.type === "LoadBalancer" ||
  spec.type === "NodePort" ||
  (spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0);

export const needsClusterIP = (spec: ServiceSpec): boolean => spec.type !== "ExternalName";

export const mayHaveNodePorts = (spec: ServiceSpec): boolean =>
  spec.type === "NodePort" || spec.type === "LoadBalancer";

/** Whether ports without a nodePort are given one. */
export const getsNodePorts = (spec: ServiceSpec): boolean =>
  spec.type === "NodePort" || (spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);

export const needsHealthCheck = (spec: ServiceSpec): boolean =>
  spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";

/** The node ports of a Service, in the order of its ports. */
export function nodePortsOf(spec: ServiceSpec): number[] {
  return (spec.ports ?? []).flatMap(({ nodePort }) => (nodePort === undefined || nodePort === 0 ? [] : [nodePort]));
}

export const hasSelector = (spec: ServiceSpec): boolean => Object.keys(spec.selector ?? {}).length > 0;

/** `spec.ports[2]` and below. */
export const portPath = (index: number, field = ""): string => `spec.ports[${index}]${field === "" ? "" : `.${field}`}`;
