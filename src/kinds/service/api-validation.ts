// What a Service must be: the field errors, in the API server's order.
import type { Service, ServicePort, ServiceSpec } from "../../cluster/api/types.gen.ts";
import {
  AnnotationLoadBalancerSourceRangesKey,
  AnnotationTopologyMode,
  DeprecatedAnnotationTopologyAwareHints,
} from "../../cluster/api/well-known.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { validateLabels } from "../../cluster/apimachinery/metadata.ts";
import {
  dns1123Label,
  dns1123Subdomain,
  portName,
  portNumber,
  qualifiedName,
} from "../../cluster/apimachinery/names.ts";
import { cidrReasons, ipReasons, isIPv6, parseIP, specialReasons } from "../../cluster/apimachinery/net.ts";
import { isExternallyAccessible, isHeadless, needsClusterIP, needsHealthCheck, portPath } from "./api-shape.ts";

const TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const PROTOCOLS = ["SCTP", "TCP", "UDP"];
const FAMILIES = ["IPv4", "IPv6"];
const FAMILY_POLICIES = ["PreferDualStack", "RequireDualStack", "SingleStack"];
const POLICIES = ["Cluster", "Local"];
const DISTRIBUTIONS = ["PreferClose", "PreferSameZone", "PreferSameNode"];
const LONGEST_AFFINITY = 86400;
const ONLY_FOR_LOAD_BALANCERS = "may only be used when `type` is 'LoadBalancer'";

/** Every field of a Service whose addresses and ports were allocated. */
// Models kubernetes/pkg/apis/core/validation ValidateService
export function validateService(service: Service): FieldErrors {
  const spec = service.spec ?? {};
  return [
    ...validateTopologyAnnotations(service),
    ...validateType(spec),
    ...validatePorts(spec),
    ...validateLabels(spec.selector, "spec.selector"),
    ...validateAffinity(spec),
    ...validateClusterIPs(spec),
    ...validateExternalIPs(spec),
    ...(TYPES.includes(spec.type ?? "") ? [] : [notSupported("spec.type", spec.type, TYPES)]),
    ...validateNodePortUse(spec),
    ...validateDistinctPorts(spec),
    ...validateSourceRanges(service),
    ...validateNodePortAllocation(spec),
    ...validateLoadBalancerClass(spec, undefined),
    ...validateExternalTraffic(spec),
    ...validateInternalTraffic(spec),
    ...validateDistribution(spec),
  ];
}

function validateTopologyAnnotations({ metadata }: Service): FieldErrors {
  const hints = metadata?.annotations?.[DeprecatedAnnotationTopologyAwareHints];
  const mode = metadata?.annotations?.[AnnotationTopologyMode];
  if (hints === undefined || mode === undefined || hints === mode) return [];
  return [
    invalid(
      `metadata.annotations[${AnnotationTopologyMode}]`,
      mode,
      `must match annotations[${DeprecatedAnnotationTopologyAwareHints}] when both are specified`,
    ),
  ];
}

function validateType(spec: ServiceSpec): FieldErrors {
  const errors: FieldErrors = [];
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== "ExternalName") errors.push(required("spec.ports"));
  if (isHeadless(spec) && (spec.type === "LoadBalancer" || spec.type === "NodePort"))
    errors.push(invalid("spec.clusterIPs[0]", "None", `may not be set to 'None' for ${spec.type} services`));
  if (spec.type === "ExternalName") errors.push(...validateExternalName(spec));
  return errors;
}

function validateExternalName(spec: ServiceSpec): FieldErrors {
  const errors: FieldErrors = [];
  const unused = "may not be set for ExternalName services";
  if ((spec.clusterIPs?.length ?? 0) > 0) errors.push(forbidden("spec.clusterIPs", unused));
  if ((spec.ipFamilies?.length ?? 0) > 0) errors.push(forbidden("spec.ipFamilies", unused));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden("spec.ipFamilyPolicy", unused));
  const name = (spec.externalName ?? "").replace(/\.$/, "");
  if (name === "") return [...errors, required("spec.externalName")];
  return [...errors, ...invalidEach("spec.externalName", name, dns1123Subdomain(name))];
}

function validatePorts(spec: ServiceSpec): FieldErrors {
  const ports = spec.ports ?? [];
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const errors = validatePortName(port, portPath(i, "name"), ports.length > 1, names);
    errors.push(...invalidEach(portPath(i, "port"), port.port, portNumber(port.port)));
    if ((port.protocol ?? "") === "") errors.push(required(portPath(i, "protocol")));
    else if (!PROTOCOLS.includes(port.protocol ?? ""))
      errors.push(notSupported(portPath(i, "protocol"), port.protocol, PROTOCOLS));
    errors.push(...validatePortOrName(port.targetPort, portPath(i, "targetPort")));
    if (port.appProtocol !== undefined)
      errors.push(...invalidEach(portPath(i, "appProtocol"), port.appProtocol, qualifiedName(port.appProtocol)));
    return errors;
  });
}

