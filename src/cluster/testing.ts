// Small worlds for tests: objects written through the API, pods put on the network by hand.
import { ALL_KINDS } from "../kinds/index.ts";
import { type Cluster, createCluster } from "./cluster.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";
import type { ClusterSettings } from "./sim/settings.ts";

/** One thing to be in the world. */
export type Part = (cluster: Cluster) => void;

/** A pod on the network that answers on `ports` with its name. */
export function pod(
  name: string,
  node: string,
  ip: string,
  ports: readonly (number | { port: number; protocol?: "TCP" | "UDP" | "SCTP"; loopback?: boolean })[] = [],
): Part {
  return (cluster) => {
    const host = cluster.settings.nodes.some((each) => each.address === ip);
    cluster.network.attachPod({
      uid: name,
      namespace: "default",
      name,
      node,
      address: ip,
      hostNetwork: host,
      resolver: { nameserver: "10.96.0.10", search: SEARCH, ndots: 5 },
    });
    for (const each of ports) {
      const at = typeof each === "number" ? { port: each } : each;
      cluster.network.listen({ kind: "pod", uid: name }, { protocol: "TCP", ...at }, (request) => ({
        status: 200,
        body: `${name} saw ${request.source.address}`,
      }));
    }
  };
}

const SEARCH = ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"];

interface PortSpec {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

/** A Service with all that matters written out. */
export function service(
  name: string,
  spec: { readonly ports: readonly PortSpec[] } & Record<string, unknown>,
  more: { readonly labels?: Record<string, string>; readonly ingress?: readonly Record<string, unknown>[] } = {},
): Part {
  return (cluster) => {
    const { object } = cluster.api.create("services", "default", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: "default", ...(more.labels === undefined ? {} : { labels: more.labels }) },
      spec,
    });
    if (more.ingress !== undefined)
      cluster.api.update(
        "services",
        { ...object, status: { loadBalancer: { ingress: more.ingress } } },
        { subresource: "status" },
      );
  };
}

interface EndpointSpec {
  readonly ip: string;
  readonly node?: string;
  readonly pod?: string;
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
  readonly zones?: readonly string[];
  readonly nodes?: readonly string[];
}

/** An EndpointSlice of a Service. */
export function slice(
  of: string,
  ports: readonly { name?: string; port: number; protocol?: string }[],
  endpoints: readonly EndpointSpec[],
  name = `${of}-1`,
): Part {
  return (cluster) => {
    cluster.api.create("endpointslices.discovery.k8s.io", "default", sliceObject(of, ports, { endpoints, name }));
  };
}

/** Writes the slice again. */
export function changeSlice(
  cluster: Cluster,
  of: string,
  ports: readonly { name?: string; port: number; protocol?: string }[],
  endpoints: readonly EndpointSpec[],
): void {
  cluster.api.update("endpointslices.discovery.k8s.io", sliceObject(of, ports, { endpoints, name: `${of}-1` }));
}

function sliceObject(
  of: string,
  ports: readonly { name?: string; port: number; protocol?: string }[],
  { endpoints, name }: { endpoints: readonly EndpointSpec[]; name: string },
): unknown {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name, namespace: "default", labels: { "kubernetes.io/service-name": of } },
    addressType: "IPv4",
    ports: ports.map((port) => ({ name: "", protocol: "TCP", ...port })),
    endpoints: endpoints.map((each) => ({
      addresses: [each.ip],
      conditions: {
        ready: each.ready ?? true,
        serving: each.serving ?? each.ready ?? true,
        terminating: each.terminating ?? false,
      },
      ...(each.node === undefined ? {} : { nodeName: each.node }),
      ...(each.pod === undefined ? {} : { targetRef: { kind: "Pod", namespace: "default", name: each.pod } }),
      ...(each.zones === undefined && each.nodes === undefined
        ? {}
        : {
            hints: {
              ...(each.zones === undefined ? {} : { forZones: each.zones.map((zone) => ({ name: zone })) }),
              ...(each.nodes === undefined ? {} : { forNodes: each.nodes.map((node) => ({ name: node })) }),
            },
          }),
    })),
  };
}

/** A cluster with these things in it, whose kube-proxies have caught up. */
export function aClusterWith(parts: readonly Part[], settings: Partial<ClusterSettings> = {}): Cluster {
  const cluster = createCluster({
    addons: ALL_KINDS,
    seed: "1",
    settings: { hopLatency: 0, coredns: false, ...settings },
  });
  for (const part of parts) part(cluster);
  cluster.advance(1_000);
  return cluster;
}

/** The outcome of a request, with the clock run as long as it takes. */
export function outcomeOf(cluster: Cluster, request: SendRequest): Outcome {
  let outcome: Outcome | undefined;
  cluster.send(request, (what) => {
    outcome = what;
  });
  for (let i = 0; outcome === undefined && i < 400_000 && cluster.step(); i++);
  if (outcome === undefined) throw new Error("the request came to no end");
  return outcome;
}
