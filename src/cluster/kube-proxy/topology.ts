// Which endpoints a node may use for a Service port: traffic policy Local or Cluster (internalTrafficPolicy,
// externalTrafficPolicy), topology hints, and the fallback to terminating endpoints. Pure.
import type { EndpointInfo } from "./endpoints.ts";
import { isExternallyAccessible, type ServicePortInfo } from "./service-port.ts";

/** The node whose rules are made. */
export interface NodeTopology {
  readonly name: string;
  /** Label topology.kubernetes.io/zone; "" when the node has none. */
  readonly zone: string;
}

export type TopologyMode = "" | "PreferSameZone" | "PreferSameNode";

/** Endpoints by the policy that uses them. */
export interface Categories {
  /** For traffic of policy Cluster. */
  readonly cluster: readonly EndpointInfo[];
  /** For traffic of policy Local: on this node only. */
  readonly local: readonly EndpointInfo[];
  /** Whether any endpoint anywhere may be used; without, every address of the port refuses. */
  readonly hasEndpoints: boolean;
  readonly mode: TopologyMode;
}

/** Whether the port has traffic that may go to any node. */
export function usesCluster(info: ServicePortInfo): boolean {
  return !info.internalLocal || isExternallyAccessible(info);
}

/** Whether the port has traffic that stays on the node. */
export function usesLocal(info: ServicePortInfo): boolean {
  return info.internalLocal || (info.externalLocal && isExternallyAccessible(info));
}

const isLastResort = (endpoint: EndpointInfo) => endpoint.serving && endpoint.terminating;

/**
 * Sorts endpoints by policy. Ready ones that fit the hints come first; when a list would be empty, terminating ones that still
 * serve take their place; hints do not count then, nor for the local list.
 */
// Models kubernetes/pkg/proxy/topology.go CategorizeEndpoints. Spec: [PROXY-3] [PROXY-4] [PROXY-5].
export function categorize(endpoints: readonly EndpointInfo[], info: ServicePortInfo, node: NodeTopology): Categories {
  const mode = usesCluster(info) ? topologyMode(endpoints, node) : "";
  const cluster = usesCluster(info) ? clusterEndpoints(endpoints, mode, node) : [];
  if (!usesLocal(info)) return { cluster, local: [], hasEndpoints: cluster.length > 0, mode };
  const here = endpoints.filter((endpoint) => endpoint.node === node.name);
  const readyHere = here.filter((endpoint) => endpoint.ready);
  return {
    cluster,
    local: readyHere.length > 0 ? readyHere : here.filter(isLastResort),
    hasEndpoints: cluster.length > 0 || endpoints.some((endpoint) => endpoint.ready || isLastResort(endpoint)),
    mode,
  };
}

function clusterEndpoints(
  endpoints: readonly EndpointInfo[],
  mode: TopologyMode,
  node: NodeTopology,
): readonly EndpointInfo[] {
  const usable = endpoints.filter((endpoint) => endpoint.ready && fits(endpoint, mode, node));
  return usable.length > 0 ? usable : endpoints.filter(isLastResort);
}

/** Whether hints let this node use an endpoint. */
export function fits(endpoint: EndpointInfo, mode: TopologyMode, node: NodeTopology): boolean {
  if (mode === "PreferSameNode") return endpoint.nodeHints.includes(node.name);
  return mode === "" || endpoint.zoneHints.includes(node.zone);
}

/** Hints count only when every ready endpoint has one and at least one of them names this node or its zone. */
// Models kubernetes/pkg/proxy/topology.go topologyModeFromHints. Spec: [PROXY-4].
export function topologyMode(endpoints: readonly EndpointInfo[], node: NodeTopology): TopologyMode {
  let [nodes, zones, forNode, forZone] = [true, true, false, false];
  for (const endpoint of endpoints) {
    if (!endpoint.ready) continue;
    if (endpoint.nodeHints.length === 0) nodes = false;
    else if (endpoint.nodeHints.includes(node.name)) forNode = true;
    if (endpoint.zoneHints.length === 0) zones = false;
    else if (node.zone !== "" && endpoint.zoneHints.includes(node.zone)) forZone = true;
    if (!nodes && !zones) return "";
  }
  if (nodes && forNode) return "PreferSameNode";
  return zones && forZone ? "PreferSameZone" : "";
}