function validatePortName(port: ServicePort, path: string, mustHave: boolean, names: Set<string>): FieldErrors {
  const { name = "" } = port;
  if (name === "") return mustHave ? [required(path)] : [];
  const errors = invalidEach(path, name, dns1123Label(name));
  if (names.has(name)) errors.push(duplicate(path, name));
  names.add(name);
  return errors;
}

/** A port by number or by the name of a container's port. */
// Models kubernetes/pkg/apis/core/validation ValidatePortNumOrName
export function validatePortOrName(value: number | string | undefined, path: string): FieldErrors {
  if (typeof value === "string") return invalidEach(path, value, portName(value));
  return invalidEach(path, value ?? 0, portNumber(value ?? 0));
}

function validateAffinity(spec: ServiceSpec): FieldErrors {
  const path = "spec.sessionAffinityConfig";
  const config = spec.sessionAffinityConfig;
  if ((spec.sessionAffinity ?? "") === "") return [required("spec.sessionAffinity")];
  if (spec.sessionAffinity === "None")
    return config === undefined ? [] : [forbidden(path, "must not be set when session affinity is None")];
  if (spec.sessionAffinity !== "ClientIP")
    return [notSupported("spec.sessionAffinity", spec.sessionAffinity, ["ClientIP", "None"])];
  const seconds = config?.clientIP?.timeoutSeconds ?? 0;
  if (seconds > 0 && seconds <= LONGEST_AFFINITY) return [];
  return [
    invalid(`${path}.clientIP.timeoutSeconds`, seconds, `must be greater than 0 and less than ${LONGEST_AFFINITY}`),
  ];
}

/** clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy among themselves. */
// Models kubernetes/pkg/apis/core/validation ValidateServiceClusterIPsRelatedFields
export function validateClusterIPs(spec: ServiceSpec): FieldErrors {
  if (!needsClusterIP(spec)) return [];
  const ips = spec.clusterIPs ?? [];
  const errors: FieldErrors = [...validateFirstIP(spec, ips), ...validateFamilies(spec)];
  const malformed = validateEachIP(ips);
  errors.push(...malformed);
  if (ips.length > 2) errors.push(invalid("spec.clusterIPs", ips, "may only hold up to 2 values"));
  if (malformed.length > 0) return errors;
  if (ips.length > 1 && (ips.length > 2 || isIPv6(ips[0] ?? "") === isIPv6(ips[1] ?? "")))
    errors.push(invalid("spec.clusterIPs", ips, "may specify no more than one IP for each IP family"));
  if (!isHeadless(spec)) errors.push(...validateFamilyOfIPs(ips, spec.ipFamilies ?? []));
  return errors;
}

function validateFirstIP(spec: ServiceSpec, ips: readonly string[]): FieldErrors {
  const clusterIP = spec.clusterIP ?? "";
  if (clusterIP === "")
    return ips.length === 0 ? [] : [invalid("spec.clusterIPs", ips, "must be empty when `clusterIP` is not specified")];
  if (ips.length === 0) return [required("spec.clusterIPs")];
  return ips[0] === clusterIP ? [] : [invalid("spec.clusterIPs", ips, "first value must match `clusterIP`")];
}

function validateFamilies(spec: ServiceSpec): FieldErrors {
  const seen = new Set<string>();
  const errors = (spec.ipFamilies ?? []).flatMap((family, i) => {
    const path = `spec.ipFamilies[${i}]`;
    const found: FieldErrors = FAMILIES.includes(family) ? [] : [notSupported(path, family, FAMILIES)];
    if (seen.has(family)) found.push(duplicate(path, family));
    seen.add(family);
    return found;
  });
  if (spec.ipFamilyPolicy !== undefined && !FAMILY_POLICIES.includes(spec.ipFamilyPolicy))
    errors.push(notSupported("spec.ipFamilyPolicy", spec.ipFamilyPolicy, FAMILY_POLICIES));
  return errors;
}

function validateEachIP(ips: readonly string[]): FieldErrors {
  return ips.flatMap((ip, i) => {
    if (i > 0 || ip !== "None") return invalidEach(`spec.clusterIPs[${i}]`, ip, ipReasons(ip));
    return ips.length > 1 ? [invalid("spec.clusterIPs", ips, "'None' must be the first and only value")] : [];
  });
}

function validateFamilyOfIPs(ips: readonly string[], families: readonly string[]): FieldErrors {
  return ips.flatMap((ip, i) => {
    const family = families[i];
    if (family === undefined || parseIP(ip) === undefined || (family === "IPv6") === isIPv6(ip)) return [];
    return [invalid(`spec.clusterIPs[${i}]`, ip, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``)];
  });
}

function validateExternalIPs(spec: ServiceSpec): FieldErrors {
  return (spec.externalIPs ?? []).flatMap((ip, i) => {
    const path = `spec.externalIPs[${i}]`;
    const malformed = invalidEach(path, ip, ipReasons(ip));
    return malformed.length > 0 ? malformed : invalidEach(path, ip, specialReasons(ip));
  });
}

