// Pods on the network where no kubelet puts them there: as far as their status tells.
import type { Pod } from "./api/types.gen.ts";
import type { ComponentContext } from "./client-go/component.ts";
import { clusterDnsAddress, resolverOf } from "./kubelet/resolver.ts";
import type { Network, PodAttachment } from "./network/network.ts";

/** Attaches every pod that has an address and has not ended. What its programs listen on is not known: no socket is opened. */
export function attachRunningPods({ informers, settings }: ComponentContext, network: Network): void {
  const nameserver = () => clusterDnsAddress(settings().serviceCIDR);
  informers.of("pods").onChange((pod, old) => {
    const place = pod && attachmentOf(pod, nameserver());
    const before = network.podNamed(old?.metadata.namespace ?? "", old?.metadata.name ?? "");
    if (before !== undefined && (before.uid !== place?.uid || before.address !== place.address))
      network.detachPod(before.uid);
    if (place !== undefined) network.attachPod(place);
  });
}

function attachmentOf(pod: Pod, nameserver: string): PodAttachment | undefined {
  const { uid = "", namespace = "", name = "" } = pod.metadata;
  const { podIP: address = "", phase } = pod.status ?? {};
  const node = pod.spec?.nodeName;
  if (node === undefined || address === "" || phase === "Succeeded" || phase === "Failed") return undefined;
  const hostNetwork = pod.spec?.hostNetwork === true;
  return { uid, namespace, name, node, address, hostNetwork, resolver: resolverOf(pod, nameserver) };
}
