// One port of a Service as kube-proxy sees it; which Services it leaves alone.
import type { Service, ServicePort } from "../api/types.gen.ts";
import { IsHeadlessService, LabelServiceProxyName } from "../api/well-known.ts";
import { type Cidr, parseCidr, parseIPv4 } from "../network/ip.ts";
import type { Protocol } from "../network/packet.ts";
import { servicePortName } from "./names.ts";

/** What rules need to know of one Service port. */
export interface ServicePortInfo {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly portName: string;
  readonly clusterIP: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** 0 when there is none. */
  readonly nodePort: number;
  readonly externalIPs: readonly string[];
  /** Addresses of a load balancer that delivers packets as they are. */
  readonly loadBalancerVIPs: readonly string[];
  /** Empty when every source is let in. */
  readonly sourceRanges: readonly Cidr[];
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  /** Seconds a client stays with its endpoint; 0 without affinity. */
  readonly affinitySeconds: number;
  /** 0 when there is none. */
  readonly healthCheckNodePort: number;
}

/** Whether kube-proxy does not watch an object with these labels. */
// Models kubernetes/cmd/kube-proxy/app/server.go (label selector of its informers). Spec: [PROXY-2].
export function isForOthers(labels: Readonly<Record<string, string>> | undefined): boolean {
  return (
    labels !== undefined && (labels[LabelServiceProxyName] !== undefined || labels[IsHeadlessService] !== undefined)
  );
}

/** Whether a Service gets no rules: headless, ExternalName, without an IPv4 cluster IP, or served by another proxy. */
// Models kubernetes/pkg/proxy/util/utils.go ShouldSkipService. Spec: [PROXY-2].
export function isSkipped(service: Service): boolean {
  const clusterIP = service.spec?.clusterIP ?? "";
  if (isForOthers(service.metadata.labels) || service.spec?.type === "ExternalName") return true;
  return parseIPv4(clusterIP) === undefined;
}

/** The ports of a Service; none when it is skipped. */
// Models kubernetes/pkg/proxy/serviceport.go newBaseServiceInfo
export function servicePorts(service: Service): readonly ServicePortInfo[] {
  if (isSkipped(service)) return [];
  const common = commonInfo(service);
  return (service.spec?.ports ?? []).map((port) => portInfo(service, port, common));
}

type Common = Omit<ServicePortInfo, "id" | "portName" | "port" | "protocol" | "nodePort">;

function commonInfo(service: Service): Common {
  const { metadata, spec = {}, status } = service;
  const external = spec.type === "NodePort" || spec.type === "LoadBalancer" || (spec.externalIPs ?? []).length > 0;
  const externalLocal = external && spec.externalTrafficPolicy === "Local";
  const ranges = (spec.loadBalancerSourceRanges ?? []).map((each) => parseCidr(each.trim()));
  const known = ranges.filter((range) => range !== undefined);
  const sticky = spec.sessionAffinity === "ClientIP";
  return {
    namespace: metadata.namespace ?? "default",
    name: metadata.name ?? "",
    clusterIP: spec.clusterIP ?? "",
    externalIPs: (spec.externalIPs ?? []).filter((ip) => parseIPv4(ip) !== undefined),
    loadBalancerVIPs: (status?.loadBalancer?.ingress ?? []).flatMap((each) =>
      each.ip !== undefined && (each.ipMode ?? "VIP") === "VIP" && parseIPv4(each.ip) !== undefined ? [each.ip] : [],
    ),
    sourceRanges: known.some((range) => range.mask === 0) ? [] : known,
    internalLocal: spec.internalTrafficPolicy === "Local",
    externalLocal,
    affinitySeconds: sticky ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800) : 0,
    healthCheckNodePort: spec.type === "LoadBalancer" && externalLocal ? (spec.healthCheckNodePort ?? 0) : 0,
  };
}

function portInfo(service: Service, port: ServicePort, common: Common): ServicePortInfo {
  const portName = port.name ?? "";
  return {
    ...common,
    id: servicePortName(common.namespace, common.name, portName),
    portName,
    port: port.port,
    protocol: protocolOf(port.protocol),
    // A ClusterIP Service may keep a number from before; only these types open it.
    nodePort: service.spec?.type === "ClusterIP" ? 0 : (port.nodePort ?? 0),
  };
}

/** Reads a protocol; default TCP. */
export function protocolOf(text: string | undefined): Protocol {
  return text === "UDP" || text === "SCTP" ? text : "TCP";
}

/** Whether anything but the cluster IP leads to the port. */
export function isExternallyAccessible(info: ServicePortInfo): boolean {
  return info.nodePort !== 0 || info.loadBalancerVIPs.length > 0 || info.externalIPs.length > 0;
}
