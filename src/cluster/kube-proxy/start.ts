// Starts one kube-proxy per node.
import type { ComponentContext } from "../client-go/component.ts";
import type { Network } from "../network/network.ts";
import type { Header } from "../network/packet.ts";
import { EndpointReader } from "./endpoints.ts";
import { Proxier } from "./proxier.ts";
import { servicePorts } from "./service-port.ts";
import { explainUnmatched } from "./subject.ts";

/** The kube-proxies of a cluster by node; they come and go with their nodes. */
export function startKubeProxies(
  contextFor: (name: string, host?: string) => ComponentContext,
  network: Network,
): ReadonlyMap<string, Proxier> {
  const shared = contextFor("kube-proxy");
  const reader = new EndpointReader(shared.informers.of("endpointslices.discovery.k8s.io"));
  const proxiers = new Map<string, Proxier>();
  const follow = () => {
    const gone = new Set(proxiers.keys());
    for (const { name: node } of shared.settings().nodes) {
      gone.delete(node);
      if (!proxiers.has(node))
        proxiers.set(node, new Proxier({ context: contextFor("kube-proxy", node), network, reader, node }));
    }
    for (const node of gone) {
      proxiers.get(node)?.dispose();
      proxiers.delete(node);
    }
  };
  follow();
  shared.settingsChanged.on(follow);
  network.explainUnmatched = (header: Header) => {
    const infos = [...shared.informers.of("services").list()].flatMap(servicePorts);
    return explainUnmatched(infos, header, network.nodeAt(header.destination) !== undefined);
  };
  return proxiers;
}