function validateNodePortUse(spec: ServiceSpec): FieldErrors {
  if (spec.type !== "ClusterIP") return [];
  return (spec.ports ?? []).flatMap(({ nodePort = 0 }, i) =>
    nodePort === 0 ? [] : [forbidden(portPath(i, "nodePort"), "may not be used when `type` is 'ClusterIP'")],
  );
}

function validateDistinctPorts(spec: ServiceSpec): FieldErrors {
  const ports = spec.ports ?? [];
  const seen = new Set<string>();
  const isAgain = (key: string) => seen.size === seen.add(key).size;
  const nodePorts = ports.flatMap(({ protocol, nodePort = 0 }, i) =>
    nodePort !== 0 && isAgain(`node ${protocol} ${nodePort}`) ? [duplicate(portPath(i, "nodePort"), nodePort)] : [],
  );
  const pairs = ports.flatMap(({ protocol = "", port }, i) =>
    isAgain(`${protocol} ${port}`) ? [duplicate(portPath(i), portKey(protocol, port))] : [],
  );
  return [...nodePorts, ...pairs];
}

/** The pair as Go prints the struct that holds it. */
function portKey(Protocol: string, Port: number): unknown {
  return { Name: "", Protocol, AppProtocol: null, Port, TargetPort: 0, NodePort: 0 };
}

function validateSourceRanges({ metadata, spec = {} }: Service): FieldErrors {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const annotation = metadata?.annotations?.[AnnotationLoadBalancerSourceRangesKey]?.trim();
  if (ranges.length === 0 && annotation === undefined) return [];
  const path =
    ranges.length > 0
      ? "spec.LoadBalancerSourceRanges"
      : `metadata.annotations[${AnnotationLoadBalancerSourceRangesKey}]`;
  const errors = spec.type === "LoadBalancer" ? [] : [forbidden(path, ONLY_FOR_LOAD_BALANCERS)];
  for (const [i, range] of ranges.entries())
    errors.push(...invalidEach(`${path}[${i}]`, range.trim(), cidrReasons(range.trim())));
  if (ranges.length > 0 || (annotation ?? "") === "") return errors;
  const listed = (annotation ?? "").split(",").map((range) => range.trim());
  return [...errors, ...listed.flatMap((range) => invalidEach(path, range, cidrReasons(range)))];
}

function validateNodePortAllocation(spec: ServiceSpec): FieldErrors {
  const path = "spec.allocateLoadBalancerNodePorts";
  const isSet = spec.allocateLoadBalancerNodePorts !== undefined;
  if (isSet && spec.type !== "LoadBalancer") return [forbidden(path, ONLY_FOR_LOAD_BALANCERS)];
  return !isSet && spec.type === "LoadBalancer" ? [required(path)] : [];
}

/** loadBalancerClass by itself and, on update, against the old one. */
export function validateLoadBalancerClass(spec: ServiceSpec, old: ServiceSpec | undefined): FieldErrors {
  const path = "spec.loadBalancerClass";
  const { loadBalancerClass } = spec;
  if (spec.type !== "LoadBalancer")
    return loadBalancerClass === undefined ? [] : [forbidden(path, ONLY_FOR_LOAD_BALANCERS)];
  const isChanged = old?.type === "LoadBalancer" && old.loadBalancerClass !== loadBalancerClass;
  const errors = isChanged ? [invalid(path, loadBalancerClass ?? null, "may not change once set")] : [];
  if (loadBalancerClass === undefined) return errors;
  return [...errors, ...invalidEach(path, loadBalancerClass, qualifiedName(loadBalancerClass))];
}

function validateExternalTraffic(spec: ServiceSpec): FieldErrors {
  const errors: FieldErrors = [];
  const path = "spec.externalTrafficPolicy";
  const { externalTrafficPolicy: policy = "", healthCheckNodePort = 0 } = spec;
  if (!isExternallyAccessible(spec)) {
    if (policy !== "") errors.push(invalid(path, policy, "may only be set for externally-accessible services"));
  } else if (policy === "") errors.push(required(path));
  else if (!POLICIES.includes(policy)) errors.push(notSupported(path, policy, POLICIES));
  const checkPath = "spec.healthCheckNodePort";
  if (needsHealthCheck(spec))
    return [...errors, ...invalidEach(checkPath, healthCheckNodePort, portNumber(healthCheckNodePort))];
  if (healthCheckNodePort === 0) return errors;
  const reason = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return [...errors, invalid(checkPath, healthCheckNodePort, reason)];
}

function validateInternalTraffic(spec: ServiceSpec): FieldErrors {
  const path = "spec.internalTrafficPolicy";
  const policy = spec.internalTrafficPolicy;
  if (policy === undefined)
    return ["ClusterIP", "NodePort", "LoadBalancer"].includes(spec.type ?? "") ? [required(path)] : [];
  return POLICIES.includes(policy) ? [] : [notSupported(path, policy, POLICIES)];
}

function validateDistribution({ trafficDistribution }: ServiceSpec): FieldErrors {
  if (trafficDistribution === undefined || DISTRIBUTIONS.includes(trafficDistribution)) return [];
  return [notSupported("spec.trafficDistribution", trafficDistribution, DISTRIBUTIONS)];
}
