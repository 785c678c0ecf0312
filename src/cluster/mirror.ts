// A cluster that is watched through its API: its objects, and what kube-proxy and CoreDNS make of them, without anything that acts.
import type { KubeObject } from "./api/objects.ts";
import { keyOf } from "./api/objects.ts";
import { RESOURCES, type ResourceName, resourceName } from "./api/scheme.ts";
import type { Node } from "./api/types.gen.ts";
import { LabelTopologyZone } from "./api/well-known.ts";
import { createCluster } from "./cluster.ts";
import { apiMachine, type Component, dns, faults, kubeProxy, loadBalancers, silent } from "./components.ts";
import { attachRunningPods } from "./running-pods.ts";
import type { ClusterSettings, NodeSettings } from "./sim/settings.ts";
import type { ObjectReader, World } from "./world.ts";

/** What a mirror needs of the other cluster. A watch tells every change after the list, in order. */
export type MirrorSource = Pick<ObjectReader, "list" | "watch">;

export interface MirrorOptions {
  /** What the API does not say of that cluster, as its address ranges; nodes are read from it. */
  readonly settings?: Partial<Omit<ClusterSettings, "nodes">>;
  /** The time by the other cluster's clock, in milliseconds since its `settings.epoch`; 0 unless given. */
  readonly at?: number;
}

/** A cluster that follows another one. */
export interface Mirror {
  readonly world: World;
  /** Lets `ms` milliseconds pass, in which kube-proxies write the rules of what changed; false when events are left. */
  advance(ms: number, mostEvents?: number): boolean;
  /** Follows the other cluster no longer. */
  stop(): void;
}

/** What can be said about a cluster from its objects alone: where rules lead, and what its DNS answers. Nothing of it writes an object. */
export const READING_COMPONENTS: readonly Component[] = [
  // Puts the pods that the API reports as running on the network, where no kubelet does.
  silent("running-pods", ({ contextFor, network }) => attachRunningPods(contextFor("running-pods"), network)),
  kubeProxy,
  dns,
  apiMachine,
  loadBalancers,
  faults,
];

/** kube-proxies here write their rules in the instant of the change: how late those of the other cluster are is not known. */
const AT_ONCE = { proxyLag: { from: 0, to: 0 } } as const;

/**
 * Fills an API server from a list and a watch, and runs kube-proxy and CoreDNS on it. No controller, scheduler or kubelet runs: every
 * object is as the other cluster has it, with its uid and resourceVersion.
 *
 * @example createMirror(cluster.api, { settings: { serviceCIDR: "10.96.0.0/12" } }).world.route(question)
 */
export function createMirror(source: MirrorSource, { settings = {}, at = 0 }: MirrorOptions = {}): Mirror {
  const nodes = () => source.list("nodes").flatMap(machineOf);
  const cluster = createCluster({
    seed: "mirror",
    settings: { ...settings, ...AT_ONCE, ingress: false, nodes: nodes() },
    components: READING_COMPONENTS,
    at,
  });
  const { store } = cluster.api;
  for (const resource of RESOURCES.map(resourceName))
    for (const object of source.list(resource)) store.adopt(resource, object as KubeObject); // every stored kind has metadata
  const stop = source.watch("*", ({ type, resource, object }) => {
    if (type === "DELETED") store.remove(resource, keyOf(object));
    else store.adopt(resource, object);
    if (resource === NODES) cluster.configure({ nodes: nodes() });
  });
  cluster.advance(0);
  return { world: cluster, stop, advance: (ms, mostEvents) => cluster.advance(ms, mostEvents) };
}

const NODES: ResourceName = "nodes";

/** A node as the network needs it; none until it has an address. */
function machineOf({ metadata, spec, status }: Node): NodeSettings[] {
  const address = status?.addresses?.find(({ type }) => type === "InternalIP")?.address;
  if (address === undefined) return [];
  const zone = metadata.labels?.[LabelTopologyZone] ?? "";
  return [{ name: metadata.name ?? "", address, zone, podCIDR: spec?.podCIDR ?? "" }];
}
