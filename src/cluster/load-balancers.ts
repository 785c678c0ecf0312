// The cloud's load balancers as the network sees them: made from the Services that the cloud's controller has served.
import type { Service } from "./api/types.gen.ts";
import { LabelNodeExcludeBalancers, LoadBalancerCleanupFinalizer } from "./api/well-known.ts";
import type { ComponentContext } from "./client-go/component.ts";
import { addressInName } from "./internet.ts";
import { PROXY_HEALTH_PORT } from "./kube-proxy/health-check.ts";
import { contains, parseCidr, parseIPv4 } from "./network/ip.ts";
import type { Balancer, Network } from "./network/network.ts";
import type { Protocol } from "./network/packet.ts";

/** Keeps `network.balancers` as the Services say; returns how long balancers have stood, added up in milliseconds. Spec: [WALK-15] [LB-8]. */
export function watchLoadBalancers(context: ComponentContext, network: Network): () => number {
  let [total, since] = [0, context.clock.now];
  const stood = () => {
    total += network.balancers.size * (context.clock.now - since);
    since = context.clock.now;
    return total;
  };
  context.informers.of("services").onChange((service, old) => {
    if (ingressOf(old).length + ingressOf(service).length > 0) stood();
    for (const { ip } of ingressOf(old)) network.balancers.delete(ip);
    if (service === undefined) return;
    for (const { ip, proxies } of ingressOf(service))
      network.balancers.set(ip, balancerFor(service, { proxies, context, network }));
  });
  return stood;
}

interface Ingress {
  readonly ip: string;
  /** Ends connections itself instead of passing packets on. */
  readonly proxies: boolean;
}

function ingressOf(service: Service | undefined): readonly Ingress[] {
  if (service === undefined || !(service.metadata.finalizers ?? []).includes(LoadBalancerCleanupFinalizer)) return [];
  return (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip, ipMode, hostname }) => {
    const address = ip ?? addressInName(hostname ?? "");
    return address === undefined ? [] : [{ ip: address, proxies: ip === undefined || ipMode === "Proxy" }];
  });
}

function balancerFor(
  service: Service,
  { proxies, context, network }: { proxies: boolean; context: ComponentContext; network: Network },
): Balancer {
  const portOf = (protocol: Protocol, port: number) =>
    (service.spec?.ports ?? []).find((each) => each.port === port && (each.protocol ?? "TCP") === protocol);
  const healthPort =
    service.spec?.externalTrafficPolicy === "Local" ? (service.spec.healthCheckNodePort ?? 0) : PROXY_HEALTH_PORT;
  const ranges = (service.spec?.loadBalancerSourceRanges ?? []).flatMap((each) => parseCidr(each.trim()) ?? []);
  return {
    service: `${service.metadata.namespace ?? "default"}/${service.metadata.name ?? ""}`,
    serves: (protocol, port) => portOf(protocol, port) !== undefined,
    proxies,
    admits: (source) => !proxies || ranges.length === 0 || ranges.some((range) => contains(range, parseIPv4(source))),
    nodePortOf: (protocol, port) => portOf(protocol, port)?.nodePort,
    healthyNodes: () => {
      const nodes: string[] = [];
      for (const { metadata } of context.informers.of("nodes").list()) {
        const name = metadata.name ?? "";
        if (metadata.labels?.[LabelNodeExcludeBalancers] !== undefined || !network.isOn(name)) continue;
        if (network.nodeAddress(name) !== undefined && passes(network, name, healthPort)) nodes.push(name);
      }
      return nodes.sort();
    },
  };
}

/** What the balancer's health check of a node would say now. */
function passes(network: Network, node: string, port: number): boolean {
  const socket = network.socketOf({ kind: "node", name: node }, "TCP", port);
  const probe = {
    protocol: "TCP",
    source: { address: "", port: 0 },
    destination: { address: network.nodeAddress(node) ?? "", port },
    method: "GET",
    path: "/",
    headers: {},
    body: "",
  } as const;
  return socket?.handler(probe, () => undefined)?.status === 200;
}
